"""Read a file in a process of its own, with a limit of memory and time, and end it when nobody wants it any more."""

import contextlib
import logging
import pickle
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator

from sejong_dash import ending
from sejong_dash.errors import DashError
from sejong_dash.intake import findings
from sejong_dash.intake.any_file import FileProgressCallback
from sejong_dash.intake.reader_messages import Progress, ReadAnswer, ReadRequest

from . import waiting_reader
from .waiting_reader import reader

_MOST_AT_ONCE = 2  # each may take a processor, and the memory of its limit
_TICK = 0.2  # seconds after which it is looked whether anybody still waits
_Messages = queue.SimpleQueue[Progress | ReadAnswer | logging.LogRecord | None]
_QUICK = 5.0  # seconds after which a reading gives way to viewers
_MOST_ENDING = 10.0  # seconds in which the system gives back a process's memory
_BEGINNING: Progress = ("unpack", 0, 1, 0)
_NO_MEMORY = 4  # the program's exit code
# What ends a process that asked for more memory: a library that cannot go on, the system.
_MEMORY_SIGNALS = () if sys.platform == "win32" else (-signal.SIGABRT, -signal.SIGKILL)
_TIME_SIGNAL = 0 if sys.platform == "win32" else -signal.SIGXCPU

_places = threading.BoundedSemaphore(_MOST_AT_ONCE)


class _UnreadyError(Exception):
    """A process has ended before it got the file."""


def read(request: ReadRequest, on_progress: FileProgressCallback) -> ReadAnswer:
    """Return what a file holds.

    `on_progress` is called several times a second; what it raises ends the reading at once. Raises Refused where the file needs
    more memory or time than a file may, DashError where the process could not be started or ended by itself.
    """
    with _place(on_progress):
        try:
            try:
                return _read_in(reader.take(), request, on_progress)
            except _UnreadyError:  # it had waited, and was ended meanwhile
                return _read_in(waiting_reader.start(), request, on_progress)
        except _UnreadyError as error:
            raise DashError("no_reader", what=str(error)) from error
        finally:
            reader.prepare()


@contextlib.contextmanager
def _place(on_progress: FileProgressCallback) -> Iterator[None]:
    """Wait for one of the few places of readings."""
    while not _places.acquire(timeout=_TICK):
        on_progress(*_BEGINNING)
    try:
        yield
    finally:
        _places.release()


def _read_in(process: subprocess.Popen[bytes], request: ReadRequest, on_progress: FileProgressCallback) -> ReadAnswer:
    messages: _Messages = queue.SimpleQueue()
    talk = threading.Thread(target=_talk, args=(process, request, messages), name="reading a file", daemon=True)
    with process:
        try:
            with ending.ended_by(process.kill):
                _begin(talk)
                return _follow(process, messages, on_progress)
        finally:
            process.kill()
            if talk.ident is not None:
                talk.join()


def _begin(talk: threading.Thread) -> None:
    try:
        talk.start()
    except RuntimeError as error:  # the machine has no room for another thread
        raise DashError("no_reader", what=str(error)) from error


def _follow(process: subprocess.Popen[bytes], messages: _Messages, on_progress: FileProgressCallback) -> ReadAnswer:
    """Return the answer, and hand on the progress until it comes."""
    last, is_begun, is_long, began = _BEGINNING, False, False, time.monotonic()
    while True:
        with contextlib.suppress(queue.Empty):
            message = messages.get(timeout=_TICK)
            if isinstance(message, ReadAnswer):
                return message
            if message is None:
                on_progress(*last)  # where nobody wants it any more, that is why it has ended
                code = _end_of(process)
                raise _describe_end(code) if is_begun else _UnreadyError(f"exit {code}")
            is_begun = True
            if isinstance(message, logging.LogRecord):
                logging.getLogger(message.name).handle(message)
            else:
                last = message
        on_progress(*last)
        taken = time.monotonic() - began
        if taken > waiting_reader.SECONDS:
            raise findings.time_error(waiting_reader.SECONDS)
        if taken > _QUICK and not is_long:
            waiting_reader.give_way(process)
            is_long = True


def _end_of(process: subprocess.Popen[bytes]) -> int:
    """Return the exit code of a process from which nothing more comes, which it has as soon as the system has ended it."""
    try:
        return process.wait(_MOST_ENDING)
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait()


def _describe_end(code: int) -> Exception:
    """Return the error of a process that has ended without an answer."""
    if code == _NO_MEMORY or code in _MEMORY_SIGNALS:
        return findings.memory_error(waiting_reader.MEMORY)
    if code == _TIME_SIGNAL:
        return findings.time_error(waiting_reader.SECONDS)
    return DashError("unexpected", what=f"exit {code}")


def _talk(process: subprocess.Popen[bytes], request: ReadRequest, messages: _Messages) -> None:
    """Send the file, and hand on what comes back; None where nothing more comes."""
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        with contextlib.suppress(BrokenPipeError), process.stdin as sent:  # what it has answered before is there
            pickle.dump(request, sent, pickle.HIGHEST_PROTOCOL)
        while True:
            messages.put(pickle.load(process.stdout))
    except (EOFError, OSError, pickle.UnpicklingError):
        return  # it has ended, in the middle of a message or behind one
    finally:
        messages.put(None)
