"""Calls what must end before the server can stop: a server that is asked to stop first waits for every answer to end."""

import asyncio
import signal
import threading
from collections.abc import Callable
from types import FrameType

from sejong_dash import ending

_SIGNALS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGBREAK") if hasattr(signal, name)]


def call_on_exit(end: Callable[[], None]) -> None:
    """Call `end` on the running event loop when the process is asked to stop, before the server's own handler is.

    Call it while the server runs: its handlers must be there already. Nothing is done outside of the main thread, where no signal
    arrives, and for a signal that nobody handles, which ends the process by itself.
    """
    if threading.current_thread() is not threading.main_thread():
        return
    loop = asyncio.get_running_loop()
    for number in _SIGNALS:
        handler = signal.getsignal(number)
        if callable(handler):
            signal.signal(number, _before(handler, end, loop))


def end_later(seconds: float) -> None:
    """End all work that is still under way after so many seconds; to be called on the event loop.

    Until then an export may be finished: the server waits for its answers.
    """
    loop = asyncio.get_running_loop()
    loop.call_later(seconds, lambda: threading.Thread(target=ending.end_all, name="ending", daemon=True).start())


def _before(
    handler: Callable[[int, FrameType | None], object], end: Callable[[], None], loop: asyncio.AbstractEventLoop
) -> Callable[[int, FrameType | None], None]:
    def asked(number: int, frame: FrameType | None) -> None:
        ending.begin_stop()
        if not loop.is_closed():
            loop.call_soon_threadsafe(end)
        handler(number, frame)

    return asked
