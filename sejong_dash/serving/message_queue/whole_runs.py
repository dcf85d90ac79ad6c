"""Keeps what a run has sent of a part of the page in the queue where the part runs again before the browser was sent the run.

Relies on: `ForwardMsgQueue.clear` and `_queue`, and on a run's end naming the parts that it ran (`metadata.run.fragment_ids`).
Why: where a part (`st.fragment`) begins to run, Streamlit takes from the queue what is there of it, also what a run of the whole
page, or of a part around it, has sent; the end of that run stays. The browser then takes the part's old container from the page,
since that run did not send it anew, and all behind it moves up. What the part sends next comes to the place of another: an empty
page below its frame, where the server was busy for longer than the page took to run.
Tried with: Streamlit 1.67.0. tests/contract/test_whole_runs.py fails where Streamlit has mended it: then this can go.
Without it: on a busy server a page may stay empty until something is pressed.
Off: `whole_runs` in SEJONG_BORDER_OFF.
"""

from functools import wraps
from typing import TYPE_CHECKING

from sejong_dash import border

if TYPE_CHECKING:  # what is imported when it is used can be switched off where it is gone
    from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
    from streamlit.runtime.forward_msg_queue import ForwardMsgQueue


def keep_whole_runs() -> None:
    """Let a part that begins to run take back only what came behind the last run that has ended. Calling it again changes
    nothing."""
    if border.is_off("whole_runs"):
        return
    from streamlit.runtime.forward_msg_queue import ForwardMsgQueue

    clear = ForwardMsgQueue.clear
    if getattr(clear, "keeps_whole_runs", False):
        return

    @wraps(clear)
    def clear_behind_runs(
        queue: "ForwardMsgQueue", retain_lifecycle_msgs: bool = False, fragment_ids_this_run: list[str] | None = None
    ) -> None:
        ended = _end_of_runs(queue._queue, fragment_ids_this_run) if retain_lifecycle_msgs and fragment_ids_this_run else 0
        kept, queue._queue = queue._queue[:ended], queue._queue[ended:]
        clear(queue, retain_lifecycle_msgs, fragment_ids_this_run)
        queue._queue = kept + queue._queue

    clear_behind_runs.keeps_whole_runs = True  # type: ignore[attr-defined]
    ForwardMsgQueue.clear = clear_behind_runs  # type: ignore[method-assign, assignment]


def _end_of_runs(queue: "list[ForwardMsg]", parts: list[str]) -> int:
    """Return how many messages stand up to the last end of a run of the page, or of other parts, that the browser is to clear
    up after."""
    from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

    ends = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)
    for place in range(len(queue), 0, -1):
        message = queue[place - 1]
        is_end = message.WhichOneof("type") == "script_finished" and message.script_finished in ends
        if is_end and set(message.metadata.run.fragment_ids).isdisjoint(parts):
            return place
    return 0
