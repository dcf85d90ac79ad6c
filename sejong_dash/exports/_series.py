"""What does a finished figure plot, whoever draws it: which values, over which categories, with which look?

`read` turns a Plotly figure of bars, lines, bands and marks over days or over names into plain rows that any kind of chart
(PowerPoint's, Excel's) can be made of. What is drawn rather than plotted (a calendar, a timeline, a map) gives None.
"""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from .. import theme
from ._stated import Stated, stated

Value = float | None


@dataclass(frozen=True, slots=True)
class Series:
    """One row of values, one for each category of its plot (None: nothing there).

    `kind` is bar, line, area (down to zero), band (from `low` up to `values`) or marker. `colour` fills bars, areas, bands and
    marks and is the colour of a line; `edge` outlines bars and marks. `width` and `size` are pixels of a screen, `thick` the
    part of its category that a bar takes. `text` stands beside or in each bar, `inside` says which.
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


@dataclass(frozen=True, slots=True)
class Plot:
    """Series over categories, in the order in which they are drawn.

    `dates` says that the categories are days, one after the other without a gap; else they are names. `lying` says that bars
    lie, the first category on top. `low`, `high` and `step` are of the axis of values, whose labels and grid may be left out
    (`scale`), as may the names (`named`). `every` is how many days there are from label to label.
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

    def rows(self, first: int, last: int) -> "Plot":
        """The same of some categories only, as one page of several has them."""
        some = [
            _with(one, values=one.values[first:last], low=one.low[first:last], text=one.text[first:last]) for one in self.series
        ]
        return _with(self, categories=self.categories[first:last], series=tuple(some))


def _with(one: Any, **changes: Any) -> Any:
    return type(one)(**({name: getattr(one, name) for name in one.__slots__} | changes))


def plain(text: object) -> str:
    """A label without Plotly's markup; a line break stays one."""
    return re.sub(r"<[^>]+>", "", re.sub(r"<br ?/?>", "\n", str(text)))


def read(drawn: go.Figure | Stated, title: str = "") -> Plot | None:
    """What a figure plots; None where it is drawn rather than plotted. `title` names a single category without a name."""
    figure = stated(drawn)
    main = [one for one in figure.data if on_main(one) and _shown(one)]
    bars = [one for one in main if one.type == "bar"]
    lines = [one for one in main if one.type == "scatter" and "lines" in (one.mode or "lines")]
    if not (bars or lines) or any(one.base is not None for one in bars) or _several(figure):
        return None
    lying = bool(bars) and all(one.orientation == "h" for one in bars)
    if not lying and not all(_dated(one.x) for one in (*bars, *lines)):
        return None
    return _lying(figure, main, title) if lying else _over_days(figure, main)


def on_main(trace: Any) -> bool:
    """Whether a trace stands on the first pair of axes."""
    return (trace.xaxis or "x") == "x" and (trace.yaxis or "y") == "y"


def _several(figure: Any) -> bool:
    """Whether there are several plots side by side."""
    return len({one.xaxis or "x" for one in figure.data if _shown(one)}) > 1


def _shown(trace: Any) -> bool:
    marker = getattr(trace, "marker", None)
    return trace.visible is not False and not (marker is not None and isinstance(marker.opacity, int) and marker.opacity == 0)


def _dated(values: Any) -> bool:
    return values is not None and len(values) > 0 and pd.api.types.is_datetime64_any_dtype(pd.Series(list(values)))


def _over_days(figure: Any, main: Sequence[Any]) -> Plot:
    met = [day for one in main if one.x is not None for day in pd.to_datetime(list(one.x)).dropna().normalize()]
    days = pd.date_range(min(met), max(met))
    place = {day: number for number, day in enumerate(days)}
    series = []
    for one in main:
        where = [place.get(day) for day in pd.to_datetime(list(one.x)).normalize()] if one.x is not None else []
        series.append(_series(one, _spread(where, one.y, len(days)), _band(one, where, len(days))))
    low, high, step = _scale(figure, figure.layout.yaxis, series, "y")
    ticks = figure.layout.xaxis.tickvals
    every = (pd.Timestamp(ticks[1]) - pd.Timestamp(ticks[0])).days if ticks is not None and len(ticks) > 1 else 1
    stacked = figure.layout.barmode in ("stack", "relative")
    scale = figure.layout.yaxis.visible is not False
    return Plot(tuple(days), tuple(series), True, False, stacked, low, high, step, scale, True, every)


