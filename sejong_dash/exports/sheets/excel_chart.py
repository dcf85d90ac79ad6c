"""Draw what a figure plots by Excel itself, from cells that can be changed.

Bars, lines, marks and bands become series that refer to cells of the sheet. A band is two areas one upon the other, the lower
one unseen; a mark beside lying bars is the outline of a bar, since Excel draws no points there; a line that steps is a chart
of its own on top (chart_overlay.py).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import xlsxwriter

from sejong_dash import theme
from sejong_dash.exports.model.axis_labels import number_format
from sejong_dash.exports.model.safe_text import visible
from sejong_dash.exports.model.series import Plot, Series, Value
from sejong_dash.words import Words

from . import chart_overlay
from .sheet_cells import CellStyles, kind_of, put

_POINTS = 0.75  # of a pixel
_DASHES = {"solid": "solid", "dash": "dash", "dot": "round_dot", "dashdot": "dash_dot", "longdash": "long_dash"}
_SYMBOLS = {"circle": "circle", "square": "square", "diamond": "diamond", "x": "x", "star": "star", "triangle-up": "triangle"}
_LABELS = 12  # bars that may carry a text; more would cover each other
_BARS = 26  # pixels for each lying bar, where there are many


@dataclass(frozen=True, slots=True)
class _Column:
    """A series as cells: its name and its values; `look` are xlsxwriter's options for it, `group` the kind of chart it is in."""

    name: str
    values: tuple[Value, ...]
    group: str
    look: dict[str, Any]
    listed: bool = True  # in the legend
    steps: dict[str, Any] | None = None  # how its line is drawn in a chart on top, where it steps


def height(plot: Plot) -> int:
    """Return the height of the chart in pixels."""
    return max(300, 110 + _BARS * len(plot.categories)) if plot.lying else 380


def charts(
    book: xlsxwriter.Workbook, sheet: Any, plot: Plot, at: tuple[int, int], looks: CellStyles, title: str, own: Words
) -> list[Any]:
    """Return the charts that `plot` becomes, each to be laid on those before; its numbers go into `sheet` from the cell `at` on.

    `title` names what has no name of its own; `own` are the words of workbooks.
    """
    columns = [column for series in plot.series for column in _columns(plot, series, title, own)]
    _write(sheet, plot, columns, at, looks, title)
    made: dict[str, Any] = {}
    for group in ("area", "column", "bar", "line", "over"):
        some = [(number, column) for number, column in enumerate(columns, start=1) if column.group == group]
        if some:
            made[group] = _group(book, group, plot, sheet, at, some)
    first, *others = made.values()
    for other in others:
        first.combine(other)
    _axes(first, plot, own("day_format"), made.get("over"))
    hidden = [number for number, column in enumerate(_in_order(columns, made)) if not column.listed]
    entries = len(columns) - len(hidden)
    legend: dict[str, Any] = {"none": True}
    if entries >= 2:
        legend = {"position": "top", "delete_series": hidden, "font": _font()}
    over = _steps(book, sheet, plot, columns, at, looks, own)
    if over:  # both have their plot at exactly the same place
        first.set_plotarea({"layout": chart_overlay.PLOT})
        legend |= {"layout": chart_overlay.LEGEND_BELOW} if entries >= 2 else {}
    first.set_legend(legend)
    first.set_title({"none": True})  # the sheet has it
    first.show_hidden_data()  # a filter on the table does not change the chart
    first.show_blanks_as("gap")
    first.set_chartarea({"border": {"none": True}})
    return [first, *over]


def _steps(
    book: xlsxwriter.Workbook,
    sheet: Any,
    plot: Plot,
    columns: Sequence[_Column],
    at: tuple[int, int],
    looks: CellStyles,
    own: Words,
) -> list[Any]:
    """Return the chart of the lines that step, where there are any."""
    top, left = at
    stepped = [row for row in plot.series if row.is_stepped] if plot.dates else []
    drawn = [(left + number, column) for number, column in enumerate(columns, start=1) if column.steps]
    lines = [
        chart_overlay.Line(series, drawn_column.name, column, drawn_column.steps or {})
        for series, (column, drawn_column) in zip(stepped, drawn, strict=True)
    ]
    free = left + len(columns) + 1
    return [chart_overlay.chart(book, sheet, plot, lines, (top, left), free, looks, own)] if lines else []


def _in_order(columns: Sequence[_Column], made: dict[str, Any]) -> list[_Column]:
    return [column for group in made for column in columns if column.group == group]


