"""Count where the threads of a server with several viewers stand in line, with and without what stands at Streamlit's border.

    python -m tests.bench.waits --viewers 20 --runs 5

Two servers show the same page to as many viewers, who all ask for it at once, again and again. Counted inside the server, from
the second run of each viewer on:

* **locks** — how often the lock of Streamlit's settings is taken, for each message that is sent to a viewer;
* **wake-ups** — how often the event loop is woken, for each message;
* **waited** — the seconds for which threads waited for that lock, added up, for a hundred runs. A time, which depends on the
  machine; the counts hardly do.

The first server has `config_reads` and `event_batches` switched off (SEJONG_BORDER_OFF).
"""

import argparse
import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from sejong_dash.paths import PROJECT
from tests.lib.launching import is_ready

FILES = "config_reads event_batches"
_LIMIT = 120  # seconds until a server that does not answer is given up


@contextmanager
def server(script: Path, switched_off: str) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """Start a counting server for `script`; its process and port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "tests.bench.waits.counting", "run", str(script), "--server.headless", "true"]
    command += ["--server.port", str(port), "--server.address", "127.0.0.1", "--logger.level", "error"]
    environment = os.environ | {"SEJONG_BORDER_OFF": switched_off}
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL, "text": True}
    process = subprocess.Popen(command, cwd=PROJECT, env=environment, **pipes)
    try:
        end = time.monotonic() + _LIMIT
        while not is_ready(f"http://127.0.0.1:{port}"):
            if process.poll() is not None or time.monotonic() > end:
                raise SystemExit(f"{script} does not become ready")
            time.sleep(0.05)
        yield process, port
    finally:
        process.terminate()
        process.wait(20)


def counts(process: subprocess.Popen[str]) -> dict[str, float]:
    """What the server has counted so far."""
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write("counts\n")
    process.stdin.flush()
    for line in process.stdout:  # Streamlit says on it where it serves
        if line.startswith("{"):
            return dict(json.loads(line))
    raise SystemExit("the server has ended")


class Viewer:
    """A viewer with an open page."""

    def __init__(self, line: websockets.ClientConnection, page: str) -> None:
        self.line, self.page = line, page

    async def run(self) -> None:
        """Ask for the page and wait until its run has finished."""
        await self.line.send(BackMsg(rerun_script=ClientState(page_name=self.page)).SerializeToString())
        while True:
            message = ForwardMsg.FromString(bytes(await self.line.recv(decode=False)))
            if message.WhichOneof("type") == "script_finished":
                return


async def visit(process: subprocess.Popen[str], port: int, page: str, viewers: int, runs: int) -> dict[str, float]:
    """What was counted while so many viewers asked for a page so many times."""
    address, kind = f"ws://127.0.0.1:{port}/_stcore/stream", [websockets.Subprotocol("streamlit")]
    lines = [await websockets.connect(address, subprotocols=kind, max_size=None) for _ in range(viewers)]
    try:
        audience = [Viewer(line, page) for line in lines]
        for viewer in audience:  # one after the other: what is drawn for the first is not drawn again
            await viewer.run()
        before = counts(process)
        for _ in range(runs):
            await asyncio.gather(*(viewer.run() for viewer in audience))
        return {name: count - before[name] for name, count in counts(process).items()}
    finally:
        for line in lines:
            await line.close()


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench.waits", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--viewers", type=int, default=20)
    parser.add_argument("--runs", type=int, default=5, help="of each viewer, all at once")
    parser.add_argument("--page", default="", help="a page's path; the first page when left out")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that the servers end too
    print(f"{'':<22}{'messages':>10}{'locks':>8}{'wake-ups':>10}{'waited':>10}")
    for name, switched_off in (("Streamlit's own way", FILES), ("with both files", "")):
        with server(PROJECT / "app.py", switched_off) as (process, port):
            found = asyncio.run(visit(process, port, options.page, options.viewers, options.runs))
        messages, runs = found["messages"], options.viewers * options.runs
        figures = f"{found['locks'] / messages:>8.2f}{found['wakes'] / messages:>10.2f}{100 * found['waited'] / runs:>8.2f} s"
        print(f"{name:<22}{messages / runs:>10.0f}{figures}")


if __name__ == "__main__":
    main()
