"""Events of runs reach the event loop in their order and at once, with few wake-ups."""

import asyncio
import inspect
import logging
import threading
import weakref
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextvars import ContextVar
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any, TypeVar

import event_loops
import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.app_session import AppSession, AppSessionState
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.runtime import Runtime, RuntimeConfig
from streamlit.runtime.scriptrunner import ScriptRunnerEvent

from sejong_dash.serving import event_batches
from sejong_dash.serving.event_batches import batch_events

INSTALLED = f"Streamlit {version('streamlit')}"
T = TypeVar("T")
_asked_in: ContextVar[str] = ContextVar("_asked_in", default="nowhere")


SCRIPT = """
import streamlit as st

for number in range(40):
    st.text(number)
"""


@pytest.fixture(autouse=True)
def unchanged(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("_call_soon_on_event_loop", "_on_scriptrunner_event", "flush_browser_queue", "_enqueue_forward_msg"):
        own = getattr(AppSession, name)
        monkeypatch.setattr(AppSession, name, inspect.unwrap(own))


def session_on(loop: asyncio.AbstractEventLoop) -> AppSession:
    """As much of a session as events need."""
    session = AppSession.__new__(AppSession)
    session._event_loop = loop
    session.shutdown = lambda: None  # type: ignore[method-assign]  # called when it is collected
    return session


def counted(loop: asyncio.AbstractEventLoop) -> list[Callable[..., object]]:
    """What wakes the loop from now on."""
    wakes: list[Callable[..., object]] = []
    own = loop.call_soon_threadsafe

    def wake(callback: Callable[..., object], *given: Any, **named: Any) -> asyncio.Handle:
        wakes.append(callback)
        return own(callback, *given, **named)

    loop.call_soon_threadsafe = wake  # type: ignore[method-assign, assignment]
    return wakes


def in_a_thread(work: Callable[[], None]) -> None:
    """Do it in another thread while the loop stands."""
    thread = threading.Thread(target=work)
    thread.start()
    thread.join(60)


async def wakes_of(number: int) -> tuple[int, list[int]]:
    """How often so many events wake the loop that come while it is busy, and in which order they are handled."""
    loop = asyncio.get_running_loop()
    session, handled = session_on(loop), list[int]()
    wakes = counted(loop)

    def ask() -> None:
        for event in range(number):
            session._call_soon_on_event_loop(partial(handled.append, event))

    in_a_thread(ask)
    await asyncio.sleep(0)
    return len(wakes), handled


def test_streamlit_wakes_the_loop_for_each() -> None:
    assert event_loops.run(wakes_of(20)) == (20, [*range(20)])


def test_one_wake_up_hands_over_all() -> None:
    batch_events()
    assert event_loops.run(wakes_of(20)) == (1, [*range(20)]), f"{INSTALLED} breaks event_batches: each event wakes the loop."


def test_what_comes_while_events_are_handled_is_handled_next() -> None:
    batch_events()

    async def handled() -> list[str]:
        session, found = session_on(asyncio.get_running_loop()), list[str]()

        def first() -> None:
            in_a_thread(lambda: session._call_soon_on_event_loop(lambda: found.append("later")))
            found.append("first")

        session._call_soon_on_event_loop(first)
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        return found

    assert event_loops.run(handled()) == ["first", "later"]


def test_a_failure_is_logged_whole_and_stops_none_behind_it(caplog: pytest.LogCaptureFixture) -> None:
    batch_events()

    async def handled() -> list[str]:
        session, found = session_on(asyncio.get_running_loop()), list[str]()
        for event in (lambda: found.append("first"), lambda: int("x"), lambda: found.append("last")):
            session._call_soon_on_event_loop(event)  # type: ignore[arg-type]
        await asyncio.sleep(0)
        return found

    with caplog.at_level(logging.ERROR):
        assert event_loops.run(handled()) == ["first", "last"]
    assert "ValueError" in caplog.text


def test_an_event_is_handled_in_the_context_in_which_it_came() -> None:
    batch_events()

    async def handled() -> list[str]:
        session, found = session_on(asyncio.get_running_loop()), list[str]()

        def ask(name: str) -> None:
            _asked_in.set(name)
            session._call_soon_on_event_loop(lambda: found.append(_asked_in.get()))

        for name in ("a", "b"):
            in_a_thread(partial(ask, name))
        await asyncio.sleep(0)
        return found

    assert event_loops.run(handled()) == ["a", "b"]


def test_many_threads_lose_nothing_and_keep_their_orders() -> None:
    batch_events()

    async def handled() -> list[tuple[int, int]]:
        session, found = session_on(asyncio.get_running_loop()), list[tuple[int, int]]()

        def ask(thread: int) -> None:
            for event in range(500):
                session._call_soon_on_event_loop(partial(found.append, (thread, event)))

        with ThreadPoolExecutor(4) as pool:
            await asyncio.gather(*(asyncio.get_running_loop().run_in_executor(pool, ask, thread) for thread in range(4)))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        return found

    found = event_loops.run(handled())
    for thread in range(4):
        assert [event for asked, event in found if asked == thread] == [*range(500)]


def test_an_event_after_the_loop_has_closed_is_dropped() -> None:
    batch_events()
    loop = asyncio.new_event_loop()
    session = session_on(loop)
    loop.close()
    session._call_soon_on_event_loop(lambda: pytest.fail("it was handled"))


class Browser:
    """A viewer's browser: what it was sent, and when a run has finished."""

    def __init__(self) -> None:
        self.sent: list[ForwardMsg] = []
        self.has_all = asyncio.Event()

    def write_forward_msg(self, message: ForwardMsg) -> None:
        self.sent.append(message)
        if message.WhichOneof("type") == "script_finished":
            self.has_all.set()


@pytest.fixture
def script(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "app.py"
    path.write_text(SCRIPT)
    Runtime._instance = None
    yield path
    Runtime._instance = None


async def visit(path: Path) -> tuple[list[str], int]:
    """What a server sends to a viewer of the script, and how often that wakes its event loop.

    The loop stands while the script runs: all that it sends comes meanwhile.
    """
    runtime = Runtime(RuntimeConfig(str(path), MemoryMediaFileStorage("/media"), MemoryUploadedFileManager("/upload")))
    await runtime.start()
    browser = Browser()
    session = runtime.connect_session(browser, {})  # type: ignore[arg-type]  # as much of a client as is needed
    wakes = counted(asyncio.get_running_loop())
    runtime.handle_backmsg(session, BackMsg(rerun_script=ClientState()))
    for thread in threading.enumerate():
        if thread.name == "ScriptRunner.scriptThread":
            thread.join(60)
    await asyncio.wait_for(browser.has_all.wait(), 60)
    number = len(wakes)
    runtime.stop()
    await runtime.stopped
    texts = [message.delta.new_element.text.body or str(message.WhichOneof("type")) for message in browser.sent]
    return texts, number


def test_streamlit_wakes_the_loop_twice_for_each_message(script: Path) -> None:
    """Why event_batches is there. Where this fails, Streamlit has mended it: event_batches can go."""
    sent, wakes = event_loops.run(visit(script))
    assert wakes >= 2 * len(sent) - 10


def test_a_run_wakes_the_loop_a_few_times_and_sends_the_same(script: Path) -> None:
    before, _ = event_loops.run(visit(script))
    Runtime._instance = None
    batch_events()
    sent, wakes = event_loops.run(visit(script))
    assert sent == before, f"{INSTALLED} breaks event_batches: messages are lost, or come in another order."
    assert [text for text in sent if text.isdecimal()] == [str(number) for number in range(40)]
    assert wakes <= 5, f"{INSTALLED} breaks event_batches: each message wakes the event loop."


async def wakes_of_messages(is_sending: bool) -> tuple[int, list[str]]:
    """How often three messages wake the loop, and what the next round of sending finds, before the loop does anything else."""
    loop = asyncio.get_running_loop()
    session: Any = session_on(loop)
    session._browser_queue, session._message_enqueued_callback = ForwardMsgQueue(), None
    session._scriptrunner = sender = None
    session._state = AppSessionState.APP_IS_RUNNING
    sending = asyncio.Event()
    if is_sending:
        sending.set()
    event_batches._batch(loop).is_sending = weakref.ref(sending)
    wakes = counted(loop)

    def ask() -> None:
        for text in "abc":
            message = ForwardMsg()
            message.delta.new_element.text.body = text
            message.metadata.delta_path.extend([0, ord(text)])
            session._on_scriptrunner_event(sender, event=ScriptRunnerEvent.ENQUEUE_FORWARD_MSG, forward_msg=message)

    in_a_thread(ask)
    return len(wakes), [message.delta.new_element.text.body for message in session.flush_browser_queue()]


def test_a_round_of_sending_takes_messages_along() -> None:
    batch_events()
    assert event_loops.run(wakes_of_messages(is_sending=True)) == (0, ["a", "b", "c"])


def test_a_message_wakes_the_loop_where_no_round_of_sending_comes_by_itself() -> None:
    batch_events()
    assert event_loops.run(wakes_of_messages(is_sending=False)) == (1, ["a", "b", "c"])


def test_asking_twice_wraps_once() -> None:
    batch_events()
    first = AppSession._call_soon_on_event_loop
    batch_events()
    assert AppSession._call_soon_on_event_loop is first


def test_it_can_be_switched_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEJONG_BORDER_OFF", "event_batches")
    batch_events()
    assert event_loops.run(wakes_of(3)) == (3, [0, 1, 2])
