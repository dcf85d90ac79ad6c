"""Measure how long the server takes to start, next to a Streamlit app with nothing on it.

    python -m tests.bench.start --rounds 5

Each round starts both from nothing, in turn, each alone on the machine. Three figures of each:

* **ready** — from the start of the process until `/_stcore/health` answers `ok`.
* **first page** — from the start of the process until the page at `/` is drawn for a viewer who was waiting: all its messages
  have come over the websocket and the last says that the script has finished.
* **processor** — the processor time that the server had used by then, which a busy machine hardly changes. Linux alone.

What `make run` does not install is hidden from both servers: pandera imports `hypothesis` where it finds it.
"""

import argparse
import asyncio
import json
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from sejong_dash.paths import PROJECT
from tests.lib.launching import is_ready

_POLL = 0.01  # seconds between two looks whether a server answers
_LIMIT = 120  # seconds until a server that does not answer is given up


@dataclass(frozen=True)
class Start:
    """How long one start took, in seconds."""

    ready: float
    first_page: float
    processor: float


def environment(folder: Path) -> dict[str, str]:
    """The environment of both servers, with a `hypothesis` in `folder` that cannot be imported."""
    hidden = folder / "hypothesis"
    hidden.mkdir()
    (hidden / "__init__.py").write_text("raise ImportError(__name__)\n", encoding="utf-8")
    return os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, (str(folder), os.environ.get("PYTHONPATH", ""))))}


@contextmanager
def server(script: Path, variables: dict[str, str]) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """Start a server for `script` on a free port; its process and port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", script.name, "--server.headless", "true", "--server.port", str(port)]
    command += ["--server.address", "127.0.0.1", "--server.fileWatcherType", "none", "--browser.gatherUsageStats", "false"]
    process = subprocess.Popen(command, cwd=script.parent, env=variables, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield process, port
    finally:
        process.terminate()
        process.wait(20)


async def draw_first_page(port: int) -> None:
    """Ask for the page at `/` in a new session and wait until it has come."""
    address = f"ws://127.0.0.1:{port}/_stcore/stream"
    async with websockets.connect(address, subprotocols=[websockets.Subprotocol("streamlit")], max_size=None) as line:
        await line.send(BackMsg(rerun_script=ClientState()).SerializeToString())
        while True:
            message = ForwardMsg.FromString(bytes(await line.recv(decode=False)))
            if message.delta.new_element.WhichOneof("type") == "exception":
                raise SystemExit(f"The first page shows an exception: {message.delta.new_element.exception.message}")
            if message.WhichOneof("type") == "script_finished":
                return


def processor_seconds(process: subprocess.Popen[bytes]) -> float:
    """The processor time of the process so far; not a number where the system does not say."""
    stat = Path("/proc", str(process.pid), "stat")
    if not stat.exists():
        return float("nan")
    fields = stat.read_text("utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def start(script: Path, variables: dict[str, str]) -> Start:
    began = time.perf_counter()
    with server(script, variables) as (process, port):
        while not is_ready(f"http://127.0.0.1:{port}"):
            if process.poll() is not None or time.perf_counter() - began > _LIMIT:
                raise SystemExit(f"{script} does not become ready")
            time.sleep(_POLL)
        ready = time.perf_counter() - began
        asyncio.run(draw_first_page(port))
        first_page = time.perf_counter() - began
        return Start(ready, first_page, processor_seconds(process))


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench.start", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--app", type=Path, default=PROJECT / "app.py", help="another app.py")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that the servers end too
    with tempfile.TemporaryDirectory() as folder:
        bare = Path(folder, "empty.py")
        bare.touch()
        variables = environment(Path(folder))
        scripts = {"bare Streamlit": bare, "dashboard": options.app.resolve()}
        for script in scripts.values():
            start(script, variables)  # files come into memory, scripts of the front end are compressed
        starts: dict[str, list[Start]] = {name: [] for name in scripts}
        for _ in range(options.rounds):
            for name, script in scripts.items():
                starts[name].append(start(script, variables))
    print(f"{'seconds (median)':<20}{'ready':>8}{'first page':>12}{'processor':>11}")
    medians = {
        name: {field: statistics.median(getattr(found, field) for found in rounds) for field in Start.__dataclass_fields__}
        for name, rounds in starts.items()
    }
    for name, found in medians.items():
        print(f"{name:<20}{found['ready']:>8.2f}{found['first_page']:>12.2f}{found['processor']:>11.2f}")
    ratios = {field: ours / medians["bare Streamlit"][field] for field, ours in medians["dashboard"].items()}
    print(f"{'ratio':<20}{ratios['ready']:>8.2f}{ratios['first_page']:>12.2f}{ratios['processor']:>11.2f}")
    print(json.dumps({"ratio": {field: round(ratio, 2) for field, ratio in ratios.items()}}))


if __name__ == "__main__":
    main()
