"""Ends work with the session or the server for which it is done.

Whoever begins work that may outlast its viewer (a thread, another process, a Chrome) says here how it is ended. It is ended once:
with the session for which it was begun, or with the server.
"""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_LOG = logging.getLogger(__name__)
_lock = threading.Lock()
_ends: dict[object, tuple[str, Callable[[], None]]] = {}
_last: list[Callable[[], None]] = []
_is_stopping, _has_ended = threading.Event(), threading.Event()
_session: ContextVar[str] = ContextVar("session", default="")


@contextmanager
def ended_by(end: Callable[[], None], session: str = "") -> Iterator[None]:
    """Have `end` called while the block lasts, when its session is closed (blank: none) or the server stops.

    `end` is called on another thread than the block's; where the server has stopped already, at once. Work that is begun within
    the block is of the same session.
    """
    key, session = object(), session or _session.get()
    with _lock:
        _ends[key] = session, end
    token = _session.set(session)
    try:
        if _has_ended.is_set():
            _call([end])
        yield
    finally:
        _session.reset(token)
        with _lock:
            _ends.pop(key, None)


def at_last(end: Callable[[], None]) -> None:
    """Have `end` called when the server stops, behind all that is under way; once, however often it is given."""
    if end not in _last:
        _last.append(end)


def end_session(session: str) -> None:
    """End what was begun for a session."""
    with _lock:
        found = [end for name, end in _ends.values() if session and name == session]
    _call(found)


def end_all() -> None:
    """End all that is under way; what is begun from now on is ended at once."""
    _has_ended.set()
    with _lock:
        found = [end for _, end in _ends.values()]
    _call([*found, *_last])


def under_way(session: str | None = None) -> int:
    """Return how many pieces of work are under way, of a session or in all."""
    with _lock:
        return sum(session is None or name == session for name, _ in _ends.values())


def begin_stop() -> None:
    """Note that the server has been asked to stop: what fails from now on is its end, and no fault."""
    _is_stopping.set()


def is_stopping() -> bool:
    """Return whether the server has been asked to stop."""
    return _is_stopping.is_set()


def begin_anew() -> None:
    """Let work begin again; a server does so at its start."""
    _has_ended.clear()
    _is_stopping.clear()


def _call(ends: list[Callable[[], None]]) -> None:
    for end in ends:
        try:
            end()
        except Exception:
            _LOG.exception("Work could not be ended.")
