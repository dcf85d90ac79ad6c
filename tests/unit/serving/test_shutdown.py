"""A server that is asked to stop ends, however many streams are open."""

import asyncio
import signal
import subprocess
import sys

import event_loops
import pytest
from event_streams import event_stream

from sejong_dash.paths import PROJECT
from sejong_dash.serving.shutdown import call_on_exit

SERVER = """
import contextlib, socket, uvicorn
from starlette.applications import Starlette
from sejong_dash.serving.change_events import ChangeEvents

@contextlib.asynccontextmanager
async def lifespan(app):
    print(listening.getsockname()[1], flush=True)
    yield
    print("ended", flush=True)

listening = socket.create_server(("127.0.0.1", 0))
app = Starlette(routes=ChangeEvents(lambda: "first", every=3600).routes(), lifespan=lifespan)
uvicorn.Server(uvicorn.Config(app, access_log=False)).run([listening])
"""


@pytest.mark.thorough
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_a_server_with_open_streams_stops_when_it_is_asked_to(name: str) -> None:
    async def stop(server: subprocess.Popen[str], port: int) -> None:
        async with event_stream(f"http://127.0.0.1:{port}") as stream, event_stream(f"http://127.0.0.1:{port}") as another:
            assert [await stream.event(), await another.event()] == ["first"] * 2
            server.send_signal(getattr(signal, name))
            for ended in (stream, another):
                with pytest.raises(EOFError):
                    await ended.event()
            await asyncio.to_thread(server.wait, 60)

    with subprocess.Popen([sys.executable, "-c", SERVER], cwd=PROJECT, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            port = int(server.stdout.readline())
            event_loops.run(stop(server, port))
            assert server.stdout.read() == "ended\n"
        finally:
            server.kill()


def test_outside_of_the_main_thread_nothing_is_changed() -> None:
    before = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)]

    async def call() -> None:
        call_on_exit(lambda: None)

    event_loops.run(call())
    assert [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)] == before
