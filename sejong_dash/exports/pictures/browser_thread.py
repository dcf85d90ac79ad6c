"""Runs a Chrome and the event loop that it belongs to in a thread, for callers that have an event loop or none."""

import asyncio
import contextlib
import os
import signal
import threading
import time
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from typing import Any, Generic, TypeVar

from choreographer import Browser

B = TypeVar("B", bound=Browser)
T = TypeVar("T")

_TIMEOUT = 120.0  # seconds; a busy server draws its largest figure in five
_PATIENCE = 10.0  # seconds for what is closed to end
_REAPING = 0.2  # seconds; a killed process runs no further, but some machines keep it in the list for a while


class BrowserThread(Generic[B]):
    """A Chrome that has started, and its thread; both run until `close`. Raises what the Chrome's start raises."""

    def __init__(self, name: str, browser: Callable[[], B]) -> None:
        self.browser = browser()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name=name, daemon=True)
        self._thread.start()
        self._opening: asyncio.Task[None] | None = None
        try:
            self.wait(self._open())
        except BaseException:  # also a signal, which ends the wait alone
            self.close()
            raise

    def wait(self, work: Coroutine[Any, Any, T], seconds: float = _TIMEOUT) -> T:
        """Return what a coroutine of the Chrome returns. Raises TimeoutError where it takes longer."""
        return self._begin(work, seconds).result()

    def kill(self) -> None:
        """End the Chrome at once, so that whoever waits for it waits no longer."""
        self._begin(self._close(), 2 * _PATIENCE)

    def close(self) -> None:
        """Close the Chrome and end its thread."""
        try:
            with contextlib.suppress(TimeoutError):  # it hangs, and is killed
                self.wait(self._close(), 2 * _PATIENCE)
        finally:
            process = getattr(self.browser, "subprocess", None)
            if process is not None:
                process.kill()
                _end_group(process.pid)
            self.wait(_cancel_rest(), _PATIENCE)
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(_PATIENCE)
            if not self._loop.is_running():
                self._loop.close()

    async def _open(self) -> None:
        self._opening = asyncio.current_task()
        await self.browser.open()

    async def _close(self) -> None:
        if self._opening is not None:  # closed half open, it would go on opening and read from what is gone
            await asyncio.wait({self._opening}, timeout=_PATIENCE)
        await self.browser.close()

    def _begin(self, work: Coroutine[Any, Any, T], seconds: float) -> Future[T]:
        return asyncio.run_coroutine_threadsafe(asyncio.wait_for(work, seconds), self._loop)


async def _cancel_rest() -> None:
    """Cancel what else the loop has to do: a thread that waits for a picture waits no longer."""
    for task in asyncio.all_tasks() - {asyncio.current_task()}:
        task.cancel()


def _end_group(group: int) -> None:
    """End what a Chrome left running: a process that has just begun would make the folder of its profile anew."""
    if os.name == "nt":
        return  # where a Chrome takes its processes with it
    end = time.monotonic() + _REAPING
    with contextlib.suppress(ProcessLookupError, PermissionError):  # all have ended; where only dead ones are left, macOS refuses
        while time.monotonic() < end:
            os.killpg(group, signal.SIGKILL)
            time.sleep(0.01)
