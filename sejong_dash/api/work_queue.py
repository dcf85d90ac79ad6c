"""Does work in threads, so much at once and no more in line: whoever comes then is asked to come again."""

from collections.abc import Callable
from typing import TypeVar

import anyio.to_thread

T = TypeVar("T")


class QueueFullError(Exception):
    """There is no place in the queue; `seconds` is when to ask again."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class WorkQueue:
    """At most `workers` pieces of work at once and `waiting` more in line, in the order in which they came.

    Its threads are its own: the server's own work never waits behind it. To be used on one event loop. `seconds` is what a
    piece of work may well take.
    """

    def __init__(self, workers: int, waiting: int, seconds: int) -> None:
        self._places, self._seconds = workers + waiting, seconds
        self._limiter = anyio.CapacityLimiter(workers)
        self._taken = 0

    async def run(self, work: Callable[[], T]) -> T:
        """Return what `work` returns. Raises QueueFullError at once where there is no place, and what `work` raises.

        Cancelled while it waits it gives its place back; once begun, work is done to its end.
        """
        if self._taken >= self._places:
            raise QueueFullError(self._seconds)
        self._taken += 1
        try:
            return await anyio.to_thread.run_sync(work, limiter=self._limiter)
        finally:
            self._taken -= 1
