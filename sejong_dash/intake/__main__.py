"""Reads a large file in a process of its own, so that the server stays free for its viewers.

    python -m sejong_dash.intake NAME MOST CHOICES < file

Python runs one thread at a time: a million rows read inside the server would hold up every viewer. The file comes in on
stdin; the progress and the result leave on stdout, pickle after pickle, for the server that started this. Up to MOST rows come
with the plan of what they would change in the stored counts. CHOICES is JSON: encoding, sheet, year, order, channels, readings.
Exit code 0: read. 2: the command is wrong. 3: it cannot be read; the log has why.
"""

import argparse
import json
import logging
import os
import pickle
import sys
import threading
from collections.abc import Sequence
from typing import Any, BinaryIO

from sejong_dash import console
from sejong_dash.errors import DashError
from sejong_dash.store import counts

from . import read

_CHOICES = ("encoding", "order", "sheet", "year", "channels", "readings")
_INTERVAL = 0.25  # seconds between two reports: how soon the server can stop the reading


class _ProgressWriter:
    """Writes the progress again and again, so that the server need not wait for the next step to stop the reading."""

    def __init__(self, out: BinaryIO) -> None:
        self._out, self._lock, self._is_finished = out, threading.Lock(), threading.Event()
        self._last = ("unpack", 0, 1)
        self._write(self._last)  # however short the reading is, it can be stopped
        threading.Thread(target=self._repeat, daemon=True).start()

    def update(self, step: str, done: int, of: int) -> None:
        self._last = (step, done, of)

    def finish(self, result: Any) -> None:
        self._is_finished.set()
        self._write(result)

    def _repeat(self) -> None:
        while not self._is_finished.wait(_INTERVAL):
            self._write(self._last)

    def _write(self, message: Any) -> None:
        with self._lock:
            try:
                pickle.dump(message, self._out, pickle.HIGHEST_PROTOCOL)
                self._out.flush()
            except OSError:  # the server has closed the pipe
                os._exit(1)


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the file on stdin and return the exit code."""
    console.make_safe()
    parser = argparse.ArgumentParser(
        prog="python -m sejong_dash.intake",
        description="Read a file of counts from stdin for the server, and write the result to stdout as pickles.",
        epilog=f"{console.RULE}; the log gives the reason.",
    )
    parser.add_argument("name", help="the file's name")
    parser.add_argument("most", type=int, help="the largest number of rows for which the changes are planned too")
    parser.add_argument("choices", type=_parse_choices, help=f"a JSON object with any of {', '.join(_CHOICES)}")
    parsed = parser.parse_args(arguments)
    try:
        _read(parsed.name, parsed.most, parsed.choices)
    except Exception:
        logging.getLogger(__name__).exception("%r cannot be read", parsed.name)
        return console.FAILED
    return console.MADE


def _parse_choices(text: str) -> dict[str, Any]:
    try:
        choices = json.loads(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"not JSON: {error}") from error
    if not isinstance(choices, dict) or set(choices) - set(_CHOICES):
        raise argparse.ArgumentTypeError(f"a JSON object with any of {', '.join(_CHOICES)}")
    return choices


def _read(name: str, most: int, choices: dict[str, Any]) -> None:
    writer = _ProgressWriter(os.fdopen(os.dup(1), "wb"))
    os.dup2(2, 1)  # what a library prints must not stand between the pickles: it goes to the log
    table = read(sys.stdin.buffer.read(), name, "visitors", **choices, on_progress=writer.update)
    plan = None
    if 0 < len(table.rows) <= most and not table.unknown_channels:  # a channel's answer decides what would change
        writer.update("plan", 0, 1)
        try:
            plan = counts.change_set(table.rows)
        except DashError:  # the desk meets the same error, and reports it, where it offers the change
            plan = None
    writer.finish((table, plan))


if __name__ == "__main__":
    sys.exit(main())
