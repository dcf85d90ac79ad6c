"""Open pages that nobody uses cost the server nothing: no run, of a page or of a part of it."""

import asyncio
import contextlib

import event_loops
from visiting import HOME, MENU

from tests.lib.event_stream import EventStream
from tests.lib.page_session import PageSession

PAGES, SECONDS = 20, 5.0


async def count_idle_runs(root: str) -> tuple[int, int]:
    """Open pages as browsers do and leave them alone: the runs that they ask for, and those that they are sent."""
    paths = ["" if name == HOME else name for name in MENU]
    async with contextlib.AsyncExitStack() as open_pages:
        sessions = []
        for number in range(PAGES):
            session = await open_pages.enter_async_context(PageSession(root, paths[number % len(paths)]))
            await session.run()
            await open_pages.enter_async_context(EventStream(root))
            sessions.append(session)
        runs, polls = sum(each.runs for each in sessions), sum(each.polled for each in sessions)
        await asyncio.sleep(SECONDS)
        assert [text for each in sessions for text in each.exceptions] == []
        return sum(each.polled for each in sessions) - polls, sum(each.runs for each in sessions) - runs


def test_pages_that_nobody_uses_make_no_run(server: str) -> None:
    assert event_loops.run(count_idle_runs(server)) == (0, 0)
