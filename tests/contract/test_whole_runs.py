"""A run of the page reaches the browser whole, whatever of it runs again before it was sent."""

import inspect
from collections.abc import Callable

import pytest
from queue_messages import block, reference
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue

from sejong_dash.serving.message_queue.part_references import drop_part_references
from sejong_dash.serving.message_queue.whole_runs import keep_whole_runs
from sejong_dash.serving.run_ends import _keep_ends_of_parts

EARLY, DONE, PART_DONE = (
    ForwardMsg.FINISHED_EARLY_FOR_RERUN,
    ForwardMsg.FINISHED_SUCCESSFULLY,
    ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY,
)


@pytest.fixture(autouse=True)
def unchanged(monkeypatch: pytest.MonkeyPatch) -> None:
    """Streamlit's own queue; what a test puts in its place goes with the test."""
    for name in ("enqueue", "clear"):
        monkeypatch.setattr(ForwardMsgQueue, name, inspect.unwrap(getattr(ForwardMsgQueue, name)))


def end(status: "ForwardMsg.ScriptFinishedStatus.ValueType", *parts: str) -> ForwardMsg:
    message = ForwardMsg(script_finished=status)
    message.metadata.run.fragment_ids.extend(parts)
    return message


def left(begun: list[str] | None, *messages: ForwardMsg) -> list[list[int] | int]:
    """The places, and the ends, for which something is left in the queue where parts begin to run (None: the page)."""
    queue = ForwardMsgQueue()
    for message in messages:
        queue.enqueue(message)
    queue.clear(retain_lifecycle_msgs=True, fragment_ids_this_run=begun)
    return [
        message.script_finished if message.WhichOneof("type") == "script_finished" else list(message.metadata.delta_path)
        for message in queue.flush()
    ]


def page() -> list[ForwardMsg]:
    """A run of the page that has ended: the frame's part, the desk with a part in it, the foot."""
    parts = [block(0, 1, part="frame"), block(0, 2, part="desk"), block(0, 2, 0, part="progress"), block(0, 2, 1, part="desk")]
    return [*parts, block(0, 3), end(DONE)]


WHOLE = [[0, 1], [0, 2], [0, 2, 0], [0, 2, 1], [0, 3], DONE]


def test_streamlit_takes_a_part_out_of_a_run_that_has_ended() -> None:
    """Why whole_runs is there. Where this fails, Streamlit has mended it: whole_runs can go."""
    assert left(["frame"], *page()) == [[0, 2], [0, 2, 0], [0, 2, 1], [0, 3], DONE]


@pytest.mark.parametrize("begun", ["frame", "desk", "progress"])
def test_a_run_that_has_ended_is_sent_whole(begun: str) -> None:
    keep_whole_runs()
    assert left([begun], *page()) == WHOLE


def test_what_the_part_has_sent_behind_it_goes() -> None:
    keep_whole_runs()
    again = [block(0, 1, part="frame"), end(PART_DONE, "frame")]
    assert left(["frame"], *page(), *again) == [*WHOLE, EARLY]


def test_a_part_around_another_is_sent_whole() -> None:
    keep_whole_runs()
    desk = [block(0, 2, part="desk"), block(0, 2, 0, part="progress"), block(0, 2, 1, part="desk"), end(PART_DONE, "desk")]
    assert left(["progress"], *desk)[:3] == [[0, 2], [0, 2, 0], [0, 2, 1]]


def test_a_run_that_was_cut_short_and_one_that_the_page_replaces_are_taken_back() -> None:
    keep_whole_runs()
    assert left(["frame"], *page()[:-1], end(EARLY)) == [[0, 2], [0, 2, 0], [0, 2, 1], [0, 3], EARLY]
    assert left(None, *page()) == [EARLY]


def test_it_goes_with_what_else_is_changed_of_the_queue() -> None:
    """In the order of the server's start."""
    _keep_ends_of_parts()
    drop_part_references()
    keep_whole_runs()
    run, drawing = page(), reference(0, 1, 0)
    again = [block(0, 1, part="frame"), drawing, end(PART_DONE, "frame")]
    assert left(["frame"], run[0], drawing, *run[1:], *again) == [[0, 1], [0, 1, 0], *WHOLE[1:], EARLY]
    assert left(["frame"], *run, block(0, 2, part="desk"), end(PART_DONE, "desk"))[-2:] == [[0, 2], PART_DONE]


def test_it_can_be_switched_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEJONG_BORDER_OFF", "whole_runs")
    clear: Callable[..., None] = ForwardMsgQueue.clear
    keep_whole_runs()
    assert ForwardMsgQueue.clear is clear


def test_asking_twice_wraps_once() -> None:
    keep_whole_runs()
    first = ForwardMsgQueue.clear
    keep_whole_runs()
    assert ForwardMsgQueue.clear is first