def _lying(figure: Any, main: Sequence[Any], title: str) -> Plot:
    axis = figure.layout.yaxis
    seen = dict.fromkeys(at for one in main if one.y is not None and any(x is not None for x in one.x) for at in one.y)
    given = list(seen) if all(isinstance(at, str) for at in seen) else sorted(seen)
    if not (axis.autorange == "reversed" or (axis.range and axis.range[0] > axis.range[1])):
        given.reverse()
    place = {at: number for number, at in enumerate(given)}
    series = []
    for one in main:
        where = [place.get(at) for at in one.y] if one.y is not None else []
        series.append(_series(one, _spread(where, one.x, len(given)), (), _texts(one, where, len(given))))
    named = axis.visible is not False
    low, high, step = _scale(figure, figure.layout.xaxis, series, "x")
    scale = figure.layout.xaxis.visible is not False
    names = tuple(_name(figure, at, title) for at in given)
    return Plot(names, tuple(series), False, True, figure.layout.barmode == "stack", low, high, step, scale, named)


def _name(figure: Any, at: Any, title: str) -> str:
    """What a category is called: by itself, by the axis, or by what is written beside its bar."""
    if isinstance(at, str):
        return plain(at) or title
    axis = figure.layout.yaxis
    if axis.tickvals is not None and axis.ticktext is not None:
        return dict(zip(list(axis.tickvals), map(plain, axis.ticktext), strict=True)).get(at, str(at))
    near = [one for one in figure.layout.annotations if one.xref == "paper" and one.y is not None and abs(one.y - at) < 0.5]
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
    said = [trace.text] * len(where) if isinstance(trace.text, str) else list(trace.text)
    row = [""] * size
    for place, text in zip(where, said, strict=True):
        if place is not None:
            row[place] = plain(text)
    return tuple(row)


def _band(trace: Any, where: Sequence[int | None], size: int) -> tuple[Value, ...]:
    """The lower edge of a band, which Plotly has as one line there and back."""
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
        in_legend=in_legend,
    )  # fmt: skip


def _px(line: Any, otherwise: float) -> float:
    return float(line.width) if line is not None and line.width is not None else otherwise


def _scale(figure: Any, axis: Any, series: Sequence[Series], letter: str) -> tuple[float, float, float]:
    """Where the axis of values begins and ends, and its step: as the figure says, or round and around all that is drawn."""
    if axis.range is not None:
        low, high = (float(end) for end in axis.range)
        ticks = list(axis.tickvals) if axis.tickvals is not None else []
        return low, high, float(ticks[1] - ticks[0]) if len(ticks) > 1 else float(axis.dtick or nice((high - low) / 5))
    stacks = [one.values for one in series if one.kind == "bar"] if figure.layout.barmode == "stack" else []
    sums = [sum(value or 0 for value in column) for column in zip(*stacks, strict=True)]
    reached = [value for one in series for value in (*one.values, *one.low) if value is not None] + sums
    drawn = [
        shape[f"{letter}{end}"] for shape in figure.layout.shapes for end in (0, 1) if (shape[f"{letter}ref"] or letter) == letter
    ]
    most = max([*reached, *(float(at) for at in drawn if isinstance(at, int | float) or hasattr(at, "item")), 0.0]) or 1.0
    step = nice(most / 5)
    return min([0.0, *reached]), step * math.ceil(most * 1.02 / step), step


def nice(step: float) -> float:
    """The next round number that is not smaller: 1, 2, 2.5 or 5 of a power of ten; never a part of a visitor."""
    power = 10.0 ** math.floor(math.log10(max(step, 1.0)))
    return next(power * of for of in (1, 2, 2.5, 5, 10) if power * of >= step * 0.999)
