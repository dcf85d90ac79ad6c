"""Weighs a page: what the first run of a new session sends, over a real server."""

from typing import NamedTuple

from tests.lib import event_loops
from tests.lib.page_run import PageRun
from tests.lib.page_session import PageSession


class PageWeight(NamedTuple):
    """Counts of a run; `bytes` are those of the messages before the line compresses them."""

    messages: int
    bytes: int
    elements: int
    download_buttons: int
    polls: int  # parts of the page that ask to be run again and again


def weight(run: PageRun) -> PageWeight:
    kinds = run.kinds
    elements = sum(1 for _ in run.elements)
    return PageWeight(len(run.messages), sum(run.sizes), elements, kinds["download_button"], kinds["auto_rerun"])


def weigh(root: str, path: str = "", query: str = "") -> PageWeight:
    """Return the weight of a page. Raises RuntimeError where it shows an exception.

    It may be called where a loop is running, as it is below Playwright: it works in a thread of its own.
    """

    async def first_run() -> PageRun:
        async with PageSession(root, path, query, polls=False) as session:
            return await session.run()

    run = event_loops.run(first_run())
    if run.exceptions:
        raise RuntimeError(f"/{path} shows an exception: {run.exceptions[0]}")
    return weight(run)
