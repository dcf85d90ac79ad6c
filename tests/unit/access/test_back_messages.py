"""Messages of a browser are bounded, the more so before somebody has signed in."""

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg

from sejong_dash.access import back_messages
from sejong_dash.access.connections import Connection


def rerun(states: int = 0, hashes: int = 0, query: str = "") -> bytes:
    message = BackMsg()
    message.rerun_script.query_string = query
    for _ in range(states):
        message.rerun_script.widget_states.widgets.add()
    message.rerun_script.cached_message_hashes.extend(["x"] * hashes)
    return message.SerializeToString()


@pytest.mark.parametrize(
    ("data", "before", "after"),
    [
        (rerun(200, 200, "lang=ko"), True, True),
        (rerun(query="x" * 70_000), False, True),
        (rerun(query="x" * 2_100_000), False, False),
        (rerun(states=5_001), False, False),
        (rerun(hashes=5_001), False, False),
    ],
    ids=["usual", "long", "too long", "too many states", "too many messages"],
)
def test_a_message_is_bounded(data: bytes, before: bool, after: bool) -> None:
    assert back_messages.passes(data, Connection(), may_see=False, may_upload=False) is before
    assert back_messages.passes(data, Connection(), may_see=True, may_upload=True) is after
