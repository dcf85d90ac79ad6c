"""Whoever holds a stream open learns of each change, the server looks once for all of them, and no stream holds up its end."""

import asyncio
import io
import json
import logging
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import event_loops
import pytest
import streamlit as st
import uvicorn
from answers import ask
from event_streams import event_stream
from starlette.applications import Starlette

from sejong_dash import contents
from sejong_dash.datasets.schema import data_files
from sejong_dash.exhibits import defaults
from sejong_dash.serving.change_events import ChangeEvents


class Tables:
    """What stands in for the tables: its state, and how often it was looked at."""

    def __init__(self) -> None:
        self.state, self.looks = "first", 0
        self.fault: Exception | None = None

    def look(self) -> str:
        self.looks += 1
        if self.fault:
            raise self.fault
        return self.state


@asynccontextmanager
async def served(events: ChangeEvents) -> AsyncIterator[str]:
    server = uvicorn.Server(uvicorn.Config(Starlette(routes=events.routes()), port=0, log_level="error"))
    serving = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    yield "http://{}:{}".format(*server.servers[0].sockets[0].getsockname())
    events.close()
    server.should_exit = True
    await serving


def run(test: Callable[[Tables], Coroutine[Any, Any, None]]) -> None:
    event_loops.run(test(Tables()))


async def until(is_so: Callable[[], bool]) -> None:
    async with asyncio.timeout(60):
        while not is_so():
            await asyncio.sleep(0.005)


def test_a_stream_begins_with_what_holds_and_goes_on_with_what_changes() -> None:
    async def test(tables: Tables) -> None:
        async with served(ChangeEvents(tables.look, every=0.01)) as root, event_stream(root) as stream:
            assert await stream.event() == "first"
            for state in ("second", "third"):
                tables.state = state
                assert await stream.event() == state

    run(test)


def test_the_server_looks_once_for_all_streams() -> None:
    every, count = 0.05, 30

    async def test(tables: Tables) -> None:
        async with served(ChangeEvents(tables.look, every)) as root, AsyncExitStack() as stack:
            began = time.monotonic()
            streams = [await stack.enter_async_context(event_stream(root)) for _ in range(count)]
            assert {await stream.event() for stream in streams} == {"first"}
            for state in ("second", "third", "fourth"):
                tables.state = state
                assert {await stream.event() for stream in streams} == {state}
            assert 4 <= tables.looks <= 1 + (time.monotonic() - began) / every

    run(test)


def test_nobody_looks_while_no_stream_is_open() -> None:
    async def test(tables: Tables) -> None:
        events = ChangeEvents(tables.look, every=0.01)
        async with served(events) as root:
            async with event_stream(root) as stream:
                await stream.event()
                assert (events._open, events.is_watching) == (1, True)
            await until(lambda: not events.is_watching)
            assert events._open == 0
            tables.state = "second"
            looks = tables.looks
            async with event_stream(root) as stream:
                while await stream.event() != "second":  # the last look may be a hundredth of a second old
                    pass
            assert tables.looks > looks

    run(test)


def test_what_has_not_changed_is_said_again() -> None:
    async def test(tables: Tables) -> None:
        async with served(ChangeEvents(tables.look, every=0.01, beat=0.03)) as root, event_stream(root) as stream:
            assert [await stream.event() for _ in range(3)] == ["first"] * 3

    run(test)


def test_a_browser_without_a_stream_may_ask() -> None:
    every = 0.05

    async def test(tables: Tables) -> None:
        app = Starlette(routes=ChangeEvents(tables.look, every).routes())
        answer = await asyncio.to_thread(ask, app, "/events/state")
        assert json.loads(answer.body) == {"state": "first"}
        assert answer.headers["cache-control"] == "no-store, no-transform"

    run(test)


def test_proxies_are_asked_to_keep_nothing_back() -> None:
    async def test(tables: Tables) -> None:
        async with served(ChangeEvents(tables.look)) as root, event_stream(root) as stream:
            for header in ("content-type: text/event-stream", "cache-control: no-store, no-transform", "x-accel-buffering: no"):
                assert header in stream.head
            assert "content-encoding" not in stream.head

    run(test)


def test_close_ends_every_stream_and_those_that_come_later() -> None:
    async def test(tables: Tables) -> None:
        events = ChangeEvents(tables.look, every=60)
        async with served(events) as root, event_stream(root) as open_one, event_stream(root) as another:
            await open_one.event()
            await another.event()
            events.close()
            for stream in (open_one, another):
                with pytest.raises(EOFError):
                    await stream.event()
            async with event_stream(root) as late:
                with pytest.raises(EOFError):
                    await late.event()
            await until(lambda: events._open == 0)

    run(test)


def test_tables_that_cannot_be_looked_at_are_logged_once_and_followed_again(caplog: pytest.LogCaptureFixture) -> None:
    async def test(tables: Tables) -> None:
        async with served(ChangeEvents(tables.look, every=0.01)) as root, event_stream(root) as stream:
            await stream.event()
            tables.fault = RuntimeError("no look")
            looks = tables.looks
            await until(lambda: tables.looks >= looks + 3)
            tables.state, tables.fault = "second", None
            assert await stream.event() == "second"

    with caplog.at_level(logging.ERROR):
        run(test)
    assert [record.exc_info is not None for record in caplog.records] == [True]


def test_the_addresses_lie_below_the_path_of_the_dashboard(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(st, "get_option", lambda name: {"server.baseUrlPath": "/dash/"}[name])
    assert [route.path for route in ChangeEvents(str).routes()] == ["/dash/events", "/dash/events/state"]


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The files that are opened from now on."""
    names: list[Path] = []
    real = io.open

    def recorded(file: Any, *given: Any, **named: Any) -> Any:
        names.append(Path(file))
        return real(file, *given, **named)

    monkeypatch.setattr(io, "open", recorded)
    monkeypatch.setattr("builtins.open", recorded)
    return names


def test_a_look_at_the_tables_opens_no_file_twice(data_copy: Path, opened: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contents, "time", lambda: time.time() + 3600)  # the copy is old enough for its stamps to be trusted
    before = defaults.state()
    assert set(data_files.files()) <= set(opened), "the first look reads all that the fingerprint stands for"
    opened.clear()
    assert [defaults.state() for _ in range(39)] == [before] * 39
    assert opened == []
    goals = data_copy / "goals.csv"
    goals.write_bytes(goals.read_bytes().replace(b"150000", b"150001"))
    opened.clear()
    assert defaults.state() != before
    assert {file for file in opened if ".frozen" not in file.parts} == {goals}
