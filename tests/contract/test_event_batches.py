"""Events of runs reach the event loop in their order and at once, with one wake-up for all that have come meanwhile."""

import asyncio
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextvars import ContextVar
from functools import partial
from importlib.metadata import version
from types import SimpleNamespace
from typing import Any, TypeVar

import pytest
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.runtime import Runtime

from sejong_dash.serving.event_batches import batch_events

INSTALLED = f"Streamlit {version('streamlit')}"
T = TypeVar("T")
_asked_in: ContextVar[str] = ContextVar("_asked_in", default="nowhere")


@pytest.fixture(autouse=True)
def unchanged(monkeypatch: pytest.MonkeyPatch) -> None:
    for owner, name in ((AppSession, "_call_soon_on_event_loop"), (Runtime, "_enqueued_some_message")):
        own = getattr(owner, name)
        monkeypatch.setattr(owner, name, getattr(own, "__wrapped__", own))


def run(coroutine: Coroutine[Any, Any, T]) -> T:
    """Run it in a thread of its own: the loop of the browser tests may hold this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, coroutine).result()


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
    """Why event_batches is there. Where this fails, Streamlit has mended it: its first part can go."""
    assert run(wakes_of(20)) == (20, [*range(20)])


def test_one_wake_up_hands_over_all() -> None:
    batch_events()
    assert run(wakes_of(20)) == (1, [*range(20)]), f"{INSTALLED} breaks event_batches: each event wakes the event loop."


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

    assert run(handled()) == ["first", "later"]


def test_a_failure_is_reported_and_stops_none_behind_it() -> None:
    batch_events()

    async def handled() -> tuple[list[str], list[str]]:
        loop = asyncio.get_running_loop()
        session, found, reported = session_on(loop), list[str](), list[str]()
        loop.set_exception_handler(lambda loop, context: reported.append(type(context["exception"]).__name__))
        for event in (lambda: found.append("first"), lambda: [][0], lambda: found.append("last")):
            session._call_soon_on_event_loop(event)
        for _ in range(4):
            await asyncio.sleep(0)
        return found, reported

    assert run(handled()) == (["first", "last"], ["IndexError"])


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

    assert run(handled()) == ["a", "b"]


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

    found = run(handled())
    for thread in range(4):
        assert [event for asked, event in found if asked == thread] == [*range(500)]


def test_an_event_after_the_loop_has_closed_is_dropped() -> None:
    batch_events()
    loop = asyncio.new_event_loop()
    session = session_on(loop)
    loop.close()
    session._call_soon_on_event_loop(lambda: pytest.fail("it was handled"))


async def wakes_of_a_message(here: bool) -> tuple[int, bool]:
    """How often a message that is to be sent wakes the loop, and whether the sender is roused."""
    loop = asyncio.get_running_loop()
    runtime: Any = Runtime.__new__(Runtime)
    runtime._async_objs = SimpleNamespace(eventloop=loop, need_send_data=asyncio.Event())
    wakes = counted(loop)
    if here:
        runtime._enqueued_some_message()
    else:
        in_a_thread(runtime._enqueued_some_message)
    await asyncio.sleep(0)
    return len(wakes), runtime._async_objs.need_send_data.is_set()


def test_streamlit_wakes_the_loop_from_the_loop() -> None:
    """Why event_batches is there. Where this fails, Streamlit has mended it: its second part can go."""
    assert run(wakes_of_a_message(here=True)) == (1, True)


def test_the_loop_need_not_be_woken_by_itself() -> None:
    batch_events()
    found = run(wakes_of_a_message(here=True))
    assert found == (0, True), f"{INSTALLED} breaks event_batches: the event loop wakes itself for each message."
    assert run(wakes_of_a_message(here=False)) == (1, True)


def test_asking_twice_wraps_once() -> None:
    batch_events()
    first = AppSession._call_soon_on_event_loop
    batch_events()
    assert AppSession._call_soon_on_event_loop is first


def test_it_can_be_switched_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEJONG_BORDER_OFF", "event_batches")
    batch_events()
    assert run(wakes_of(3)) == (3, [0, 1, 2])