def _columns(plot: Plot, row: Series, title: str, own: Words) -> list[_Column]:
    name, listed = row.name or title, bool(row.name)
    fill, edge = _ink(row.colour), _ink(row.edge or row.colour)
    none = {"none": True}
    if row.kind == "band":
        low = tuple(row.low)
        high = tuple(None if v is None or b is None else v - b for v, b in zip(row.values, low, strict=True))
        unseen = {"fill": none, "border": none}
        return [
            _Column(own("band_low", name=name), low, "area", unseen, listed=False),
            _Column(name, high, "area", {"fill": fill, "border": none}, listed),
        ]
    if row.kind == "area":
        return [_Column(name, row.values, "area", {"fill": fill, "border": none}, listed)]
    if row.kind == "bar":
        border = {**edge, "width": row.width * _POINTS} if row.edge else none
        look: dict[str, Any] = {"fill": fill, "border": border, "gap": round(100 * (1 / min(max(row.thick, 0.3), 0.95) - 1))}
        if any(row.text) and len(row.text) <= _LABELS:
            inside = {"position": "center" if plot.stacked else "inside_end"} if row.inside else {}
            outside = {} if plot.stacked else {"position": "outside_end"}
            font = {"font": {"color": row.text_colour, "size": 9}}
            labels = [{"value": _harmless(text)} if text else {"delete": True} for text in row.text]
            look["data_labels"] = {"value": True, "custom": labels, **font, **(inside or outside)}
        return [_Column(name, row.values, "bar" if plot.lying else "column", look, listed)]
    if plot.lying:  # a mark or a line beside bars that lie
        look = {"fill": none, "border": {**edge, "width": 1.5}, "gap": 40}
        drawn = any(value is not None for value in row.values)
        return [_Column(name, row.values, "over" if plot.stacked else "bar", look, listed)] if drawn else []
    if row.kind == "marker":
        hollow = row.symbol.endswith("-open")
        symbol = _SYMBOLS.get(row.symbol.removesuffix("-open"), "diamond")
        mark = {"type": symbol, "size": max(int(row.size), 5), "border": fill, "fill": none if hollow else fill}
        return [_Column(name, row.values, "line", {"line": none, "marker": mark}, listed)]
    line = {**edge, "width": max(row.width, 1) * _POINTS, "dash_type": _DASHES.get(row.dash, "dash")}
    dotted = {"type": "circle", "size": 4, "fill": edge, "border": edge} if row.size else {"type": "none"}
    if row.is_stepped and plot.dates:
        return [_Column(name, row.values, "line", {"line": none, "marker": dotted}, False, line)]
    return [_Column(name, row.values, "line", {"line": line, "marker": dotted}, listed)]


def _write(sheet: Any, plot: Plot, columns: Sequence[_Column], at: tuple[int, int], looks: CellStyles, title: str) -> None:
    """Write the numbers of the chart as a table: categories, then a column for each series."""
    top, left = at
    sheet.write_string(top, left, title, looks.head)
    kind = "date" if plot.dates else "text"
    for row, category in enumerate(plot.categories, start=top + 1):
        put(sheet, row, left, category, looks.kinds[kind], kind)
    sheet.set_column(left, left, 12 if plot.dates else 28)
    for number, column in enumerate(columns, start=left + 1):
        sheet.write_string(top, number, column.name, looks.head)
        kind = kind_of(pd.Series(column.values, dtype="Float64"))
        for row, value in enumerate(column.values, start=top + 1):
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
    for number, column in some:
        series = {
            "name": [sheet.name, top, left + number],
            "categories": [sheet.name, top + 1, left, last, left],
            "values": [sheet.name, top + 1, left + number, last, left + number],
            **column.look,
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
    labels = number_format(plot.unit, plot.high, plot.step)
    values: dict[str, Any] = {
        "num_font": _font(),
        "num_format": labels,
        "major_gridlines": grid,
        "line": {"none": True},
    }
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
    """Return a colour (#1f7a4d or rgba(31, 122, 77, 0.4)) in xlsxwriter's terms."""
    parts = re.findall(r"[\d.]+", colour) if colour.startswith("rgb") else []
    if not parts:
        return {"color": colour}
    hexadecimal = "#" + "".join(f"{int(float(part)):02x}" for part in parts[:3])
    return (
        {"color": hexadecimal, "transparency": round(100 * (1 - float(parts[3])))} if len(parts) > 3 else {"color": hexadecimal}
    )


def _harmless(text: str) -> str:
    """Return a label with an apostrophe in front where Excel would take it for a reference."""
    return visible(f"'{text}" if text.startswith("=") else text)
