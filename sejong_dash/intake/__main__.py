"""Reads one file in a process of its own, with a limit of memory and time, so that no file can harm the server.

    python -m sejong_dash.intake MEGABYTES SECONDS

A crafted file may take gigabytes, and Python runs one thread at a time: to read it inside the server would hold up every viewer.
The process loads its libraries and waits for a ReadRequest on stdin. Progress and a ReadAnswer leave on stdout, pickle after
pickle, for the server that started this. Exit code 0: read, or nothing came. 2: the command is wrong. 3: it cannot be read; the
log has why. 4: the memory is not enough.
"""

import argparse
import logging
import logging.handlers
import os
import pickle
import sys
import threading
from collections.abc import Sequence
from typing import Any, BinaryIO

import pandas as pd

from sejong_dash import console
from sejong_dash.errors import DashError
from sejong_dash.store import counts

from .any_file import read_file
from .findings import Finding
from .process_limits import limit_process
from .reader_messages import Progress, ReadAnswer, ReadRequest

NO_MEMORY = 4
MOST_ANSWER = 256 << 20  # bytes of an answer, which the server holds: twice what a million rows take
_INTERVAL = 0.25  # seconds between two reports: whoever started this may have gone
_MOST_IDLE = 900.0  # seconds for which this waits for a file
_TABLE = "date,prefecture,visitors\n2026-04-10,13,1\n"
_LOG_ROWS = "time,prefecture,gate\n2026-05-06 09:31:05,27,1\n"


class _AnswerWriter:
    """Writes to the server: the progress again and again, so that the reading ends soon where nobody waits for it any more."""

    def __init__(self, out: BinaryIO) -> None:
        self._out, self._lock, self._is_finished = out, threading.Lock(), threading.Event()
        self._last: Progress = ("unpack", 0, 1, 0)
        self.write(self._last)  # says that the file has come
        threading.Thread(target=self._repeat, daemon=True).start()

    def update(self, step: str, done: int, of: int, rows: int) -> None:
        self._last = (step, done, of, rows)

    def finish(self, answer: ReadAnswer) -> None:
        self._is_finished.set()
        self.write(answer)

    def _repeat(self) -> None:
        while not self._is_finished.wait(_INTERVAL):
            self.write(self._last)

    def write(self, message: Any) -> None:
        packed = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
        if len(packed) > MOST_ANSWER:
            packed = pickle.dumps(ReadAnswer(refused=Finding(None, None, "too_large_answer", {"most": MOST_ANSWER >> 20})))
        with self._lock:
            try:
                self._out.write(packed)
                self._out.flush()
            except OSError:  # the server has closed the pipe
                os._exit(1)


class _LogSender(logging.handlers.QueueHandler):
    """Sends lines of the log to the server, whose log they belong to."""

    def __init__(self, writer: _AnswerWriter) -> None:
        super().__init__(None)  # type: ignore[arg-type]
        self._writer = writer

    def enqueue(self, record: logging.LogRecord) -> None:
        self._writer.write(record)


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the file that comes on stdin and return the exit code."""
    console.make_safe()
    parser = argparse.ArgumentParser(
        prog="python -m sejong_dash.intake",
        description="Read a file of counts that comes from the server on stdin, and write the answer to stdout as pickles.",
        epilog=f"{console.RULE}; the log gives the reason. 4: the memory is not enough",
    )
    parser.add_argument("megabytes", type=int, help="the most memory that may be used")
    parser.add_argument("seconds", type=int, help="the most processor time that may be used")
    parsed = parser.parse_args(arguments)
    limit_process(parsed.megabytes << 20, parsed.seconds)
    try:
        return _work()
    except MemoryError:
        return NO_MEMORY
    except Exception:
        logging.getLogger(__name__).exception("a file cannot be read")
        return console.FAILED


def _work() -> int:
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not stand between the pickles: it goes to the log
    _warm_up()
    idle = threading.Timer(_MOST_IDLE, os._exit, (console.MADE,))
    idle.daemon = True
    idle.start()
    try:
        request: ReadRequest = pickle.load(sys.stdin.buffer)
    except EOFError:  # the server needs no reader any more
        return console.MADE
    finally:
        idle.cancel()
    writer = _AnswerWriter(out)
    logging.getLogger().addHandler(_LogSender(writer))
    writer.finish(read_file(request, _plan, writer.update))
    return console.MADE


def _warm_up() -> None:
    """Load what reading needs, by reading a table and a gate log of a row each."""
    for text in (_TABLE, _LOG_ROWS):
        read_file(ReadRequest(text.encode(), "-"), _plan, lambda *progress: None)


def _plan(rows: pd.DataFrame) -> counts.ChangeSet | None:
    """Return what rows would change; None where that cannot be said: the desk meets the same error at its offer."""
    try:
        return counts.change_set(rows)
    except DashError:
        return None


if __name__ == "__main__":
    sys.exit(main())
