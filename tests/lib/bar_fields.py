"""Uses the fields of the bar on top of a page as a browser does: the whole bar is one component with one state.

A state holds the last choices: a number, the name of the field, and its value, blank for the default. The server takes those
whose number it has not had. Here a choice has the number 0 until it is sent (`numbered`).
"""

import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import zip_longest
from typing import Any

_DAYS = (-7, -3, -1, 1, 3, 7)
DEFAULT = json.dumps({"choices": [[0, "prefecture", ""], [0, "asof", ""]]})


def is_bar(kind: str, element: Any) -> bool:
    """Return whether an element is the bar."""
    return kind == "bidi_component" and bool(element.component_name.endswith("top_bar"))


def others(element: Any) -> Iterator[str]:
    """Return the states of other prefectures and days, in turn: what viewers choose there most."""
    body = json.loads(element.json or element.mixed.json)["body"]
    menu = re.search(r'<select data-choice="prefecture".*?</select>', body)
    codes = re.findall(r'<option value="(\d+)">', menu[0]) if menu else []
    shown = re.search(r'data-choice="asof" value="([0-9-]+)"', body)
    days = [(date.fromisoformat(shown[1]) + timedelta(days)).isoformat() for days in _DAYS] if shown else []
    for code, day in zip_longest(codes, days):
        for name, value in (("prefecture", code), ("asof", day)):
            if value:
                yield json.dumps({"choices": [[0, name, value]]})


def numbered(state: str, first: int) -> str:
    """Return a state whose choices have numbers, from `first` on."""
    choices = [[number, name, value] for number, (_, name, value) in enumerate(json.loads(state)["choices"], first)]
    return json.dumps({"choices": choices})
