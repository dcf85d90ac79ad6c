"""What a server sends is decoded as a browser would, and widgets have the states that a browser sends back."""

from typing import Any

import pytest
from streamlit.proto.ButtonGroup_pb2 import ButtonGroup
from streamlit.proto.Checkbox_pb2 import Checkbox
from streamlit.proto.DateInput_pb2 import DateInput
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.Selectbox_pb2 import Selectbox
from streamlit.proto.Slider_pb2 import Slider
from streamlit.proto.TextInput_pb2 import TextInput

from tests.lib import page_widgets
from tests.lib.event_stream import is_stream
from tests.lib.message_cache import MessageCache
from tests.lib.page_run import PageRun
from tests.lib.page_weight import PageWeight, weight


def message(kind: str, hash: str = "", **fields: Any) -> ForwardMsg:
    """A message with one element."""
    made = ForwardMsg(hash=hash)
    getattr(made.delta.new_element, kind).SetInParent()
    for name, value in fields.items():
        setattr(getattr(made.delta.new_element, kind), name, value)
    made.metadata.cacheable = bool(hash)
    return made


def run_of(*messages: ForwardMsg) -> PageRun:
    run = PageRun()
    for each in messages:
        run.add(each, each.ByteSize())
    return run


def test_a_run_is_weighed_by_its_messages() -> None:
    block, polls, end = ForwardMsg(), ForwardMsg(), ForwardMsg(script_finished=ForwardMsg.FINISHED_SUCCESSFULLY)
    block.delta.add_block.SetInParent()
    polls.auto_rerun.interval = 1.5
    run = run_of(block, message("html", body="x"), message("download_button", id="a"), polls, end)
    assert weight(run) == PageWeight(messages=5, bytes=sum(run.sizes), elements=2, download_buttons=1, polls=1)
    assert run.kinds["add_block"] == run.kinds["script_finished"] == 1
    assert run.exceptions == []


def test_an_exception_on_a_page_is_found() -> None:
    assert run_of(message("exception", message="no such table")).exceptions == ["no such table"]


def test_a_message_is_kept_and_named_until_it_has_not_come_for_long() -> None:
    cache = MessageCache()
    cache.age = 1
    large = message("html", hash="abc", body="large")
    assert cache.whole(large) is large
    assert cache.whole(message("html", body="small")).delta.new_element.html.body == "small"
    assert cache.hashes == ["abc"]
    reference = ForwardMsg(ref_hash="abc")
    reference.metadata.delta_path.append(7)
    again = cache.whole(reference)
    assert again.delta.new_element.html.body == "large"
    assert list(again.metadata.delta_path) == [7]
    cache.end_run(is_part=False)
    assert cache.hashes == ["abc"]
    cache.end_run(is_part=True)  # a run of a part does not say that the rest is gone
    assert cache.hashes == ["abc"]
    cache.end_run(is_part=False)
    assert cache.hashes == []
    with pytest.raises(KeyError):
        cache.whole(reference)


PILLS = ButtonGroup(id="p", options=[{"content": "Day"}, {"content": "Total", "content_icon": "📈"}], default=[0])
WIDGETS = [
    ("selectbox", Selectbox(id="s", options=["a", "b"], default=1), ["b"], [["a"]]),
    ("selectbox", Selectbox(id="s", options=["a", "b"], default=1, raw_value="a", set_value=True), ["a"], [["b"]]),
    ("selectbox", Selectbox(id="s", options=["a", "b"], default=0, disabled=True), ["a"], []),
    ("button_group", PILLS, ["Day"], [["📈 Total"]]),
    ("checkbox", Checkbox(id="c", default=True), ["true"], [["false"]]),
    ("slider", Slider(id="l", default=[0], min=0, max=100, step=25), ["0"], [["25"], ["50"], ["75"], ["100"]]),
    (
        "slider",
        Slider(id="l", type=Slider.SELECT_SLIDER, default=[2], options=["x", "y", "z"]),
        ["z"],
        [["x"], ["y"]],
    ),
    (
        "date_input",
        DateInput(id="d", default=["2026/04/11"], min="2026/04/10", max="2026/04/14"),
        ["2026/04/11"],
        [["2026/04/10"], ["2026/04/12"], ["2026/04/14"]],
    ),
    ("text_input", TextInput(id="t", default="5"), ["5"], []),
]


@pytest.mark.parametrize(("kind", "element", "first", "others"), WIDGETS, ids=lambda part: part if isinstance(part, str) else "")
def test_a_widget_has_the_state_that_a_browser_sends(kind: str, element: Any, first: list[str], others: list[list[str]]) -> None:
    state = page_widgets.initial_state(kind, element)
    assert state is not None
    assert state.id == element.id
    assert page_widgets.address_value(state) == first
    assert [page_widgets.address_value(other) for other in page_widgets.other_states(kind, element, state)] == others


@pytest.mark.parametrize(
    ("kind", "element"),
    [("selectbox", Selectbox(id="s", options=["a"])), ("selectbox", Selectbox(id="s", default=0, options=["a"], form_id="f"))],
)
def test_a_widget_without_a_value_or_in_a_form_sends_none(kind: str, element: Any) -> None:
    assert page_widgets.initial_state(kind, element) is None


@pytest.mark.parametrize(
    ("head", "wanted"),
    [
        ("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\n\r\n", True),
        ("HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n\r\n", False),
        ("HTTP/1.1 404 Not Found\r\ncontent-type: text/event-stream\r\n\r\n", False),
        ("HTTP/1.1 204 No Content\r\n\r\n", False),
    ],
)
def test_a_stream_is_known_by_its_head(head: str, wanted: bool) -> None:
    assert is_stream(head) is wanted
