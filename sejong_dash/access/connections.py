"""Keeps the connections that are open, who opened them and whether their page has a field for files.

The door names each connection in a header of its own (`HEADER`), which a run of a page reads from `st.context.headers`: so a run
knows who asks, by what the door has checked and not by what a browser says.
"""

import asyncio
import logging
import secrets
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from .sign_in_cookie import SignIn

HEADER = "x-sejong-connection"
_LOOK = 1.0  # seconds between two looks whether sign-ins still hold
_MOST_PLACES = 20  # addresses for files that a page has asked for and not used yet
_LOG = logging.getLogger(__name__)


@dataclass(eq=False)
class Connection:
    """A connection of a page, or the stream that tells it of changes.

    `sign_in` is that of somebody who may come in, `stranger` that of somebody who has no role.
    """

    sign_in: SignIn | None = None
    stranger: SignIn | None = None
    name: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    ended: asyncio.Event = field(default_factory=asyncio.Event)
    has_uploader: bool = False
    places: list[str] = field(default_factory=list)  # paths that were handed out for files, the oldest first
    awaited: int = 0  # answers that will hand out such paths

    def hand_out(self, paths: Iterable[str]) -> None:
        """Note that files may be sent to these paths, one to each."""
        self.places += paths
        del self.places[:-_MOST_PLACES]


class OpenConnections:
    """All connections of this process. Used on the event loop alone, but for `named` and what a run sets on its own one."""

    def __init__(self) -> None:
        self._open: dict[str, Connection] = {}
        self._watching: asyncio.Task[None] | None = None

    def __len__(self) -> int:
        return len(self._open)

    def named(self, name: str) -> Connection | None:
        """Return the connection of that name; None where it is closed."""
        return self._open.get(name)

    def add(self, connection: Connection, holds: Callable[[SignIn], bool]) -> None:
        """Keep a connection that opens, and end it as soon as its sign-in does not hold any more."""
        self._open[connection.name] = connection
        if connection.sign_in is not None and (self._watching is None or self._watching.done()):
            self._watching = asyncio.get_running_loop().create_task(self._watch(holds))

    def remove(self, connection: Connection) -> None:
        """Forget a connection that has closed."""
        self._open.pop(connection.name, None)

    def end(self, holds: Callable[[SignIn], bool]) -> int:
        """End every connection whose sign-in does not hold any more; return how many there were."""
        ending = [each for each in self._open.values() if each.sign_in and not each.ended.is_set() and not holds(each.sign_in)]
        for connection in ending:
            connection.ended.set()
        return len(ending)

    def take_place(self, path: str, sign_in: SignIn | None) -> bool:
        """Return whether a file may be sent to this path by this sign-in, once."""
        for connection in self._open.values():
            if path in connection.places and _name(connection.sign_in) == _name(sign_in):
                connection.places.remove(path)
                return True
        return False

    async def _watch(self, holds: Callable[[SignIn], bool]) -> None:
        while any(connection.sign_in for connection in self._open.values()):
            await asyncio.sleep(_LOOK)
            if ended := self.end(holds):
                _LOG.info("%d connections were closed: their sign-in is over, or has no role any more.", ended)


def _name(sign_in: SignIn | None) -> str:
    return sign_in.name if sign_in else ""


OPEN = OpenConnections()


def now() -> float:
    """Return the time by which sign-ins end, in seconds since 1970."""
    return time.time()
