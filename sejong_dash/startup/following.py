"""Follows databases behind the server: brings what pages read up to them as soon as anything has changed there."""

import logging
import threading
from collections.abc import Callable
from functools import partial

_LOG = logging.getLogger(__name__)
_EVERY = 1.0  # seconds between two looks, where no notice comes


class Following:
    """A thread that takes the step `look` again and again, and waits in between, by `wait` or for `every` seconds.

    What fails is logged once, until it goes well again.
    """

    def __init__(self, look: Callable[[], object], wait: Callable[[float], object] | None = None, every: float = _EVERY) -> None:
        self._look, self._wait, self._every = look, wait, every
        self._is_failing = False
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._follow, name="following a database", daemon=True)

    def start(self) -> None:
        """Take the step from now on."""
        self._thread.start()

    def stop(self) -> None:
        """Take it no more."""
        self._stopped.set()

    def join(self, seconds: float | None = None) -> bool:
        """Wait until the last step is over, for so long at most. Returns whether it is."""
        if self._thread.ident is not None:
            self._thread.join(seconds)
        return not self._thread.is_alive()

    def step(self) -> bool:
        """Take the step once; return whether it went well."""
        return self._attempt(self._look)

    def _follow(self) -> None:
        while not self._stopped.is_set():
            if self.step() and self._wait is not None:
                self._attempt(partial(self._wait, self._every))
            else:
                self._stopped.wait(self._every)

    def _attempt(self, step: Callable[[], object]) -> bool:
        try:
            step()
        except Exception:
            if not self._is_failing:
                _LOG.exception("A database cannot be followed: pages show what came last.")
            self._is_failing = True
            return False
        if self._is_failing:
            _LOG.warning("The database answers again.")
        self._is_failing = False
        return True


def begin() -> list[Following]:
    """Follow what there is to follow: the database of the counts, and tables that are queries. Returns what was begun.

    The working copy of a database is brought up to it before this returns. Whatever needs pandas is imported in the threads.
    """
    from sejong_dash.store import backends

    begun = [Following(_ask_queries)]
    if backends.database_url():
        counts = Following(backends.refresh, backends.wait)
        counts.step()
        begun.append(counts)
    for following in begun:
        following.start()
    return begun


def _ask_queries() -> None:
    from sejong_dash import paths

    live = paths.live_dir()
    if any(live.glob("*.sql")) or any((live / "sample").glob("*.sql")):
        from sejong_dash.store import queries

        queries.refresh_due()
