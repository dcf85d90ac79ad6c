"""Answers wait for no confirmation, on the connections of a server that is started as Streamlit starts it."""

import asyncio
import logging
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import event_loops
import pytest
import uvicorn
from starlette.applications import Starlette

from sejong_dash.serving.send_at_once import send_at_once


async def sends_at_once(listening: socket.socket) -> bool:
    """Whether a connection to a server sends at once: its socket was bound before it, and its lifespan asks for it."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        send_at_once()
        yield

    server = uvicorn.Server(uvicorn.Config(Starlette(lifespan=lifespan), log_level="error"))
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    while not server.started:
        await asyncio.sleep(0.01)
    with socket.socket() as viewer:
        viewer.setblocking(False)
        await asyncio.get_running_loop().sock_connect(viewer, listening.getsockname())
        while not server.server_state.connections:
            await asyncio.sleep(0.01)
        (connection,) = server.server_state.connections
        taken = connection.transport.get_extra_info("socket")  # type: ignore[union-attr]
        found = bool(taken.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
    server.should_exit = True
    await serving
    return found


def found() -> bool:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        return event_loops.run(sends_at_once(listening))


def test_answers_wait_for_no_confirmation() -> None:
    assert found()


def test_it_can_be_switched_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEJONG_BORDER_OFF", "send_at_once")
    assert not found(), "asyncio does it by itself now: send_at_once can go"


def test_where_no_server_is_found_it_says_so(caplog: pytest.LogCaptureFixture) -> None:
    async def alone() -> None:
        send_at_once()

    with caplog.at_level(logging.INFO):
        event_loops.run(alone())
    assert "socket was not found" in caplog.text
