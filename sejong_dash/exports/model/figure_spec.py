"""Read what a finished figure states without Plotly's checks, which cost more than writing a slide.

A spec is read like a figure: `read_spec(figure).layout.xaxis.range`; what is not stated is None, or empty where something
stands below it.
"""

from collections.abc import Iterator
from typing import Any

import plotly.graph_objects as go

_HOLDERS = {"line", "marker", "font", "textfont", "insidetextfont", "tickfont", "pattern", "margin", "xaxis", "yaxis"}
_LISTS = {"shapes", "annotations", "data"}


class FigureSpec:
    """A part of a figure; false where it states nothing."""

    __slots__ = ("_held",)

    def __init__(self, held: dict[str, Any]) -> None:
        self._held = held

    def __getattr__(self, name: str) -> Any:
        value = self._held.get(name)
        if isinstance(value, dict):
            value = self._held[name] = FigureSpec(value)
        elif name in _LISTS and not (value and isinstance(value[0], FigureSpec)):
            value = self._held[name] = tuple(
                entry if isinstance(entry, FigureSpec) else FigureSpec(entry) for entry in value or ()
            )
        elif value is None and name in _HOLDERS:
            return NOTHING
        return value

    __getitem__ = __getattr__

    def __bool__(self) -> bool:
        return bool(self._held)

    def __iter__(self) -> Iterator[str]:
        return iter(self._held)


NOTHING = FigureSpec({})


def read_spec(figure: go.Figure | FigureSpec) -> Any:
    """Return all that `figure` states, but for its template."""
    if isinstance(figure, FigureSpec):
        return figure
    layout = {name: value for name, value in figure.layout.to_plotly_json().items() if name != "template"}
    return FigureSpec({"data": [trace.to_plotly_json() for trace in figure.data], "layout": layout})
