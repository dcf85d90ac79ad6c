"""Takes what a part of the page has sent out of the queue as a whole where the part runs again before it was sent.

Relies on: `ForwardMsgQueue.enqueue` and `clear`, `_queue`, and the container of a part (`st.fragment`) being the first that it
sends.
Why: where a part begins to run again, Streamlit takes from the queue what the part has put there and the browser has not been
sent. A large element that the browser has had before, such as a drawing, waits there as a reference to it, which does not say
whose it is and stays. The container that it stood in is gone: the browser is sent a drawing for a place that is an element, or
none, and shows an empty page ("'setIn' cannot be called on an ElementNode"). Quick presses on a slide did it.
Tried with: Streamlit 1.67.0. tests/contract/test_part_references.py fails where Streamlit has mended it: then this can go.
Without it: quick presses may end in an empty page, which only a reload brings back.
Off: `part_references` in SEJONG_BORDER_OFF.
"""

from functools import wraps
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from sejong_dash import border

if TYPE_CHECKING:  # what is imported when it is used can be switched off where it is gone
    from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
    from streamlit.runtime.forward_msg_queue import ForwardMsgQueue

_Path = tuple[int, ...]
_containers: "WeakKeyDictionary[ForwardMsgQueue, dict[str, _Path]]" = WeakKeyDictionary()


def drop_part_references() -> None:
    """Let references to elements of a part leave the queue with all else of it. Calling it again changes nothing."""
    if border.is_off("part_references"):
        return
    from streamlit.runtime.forward_msg_queue import ForwardMsgQueue

    enqueue, clear = ForwardMsgQueue.enqueue, ForwardMsgQueue.clear
    if hasattr(enqueue, "__wrapped__"):
        return

    @wraps(enqueue)
    def enqueue_and_note(queue: "ForwardMsgQueue", msg: "ForwardMsg") -> None:
        if part := msg.delta.fragment_id:
            _note_container(queue, part, tuple(msg.metadata.delta_path))
        enqueue(queue, msg)

    @wraps(clear)
    def clear_with_references(
        queue: "ForwardMsgQueue", retain_lifecycle_msgs: bool = False, fragment_ids_this_run: list[str] | None = None
    ) -> None:
        clear(queue, retain_lifecycle_msgs, fragment_ids_this_run)
        known = _containers.get(queue, {})
        containers = [known[part] for part in fragment_ids_this_run or () if part in known]
        if containers:
            queue._queue = [message for message in queue._queue if not _is_reference_below(message, containers)]

    ForwardMsgQueue.enqueue = enqueue_and_note  # type: ignore[method-assign, assignment]
    ForwardMsgQueue.clear = clear_with_references  # type: ignore[method-assign, assignment]


def _note_container(queue: "ForwardMsgQueue", part: str, path: _Path) -> None:
    """Note where the container of a part is: what comes first of it, until something comes from outside of that place."""
    containers = _containers.setdefault(queue, {})
    known = containers.get(part)
    if known is None or path[: len(known)] != known:
        containers[part] = path


def _is_reference_below(message: "ForwardMsg", containers: list[_Path]) -> bool:
    if not message.HasField("ref_hash"):
        return False
    path = tuple(message.metadata.delta_path)
    return any(path[: len(container)] == container for container in containers)
