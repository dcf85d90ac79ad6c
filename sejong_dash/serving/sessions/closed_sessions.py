"""Lets go of sessions that are left: at once where a browser has left the page, after a while where the line was lost.

Relies on: `WebsocketSessionManager.disconnect_session` being what a lost line comes to, `_session_storage` with a `TTLCache`
named `_cache` whose `expire()` returns what it removes; `Runtime._session_mgr`; `AppSession.shutdown`, `_scriptrunner` and
`_script_event_loop`, which is made anew where it was closed; `StarletteSessionClient._websocket`.
Why: Streamlit keeps a session for `server.disconnectedSessionTTL` seconds after its line has closed, in case the browser comes
back, and then until somebody else's line closes; what it has opened for it (3 files) stays open as long. A browser that leaves a
page says so (1001), and never comes back to its session.
Tried with: Streamlit 1.67.0.
Without it: files and memory of sessions that were left are freed late: 3 files each, of up to 128 sessions.
Off: `closed_sessions` in SEJONG_BORDER_OFF.
"""

import asyncio
import gc
import logging
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any
from weakref import WeakSet

from sejong_dash import border, ending

if TYPE_CHECKING:  # what is imported when it is used can be switched off where it is gone
    from streamlit.runtime.app_session import AppSession
    from streamlit.runtime.runtime import Runtime
    from streamlit.runtime.websocket_session_manager import WebsocketSessionManager

_LOG = logging.getLogger(__name__)
LEFT = "sejong.left"  # in the scope of a line's handshake: a list that is not empty once the browser has left the page
_EVERY = 5.0  # seconds between two looks for sessions whose time is over
_COLLECT_AFTER = 20  # sessions: each leaves a few thousand objects that refer to each other


_held: "WeakSet[AppSession]" = WeakSet()


class _Released:
    """How many sessions were let go since garbage was collected last."""

    count = 0


def let_go_of_closed() -> None:
    """Let go of left sessions from now on. Calling it again changes nothing."""
    if border.is_off("closed_sessions"):
        return
    from streamlit.runtime.runtime import Runtime
    from streamlit.runtime.websocket_session_manager import WebsocketSessionManager

    connect, disconnect = WebsocketSessionManager.connect_session, WebsocketSessionManager.disconnect_session
    close, leave = WebsocketSessionManager.close_session, Runtime.disconnect_session
    if hasattr(disconnect, "__wrapped__"):
        return

    @wraps(connect)
    def connect_with_loop(manager: "WebsocketSessionManager", *given: Any, **named: Any) -> str:
        session_id = connect(manager, *given, **named)
        found = manager.get_active_session_info(session_id)
        if found is not None:
            _held.add(found.session)
            if found.session._script_event_loop.is_closed():  # it has come back
                found.session._script_event_loop = asyncio.new_event_loop()
        return session_id

    @wraps(disconnect)
    def disconnect_lightly(manager: "WebsocketSessionManager", session_id: str) -> None:
        _make_room(manager)
        disconnect(manager, session_id)
        stored = manager._session_storage.get(session_id)
        if stored is not None:
            _close_loop(stored.session)

    @wraps(leave)
    def leave_for_good(runtime: "Runtime", session_id: str, *, client: Any = None) -> None:
        is_current = client is None or runtime.get_client(session_id) is client
        leave(runtime, session_id, client=client)
        if is_current and _has_left(client):
            runtime.close_session(session_id)

    @wraps(close)
    def close_with_work(manager: "WebsocketSessionManager", session_id: str) -> None:
        found = manager.get_session_info(session_id)
        close(manager, session_id)
        if found is not None:
            _finish(found.session)

    WebsocketSessionManager.connect_session = connect_with_loop  # type: ignore[method-assign, assignment]
    WebsocketSessionManager.disconnect_session = disconnect_lightly  # type: ignore[method-assign, assignment]
    WebsocketSessionManager.close_session = close_with_work  # type: ignore[method-assign, assignment]
    Runtime.disconnect_session = leave_for_good  # type: ignore[method-assign, assignment]


def held() -> int:
    """Return how many sessions are in memory: those that are open, those that may come back, and those left as garbage."""
    return len(_held)


async def sweep(is_idle: Callable[[], bool]) -> None:
    """Close sessions whose time is over, again and again; garbage is collected at a moment when no viewer waits."""
    while True:
        await asyncio.sleep(_EVERY)
        close_expired()
        if _Released.count >= _COLLECT_AFTER and is_idle():
            _Released.count = 0
            gc.collect()


def close_expired() -> int:
    """Close the sessions whose time to come back is over, and return how many they were; to be called on the event loop."""
    if border.is_off("closed_sessions"):
        return 0
    from streamlit.runtime.runtime import Runtime

    storage = getattr(Runtime.instance()._session_mgr, "_session_storage", None) if Runtime.exists() else None
    cache = getattr(storage, "_cache", None)
    if cache is None:
        return 0
    removed = cache.expire()
    for _, info in removed:
        _finish(info.session)
    for info in cache.values():
        _close_loop(info.session)  # of those whose script still ran when they were left
    return len(removed)


def _make_room(manager: "WebsocketSessionManager") -> None:
    """End the sessions that the storage would drop without a word when it keeps another: what is over, the oldest of too many."""
    close_expired()
    cache = getattr(manager._session_storage, "_cache", None)
    while cache is not None and len(cache) and len(cache) >= cache.maxsize:
        manager.close_session(cache.lru_items()[0][0])


def _finish(session: "AppSession") -> None:
    """End what a session has begun, and drop what it holds: its script's state refers to much that refers to it."""
    ending.end_session(session.id)
    session.shutdown()
    session._browser_queue.clear()
    _Released.count += 1


def _close_loop(session: "AppSession") -> None:
    """Close the event loop of a session's script where no script runs; Streamlit makes another when it is needed."""
    if session._scriptrunner is None and not session._script_event_loop.is_running():
        session._script_event_loop.close()


def _has_left(client: Any) -> bool:
    scope = getattr(getattr(client, "_websocket", None), "scope", {})
    return bool(scope.get(LEFT))
