"""What does a finished figure state, read without Plotly's checks? They cost more than writing a slide.

Plain structures that are read like a figure: `stated(figure).layout.xaxis.range`; what is not stated is None, or empty where
something stands below it.
"""

from collections.abc import Iterator
from typing import Any

import plotly.graph_objects as go

_HOLDERS = {"line", "marker", "font", "textfont", "insidetextfont", "tickfont", "pattern", "margin", "xaxis", "yaxis"}
_LISTS = {"shapes", "annotations", "data"}


class Stated:
    """A part of a figure; false where nothing is stated."""

    __slots__ = ("_held",)

    def __init__(self, held: dict[str, Any]) -> None:
        self._held = held

    def __getattr__(self, name: str) -> Any:
        value = self._held.get(name)
        if isinstance(value, dict):
            value = self._held[name] = Stated(value)
        elif name in _LISTS and not (value and isinstance(value[0], Stated)):
            value = self._held[name] = tuple(one if isinstance(one, Stated) else Stated(one) for one in value or ())
        elif value is None and name in _HOLDERS:
            return NOTHING
        return value

    __getitem__ = __getattr__

    def __bool__(self) -> bool:
        return bool(self._held)

    def __iter__(self) -> Iterator[str]:
        return iter(self._held)


NOTHING = Stated({})


def stated(figure: go.Figure | Stated) -> Any:
    """All that `figure` states."""
    if isinstance(figure, Stated):
        return figure
    layout = {name: value for name, value in figure.layout.to_plotly_json().items() if name != "template"}
    return Stated({"data": [one.to_plotly_json() for one in figure.data], "layout": layout})
