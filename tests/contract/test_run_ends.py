"""The end of a run reaches the browser also where a part asks to run again at that very moment."""

import asyncio
import inspect
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar
from unittest.mock import MagicMock

import event_loops
import pytest
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.runtime import Runtime, RuntimeConfig
from streamlit.runtime.script_data import ScriptData
from streamlit.runtime.scriptrunner import ScriptRunner
from streamlit.runtime.scriptrunner.script_cache import ScriptCache
from streamlit.runtime.state import SafeSessionState

from sejong_dash.serving import run_ends
from sejong_dash.serving.run_ends import keep_run_ends
from sejong_dash.startup import warm_up

SCRIPT = """
import streamlit as st

@st.fragment
def part():
    st.write("part")

part()
st.write("whole")
"""
T = TypeVar("T")
WHOLE, PART = ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY


@pytest.fixture
def unchanged(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Streamlit's own way to take a request; what a test puts in its place goes with the test."""
    changed = (
        (SafeSessionState, "on_script_will_rerun"),
        (ScriptRunner, "_maybe_handle_execution_control_request"),
        (ForwardMsgQueue, "clear"),
        (AppSession, "request_rerun"),
    )
    for owner, name in changed:
        own = inspect.unwrap(getattr(owner, name))
        monkeypatch.setattr(owner, name, own)
    return own  # type: ignore[no-any-return]


@pytest.fixture
def script(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "app.py"
    path.write_text(SCRIPT)
    Runtime._instance = None
    Runtime(RuntimeConfig(str(path), MemoryMediaFileStorage("/media"), MemoryUploadedFileManager("/upload")))
    yield path
    Runtime._instance = None


def await_script() -> None:
    """Wait until the script has run; its thread may have ended already."""
    for thread in threading.enumerate():
        if thread.name == "ScriptRunner.scriptThread":
            thread.join(20)


def ends(
    path: Path,
    also: Callable[[AppSession, ClientState], None] = lambda session, part: None,
    is_over: Callable[[list[Any]], bool] = lambda found: PART in found,
) -> list[Any]:
    """Return the ends of runs that are sent where a part asks to run while the end of the whole script waits to be handled.

    Once `is_over` holds for what was found and nothing runs or waits any more, there is nothing to wait for.
    """

    async def asked() -> list[Any]:
        session = AppSession(ScriptData(str(path), is_hello=False), MagicMock(), ScriptCache(), lambda: None, {})
        session.request_rerun(ClientState())
        await_script()  # this is the server's loop: nothing that the script sent is handled before the next await
        (identity,) = session._fragment_storage._fragments
        part = ClientState(fragment_id=identity)
        session.request_rerun(part)
        also(session, part)
        found: list[Any] = []
        for _ in range(2000):
            await asyncio.sleep(0.01)
            found += [
                one.script_finished for one in session._browser_queue.flush() if one.WhichOneof("type") == "script_finished"
            ]
            if is_over(found) and session._scriptrunner is None and not run_ends._waiting.get(session):
                break
        session.shutdown()
        return found

    return event_loops.run(asked())


def test_streamlit_loses_the_end_of_a_run(unchanged: object, script: Path) -> None:
    """Why run_ends is there. Where this fails, Streamlit has mended it: run_ends can go."""
    assert ends(script) == [PART]


def test_the_end_of_a_run_is_kept(unchanged: object, script: Path) -> None:
    keep_run_ends()
    assert ends(script) == [WHOLE, PART]


def test_requests_keep_their_order(unchanged: object, script: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Widgets as they were must not be written over widgets as they are."""
    order: list[str] = []

    def noted(session: AppSession, client_state: ClientState | None) -> None:
        assert client_state is not None
        order.append(client_state.query_string or ("part" if client_state.fragment_id else "first"))
        unchanged(session, client_state)  # type: ignore[operator]

    monkeypatch.setattr(AppSession, "request_rerun", noted)
    keep_run_ends()

    def later(session: AppSession, part: ClientState) -> None:
        session.request_rerun(ClientState(query_string="later"))
        session.request_rerun(part)

    ends(script, later, is_over=lambda found: len(order) >= 4)  # the whole page's end takes the place of that of the part
    assert order == ["first", "part", "later", "part"]


def test_a_request_that_fails_stops_none_behind_it(unchanged: object, script: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(session: AppSession, client_state: ClientState | None) -> None:
        if client_state is not None and client_state.query_string == "fails":
            raise RuntimeError("no thread can be started")
        unchanged(session, client_state)  # type: ignore[operator]

    monkeypatch.setattr(AppSession, "request_rerun", failing)
    keep_run_ends()

    def later(session: AppSession, part: ClientState) -> None:
        session._event_loop.set_exception_handler(lambda loop, context: None)
        session.request_rerun(ClientState(query_string="fails"))
        session.request_rerun(part)

    assert ends(script, later)[-1] == PART


PRESSED: list[str] = []
GATE = threading.Event()
PAGES = """
import streamlit as st
from test_run_ends import GATE, PRESSED

@st.fragment
def part():
    st.checkbox("press", key="press", on_change=PRESSED.append, args=("press",))

part()
pages = [st.Page(lambda: GATE.wait(20), title="one", url_path="one"), st.Page(lambda: None, title="two", url_path="two")]
st.navigation(pages).run()
"""


@pytest.mark.parametrize("is_kept", [False, True], ids=["as Streamlit does", "in turn"])
def test_what_was_pressed_is_done_before_another_page_comes(unchanged: object, script: Path, is_kept: bool) -> None:
    """A press in a part of the page, and another page right after it, while the script is still busy with the first page."""
    script.write_text(PAGES)
    sys.modules["test_run_ends"] = sys.modules[__name__]
    if is_kept:
        keep_run_ends()
    PRESSED.clear()
    GATE.clear()

    async def pressed() -> None:
        session = AppSession(ScriptData(str(script), is_hello=False), MagicMock(), ScriptCache(), lambda: None, {})
        session.request_rerun(ClientState())
        pages: list[Any] = []
        while len(pages) < 2:
            await asyncio.sleep(0.01)
            sent = session._browser_queue._queue
            pages = [
                page for message in sent if message.WhichOneof("type") == "navigation" for page in message.navigation.app_pages
            ]
        (identity,) = session._fragment_storage._fragments
        (box,) = [
            message.delta.new_element.checkbox.id
            for message in sent
            if message.WhichOneof("type") == "delta" and message.delta.new_element.WhichOneof("type") == "checkbox"
        ]
        press = ClientState(fragment_id=identity, page_script_hash=pages[0].page_script_hash)
        press.widget_states.widgets.add(id=box, bool_value=True)
        session.request_rerun(press)
        session.request_rerun(ClientState(page_script_hash=pages[1].page_script_hash))
        GATE.set()
        while session._scriptrunner is not None or session._client_state.page_script_hash != pages[1].page_script_hash:
            await asyncio.sleep(0.01)
        session.shutdown()

    event_loops.run(pressed())
    expected = ["press"] if is_kept else []
    assert expected == PRESSED


HALF = """
import streamlit as st
from test_run_ends import CALLED, GATE, PRESSED

def press():
    CALLED.set()
    GATE.wait(20)
    st.session_state["half"] = True
    PRESSED.append("press")

st.checkbox("press", key="press", on_change=press)
"""
CALLED = threading.Event()


@pytest.mark.parametrize("is_kept", [False, True], ids=["as Streamlit does", "in turn"])
def test_what_was_pressed_is_not_stopped_half_way(unchanged: object, script: Path, is_kept: bool) -> None:
    script.write_text(HALF)
    sys.modules["test_run_ends"] = sys.modules[__name__]
    if is_kept:
        keep_run_ends()
    PRESSED.clear()
    CALLED.clear()
    GATE.clear()

    async def pressed() -> None:
        session = AppSession(ScriptData(str(script), is_hello=False), MagicMock(), ScriptCache(), lambda: None, {})
        session.request_rerun(ClientState())
        boxes: list[str] = []
        while not boxes or session._scriptrunner is not None:
            await asyncio.sleep(0.01)
            sent = [
                message.delta.new_element for message in session._browser_queue._queue if message.WhichOneof("type") == "delta"
            ]
            boxes = [element.checkbox.id for element in sent if element.WhichOneof("type") == "checkbox"]
        press = ClientState()
        press.widget_states.widgets.add(id=boxes[0], bool_value=True)
        session.request_rerun(press)
        await asyncio.to_thread(CALLED.wait, 20)
        session.request_rerun(press)
        GATE.set()
        while session._scriptrunner is not None:
            await asyncio.sleep(0.01)
        session.shutdown()

    event_loops.run(pressed())
    expected = ["press"] if is_kept else []
    assert expected == PRESSED


@pytest.mark.parametrize("is_kept", [False, True], ids=["as Streamlit does", "in turn"])
@pytest.mark.parametrize("begins", [None, ["other"], ["part"]], ids=["the page", "another part", "the same part"])
def test_the_end_of_a_part_is_sent_where_another_part_begins(unchanged: object, is_kept: bool, begins: list[str] | None) -> None:
    """An early end leaves what the part has replaced on the page until the whole page runs."""
    if is_kept:
        keep_run_ends()
    end = ForwardMsg(script_finished=PART)
    end.metadata.run.fragment_ids.append("part")
    queue = ForwardMsgQueue()
    queue.enqueue(end)
    queue.clear(retain_lifecycle_msgs=True, fragment_ids_this_run=begins)
    (sent,) = queue.flush()
    assert sent.script_finished == (PART if is_kept and begins == ["other"] else ForwardMsg.FINISHED_EARLY_FOR_RERUN)


def test_asking_twice_wraps_once(unchanged: object) -> None:
    keep_run_ends()
    first = AppSession.request_rerun
    keep_run_ends()
    assert AppSession.request_rerun is first


def test_the_server_starts_with_it(unchanged: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warm_up, "check_config", lambda: None)

    async def started() -> None:
        async with warm_up.warm(front_end=MagicMock(first=(), names=()))(MagicMock()):
            assert hasattr(AppSession.request_rerun, "__wrapped__")

    event_loops.run(started())
