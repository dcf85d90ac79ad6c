"""Follows a database behind the server: brings the working copy up to it as soon as anything has changed there."""

import logging
import threading
from collections.abc import Callable

_LOG = logging.getLogger(__name__)
_EVERY = 1.0  # seconds between two looks, where no notice comes


class Following:
    """A thread that follows the database that SEJONG_DATABASE names; without one it does nothing."""

    def __init__(self, every: float = _EVERY) -> None:
        self._every, self._is_failing = every, False
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._follow, name="following the database", daemon=True)

    def start(self) -> None:
        """Bring the working copy up to the database, and follow it from now on."""
        from sejong_dash.store import backends  # behind the start, as whatever pages need

        if backends.database_url():
            self._look()
            self._thread.start()

    def stop(self) -> None:
        """Look no more."""
        self._stopped.set()

    def join(self, seconds: float | None = None) -> bool:
        """Wait until the last look is over, for so long at most. Returns whether it is."""
        if self._thread.ident is not None:
            self._thread.join(seconds)
        return not self._thread.is_alive()

    def _follow(self) -> None:
        while not self._stopped.is_set():
            if self._look():
                self._wait()
            else:
                self._stopped.wait(self._every)

    def _look(self) -> bool:
        """Bring the working copy up to the database; return whether the database answers. The log says it once when not."""
        from sejong_dash.store import backends

        return self._attempt(backends.refresh)

    def _wait(self) -> None:
        from sejong_dash.store import backends

        self._attempt(lambda: backends.wait(self._every))

    def _attempt(self, step: Callable[[], object]) -> bool:
        try:
            step()
        except Exception:
            if not self._is_failing:
                _LOG.exception("The database cannot be followed: pages show the counts that came last.")
            self._is_failing = True
            return False
        if self._is_failing:
            _LOG.warning("The database answers again.")
        self._is_failing = False
        return True
