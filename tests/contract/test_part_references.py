"""What a part has sent leaves the queue as a whole where the part runs again."""

import inspect
from collections.abc import Callable

import pytest
from queue_messages import block, reference
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue

from sejong_dash.serving.message_queue.part_references import drop_part_references


@pytest.fixture
def unchanged(monkeypatch: pytest.MonkeyPatch) -> None:
    """Streamlit's own queue; what a test puts in its place goes with the test."""
    for name in ("enqueue", "clear"):
        monkeypatch.setattr(ForwardMsgQueue, name, inspect.unwrap(getattr(ForwardMsgQueue, name)))


@pytest.fixture
def switched_off(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    return lambda names: monkeypatch.setenv("SEJONG_BORDER_OFF", names)


def left(part: str | None = "slide") -> list[list[int]]:
    """The places for which something is left in the queue where `part` begins to run; None: the page does."""
    queue = ForwardMsgQueue()
    for message in (
        block(0, 1),
        reference(0, 1, 0),
        block(0, 2, part="slide"),
        block(0, 2, 0, part="slide"),
        reference(0, 2, 0, 0),
        block(0, 3, part="other"),
        reference(0, 3, 0),
    ):
        queue.enqueue(message)
    queue.clear(retain_lifecycle_msgs=True, fragment_ids_this_run=[part] if part else None)
    return [list(message.metadata.delta_path) for message in queue.flush()]


def test_streamlit_leaves_references_whose_container_is_gone(unchanged: None) -> None:
    """Why part_references is there. Where this fails, Streamlit has mended it: part_references can go."""
    assert [0, 2, 0, 0] in left()
    assert [0, 2, 0] not in left()


def test_references_go_with_their_part_and_no_others(unchanged: None) -> None:
    drop_part_references()
    assert left() == [[0, 1], [0, 1, 0], [0, 3], [0, 3, 0]]
    assert left("other") == [[0, 1], [0, 1, 0], [0, 2], [0, 2, 0], [0, 2, 0, 0]]
    assert left("unknown") == [[0, 1], [0, 1, 0], [0, 2], [0, 2, 0], [0, 2, 0, 0], [0, 3], [0, 3, 0]]
    assert left(None) == []


def test_a_part_is_looked_for_where_it_was_last(unchanged: None) -> None:
    """A run of the page may put a part at another place."""
    drop_part_references()
    queue = ForwardMsgQueue()
    queue.enqueue(block(0, 2, part="slide"))
    queue.flush()
    queue.enqueue(block(0, 5, part="slide"))
    queue.enqueue(reference(0, 5, 0))
    queue.enqueue(reference(0, 2, 0))
    queue.clear(retain_lifecycle_msgs=True, fragment_ids_this_run=["slide"])
    assert [list(message.metadata.delta_path) for message in queue.flush()] == [[0, 2, 0]]


def test_it_can_be_switched_off(unchanged: None, switched_off: Callable[[str], None]) -> None:
    switched_off("part_references")
    drop_part_references()
    assert not hasattr(ForwardMsgQueue.enqueue, "__wrapped__")
    assert [0, 2, 0, 0] in left()


def test_asking_twice_wraps_once(unchanged: None) -> None:
    drop_part_references()
    first = ForwardMsgQueue.enqueue
    drop_part_references()
    assert ForwardMsgQueue.enqueue is first
