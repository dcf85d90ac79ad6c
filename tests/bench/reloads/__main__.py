"""Measure what is left of pages that were opened and closed: memory and open files of the server.

    python -m tests.bench.reloads --reloads 1000

One page after the other is opened over the real websocket, drawn and left as a browser leaves it that loads the page anew. The
pages are taken in turn. Printed are the server's memory and open files after each tenth of the reloads, and by how much the
memory has grown from the warm state (a fifth of the reloads) to the end. The command ends with 1 where that is more than
`--most-growth` percent. It needs Linux, which says how much a process holds.
"""

import argparse
import asyncio
import shutil
import sys
import tempfile
from pathlib import Path

from sejong_dash.paths import PROJECT
from tests.bench.load.process_use import use
from tests.lib.launching import server_process
from tests.lib.page_session import PageSession

PATHS = ("", "progress", "map", "timeline", "programme", "data")
_GOING_AWAY = 1001  # what a browser says that leaves a page


async def reload_pages(root: str, reloads: int, pid: int) -> list[tuple[int, float, int]]:
    """Return reloads, megabytes and open files, a line for each tenth of them."""
    lines = []
    for number in range(1, reloads + 1):
        session = PageSession(root, PATHS[number % len(PATHS)])
        async with session:
            await session.run()
            await session.leave(_GOING_AWAY)
        if number % max(1, reloads // 10) == 0:
            await asyncio.sleep(2)
            used = use(pid, alone=True)
            lines.append((number, used.megabytes if used else 0.0, sum(1 for _ in Path(f"/proc/{pid}/fd").iterdir())))
            print(f"{lines[-1][0]:>6} reloads {lines[-1][1]:>8.1f} MB {lines[-1][2]:>5} files", flush=True)
    return lines


def main() -> int:
    ask = argparse.ArgumentParser(
        prog="python -m tests.bench.reloads", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    ask.add_argument("--reloads", type=int, default=1000)
    ask.add_argument("--most-growth", type=float, default=5.0, help="percent of the memory of the warm server")
    asked = ask.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data = Path(shutil.copytree(PROJECT / "data", Path(folder) / "data", ignore=shutil.ignore_patterns(".*")))
        log = Path(folder) / "server.log"
        with server_process(PROJECT / "app.py", log, data=data) as (root, server):
            lines = asyncio.run(reload_pages(root, asked.reloads, server.pid))
        warm, end = lines[max(0, len(lines) // 5 - 1)], lines[-1]
    growth = 100 * (end[1] / warm[1] - 1)
    print(f"{growth:+.1f} % of the warm server's memory; {1000 * (end[1] - warm[1]) / max(1, end[0] - warm[0]):.0f} KB a reload")
    return int(growth > asked.most_growth)


if __name__ == "__main__":
    sys.exit(main())
