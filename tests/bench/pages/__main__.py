"""Measure how long each page takes, next to an empty page of Streamlit and to others with six charts.

    python -m tests.bench.pages --rounds 5 --pages progress map

Every figure is measured from outside, on servers started for the purpose, all in turn in one run:

* **ready** — from starting a server to its first good answer.
* **script** — from asking for a run over the websocket to the server's word that it has finished, all messages
  received: the first run since the server started, the first run of a new session, a repeated run of the same session.
* **answers, still** — in Chromium, at first with an empty cache and then again: from the start of the navigation to the
  first text of what the page says, and to the last change of the DOM before half a second without any, when the script is not
  running, no placeholder is left and every chart has its drawing. What WebGL paints into a canvas afterwards is not seen.
* **thread** — processor time of the browser's main thread on the second visit: a figure that hardly moves when the machine is
  busy with other things.
* **busy** — how long that thread was not idle on one more such visit, by script, from a profile that looks every half
  millisecond. It is larger than the processor time: looking costs time, and so does waiting for a core.
* **DOM changes** — of the second visit, in the document and in every open shadow.
* **wire** — bytes of the first visit's HTTP answers as they came, headers included, and of the websocket's messages.
* **interactions** — from the last key or press to standing still again: a filter, a day, a language, a what-if slider.

The peers stand in tests/bench/peers: an empty page, six charts written as one first would, and the same with Dash and Panel,
which `make bench-peers` installs into an environment of their own.
"""

import argparse
import asyncio
import contextlib
import os
import signal
import statistics
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from sejong_dash.paths import PROJECT
from tests.bench.page_paths import page_paths
from tests.bench.pages import tables, targets
from tests.bench.pages.chromium import chromium
from tests.bench.pages.targets import Target
from tests.bench.pages.visits import Round, visit_round
from tests.lib.launching import free_port, running, server_process
from tests.lib.page_session import PageSession

_SETTINGS = ["--browser.gatherUsageStats", "false", "--server.fileWatcherType", "none"]
_EVERY_PEER = ("naive", "dash", "panel")


async def script_runs(root: str, path: str, times: int) -> list[float]:
    """Milliseconds of each of `times` runs of a page in one new session. An exception on the page is an error here."""
    took = []
    async with PageSession(root, path, polls=False) as session:
        for _ in range(times):
            run = await session.run()
            if run.exceptions:
                raise SystemExit(f"/{path} shows an exception: {run.exceptions[0]}")
            took.append(run.seconds * 1000)
    return took


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


class _Servers:
    """Servers that run until the bench is over, and how long each took to be ready."""

    def __init__(self, stack: contextlib.ExitStack, folder: Path) -> None:
        self.stack, self.folder, self.ready = stack, folder, dict[str, float]()

    def streamlit(self, name: str, script: Path) -> str:
        began = time.perf_counter()
        data = os.environ.get("SEJONG_DATA")
        root, _ = self.stack.enter_context(server_process(script, self.folder / f"{name}.log", *_SETTINGS, data=data))
        self.ready[name] = time.perf_counter() - began
        return root

    def peer(self, name: str, target: Target, command: list[str]) -> Target:
        began = time.perf_counter()
        log = self.folder / f"{name}.log"
        self.stack.enter_context(running(command, targets.PEERS, log, lambda: _answers(target.address)))
        self.ready[name] = time.perf_counter() - began
        return target


def start(servers: _Servers, app: Path, pages: dict[str, str], peers: list[str]) -> tuple[str, list[Target]]:
    """Start all servers; return the dashboard's address and what is to be visited."""
    found = [targets.empty_page(servers.streamlit(targets.EMPTY, targets.PEERS / "empty_page.py"))]
    if "naive" in peers:
        found.append(targets.naive_page(servers.streamlit(targets.NAIVE, targets.PEERS / "naive_page.py")))
    if "dash" in peers:
        port = free_port()
        page = targets.dash_page(f"http://127.0.0.1:{port}")
        found.append(servers.peer(targets.DASH, page, targets.dash_command(port)))
    if "panel" in peers:
        port = free_port()
        page = targets.panel_page(f"http://127.0.0.1:{port}")
        found.append(servers.peer(targets.PANEL, page, targets.panel_command(port)))
    root = servers.streamlit("dashboard", app)
    return root, found + [targets.dashboard_page(name, f"{root}/{path}") for name, path in pages.items()]


def print_scripts(root: str, pages: dict[str, str], rounds: int) -> None:
    print(f"\n{'script, ms':<14}{'first ever':>12}{'new session':>13}{'repeated':>10}")
    for name, path in pages.items():
        sessions = [asyncio.run(script_runs(root, path, 1 + rounds)) for _ in range(1 + rounds)]
        fresh = statistics.median(session[0] for session in sessions[1:])
        again = statistics.median(run for session in sessions for run in session[1:])
        print(f"{name:<14}{sessions[0][0]:>12.0f}{fresh:>13.0f}{again:>10.0f}", flush=True)


def visit_all(found: list[Target], rounds: int, width: int, height: int) -> dict[str, list[Round]]:
    seen: dict[str, list[Round]] = {target.name: [] for target in found}
    with chromium() as browser:
        visit_round(browser, found[0], width, height)  # the browser's own first page costs more than any other
        for number in range(rounds):
            for target in found:
                seen[target.name].append(visit_round(browser, target, width, height))
            print(f"round {number + 1} of {rounds} is over", file=sys.stderr, flush=True)
    return seen


def main() -> None:
    ask = argparse.ArgumentParser(
        prog="python -m tests.bench.pages", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    ask.add_argument("--rounds", type=int, default=5)
    ask.add_argument("--pages", nargs="*", help="names of pages; all of them when left out")
    ask.add_argument("--peers", nargs="*", default=list(_EVERY_PEER), choices=_EVERY_PEER, help="all of them when left out")
    ask.add_argument("--app", type=Path, default=PROJECT / "app.py", help="another app.py with pages/ beside it")
    ask.add_argument("--size", type=int, nargs=2, default=(1440, 900), metavar=("WIDTH", "HEIGHT"), help="of the screen")
    asked = ask.parse_args()
    if {"dash", "panel"} & set(asked.peers) and not targets.has_peers():
        raise SystemExit("Dash and Panel are not installed: `make bench-peers` does so, `--peers naive` goes without them.")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that the servers end too
    app = asked.app.resolve()
    pages = page_paths(app.parent / "pages")
    if asked.pages:
        pages = {name: pages[name] for name in asked.pages}
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
        servers = _Servers(stack, Path(folder))
        root, found = start(servers, app, pages, asked.peers)
        base = servers.ready[targets.EMPTY]
        for name, seconds in servers.ready.items():
            print(f"{name:<14}ready after {seconds:5.1f} s{seconds / base:>7.2f}", flush=True)
        print_scripts(root, pages, asked.rounds)
        seen = visit_all(found, asked.rounds, *asked.size)
    for table in (tables.still_table, tables.weight_table, tables.interaction_table, tables.script_table):
        print(f"\n{(table.__doc__ or '').partition(chr(10))[0]}\n{table(seen)}")


if __name__ == "__main__":
    main()
