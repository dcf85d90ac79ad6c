"""The door counts who is inside, refuses who is too many, and notes how a session was left."""

import asyncio

import event_loops
import pytest
from starlette.datastructures import Headers
from starlette.types import Message, Receive, Scope, Send

from sejong_dash.serving.sessions.closed_sessions import LEFT
from sejong_dash.serving.sessions.session_door import Places, SessionDoor


def full(headers: Headers, query: bytes) -> bytes:
    return b"full: " + query


class Inside:
    """An app that keeps lines open until they are left, and remembers what it was handed."""

    def __init__(self) -> None:
        self.scopes: list[Scope] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.scopes.append(scope)
        if scope["type"] == "websocket":
            while (await receive())["type"] != "websocket.disconnect":
                pass
        else:
            await send({"type": "http.response.start", "status": 200, "headers": []})


class Line:
    """A line that is opened and left by a test."""

    def __init__(self, door: SessionDoor, path: str = "/_stcore/stream", kind: str = "websocket") -> None:
        self.sent: list[Message] = []
        self.coming: asyncio.Queue[Message] = asyncio.Queue()
        scope = {"type": kind, "path": path, "root_path": "", "method": "GET", "headers": [], "query_string": b"lang=ja"}
        self.task = asyncio.ensure_future(door(scope, self.coming.get, self.send))

    async def send(self, message: Message) -> None:
        self.sent.append(message)

    async def leave(self, code: int) -> None:
        await self.coming.put({"type": "websocket.disconnect", "code": code})
        await self.task


@pytest.mark.parametrize(("code", "is_left"), [(1001, True), (1006, False), (1000, False)])
def test_how_a_session_was_left_is_noted(code: int, is_left: bool) -> None:
    async def work() -> None:
        inside, places = Inside(), Places(2)
        line = Line(SessionDoor(inside, places, ["map"], full))
        await asyncio.sleep(0)
        assert places.taken == 1
        await line.leave(code)
        assert bool(inside.scopes[0][LEFT]) == is_left
        assert places.taken == 0

    event_loops.run(work())


def test_who_is_too_many_is_refused(caplog: pytest.LogCaptureFixture) -> None:
    async def work() -> None:
        inside, places = Inside(), Places(2)
        door = SessionDoor(inside, places, ["map"], full, base="expo")
        lines = [Line(door, "/expo/_stcore/stream") for _ in range(3)]
        await asyncio.sleep(0)
        assert places.taken == 3, "one more than pages are let in: an open page may have lost its line"
        late = Line(door, "/expo/_stcore/stream")
        await late.coming.put({"type": "websocket.connect"})
        await late.task
        assert late.sent == [{"type": "websocket.close", "code": 1013}]
        for path in ("/expo", "/expo/map"):
            page = Line(door, path, "http")
            await page.task
            assert page.sent[0]["status"] == 503
            assert page.sent[1]["body"] == b"full: lang=ja"
        for path in ("/expo/export/goal_bar.csv", "/expo/healthz", "/expo/static/index.js"):
            other = Line(door, path, "http")
            await other.task
            assert other.sent[0]["status"] == 200
        for line in lines:
            await line.leave(1001)
        page = Line(door, "/expo/map", "http")
        await page.task
        assert page.sent[0]["status"] == 200

    event_loops.run(work())
    assert len([record for record in caplog.records if "sessions are taken" in record.getMessage()]) == 1


def test_a_flood_of_streams_is_refused() -> None:
    async def work() -> None:
        places = Places(1)
        places.streams = 2
        stream = Line(SessionDoor(Inside(), places, [], full), "/events", "http")
        await stream.task
        assert stream.sent[0]["status"] == 503
        places.streams = 1
        stream = Line(SessionDoor(Inside(), places, [], full), "/events", "http")
        await stream.task
        assert stream.sent[0]["status"] == 200
        assert places.streams == 1

    event_loops.run(work())
