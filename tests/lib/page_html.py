"""Reads what a page of an AppTest says in HTML, with its bar, and uses the bar as a browser does."""

import json
import re
from typing import Any

from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.testing.v1 import AppTest

_WHOLE = re.compile(r'<span class="whole">(.*?)</span>')


def without_line_ends(html: str) -> str:
    """HTML without the elements that keep an amount or a date on one line: its texts are whole again."""
    return _WHOLE.sub(r"\1", html)


def html_of(app: AppTest) -> list[str]:
    """The HTML of the bar, where the page has one, and of each element, without what keeps parts of its texts on one line."""
    bars = [json.loads(bar.proto.json)["body"] for bar in _bars(app)]
    return [without_line_ends(html) for html in [*bars, *(element.value for element in app.main.get("html"))]]


def use_bar(app: AppTest, name: str, value: str = "") -> None:
    """Choose or press something in the bar, and run the page."""
    (bar,) = _bars(app)
    number = json.loads(bar.proto.json)["heard"] + 1
    states = app._tree.get_widget_states()
    states.widgets.append(WidgetState(id=bar.proto.id, json_value=json.dumps({"choices": [[number, name, value]]})))
    app._run(states)


def _bars(app: AppTest) -> list[Any]:
    return [element for element in app.main.get("bidi_component") if element.proto.component_name == "top_bar"]
