"""How is what a figure plots drawn by Excel itself, from cells that can be changed?

Bars, lines, marks and bands become series that refer to cells of the sheet. A band is two areas one upon the other, the lower
one unseen; a mark beside lying bars is the outline of a bar, since Excel draws no points there.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import xlsxwriter

from .. import theme
from ..words import Words
from ._cells import Looks, kind_of, put
from ._series import Plot, Series, Value

_POINTS = 0.75  # of a pixel
_DASHES = {"solid": "solid", "dash": "dash", "dot": "round_dot", "dashdot": "dash_dot", "longdash": "long_dash"}
_SYMBOLS = {"circle": "circle", "square": "square", "diamond": "diamond", "x": "x", "star": "star", "triangle-up": "triangle"}
_LABELS = 12  # bars that may carry a text; more would cover each other
_BARS = 26  # pixels for each lying bar, where there are many


@dataclass(frozen=True, slots=True)
class _Column:
    """A series as cells: its name and its values; `look` is what Excel is told of it, `group` the kind of chart it is in."""

    name: str
    values: tuple[Value, ...]
    group: str
    look: dict[str, Any]
    listed: bool = True  # in the legend


def height(plot: Plot) -> int:
    """How high the chart is, in pixels."""
    return max(300, 110 + _BARS * len(plot.categories)) if plot.lying else 380


def chart(book: xlsxwriter.Workbook, sheet: Any, plot: Plot, at: tuple[int, int], looks: Looks, title: str, own: Words) -> Any:
    """A chart of the book's from `plot`, whose numbers are written into `sheet` from the cell `at` on.

    `title` names what has no name of its own; `own` are the words of workbooks.
    """
    columns = [one for series in plot.series for one in _columns(plot, series, title, own)]
    _write(sheet, plot, columns, at, looks, title)
    made: dict[str, Any] = {}
    for group in ("area", "column", "bar", "line", "over"):
        some = [(number, one) for number, one in enumerate(columns, start=1) if one.group == group]
        if some:
            made[group] = _group(book, group, plot, sheet, at, some)
    first, *others = made.values()
    for one in others:
        first.combine(one)
    _axes(first, plot, own("day_format"), made.get("over"))
    hidden = [number for number, one in enumerate(_in_order(columns, made)) if not one.listed]
    entries = len(columns) - len(hidden)
    first.set_legend({"none": True} if entries < 2 else {"position": "top", "delete_series": hidden, "font": _font()})
    first.set_title({"none": True})  # the sheet has it
    first.show_hidden_data()  # a filter on the table does not change the chart
    first.show_blanks_as("gap")
    first.set_chartarea({"border": {"none": True}})
    return first


def _in_order(columns: Sequence[_Column], made: dict[str, Any]) -> list[_Column]:
    return [one for group in made for one in columns if one.group == group]


def _columns(plot: Plot, one: Series, title: str, own: Words) -> list[_Column]:
    name, listed = one.name or title, bool(one.name)
    fill, edge = _ink(one.colour), _ink(one.edge or one.colour)
    none = {"none": True}
    if one.kind == "band":
        low = tuple(one.low)
        high = tuple(None if v is None or b is None else v - b for v, b in zip(one.values, low, strict=True))
        unseen = {"fill": none, "border": none}
        return [
            _Column(own("band_low", name=name), low, "area", unseen, listed=False),
            _Column(name, high, "area", {"fill": fill, "border": none}, listed),
        ]
    if one.kind == "area":
        return [_Column(name, one.values, "area", {"fill": fill, "border": none}, listed)]
    if one.kind == "bar":
        border = {**edge, "width": one.width * _POINTS} if one.edge else none
        look: dict[str, Any] = {"fill": fill, "border": border, "gap": round(100 * (1 / min(max(one.thick, 0.3), 0.95) - 1))}
        if any(one.text) and len(one.text) <= _LABELS:
            inside = {"position": "center" if plot.stacked else "inside_end"} if one.inside else {}
            outside = {} if plot.stacked else {"position": "outside_end"}
            font = {"font": {"color": one.text_colour, "size": 9}}
            said = [{"value": _harmless(text)} if text else {"delete": True} for text in one.text]
            look["data_labels"] = {"value": True, "custom": said, **font, **(inside or outside)}
        return [_Column(name, one.values, "bar" if plot.lying else "column", look, listed)]
    if plot.lying:  # a mark or a line beside bars that lie
        look = {"fill": none, "border": {**edge, "width": 1.5}, "gap": 40}
        drawn = any(value is not None for value in one.values)
        return [_Column(name, one.values, "over" if plot.stacked else "bar", look, listed)] if drawn else []
    if one.kind == "marker":
        hollow = one.symbol.endswith("-open")
        symbol = _SYMBOLS.get(one.symbol.removesuffix("-open"), "diamond")
        mark = {"type": symbol, "size": max(int(one.size), 5), "border": fill, "fill": none if hollow else fill}
        return [_Column(name, one.values, "line", {"line": none, "marker": mark}, listed)]
    line = {**edge, "width": max(one.width, 1) * _POINTS, "dash_type": _DASHES.get(one.dash, "dash")}
    dotted = {"type": "circle", "size": 4, "fill": edge, "border": edge} if one.size else {"type": "none"}
    return [_Column(name, one.values, "line", {"line": line, "marker": dotted}, listed)]


def _write(sheet: Any, plot: Plot, columns: Sequence[_Column], at: tuple[int, int], looks: Looks, title: str) -> None:
    """The numbers of the chart as a table: categories, then a column for each series."""
    top, left = at
    sheet.write_string(top, left, title, looks.head)
    kind = "date" if plot.dates else "text"
    for row, category in enumerate(plot.categories, start=top + 1):
        put(sheet, row, left, category, looks.kinds[kind], kind)
    sheet.set_column(left, left, 12 if plot.dates else 28)
    for number, one in enumerate(columns, start=left + 1):
        sheet.write_string(top, number, one.name, looks.head)
        kind = kind_of(pd.Series(one.values, dtype="Float64"))
        for row, value in enumerate(one.values, start=top + 1):
            put(sheet, row, number, value, looks.kinds[kind], kind)
        sheet.set_column(number, number, 14)


def _group(
    book: xlsxwriter.Workbook, group: str, plot: Plot, sheet: Any, at: tuple[int, int], some: Sequence[tuple[int, _Column]]
) -> Any:
    kind = "bar" if group == "over" else group
    stacked = group == "area" or (group in ("bar", "column") and plot.stacked)
    made = book.add_chart({"type": kind, "subtype": "stacked"} if stacked else {"type": kind})
    top, left = at
    last = top + len(plot.categories)
    for number, one in some:
        series = {
            "name": [sheet.name, top, left + number],
            "categories": [sheet.name, top + 1, left, last, left],
            "values": [sheet.name, top + 1, left + number, last, left + number],
            **one.look,
        }
        if group in ("bar", "column", "over"):
            series["overlap"] = 100
        if group == "over":
            series["y2_axis"] = True
        made.add_series(series)
    return made


def _axes(made: Any, plot: Plot, day: str, over: Any) -> None:
    line, grid = {"color": theme.AXIS}, {"visible": plot.scale, "line": {"color": theme.GRID, "width": 0.75}}
    names: dict[str, Any] = {"num_font": _font(), "line": line, "major_tick_mark": "none"}
    if plot.dates:
        names |= {"date_axis": True, "num_format": day, "major_unit": plot.every, "major_unit_type": "days"}
    values: dict[str, Any] = {"num_font": _font(), "num_format": "#,##0", "major_gridlines": grid, "line": {"none": True}}
    values |= {"min": plot.low, "max": plot.high, "major_unit": plot.step, "visible": plot.scale}
    if plot.lying:
        names |= {"reverse": True, "crossing": "max"}
        names |= {} if len(plot.categories) > 1 else {"label_position": "none"}
        made.set_x_axis(values)  # of bars that lie, x is the axis of values
        made.set_y_axis(names)
    else:
        made.set_x_axis(names)
        made.set_y_axis(values)
    if over is not None:
        over.set_x2_axis({"min": plot.low, "max": plot.high, "visible": False, "major_gridlines": {"visible": False}})
        over.set_y2_axis({"reverse": True, "visible": False})


def _font() -> dict[str, Any]:
    return {"color": theme.MUTED, "size": 9}


def _ink(colour: str) -> dict[str, Any]:
    """A colour as Excel has it: #1f7a4d or rgba(31, 122, 77, 0.4)"""
    parts = re.findall(r"[\d.]+", colour) if colour.startswith("rgb") else []
    if not parts:
        return {"color": colour}
    said = "#" + "".join(f"{int(float(part)):02x}" for part in parts[:3])
    return {"color": said, "transparency": round(100 * (1 - float(parts[3])))} if len(parts) > 3 else {"color": said}


def _harmless(text: str) -> str:
    """A label that Excel would take for a reference gets an apostrophe in front."""
    return f"'{text}" if text.startswith("=") else text
