"""Measure what pages cost the server that stand open while nobody touches them.

    python -m tests.bench.idle --pages 200 --seconds 60

Each page is a session of its own over the real websocket, as a browser holds it, and one stream of changes. What a browser asks
for by itself is asked for: a part of a page with `run_every` asks again and again. Printed are the server's processor time as a
share of one core over those seconds, and the runs that it made in them. With `--empty`, as many empty Streamlit pages are held
in the same way. The command ends with 1 where a page or a stream is lost, or a bound is passed (`--most-runs`, `--most-share`).
It needs Linux, which says how much time a process has used.
"""

import argparse
import asyncio
import contextlib
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable
from dataclasses import dataclass, field
from pathlib import Path

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from sejong_dash.paths import PROJECT
from tests.lib.event_streams import event_stream
from tests.lib.launching import server_process

PATHS = ("", "progress", "map", "timeline", "programme", "report", "data")
AT_ONCE = 8  # first runs under way
FIRST_RUN = 120  # seconds that it may take
SETTLE = 10  # seconds after the last first run, in which the server ends what it has begun


@dataclass
class Seen:
    """What the open pages have seen."""

    runs: int = 0
    events: int = 0
    lost: Counter[str] = field(default_factory=Counter)


class Page:
    """An open page: it reads what the server sends, and asks for what the server has a browser ask for."""

    def __init__(self, root: str, path: str, seen: Seen) -> None:
        self.address = f"{root.replace('http', 'ws', 1)}/_stcore/stream"
        self.state, self.seen = ClientState(page_name=path), seen
        self.asking: dict[str, asyncio.Task[None]] = {}
        self.drawn = asyncio.Event()

    async def hold(self) -> None:
        protocol = websockets.Subprotocol("streamlit")
        async with websockets.connect(
            self.address, subprotocols=[protocol], max_size=None, compression=None, ping_interval=None
        ) as line:
            await line.send(BackMsg(rerun_script=self.state).SerializeToString())
            while True:
                self.read(ForwardMsg.FromString(bytes(await line.recv(decode=False))), line)

    def read(self, message: ForwardMsg, line: websockets.ClientConnection) -> None:
        match message.WhichOneof("type"):
            case "new_session":
                self.state.page_script_hash = message.new_session.page_script_hash
            case "auto_rerun":
                part = message.auto_rerun.fragment_id
                if part in self.asking:
                    self.asking[part].cancel()
                self.asking[part] = asyncio.create_task(self.ask(line, part, message.auto_rerun.interval))
            case "script_finished":
                self.seen.runs += 1
                self.drawn.set()

    async def ask(self, line: websockets.ClientConnection, part: str, every: float) -> None:
        with contextlib.suppress(websockets.ConnectionClosed):  # which the page counts
            while True:
                await asyncio.sleep(every)
                again = ClientState(page_script_hash=self.state.page_script_hash, fragment_id=part, is_auto_rerun=True)
                await line.send(BackMsg(rerun_script=again).SerializeToString())


async def hold_stream(root: str, seen: Seen) -> None:
    async with event_stream(root) as stream:
        if " 200 " not in stream.head.partition("\r\n")[0] or "text/event-stream" not in stream.head:
            raise EOFError("no stream is offered")
        while await stream.event():
            seen.events += 1


async def stay(holding: Awaitable[object], name: str, seen: Seen) -> None:
    """Hold a page or a stream, and count it as lost where it does not stay."""
    try:
        await holding
    except (OSError, EOFError, TimeoutError, websockets.WebSocketException) as fault:
        seen.lost[f"{name}: {type(fault).__name__}"] += 1


async def hold(root: str, pid: int, pages: int, seconds: float, paths: tuple[str, ...]) -> tuple[float, float, Seen]:
    """Return the share of a core and the runs a second of that many open pages."""
    seen, gate = Seen(), asyncio.Semaphore(AT_ONCE)
    async with asyncio.TaskGroup() as group:
        tasks = []

        async def open_one(number: int) -> None:
            async with gate:
                page = Page(root, paths[number % len(paths)], seen)
                tasks.append(group.create_task(stay(page.hold(), "page", seen)))
                await stay(asyncio.wait_for(page.drawn.wait(), FIRST_RUN), "first run", seen)
            if paths != ("",):
                tasks.append(group.create_task(stay(hold_stream(root, seen), "stream", seen)))

        await asyncio.gather(*map(open_one, range(pages)))
        await asyncio.sleep(SETTLE)
        runs, used, began = seen.runs, processor_time(pid), time.monotonic()
        await asyncio.sleep(seconds)
        took = time.monotonic() - began
        share, rate = (processor_time(pid) - used) / took, (seen.runs - runs) / took
        for task in tasks:
            task.cancel()
    return share, rate, seen


def processor_time(pid: int) -> float:
    """The seconds of processor time that a process has used so far."""
    numbers = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(numbers[11]) + int(numbers[12])) / os.sysconf("SC_CLK_TCK")


def measure(app: Path, pages: int, seconds: float, paths: tuple[str, ...], *options: str) -> tuple[float, float, Seen]:
    with (
        tempfile.TemporaryDirectory() as folder,
        server_process(app, Path(folder) / "log", *options, data=os.environ.get("SEJONG_DATA")) as (root, server),
    ):
        return asyncio.run(hold(root, server.pid, pages, seconds, paths))


def main() -> int:
    ask = argparse.ArgumentParser(
        prog="python -m tests.bench.idle", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    ask.add_argument("--pages", type=int, default=200)
    ask.add_argument("--seconds", type=float, default=60)
    ask.add_argument("--app", type=Path, default=PROJECT / "app.py", help="another app.py")
    ask.add_argument("--empty", action="store_true", help="measure empty Streamlit pages too")
    ask.add_argument("--most-runs", type=float, help="runs a second that are allowed")
    ask.add_argument("--most-share", type=float, help="percent of a core that is allowed")
    asked = ask.parse_args()
    print(f"{'':<14}{'pages':>8}{'% of a core':>14}{'runs a second':>16}{'events':>9}  lost")
    share, rate, seen = measure(asked.app.resolve(), asked.pages, asked.seconds, PATHS, "--server.fileWatcherType", "none")
    report("dashboard", asked.pages, share, rate, seen)
    if asked.empty:
        with tempfile.TemporaryDirectory() as folder:
            empty = Path(folder) / "empty.py"
            empty.touch()
            options = ("--browser.gatherUsageStats", "false", "--server.fileWatcherType", "none")
            report("empty page", asked.pages, *measure(empty, asked.pages, asked.seconds, ("",), *options))
    is_over = (asked.most_runs is not None and rate > asked.most_runs) or (
        asked.most_share is not None and 100 * share > asked.most_share
    )
    return 1 if is_over or seen.lost else 0


def report(name: str, pages: int, share: float, rate: float, seen: Seen) -> None:
    lost = ", ".join(f"{count} × {what}" for what, count in seen.lost.items()) or "none"
    print(f"{name:<14}{pages:>8}{100 * share:>14.2f}{rate:>16.2f}{seen.events:>9}  {lost}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
