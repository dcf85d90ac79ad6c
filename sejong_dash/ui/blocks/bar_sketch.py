"""Writes a figure of one horizontal bar as HTML, which stands in its place until the live drawing takes it without a jump.

The bar says how much of the goal is reached. It is there as soon as the page's texts are, before the script that draws.
"""

from collections.abc import Iterable, Iterator
from html import escape
from typing import Any

import plotly.graph_objects as go

from sejong_dash import theme
from sejong_dash.exports.model.figure_spec import read_spec
from sejong_dash.exports.model.series import plain

_TICKS = 22  # px below the bar's plane, which Plotly keeps for the ticks' labels
_LETTER = 15  # px, of the bar's labels
_LEAST = 0.3  # of the whole: a shorter part has no label, since it may not fit on a phone


def sketch(figure: go.Figure, *, dark: bool) -> str:
    """Return the HTML of a figure of stacked horizontal bars in one row with a range of values; blank for another figure."""
    spec = read_spec(figure)
    stated = (spec.layout.height, spec.layout.xaxis.range, spec.layout.yaxis.range, *map(spec.layout.margin.__getattr__, "lrtb"))
    if None in stated or not spec.data or not all(map(_is_in_one_row, spec.data)):
        return ""
    margin, height = spec.layout.margin, spec.layout.height - spec.layout.margin.t - spec.layout.margin.b - _TICKS
    height -= theme.LABEL_LINE * max((text.count("\n") for _, text in _labels(spec)), default=0)
    parts = [*_bars(spec, height), *_lines(spec, height), *_texts(spec, height), *_ticks(spec)]
    place = f"left:{margin.l}px;right:{margin.r}px;top:{margin.t}px;height:{height}px"
    body = "".join(_box(style, text, dark) for style, text in parts)
    return f'<div class="sj-sketch" aria-hidden="true" style="{place}">{body}</div>'


def _is_in_one_row(trace: Any) -> bool:
    return trace.type == "bar" and trace.orientation == "h" and len(trace.x) == 1


def _box(style: dict[str, str], text: str, dark: bool) -> str:
    dressed = ";".join(f"{name}:{theme.dress(value, dark)}" for name, value in style.items())
    return f'<span style="{dressed}">{escape(text)}</span>'


def _across(spec: Any, value: float) -> str:
    first, last = spec.layout.xaxis.range
    return f"{100 * (float(value) - first) / (last - first):.3f}%"


def _down(spec: Any, value: float, height: float) -> float:
    low, high = spec.layout.yaxis.range
    return height * (high - value) / (high - low)


def _bars(spec: Any, height: float) -> Iterator[tuple[dict[str, str], str]]:
    since, whole = 0.0, sum(float(trace.x[0]) for trace in spec.data)
    for trace in spec.data:
        length = float(trace.x[0])
        top, bottom = (_down(spec, edge * trace.width / 2, height) for edge in (1, -1))
        style = {"left": _across(spec, since), "width": _across(spec, length), "top": f"{top:.1f}px"}
        style |= {"height": f"{bottom - top:.1f}px", "background": trace.marker.color, "color": trace.textfont.color}
        style |= {"line-height": f"{bottom - top:.1f}px", "font-size": f"{_LETTER}px"}
        style |= {"text-align": "right" if trace.insidetextanchor == "end" else "center", "padding": "0 3px"}
        yield style, trace.text if length >= _LEAST * whole else ""
        since += length


def _lines(spec: Any, height: float) -> Iterator[tuple[dict[str, str], str]]:
    for shape in spec.layout.shapes:
        top, bottom = sorted(_down(spec, value, height) for value in (shape.y0, shape.y1))
        style = {"left": _across(spec, shape.x0), "top": f"{top:.1f}px", "height": f"{bottom - top:.1f}px"}
        yield {**style, "border-left": f"{shape.line.width}px solid", "color": shape.line.color, "margin-left": "-1.5px"}, ""


def _texts(spec: Any, height: float) -> Iterator[tuple[dict[str, str], str]]:
    for note in spec.layout.annotations:
        foot = height - _down(spec, note.y, height) + (note.yshift or 0)
        style = {"left": f"calc({_across(spec, note.x)} + {note.xshift or 0:.1f}px)", "bottom": f"{foot:.1f}px"}
        yield {**style, "transform": "translateX(-50%)", "color": note.font.color, "font-size": f"{note.font.size}px"}, note.text


def _ticks(spec: Any) -> Iterable[tuple[dict[str, str], str]]:
    below = {"top": "calc(100% + 5px)", "transform": "translateX(-50%)", "color": theme.MUTED, "font-size": "12px"}
    below |= {"white-space": "pre", "line-height": f"{theme.LABEL_LINE}px", "text-align": "center"}
    return [({"left": _across(spec, value), **below}, text) for value, text in _labels(spec)]


def _labels(spec: Any) -> list[tuple[float, str]]:
    """Return where the range of values has its labels, and these; the last of them may have a second line."""
    axis = spec.layout.xaxis
    return [(value, plain(text)) for value, text in zip(axis.tickvals or (), axis.ticktext or (), strict=True)]
