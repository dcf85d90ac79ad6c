"""What does a large file say, read in a process of its own so that nobody waits for it meanwhile?

    python -m sejong_dash.intake NAME MOST CHOICES < file

Python runs one thread at a time: a million rows read inside the server would hold up every viewer. The file comes in on
stdin; how far it is and what it says go out on stdout, one pickle after the other, to the server that began this. With up to
MOST rows, what they would change in the stored counts is told as well. CHOICES is JSON: encoding, sheet, year.
"""

import json
import os
import pickle
import sys
import threading
from typing import Any, BinaryIO

from ..errors import DashError
from ..store import counts
from . import read

_BEAT = 0.25  # seconds: whoever began this may stop it so often


class _Voice:
    """Says how far it is, again and again, so that the listener need not wait for the next step to stop us."""

    def __init__(self, out: BinaryIO) -> None:
        self._out, self._turn, self._quiet = out, threading.Lock(), threading.Event()
        self._last = ("unpack", 0, 1)
        threading.Thread(target=self._beat, daemon=True).start()

    def tell(self, step: str, done: int, of: int) -> None:
        self._last = (step, done, of)

    def end(self, made: Any) -> None:
        self._quiet.set()
        self._say(made)

    def _beat(self) -> None:
        while not self._quiet.wait(_BEAT):
            self._say(self._last)

    def _say(self, what: Any) -> None:
        with self._turn:
            try:
                pickle.dump(what, self._out, pickle.HIGHEST_PROTOCOL)
                self._out.flush()
            except OSError:  # nobody listens any more
                os._exit(1)


def main(name: str, most: int, asked: dict[str, Any]) -> None:
    voice = _Voice(os.fdopen(os.dup(1), "wb"))
    os.dup2(2, 1)  # whatever prints says it in the log
    table = read(sys.stdin.buffer.read(), name, "visitors", **asked, tell=voice.tell)
    plan = None
    if 0 < len(table.rows) <= most:
        voice.tell("plan", 0, 1)
        try:
            plan = counts.plan(table.rows)
        except DashError:  # the same is said where the change is offered
            plan = None
    voice.end((table, plan))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), json.loads(sys.argv[3]))
