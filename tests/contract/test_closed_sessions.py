"""A server lets go of sessions that are left, and takes no more of them than it is told to."""

import asyncio
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import event_loops
import pytest
import websockets
from launching import server_process
from watching import fetched, metric, wait_until

from sejong_dash import border
from sejong_dash.paths import PROJECT
from sejong_dash.serving.sessions import closed_sessions
from tests.lib.page_session import PageSession

pytestmark = [pytest.mark.dear, pytest.mark.thorough]

SESSIONS = 30
MOST = 4
GOING_AWAY = 1001


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    folder = tmp_path_factory.mktemp("sessions")
    data = Path(shutil.copytree(PROJECT / "data", folder / "data", ignore=shutil.ignore_patterns(".*")))
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("SEJONG_SESSIONS", str(MOST))
        with server_process(PROJECT / "app.py", folder / "server.log", data=data) as started:
            yield started


@pytest.fixture(scope="module")
def root(server: tuple[str, subprocess.Popen[bytes]]) -> str:
    return server[0]


async def visit(root: str, path: str = "", code: int = GOING_AWAY) -> None:
    async with PageSession(root, path) as session:
        await session.run()
        await session.leave(code)


def test_sessions_that_are_left_leave_no_file_and_no_object(root: str) -> None:
    event_loops.run(visit(root))
    wait_until(lambda: metric(root, "sejong_sessions") == 0)
    before = metric(root, "sejong_open_files")
    for number in range(SESSIONS):
        event_loops.run(visit(root, ("", "progress", "map")[number % 3]))
    wait_until(lambda: metric(root, "sejong_open_files") <= before + 3)
    # garbage is collected every twenty sessions, at a moment when no viewer waits
    wait_until(lambda: metric(root, "sejong_sessions_held") <= closed_sessions._COLLECT_AFTER)


def test_a_session_whose_line_is_lost_can_come_back_and_holds_no_file_meanwhile(root: str) -> None:
    async def come_back() -> None:
        async with PageSession(root) as session:
            await session.run()
            held = metric(root, "sejong_open_files")
            await session.leave(1011)
            await asyncio.to_thread(wait_until, lambda: metric(root, "sejong_open_files") <= held - 4)

    event_loops.run(come_back())
    event_loops.run(visit(root))


def test_a_session_too_many_is_refused_in_the_readers_language(root: str) -> None:
    async def crowd() -> None:
        async with PageSession(root) as first, PageSession(root), PageSession(root), PageSession(root):
            for lang, sentence in (("ko", "화면 수 초과"), ("ja", "上限に到達"), ("en", "No room for another page")):
                status, headers, body = await asyncio.to_thread(fetched, f"{root}/progress", Accept_Language=lang)
                assert (status, headers["retry-after"], f'lang="{lang}"' in body) == (503, "20", True)
                assert sentence in body
            await first.run()  # who is in is served
            async with PageSession(root) as late:  # an open page whose line broke finds a place
                await late.run()
                with pytest.raises(websockets.InvalidStatus):
                    await PageSession(root).__aenter__()

    event_loops.run(crowd())
    wait_until(lambda: metric(root, "sejong_sessions") == 0)
    assert fetched(f"{root}/progress")[0] == 200
    assert metric(root, "sejong_sessions_refused_total") >= 4


def test_it_can_be_switched_off(monkeypatch: pytest.MonkeyPatch) -> None:
    from streamlit.runtime.websocket_session_manager import WebsocketSessionManager

    plain = getattr(WebsocketSessionManager.disconnect_session, "__wrapped__", WebsocketSessionManager.disconnect_session)
    monkeypatch.setattr(WebsocketSessionManager, "disconnect_session", plain)
    monkeypatch.setenv("SEJONG_BORDER_OFF", "closed_sessions")
    closed_sessions.let_go_of_closed()
    assert WebsocketSessionManager.disconnect_session is plain
    assert closed_sessions.close_expired() == 0


def test_streamlit_has_what_is_relied_on() -> None:
    from streamlit.runtime.app_session import AppSession
    from streamlit.runtime.caching.ttl_cache import TTLCache
    from streamlit.runtime.memory_session_storage import MemorySessionStorage
    from streamlit.runtime.runtime import Runtime
    from streamlit.runtime.websocket_session_manager import WebsocketSessionManager

    broken = f"Streamlit breaks closed_sessions (tried with {border.TRIED_WITH}): what is left is freed late."
    for owner, names in (
        (WebsocketSessionManager, ("connect_session", "disconnect_session", "close_session", "get_session_info")),
        (Runtime, ("disconnect_session", "close_session", "get_client")),
        (AppSession, ("shutdown",)),
    ):
        assert all(hasattr(owner, name) for name in names), broken
    assert isinstance(MemorySessionStorage()._cache, TTLCache), broken


def test_a_session_for_which_there_is_no_room_any_more_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    """Streamlit's storage drops the oldest of too many without a word."""
    from streamlit.runtime.caching.ttl_cache import TTLCache

    ended: list[str] = []
    cache: TTLCache[str, object] = TTLCache(maxsize=2, ttl=60)
    manager = mock.Mock()
    manager._session_storage._cache = cache
    manager.close_session = lambda name: (ended.append(name), cache.pop(name))
    for name in ("a", "b", "c", "d"):
        closed_sessions._make_room(manager)
        cache[name] = object()
    assert ended == ["a", "b"]
    assert list(cache) == ["c", "d"]
