"""Does work in threads, so much at once and no more in line: whoever comes then is asked to come again."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")


class QueueFullError(Exception):
    """There is no place in the queue; `seconds` is when to ask again."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class WorkQueue:
    """At most `workers` pieces of work at once and `waiting` more in line, in the order in which they came.

    Its threads are its own: the server's own work never waits behind it. `seconds` is after how long a place may well be free.
    """

    def __init__(self, workers: int, waiting: int, seconds: int) -> None:
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="files")
        self._places = threading.BoundedSemaphore(workers + waiting)
        self._seconds = seconds

    async def run(self, work: Callable[[], T]) -> T:
        """Return what `work` returns. Raises QueueFullError at once where there is no place, and what `work` raises.

        Cancelled while it waits, work is not done; once begun it is done to its end, and holds its place for as long.
        """
        if not self._places.acquire(blocking=False):
            raise QueueFullError(self._seconds)
        doing = self._threads.submit(work)
        doing.add_done_callback(lambda _: self._places.release())
        return await asyncio.wrap_future(doing)
