"""Read what a finished figure plots, whoever draws it: which values, over which categories, with which look.

`read` turns a Plotly figure of bars, lines, bands and marks over days or over names into plain rows that any kind of chart
(PowerPoint's, Excel's) can be made of. What is drawn rather than plotted (a calendar, a timeline, a map) gives None.
"""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from sejong_dash import theme

from .axis_labels import nice
from .figure_spec import FigureSpec, read_spec

Value = float | None


@dataclass(frozen=True, slots=True)
class Series:
    """A row of values, one for each category of its plot (None: nothing there).

    `kind` is bar, line, area (down to zero), band (from `low` up to `values`) or marker. `colour` fills bars, areas, bands and
    marks and is the colour of a line; `edge` outlines bars and marks. `width` and `size` are pixels of a screen, `thick` the
    part of its category that a bar takes. `text` stands beside or in each bar, `inside` says which. `shape` is that of a line:
    linear, or the way in which it steps, as Plotly calls it (see slides/step_chart.py).
    """

    name: str
    kind: str
    values: tuple[Value, ...]
    colour: str
    low: tuple[Value, ...] = ()
    edge: str = ""
    width: float = 0
    dash: str = "solid"
    symbol: str = "circle"
    size: float = 0
    thick: float = 0.75
    text: tuple[str, ...] = ()
    inside: bool = False
    text_colour: str = theme.INK
    in_legend: bool = True
    shape: str = "linear"

    @property
    def is_stepped(self) -> bool:
        """Return whether it is a line that steps."""
        return self.kind == "line" and self.shape not in ("linear", "spline")


@dataclass(frozen=True, slots=True)
class Plot:
    """Series over categories, in the order in which they are drawn.

    `dates` says that the categories are days, one after the other without a gap; else they are names. `lying` says that bars
    lie, the first category on top. `low`, `high` and `step` are of the axis of values, whose labels and grid may be left out
    (`scale`), as may the names (`named`); `unit` stands behind the last of them. `every` is how many days there are from label to
    label.
    """

    categories: tuple[Any, ...]
    series: tuple[Series, ...]
    dates: bool
    lying: bool
    stacked: bool
    low: float
    high: float
    step: float
    scale: bool
    named: bool
    every: int = 1
    unit: str = ""

    def rows(self, first: int, last: int) -> "Plot":
        """Return the plot of the categories from `first` to before `last`, as a page of several has them."""
        part = slice(first, last)
        some = [replace(row, values=row.values[part], low=row.low[part], text=row.text[part]) for row in self.series]
        return replace(self, categories=self.categories[part], series=tuple(some))


def plain(text: object) -> str:
    """Return a label without Plotly's markup; a line break stays a line end."""
    return re.sub(r"<[^>]+>", "", re.sub(r"<br ?/?>", "\n", str(text)))


def read(drawn: go.Figure | FigureSpec, title: str = "") -> Plot | None:
    """Return what a figure plots, or None where it is drawn rather than plotted; `title` names a single nameless category."""
    figure = read_spec(drawn)
    main = [trace for trace in figure.data if on_main(trace) and _shown(trace)]
    bars = [trace for trace in main if trace.type == "bar"]
    lines = [trace for trace in main if trace.type == "scatter" and "lines" in (trace.mode or "lines")]
    if not (bars or lines) or any(bar.base is not None for bar in bars) or _several(figure):
        return None
    lying = bool(bars) and all(bar.orientation == "h" for bar in bars)
    if not lying and not all(_dated(trace.x) for trace in (*bars, *lines)):
        return None
    return _lying(figure, main, title) if lying else _over_days(figure, main)


def on_main(trace: Any) -> bool:
    """Return whether a trace stands on the first pair of axes."""
    return (trace.xaxis or "x") == "x" and (trace.yaxis or "y") == "y"


def _several(figure: Any) -> bool:
    """Return whether there are several plots side by side."""
    return len({trace.xaxis or "x" for trace in figure.data if _shown(trace)}) > 1


def _shown(trace: Any) -> bool:
    marker = getattr(trace, "marker", None)
    return trace.visible is not False and not (marker is not None and isinstance(marker.opacity, int) and marker.opacity == 0)


def _dated(values: Any) -> bool:
    return values is not None and len(values) > 0 and pd.api.types.is_datetime64_any_dtype(pd.Series(list(values)))


def _over_days(figure: Any, main: Sequence[Any]) -> Plot:
    met = [day for trace in main if trace.x is not None for day in pd.to_datetime(list(trace.x)).dropna().normalize()]
    days = pd.date_range(min(met), max(met))
    place = {day: number for number, day in enumerate(days)}
    series = []
    for trace in main:
        where = [place.get(day) for day in pd.to_datetime(list(trace.x)).normalize()] if trace.x is not None else []
        series.append(_series(trace, _spread(where, trace.y, len(days)), _band(trace, where, len(days))))
    low, high, step = _scale(figure, figure.layout.yaxis, series, "y")
    ticks = figure.layout.xaxis.tickvals
    every = (pd.Timestamp(ticks[1]) - pd.Timestamp(ticks[0])).days if ticks is not None and len(ticks) > 1 else 1
    stacked = figure.layout.barmode in ("stack", "relative")
    scale = figure.layout.yaxis.visible is not False
    unit = plain(figure.layout.yaxis.ticksuffix or "").replace("\n", " ")
    return Plot(tuple(days), tuple(series), True, False, stacked, low, high, step, scale, True, every, unit)


