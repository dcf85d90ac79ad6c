"""Plays a viewer who opens a page, thinks, uses its menus, and goes to other pages."""

import asyncio
import contextlib
import random
import time
import urllib.request

from tests.lib.event_stream import EventStream
from tests.lib.page_session import PageSession

_GO = 0.2  # of the interactions: to another page


class Viewer:
    """A browser's session on `path`, with the stream of events that its page holds open; leave it with `leave`."""

    def __init__(self, root: str, path: str, number: int, wait: float) -> None:
        self.root, self.wait = root, wait
        self.session = PageSession(root, path, wait=wait)
        self.stream = EventStream(root, wait=wait)
        self.random = random.Random(number)  # the same viewers do the same in each round and on each server
        self._open = contextlib.AsyncExitStack()

    async def arrive(self) -> float:
        """Return the seconds from asking for the page's HTML to having the last message of its first run."""
        began = time.perf_counter()
        await asyncio.to_thread(_fetch, f"{self.root}/{self.session.path}", self.wait)
        await self._open.enter_async_context(self.session)
        await self.session.run()
        seconds = time.perf_counter() - began
        await self._open.enter_async_context(self.stream)
        return seconds

    async def interact(self) -> float:
        """Use one menu of the page, or go to another page, and return the seconds until the answer was there."""
        pages = [path for path in self.session.paths if path != self.session.path]
        changes = self.session.changes()
        if pages and self.random.random() < _GO:
            run = await self.session.go(self.random.choice(pages))
        elif changes:
            widget = self.random.choice(sorted({identity for identity, _ in changes}))  # a long menu is no likelier than a switch
            run = await self.session.change(*self.random.choice([change for change in changes if change[0] == widget]))
        else:
            run = await self.session.run()
        return run.seconds

    async def leave(self) -> None:
        await self._open.aclose()


def _fetch(address: str, wait: float) -> bytes:
    with urllib.request.urlopen(address, timeout=wait) as answer:
        return bytes(answer.read())
