"""Plays a viewer who opens a page, thinks, uses its menus, and goes to other pages."""

import asyncio
import contextlib
import random
import time
import urllib.request

from streamlit.proto.WidgetStates_pb2 import WidgetState

from tests.lib.event_stream import EventStream
from tests.lib.page_run import PageRun
from tests.lib.page_session import PageSession

_GO = 0.2  # of the interactions with a page as it came: to another page
_BACK = 0.5  # of those with a menu that has been used: back to what it was


class Viewer:
    """A browser's session on `path`, with the stream of events that its page holds open; leave it with `leave`."""

    def __init__(self, root: str, path: str, number: int, wait: float, variety: int) -> None:
        self.root, self.wait, self.variety = root, wait, variety
        self.session = PageSession(root, path, wait=wait)
        self.stream = EventStream(root, wait=wait)
        self.random = random.Random(number)  # the same viewers do the same in each round and on each server
        # The key of a menu that was used, the state that it had before, and those that are tried.
        self._used: tuple[str, WidgetState, list[WidgetState]] | None = None
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
        """Use one menu of the page, or go to another page, and return the seconds until the answer was there.

        A viewer tries a few entries of a menu and sets it back before using another: what many look at is much the same.
        """
        menus = self._menus()
        pages = [path for path in self.session.paths if path != self.session.path]
        if self._used and self._used[0] in menus:
            key, before, states = self._used
            is_back = self.random.random() < _BACK
            state = before if is_back else self.random.choice(states)
            self._used = None if is_back else self._used
            return (await self._set(key, state)).seconds
        self._used = None
        if pages and self.random.random() < _GO:
            return (await self.session.go(self.random.choice(pages))).seconds
        if not menus:
            return (await self.session.run()).seconds
        key = self.random.choice(sorted(menus))
        self._used = key, self._state(key), menus[key]
        return (await self._set(key, self.random.choice(menus[key]))).seconds

    async def see_all(self) -> float:
        """Come, and try whatever viewers of this page will try; return the seconds that it took."""
        began = time.perf_counter()
        await self.arrive()
        for key, states in self._menus().items():
            before = self._state(key)
            for state in [*states, before]:
                if key in self._menus():
                    await self._set(key, state)
        return time.perf_counter() - began

    def _menus(self) -> dict[str, list[WidgetState]]:
        """The first entries of each menu, but the one that is chosen when the page comes, by the menu's key."""
        found: dict[str, list[WidgetState]] = {}
        for identity, state in self.session.changes():
            found.setdefault(_key(identity), []).append(state)
        return {key: states[: self.variety] for key, states in found.items()}

    def _identity(self, key: str) -> str:
        return next(identity for identity in self.session.states if _key(identity) == key)

    def _state(self, key: str) -> WidgetState:
        return self.session.states[self._identity(key)]

    async def _set(self, key: str, state: WidgetState) -> PageRun:
        """A widget's identity may change with its label; its key does not."""
        own = WidgetState()
        own.CopyFrom(state)
        own.id = self._identity(key)
        return await self.session.change(own.id, own)

    async def leave(self) -> None:
        await self._open.aclose()


def _key(identity: str) -> str:
    """The key of a widget that has one: $$ID-<hash>-<key>."""
    _, _, key = identity.removeprefix("$$ID-").partition("-")
    return identity if key in ("", "None") else key


def _fetch(address: str, wait: float) -> bytes:
    with urllib.request.urlopen(address, timeout=wait) as answer:
        return bytes(answer.read())