def _lying(figure: Any, main: Sequence[Any], title: str) -> Plot:
    axis = figure.layout.yaxis
    seen = dict.fromkeys(at for trace in main if trace.y is not None and any(x is not None for x in trace.x) for at in trace.y)
    given = list(seen) if all(isinstance(at, str) for at in seen) else sorted(seen)
    if not (axis.autorange == "reversed" or (axis.range and axis.range[0] > axis.range[1])):
        given.reverse()
    place = {at: number for number, at in enumerate(given)}
    series = []
    for trace in main:
        where = [place.get(at) for at in trace.y] if trace.y is not None else []
        series.append(_series(trace, _spread(where, trace.x, len(given)), (), _texts(trace, where, len(given))))
    named, scale = axis.visible is not False, figure.layout.xaxis.visible is not False
    low, high, step = _scale(figure, figure.layout.xaxis, series, "x")
    names = tuple(_name(figure, at, title) for at in given)
    return Plot(names, tuple(series), False, True, figure.layout.barmode == "stack", low, high, step, scale, named)


def _name(figure: Any, at: Any, title: str) -> str:
    """Return a category's name: its own, the axis's, or what is written beside its bar."""
    if isinstance(at, str):
        return plain(at) or title
    axis = figure.layout.yaxis
    if axis.tickvals is not None and axis.ticktext is not None:
        return dict(zip(list(axis.tickvals), map(plain, axis.ticktext), strict=True)).get(at, str(at))
    near = [note for note in figure.layout.annotations if note.xref == "paper" and note.y is not None and abs(note.y - at) < 0.5]
    return plain(near[0].text).split("\n")[0] if near else title


def _number(value: Any) -> Value:
    return None if value is None or pd.isna(value) else float(value)


def _spread(where: Sequence[int | None], values: Iterable[Any], size: int) -> tuple[Value, ...]:
    row: list[Value] = [None] * size
    for place, value in zip(where, values if values is not None else (), strict=False):
        if place is not None and row[place] is None:
            row[place] = _number(value)
    return tuple(row)


def _texts(trace: Any, where: Sequence[int | None], size: int) -> tuple[str, ...]:
    if trace.type != "bar" or trace.text is None:
        return ()
    texts = [trace.text] * len(where) if isinstance(trace.text, str) else list(trace.text)
    row = [""] * size
    for place, text in zip(where, texts, strict=True):
        if place is not None:
            row[place] = plain(text).strip()  # a program pads labels itself
    return tuple(row)


def _band(trace: Any, where: Sequence[int | None], size: int) -> tuple[Value, ...]:
    """Return the lower edge of a band, which Plotly has as a line there and back."""
    if trace.type != "scatter" or trace.fill != "toself":
        return ()
    return _spread(where[::-1], list(trace.y)[::-1], size)


def _series(trace: Any, values: tuple[Value, ...], low: tuple[Value, ...], text: tuple[str, ...] = ()) -> Series:
    name, in_legend = plain(trace.name or ""), trace.showlegend is not False and bool(trace.name)
    marker = trace.marker
    edge = (marker.line.color if marker.line else "") or ""
    if trace.type == "bar":
        thick = float(trace.width or 0.75)
        thick = thick / 86_400_000 if thick > 1 else thick  # of a day, in milliseconds
        inside = trace.textposition == "inside"
        tint = (trace.textfont.color if trace.textfont else None) or theme.INK
        fill = marker.color or theme.DONE
        return Series(
            name, "bar", values, fill, edge=edge, width=_px(marker.line, 1), thick=thick, text=text, inside=inside,
            text_colour=tint, in_legend=in_legend,
        )  # fmt: skip
    if low:
        return Series(name, "band", values, trace.fillcolor, low=low, in_legend=in_legend)
    if "lines" not in (trace.mode or "lines"):
        symbol, size = str(marker.symbol or "circle"), float(marker.size or 8)
        tint = marker.color or edge or theme.INK
        return Series(
            name, "marker", values, tint, edge=edge, width=_px(marker.line, 0), symbol=symbol, size=size, in_legend=in_legend
        )
    kind, fill = ("area", trace.fillcolor or "") if trace.fill == "tozeroy" else ("line", "")
    line, size = trace.line, float(marker.size or 0) if "markers" in (trace.mode or "") else 0.0
    colour = fill or line.color or theme.INK
    return Series(
        name, kind, values, colour, edge=line.color or "", width=_px(line, 2), dash=line.dash or "solid", size=size,
        in_legend=in_legend, shape=line.shape or "linear" if kind == "line" else "linear",
    )  # fmt: skip


def _px(line: Any, otherwise: float) -> float:
    return float(line.width) if line is not None and line.width is not None else otherwise


def _scale(figure: Any, axis: Any, series: Sequence[Series], letter: str) -> tuple[float, float, float]:
    """Return lower end, upper end and step of the axis of values: the figure's, or round and around all that is drawn."""
    if axis.range is not None:
        low, high = (float(end) for end in axis.range)
        ticks = list(axis.tickvals) if axis.tickvals is not None else []
        return low, high, float(ticks[1] - ticks[0]) if len(ticks) > 1 else float(axis.dtick or nice((high - low) / 5))
    stacks = [row.values for row in series if row.kind == "bar"] if figure.layout.barmode == "stack" else []
    reached = [sum(value or 0 for value in column) for column in zip(*stacks, strict=True)]
    reached += [value for row in series for value in (*row.values, *row.low) if value is not None]
    shapes = [shape for shape in figure.layout.shapes if (shape[f"{letter}ref"] or letter) == letter]
    drawn = [shape[f"{letter}{end}"] for shape in shapes for end in (0, 1)]
    most = max([*reached, *(float(at) for at in drawn if isinstance(at, int | float) or hasattr(at, "item")), 0.0]) or 1.0
    step = nice(most / 5)
    return min([0.0, *reached]), step * math.ceil(most * 1.02 / step), step
