"""Hands the events of runs to the server's event loop in batches, with few wake-ups.

Relies on: `AppSession._on_scriptrunner_event` and `_call_soon_on_event_loop` being the way of every event of a run to the event
loop, `_handle_scriptrunner_event_on_event_loop` being what it does there, `flush_browser_queue` being called for each session in
each round of sending; `_enqueue_forward_msg` putting a message into `_browser_queue` and calling a method of the `Runtime`, whose
`_get_async_objs()` has `eventloop` and `need_send_data`, which is cleared before a round and makes sure of another.
Why: every message of a run wakes the event loop twice, once from the script's thread and once from the loop itself. A wake-up
writes to a socket, which hands the interpreter to another thread: a run of a hundred messages stands in line two hundred times.
docs/performance.md has the report for Streamlit.
Tried with: Streamlit 1.67.0.
Without it: nothing breaks; with many viewers each run takes longer.
Off: `event_batches` in SEJONG_BORDER_OFF.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Callable
from contextvars import Context, copy_context
from functools import partial, wraps
from typing import TYPE_CHECKING, Any
from weakref import ReferenceType, WeakKeyDictionary, ref

from sejong_dash import border

if TYPE_CHECKING:  # what is imported when it is used can be switched off where it is gone
    from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
    from streamlit.runtime.app_session import AppSession
    from streamlit.runtime.scriptrunner import ScriptRunner, ScriptRunnerEvent

Callback = Callable[[], object]
_LOG = logging.getLogger(__name__)


class Batch:
    """What is to be called on an event loop, in the order in which it came.

    Threads need no lock: who adds looks whether the loop must be woken after adding, and the loop takes what is there after
    noting that it is awake. At worst it is woken once in vain.
    """

    def __init__(self) -> None:
        self.is_sending: ReferenceType[asyncio.Event] | None = None  # set where another round of sending will come by itself
        self._waiting: deque[tuple[Context, Callback]] = deque()
        self._is_woken = False

    def add(self, callback: Callback, wake: Callable[[Callback], None], is_message: bool = False) -> None:
        """Have `callback` called after all that was added before it. May be called on any thread.

        `wake` has the loop call a function soon. A message is sent no sooner than in the next round of sending: where that comes
        by itself, it takes the message along.
        """
        self._waiting.append((copy_context(), callback))
        sending = self.is_sending() if is_message and self.is_sending else None
        if not self._is_woken and not (sending and sending.is_set()):
            self._is_woken = True
            wake(self.hand_over)

    def hand_over(self) -> None:
        """Call what has come so far, on the loop. A failure is logged and stops none behind it."""
        self._is_woken = False
        for _ in range(len(self._waiting)):
            context, callback = self._waiting.popleft()
            try:
                context.run(callback)
            except Exception:
                _LOG.exception("An event of a run could not be handled.")


_batches: "WeakKeyDictionary[asyncio.AbstractEventLoop, Batch]" = WeakKeyDictionary()


def batch_events() -> None:
    """Hand over events in batches from now on. Calling it again changes nothing."""
    if border.is_off("event_batches"):
        return
    from streamlit.runtime.app_session import AppSession

    if not hasattr(AppSession._call_soon_on_event_loop, "__wrapped__"):
        _batch_what_runs_send()
        _hand_over_before_sending()
        _note_messages_without_waking()


def _batch_what_runs_send() -> None:
    """Let the events of runs wait together. All but messages wake the loop, which takes the messages before them along."""
    from streamlit.runtime.app_session import AppSession
    from streamlit.runtime.scriptrunner import ScriptRunnerEvent

    call_soon, on_event = AppSession._call_soon_on_event_loop, AppSession._on_scriptrunner_event

    @wraps(call_soon)
    def call_in_batch(session: "AppSession", callback: Callback, is_message: bool = False) -> None:
        if session._event_loop.is_closed():
            call_soon(session, callback)  # type: ignore[arg-type]  # which drops it
        else:
            _batch(session._event_loop).add(callback, partial(call_soon, session), is_message)

    @wraps(on_event)
    def add_event(session: "AppSession", sender: "ScriptRunner | None", event: "ScriptRunnerEvent", **named: Any) -> None:
        if event == ScriptRunnerEvent.ENQUEUE_FORWARD_MSG:
            handle = session._handle_scriptrunner_event_on_event_loop
            call_in_batch(session, partial(handle, sender, event, **named), is_message=True)
        else:
            on_event(session, sender, event, **named)

    AppSession._call_soon_on_event_loop = call_in_batch  # type: ignore[method-assign, assignment]
    AppSession._on_scriptrunner_event = add_event  # type: ignore[method-assign, assignment]


def _hand_over_before_sending() -> None:
    """Let each round of sending take along what has come until then."""
    from streamlit.runtime.app_session import AppSession

    flush = AppSession.flush_browser_queue

    @wraps(flush)
    def take_along(session: "AppSession") -> "list[ForwardMsg]":
        _batch(session._event_loop).hand_over()
        return flush(session)

    AppSession.flush_browser_queue = take_along  # type: ignore[method-assign, assignment]


def _note_messages_without_waking() -> None:
    """Let the loop note by itself what it has to send: it is awake."""
    from streamlit.runtime.app_session import AppSession
    from streamlit.runtime.runtime import Runtime

    enqueue = AppSession._enqueue_forward_msg

    @wraps(enqueue)
    def enqueue_without_waking(session: "AppSession", message: "ForwardMsg") -> None:
        runtime = getattr(session._message_enqueued_callback, "__self__", None)
        parts = runtime._get_async_objs() if isinstance(runtime, Runtime) else None
        if parts is None or asyncio._get_running_loop() is not parts.eventloop:
            enqueue(session, message)
            return
        session._browser_queue.enqueue(message)
        _batch(parts.eventloop).is_sending = ref(parts.need_send_data)
        parts.need_send_data.set()

    AppSession._enqueue_forward_msg = enqueue_without_waking  # type: ignore[method-assign, assignment]


def _batch(loop: asyncio.AbstractEventLoop) -> Batch:
    return _batches.get(loop) or _batches.setdefault(loop, Batch())
