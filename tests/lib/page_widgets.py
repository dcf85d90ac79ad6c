"""Knows the states of a page's widgets as a browser keeps and sends them.

A browser sends the state of every widget with each request, not of the changed one alone: the cost of that is part of what is
measured, and the dashboard holds choices by what comes back.
"""

import datetime
from collections.abc import Iterator
from typing import Any

import streamlit  # noqa: F401  # before its messages, which it sets up
from streamlit.proto.Slider_pb2 import Slider
from streamlit.proto.WidgetStates_pb2 import WidgetState

from tests.lib import bar_fields

_STEPS = 4  # places of a slider that are tried
_DAYS = (-7, -3, -1, 1, 3, 7)


def initial_state(kind: str, element: Any) -> WidgetState | None:
    """Return the state of a widget that has just come; None where it has none, or is no widget."""
    if not getattr(element, "id", None) or getattr(element, "form_id", None):
        return None  # what is in a form is sent with the form
    if bar_fields.is_bar(kind, element):
        return WidgetState(id=element.id, json_value=bar_fields.DEFAULT)
    value = _value(kind, element)
    return None if value is None else _state(element.id, kind, element, value)


def is_set_by_server(element: Any) -> bool:
    """Return whether the server wants the widget to show another value than the browser has."""
    return bool(getattr(element, "set_value", False))


def other_states(kind: str, element: Any, state: WidgetState) -> list[WidgetState]:
    """Return the states into which a viewer could change a widget by pressing it; none where it can only be typed into."""
    if getattr(element, "disabled", False):
        return []
    if bar_fields.is_bar(kind, element):
        return [WidgetState(id=element.id, json_value=value) for value in bar_fields.others(element)]
    states = [_state(element.id, kind, element, value) for value in _others(kind, element, state)]
    return [other for other in states if other != state]


def address_value(state: WidgetState) -> list[str]:
    """Return what a widget that is bound to the address writes there."""
    name = state.WhichOneof("value")
    value: Any = getattr(state, name) if name else None
    if name in ("string_array_value", "double_array_value"):
        return [_plain(part) for part in value.data]
    return [] if value in (None, "") else [_plain(value)]


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:g}" if isinstance(value, float) else str(value)


def _option(element: Any, number: int) -> str | None:
    """An option as it is named in a state; a pill's icon belongs to its name."""
    if not 0 <= number < len(element.options):
        return None
    option = element.options[number]
    return option if isinstance(option, str) else f"{option.content_icon} {option.content}".strip()


def _optional(element: Any, name: str) -> Any:
    return getattr(element, name) if element.HasField(name) else None


def _value(kind: str, element: Any) -> Any:
    is_set = is_set_by_server(element)
    match kind:
        case "selectbox" | "radio":
            if is_set:
                return _optional(element, "raw_value")
            return _option(element, element.default) if element.HasField("default") else None
        case "button_group" | "multiselect":
            return list(element.raw_values) if is_set else [_option(element, number) for number in element.default]
        case "slider" if element.type == Slider.SELECT_SLIDER:
            return list(element.raw_value) if is_set else [_option(element, round(number)) for number in element.default]
        case "slider" | "date_input":
            return list(element.value if is_set else element.default)
        case "checkbox":
            return element.value if is_set else element.default
        case "text_input" | "text_area" | "number_input" | "time_input":
            return _optional(element, "value" if is_set else "default")
    return None


def _others(kind: str, element: Any, state: WidgetState) -> Iterator[Any]:
    match kind:
        case "selectbox" | "radio":
            yield from element.options
        case "button_group" if element.click_mode == element.SINGLE_SELECT:
            yield from ([_option(element, number)] for number in range(len(element.options)))
        case "checkbox":
            yield not state.bool_value
        case "slider" if element.type == Slider.SELECT_SLIDER and len(state.string_array_value.data) == 1:
            yield from ([element.options[number]] for number in _places(len(element.options)))
        case "slider" if element.step > 0 and len(state.double_array_value.data) == 1:
            count = int((element.max - element.min) / element.step) + 1
            yield from ([element.min + number * element.step] for number in _places(count))
        case "date_input" if len(state.string_array_value.data) == 1:
            yield from ([day] for day in _days_near(state.string_array_value.data[0], element.min, element.max))


def _places(count: int) -> list[int]:
    """Places in a row of `count`, from its first to its last."""
    return sorted({round(part * (count - 1) / _STEPS) for part in range(_STEPS + 1)}) if count > 0 else []


def _days_near(day: str, first: str, last: str) -> Iterator[str]:
    """Days around `day`, none before `first` or after `last`, written as it is: 2026-04-10 or 2026/04/10."""
    sign = day[4]
    at = datetime.date.fromisoformat(day.replace(sign, "-"))
    for days in _DAYS:
        near = (at + datetime.timedelta(days)).isoformat().replace("-", sign)
        if (not first or near >= first) and (not last or near <= last):
            yield near


_FIELDS = {
    "selectbox": "string_value",
    "radio": "string_value",
    "text_input": "string_value",
    "text_area": "string_value",
    "time_input": "string_value",
    "checkbox": "bool_value",
    "number_input": "double_value",
    "button_group": "string_array_value",
    "multiselect": "string_array_value",
    "date_input": "string_array_value",
}


def _state(identity: str, kind: str, element: Any, value: Any) -> WidgetState:
    state = WidgetState(id=identity)
    if kind == "slider":
        name = "string_array_value" if element.type == Slider.SELECT_SLIDER else "double_array_value"
    else:
        name = _FIELDS[kind]
    if name.endswith("array_value"):
        values = getattr(state, name)
        values.SetInParent()
        values.data.extend(value)
    else:
        setattr(state, name, value)
    return state
