"""Hands the events of runs to the server's event loop in batches, each with one wake-up.

Relies on: `AppSession._call_soon_on_event_loop` being the way of every event of a run to the event loop, `_event_loop`;
`Runtime._enqueued_some_message` being called for each message that is to be sent, `_get_async_objs()` with `eventloop` and
`need_send_data`.
Why: every message of a run wakes the event loop twice, once from the script's thread and once from the loop itself. A wake-up
writes to a socket, which hands the interpreter to another thread: a run of a hundred messages stands in line two hundred times.
docs/performance.md has the report for Streamlit.
Tried with: Streamlit 1.67.0.
Without it: nothing breaks; with many viewers each run takes longer.
Off: `event_batches` in SEJONG_BORDER_OFF.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from contextvars import Context, copy_context
from functools import wraps
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from sejong_dash import border

if TYPE_CHECKING:  # what is imported when it is used can be switched off where it is gone
    from streamlit.runtime.app_session import AppSession
    from streamlit.runtime.runtime import Runtime

Callback = Callable[[], None]


class Batch:
    """What is to be called on an event loop, in the order in which it came.

    Threads need no lock: who adds looks whether the loop is to be woken after adding, and the loop takes what is there after
    noting that it is awake. At worst it is woken once in vain.
    """

    def __init__(self) -> None:
        self._waiting: deque[tuple[Context, Callback]] = deque()
        self._is_woken = False

    def add(self, callback: Callback, wake: Callable[[Callback], None]) -> None:
        """Have `callback` called after all that was added before it; `wake` has the loop call a function soon.

        May be called on any thread.
        """
        self._waiting.append((copy_context(), callback))
        if not self._is_woken:
            self._is_woken = True
            wake(self.hand_over)

    def hand_over(self) -> None:
        """Call what has come so far; a failure is the event loop's to report and stops none behind it."""
        self._is_woken = False
        for _ in range(len(self._waiting)):
            context, callback = self._waiting.popleft()
            try:
                context.run(callback)
            except BaseException:
                if self._waiting:
                    asyncio.get_running_loop().call_soon(self.hand_over)
                raise


_batches: "WeakKeyDictionary[asyncio.AbstractEventLoop, Batch]" = WeakKeyDictionary()


def batch_events() -> None:
    """Hand over events in batches from now on. Calling it again changes nothing."""
    if border.is_off("event_batches"):
        return
    from streamlit.runtime.app_session import AppSession
    from streamlit.runtime.runtime import Runtime

    call_soon, note_message = AppSession._call_soon_on_event_loop, Runtime._enqueued_some_message
    if hasattr(call_soon, "__wrapped__"):
        return

    @wraps(call_soon)
    def call_in_batch(session: "AppSession", callback: Callback) -> None:
        loop = session._event_loop
        if loop.is_closed():
            call_soon(session, callback)  # which drops it
            return
        batch = _batches.get(loop) or _batches.setdefault(loop, Batch())
        batch.add(callback, lambda hand_over: call_soon(session, hand_over))

    @wraps(note_message)
    def note_without_waking(runtime: "Runtime") -> None:
        parts = runtime._get_async_objs()
        if asyncio._get_running_loop() is parts.eventloop:  # it is awake
            parts.need_send_data.set()
        else:
            note_message(runtime)

    AppSession._call_soon_on_event_loop = call_in_batch  # type: ignore[method-assign, assignment]
    Runtime._enqueued_some_message = note_without_waking  # type: ignore[method-assign, assignment]
