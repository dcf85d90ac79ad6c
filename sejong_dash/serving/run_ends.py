"""Runs the script for each request of a viewer in turn, so that none cuts off what another has asked for.

Relies on: `AppSession.request_rerun` being the one place through which a session's requests go,
`SafeSessionState.on_script_will_rerun` being where callbacks run, `ScriptRunner._maybe_handle_execution_control_request` being
where a run is stopped, `ForwardMsgQueue.clear` being where an end is renamed, and on the private
`_scriptrunner._requests._state`, `_event_loop`, `_client_state`, `_yield_callback`.
Why: Streamlit answers a viewer's requests with one script thread at a time, but for five gaps:

- A request that a finished run no longer takes gets a new runner, and what the old one has sent but the server has not handled
  yet is ignored. Where the request is for a part alone (`st.fragment` with `run_every` asks by itself), the end of the finished
  run never reaches the browser (streamlit#9921; the look that was added for it finds only parts that are gone).
- Where a part has run and another part begins before its end was sent, that end is called an early one, and the same happens.
- A request for another page takes the place of one that waits for the runner, and with it goes what was pressed on the page that
  is left: its callbacks never run.
- A request that joins a step in the history which waits for the runner takes from it that it is such a step: its address is not
  followed.
- A request that comes while callbacks run stops them at their next look at the session state.

`runner.fastReruns` must be off: with it, every request for the whole page gets a new thread while the old one still runs, both
with the same session state.
Tried with: Streamlit 1.67.0. tests/contract/test_run_ends.py fails where Streamlit has mended a gap: then its part can go.
Without it: elements that a run has replaced stay on the page, and a press is lost or done by half.
Off: `run_ends` in SEJONG_BORDER_OFF.
"""

from collections import deque
from functools import wraps
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary, WeakSet

from sejong_dash import border

if TYPE_CHECKING:  # what is imported when it is used can be switched off where it is gone
    from streamlit.proto.ClientState_pb2 import ClientState
    from streamlit.runtime.app_session import AppSession
    from streamlit.runtime.forward_msg_queue import ForwardMsgQueue
    from streamlit.runtime.scriptrunner import ScriptRunner
    from streamlit.runtime.state import SafeSessionState

_PAUSE = 0.01  # seconds between two looks whether a request's turn has come
_waiting: "WeakKeyDictionary[AppSession, deque[ClientState | None]]" = WeakKeyDictionary()
_asked: "WeakKeyDictionary[AppSession, ScriptRunner]" = WeakKeyDictionary()  # by a viewer, not by a clock
_steps: "WeakSet[AppSession]" = WeakSet()  # whose last request was a step in the history
_calling_back: "WeakSet[ScriptRunner]" = WeakSet()


def keep_run_ends() -> None:
    """Let every request to run wait for its turn.

    Calling it again changes nothing. Requests of a session are handled in the order in which they came, always on the
    server's event loop.
    """
    if border.is_off("run_ends"):
        return
    from streamlit.runtime.app_session import AppSession

    request = AppSession.request_rerun
    if hasattr(request, "__wrapped__"):
        return

    @wraps(request)
    def in_turn(session: AppSession, client_state: "ClientState | None") -> None:
        waiting = _waiting.setdefault(session, deque())
        waiting.append(client_state)
        if len(waiting) == 1:
            hand_over(session)

    def hand_over(session: AppSession) -> None:
        waiting = _waiting[session]
        while waiting:
            client_state = waiting[0]
            is_apart = session in _steps or _is_for_another_page(session, client_state)
            if _is_ending(session) or (is_apart and _is_unread(session)):
                session._event_loop.call_later(_PAUSE, hand_over, session)
                return
            waiting.popleft()
            try:
                request(session, client_state)
            except Exception:
                if waiting:  # what came behind it has its turn all the same
                    session._event_loop.call_soon(hand_over, session)
                raise
            if session._scriptrunner is not None and not (client_state is not None and client_state.is_auto_rerun):
                _asked[session] = session._scriptrunner
                is_step = client_state is not None and client_state.is_history_navigation
                (_steps.add if is_step else _steps.discard)(session)

    AppSession.request_rerun = in_turn  # type: ignore[method-assign, assignment]
    _let_callbacks_end()
    _keep_ends_of_parts()


def _keep_ends_of_parts() -> None:
    """Let the end of a part that waits to be sent stay what it is where another part begins to run."""
    from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
    from streamlit.runtime.forward_msg_queue import ForwardMsgQueue

    clear, end = ForwardMsgQueue.clear, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY

    @wraps(clear)
    def clear_but_ends(
        queue: "ForwardMsgQueue", retain_lifecycle_msgs: bool = False, fragment_ids_this_run: list[str] | None = None
    ) -> None:
        ends = [
            message
            for message in queue._queue
            if message.WhichOneof("type") == "script_finished"
            and message.script_finished == end
            and set(message.metadata.run.fragment_ids).isdisjoint(fragment_ids_this_run or ())
        ]
        clear(queue, retain_lifecycle_msgs, fragment_ids_this_run)
        if fragment_ids_this_run:
            for message in ends:
                message.script_finished = end

    ForwardMsgQueue.clear = clear_but_ends  # type: ignore[method-assign, assignment]


def _let_callbacks_end() -> None:
    """Let no request stop a run before what was pressed is done. Streamlit itself looks for requests right after that."""
    from streamlit.runtime.scriptrunner import ScriptRunner
    from streamlit.runtime.state import SafeSessionState

    call_back, stop = SafeSessionState.on_script_will_rerun, ScriptRunner._maybe_handle_execution_control_request

    @wraps(call_back)
    def to_the_end(state: "SafeSessionState", *given: Any, **named: Any) -> None:
        runner = getattr(state._yield_callback, "__self__", None)
        if not isinstance(runner, ScriptRunner):
            call_back(state, *given, **named)
            return
        _calling_back.add(runner)
        try:
            call_back(state, *given, **named)
        finally:
            _calling_back.discard(runner)

    @wraps(stop)
    def stop_between(runner: "ScriptRunner") -> None:
        if runner not in _calling_back:
            stop(runner)

    SafeSessionState.on_script_will_rerun = to_the_end  # type: ignore[method-assign, assignment]
    ScriptRunner._maybe_handle_execution_control_request = stop_between  # type: ignore[method-assign, assignment]


def _is_ending(session: "AppSession") -> bool:
    """Whether the session's runner takes no more requests and its last message is still to be handled."""
    return _has_state(session, "STOP")


def _is_for_another_page(session: "AppSession", client_state: "ClientState | None") -> bool:
    return client_state is not None and client_state.page_script_hash not in {"", session._client_state.page_script_hash}


def _is_unread(session: "AppSession") -> bool:
    """Whether a viewer's request waits for the runner to come to it."""
    return _asked.get(session) is session._scriptrunner and _has_state(session, "RERUN")


def _has_state(session: "AppSession", name: str) -> bool:
    from streamlit.runtime.scriptrunner_utils.script_requests import ScriptRequestType

    runner = session._scriptrunner
    return runner is not None and runner._requests._state is ScriptRequestType[name]
