"""Measure how a server carries many viewers, beside a page of Streamlit that hardly does anything.

    python -m tests.bench.load --viewers 100
    python -m tests.bench.load --viewers 50 --url http://127.0.0.1:8501 --pid 1234
    python -m tests.bench.load --viewers 100 --hall

Viewers are sessions over the websocket that send what a browser sends: the states of all widgets, the messages that it still
has, requests of the parts that run by themselves, and an open stream of events where the server offers one. They are spread
over all pages, use menus at random (the same in each run) and sometimes go to another page. Nothing is drawn: what a browser
does with an answer is measured by `python -m tests.bench.pages`.

In turn, each on a server of its own with a copy of the data: one viewer a page sees what the others will choose (not with
--cold); viewers arrive, ten at a time; nobody does anything (idle); everybody interacts with think time while new sessions come,
one after the other; all press at once, several times. An interaction is measured from sending the request to having the last
message of the run. A lost answer is one that does not come in time. The servers are stopped at the end. Only this machine's own
addresses are loaded.
"""

import argparse
import asyncio
import contextlib
import ipaddress
import shutil
import signal
import socket
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

from sejong_dash.paths import PROJECT
from tests.bench.load.figures import Figures, table
from tests.bench.load.phases import Plan, load
from tests.bench.page_paths import page_paths
from tests.lib.hall import BASE, hall
from tests.lib.launching import server_process

_PEERS = PROJECT / "tests" / "bench" / "peers"
# What the dashboard's own settings say: a peer is to be compared by what it does, not by what was left on.
_SETTINGS = ["--server.fileWatcherType", "none", "--browser.gatherUsageStats", "false", "--runner.postScriptGC", "false"]
_MOST_VIEWERS, _MOST_SECONDS = 500, 300.0


def is_loopback(address: str) -> bool:
    """Return whether an address is one of this machine alone."""
    name = urlsplit(address).hostname or ""
    try:
        found = {entry[4][0] for entry in socket.getaddrinfo(name, None)}
    except OSError:
        return False
    return bool(found) and all(ipaddress.ip_address(entry).is_loopback for entry in found)


def bounded(asked: argparse.Namespace) -> Plan:
    """Return the plan that was asked for, not more than what a machine should be asked."""
    return Plan(
        viewers=max(1, min(asked.viewers, _MOST_VIEWERS)),
        idle=min(asked.idle, _MOST_SECONDS),
        seconds=min(asked.seconds, _MOST_SECONDS),
        think=asked.think,
        bursts=min(asked.bursts, 10),
        wait=min(asked.wait, _MOST_SECONDS),
        variety=max(1, asked.variety),
        is_cold=asked.cold,
    )


def main() -> int:
    ask = argparse.ArgumentParser(
        prog="python -m tests.bench.load", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    ask.add_argument("--viewers", type=int, default=100, help=f"at most {_MOST_VIEWERS}")
    ask.add_argument("--seconds", type=float, default=30.0, help="of interactions with think time")
    ask.add_argument("--think", type=float, default=10.0, help="seconds between two interactions of a viewer, on average")
    ask.add_argument("--idle", type=float, default=5.0, help="seconds in which nobody does anything")
    ask.add_argument("--bursts", type=int, default=3, help="how often all press at once")
    ask.add_argument("--wait", type=float, default=30.0, help="seconds after which an answer is lost")
    ask.add_argument("--variety", type=int, default=2, help="entries of each menu that viewers try")
    ask.add_argument("--cold", action="store_true", help="what viewers choose has been shown to nobody before")
    ask.add_argument("--pages", nargs="*", help="names of pages; all of them when left out")
    ask.add_argument("--peers", nargs="*", default=["bare"], help="bare, naive (six charts): what the dashboard is compared with")
    ask.add_argument("--hall", action="store_true", help="two servers behind nginx, with a database, in place of one")
    ask.add_argument("--url", help="a server that runs already, in place of one that is started")
    ask.add_argument("--pid", type=int, help="its process, for processor and memory")
    asked = ask.parse_args()
    if asked.url and not is_loopback(asked.url):
        print(f"{asked.url} is not this machine's own address: nothing else is loaded.", file=sys.stderr)
        return 2
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that the servers end too
    plan = bounded(asked)
    paths = page_paths(PROJECT / "pages")
    chosen = [paths[name] for name in asked.pages or paths]
    measured: dict[str, Figures] = {}
    with tempfile.TemporaryDirectory() as folder:
        for name in ["dashboard", *asked.peers]:
            is_ours = name == "dashboard"
            with contextlib.ExitStack() as servers:
                if is_ours and asked.url:
                    root, pids, behind = asked.url, [asked.pid] if asked.pid else [], []
                elif is_ours and asked.hall:
                    started = servers.enter_context(hall(Path(folder), *_SETTINGS))
                    root, pids = started.root, [process.pid for process in started.servers.values()]
                    behind = [f"http://{address}/{BASE}" for address in started.servers]
                else:
                    script = PROJECT / "app.py" if is_ours else _PEERS / f"{name}_page.py"
                    data = Path(shutil.copytree(PROJECT / "data", Path(folder) / "data")) if is_ours else None
                    log = Path(folder) / f"{name}.log"
                    root, process = servers.enter_context(server_process(script, log, *_SETTINGS, data=data))
                    pids, behind = [process.pid], []
                print(f"{name}: {plan.viewers} viewers at {root}", flush=True)
                measured[name] = asyncio.run(load(root.rstrip("/"), chosen if is_ours else [""], plan, pids, behind))
    print(f"\n{table(measured)}")
    for name, figures in measured.items():
        for error in sorted(set(figures.errors))[:5]:
            print(f"{name}: {error}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
