"""Files that take long are made so many at once, hold up nothing else, and are not made for nobody."""

import asyncio
import json
import threading
from collections.abc import Callable
from typing import Any

import event_loops
import pytest
from files_by_address import APP

from sejong_dash.api import answering, asked_file
from sejong_dash.api.work_queue import WorkQueue


class Held:
    """A writer of files that waits until it may go on."""

    def __init__(self) -> None:
        self.begun, self.go_on = threading.Event(), threading.Event()

    def __call__(self, *given: Any) -> bytes:
        self.begun.set()
        assert self.go_on.wait(60)
        return b"made"


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Held:
    """Slides of one exhibit wait; at most one is made at once, and none waits in line."""
    writer, write = Held(), asked_file.single_file.write
    monkeypatch.setattr(asked_file.single_file, "write", lambda kind, *given: (writer if kind == "pptx" else write)(kind, *given))
    monkeypatch.setattr(answering, "SLOW", WorkQueue(workers=1, waiting=0, seconds=9))
    return writer


def answered(path: str, receive: Callable[[], Any] | None = None) -> tuple[Any, list[Any]]:
    """The call of an app, to be awaited, and what it sends meanwhile."""
    sent: list[Any] = []

    async def stay() -> Any:
        return await asyncio.Event().wait()

    async def send(message: Any) -> None:
        sent.append(message)

    file, _, query = path.partition("?")
    scope = {"type": "http", "method": "GET", "path": f"/export/{file}", "headers": [], "query_string": query.encode()}
    return APP({**scope, "root_path": ""}, receive or stay, send), sent


def test_a_full_queue_says_when_to_come_again_and_holds_up_nothing_else(held: Held) -> None:
    async def run() -> None:
        call, sent = answered("goal_bar.pptx")
        first = asyncio.ensure_future(call)
        assert await asyncio.to_thread(held.begun.wait, 60)
        call, refused = answered("goal_bar.pptx?lang=en")
        await call
        assert refused[0]["status"] == 503
        assert (b"retry-after", b"9") in refused[0]["headers"]
        assert "9 s" in json.loads(refused[1]["body"])["detail"]
        call, quick = answered("goal_bar.csv")
        await call
        assert quick[0]["status"] == 200, "a table does not wait behind slides"
        assert not first.done()
        held.go_on.set()
        await first
        assert (sent[0]["status"], sent[1]["body"]) == (200, b"made")

    event_loops.run(run())


def test_nobody_is_sent_what_nobody_waits_for(held: Held) -> None:
    async def run() -> None:
        leave = asyncio.Event()

        async def receive() -> Any:
            await leave.wait()
            return {"type": "http.disconnect"}

        call, sent = answered("goal_bar.pptx", receive)
        first = asyncio.ensure_future(call)
        assert await asyncio.to_thread(held.begun.wait, 60)
        leave.set()
        await first
        assert sent == []
        assert await status("goal_bar.pptx") == 503, "what is under way holds its place"
        held.go_on.set()
        while await status("goal_bar.pptx") == 503:
            await asyncio.sleep(0.005)
        assert await status("goal_bar.pptx") == 200

    async def status(path: str) -> int:
        call, sent = answered(path)
        await call
        return int(sent[0]["status"])

    event_loops.run(run())


def test_a_set_is_no_longer_made_once_nobody_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    begun, ended = threading.Event(), threading.Event()

    def gather(*given: Any) -> None:
        try:
            for step in range(6000):
                given[-1](step, 6000, "")
                begun.set()
                threading.Event().wait(0.01)
        except answering.ClientGoneError:
            ended.set()
            raise
        raise AssertionError("it is made to its end")

    monkeypatch.setattr(asked_file, "gather_report", gather)

    async def run() -> None:
        leave = asyncio.Event()

        async def receive() -> Any:
            await leave.wait()
            return {"type": "http.disconnect"}

        call, sent = answered("set/weekly.pptx", receive)
        first = asyncio.ensure_future(call)
        assert await asyncio.to_thread(begun.wait, 60)
        leave.set()
        await first
        assert sent == []

    event_loops.run(run())
    assert ended.wait(60)
