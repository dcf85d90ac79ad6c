"""Does what can wait while no viewer waits: piece by piece, in a thread of its own."""

import logging
import os
import sys
import threading
from collections.abc import Callable, Iterable

from sejong_dash.serving import active_runs

_LOG = logging.getLogger(__name__)
_PAUSE = 0.02  # seconds between two looks whether viewers still wait

Piece = Callable[[], object]


class IdleWork:
    """Work that is begun piece by piece, each at a moment when no viewer waits for an answer.

    A piece that is under way is finished, since it may hold what a viewer's run needs: pieces are short, and whoever comes
    meanwhile shares the interpreter with one piece at most. What a viewer asks for first is drawn by their own run, and its
    piece finds it done. A piece that fails is logged and left out.

    With `niceness` the thread gets less of the processor than others. That is for work outside the interpreter's lock alone: a
    thread that seldom gets the processor must not hold what all others wait for.
    """

    def __init__(
        self,
        name: str,
        pieces: Iterable[Piece],
        *,
        niceness: int = 0,
        is_idle: Callable[[], bool] = active_runs.is_idle,
    ) -> None:
        self._pieces, self._niceness, self._is_idle = iter(pieces), niceness, is_idle
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._work, name=name, daemon=True)

    def start(self) -> None:
        """Begin as soon as no viewer waits."""
        self._thread.start()

    def stop(self) -> None:
        """Begin no further piece."""
        self._stopped.set()

    def join(self, seconds: float | None = None) -> bool:
        """Wait until all is done or stopped, for so long at most. Returns whether it is; it also is before the start."""
        if self._thread.ident is not None:
            self._thread.join(seconds)
        return not self._thread.is_alive()

    def _work(self) -> None:
        if self._niceness:
            _be_nice(self._niceness)
        while self._waited() and (piece := next(self._pieces, None)) is not None:
            try:
                piece()
            except Exception:
                _LOG.exception("A piece of work behind the start could not be done (%s).", self._thread.name)

    def _waited(self) -> bool:
        """Wait for a moment at which no viewer waits. Returns whether there is still to be worked."""
        while not self._is_idle() and not self._stopped.wait(_PAUSE):
            pass
        return not self._stopped.is_set()


def _be_nice(niceness: int) -> None:
    """Have this thread give way to others, where the system tells threads apart: elsewhere it would be the whole server."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), niceness)
