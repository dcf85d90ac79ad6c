"""Lay lines that step over a chart of Excel's: a chart of points of their own, on the same plot.

A line over days has one point a day, so that its steps would be slopes; see step_chart.py. Both charts have the same size and the
same place of the plot in it, so that the first stands exactly on the other. The corners are cells that follow from the values.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from sejong_dash import theme
from sejong_dash.exports.model.series import Plot, Series
from sejong_dash.exports.slides import step_chart
from sejong_dash.exports.slides.chart_markup import serial
from sejong_dash.words import Words

from .sheet_cells import CellStyles

# parts of the width and height of both charts
PLOT = {"x": 0.075, "y": 0.13, "width": 0.905, "height": 0.74}
LEGEND_BELOW = {"x": 0.01, "y": 0.01, "width": 0.71, "height": 0.09}
_LEGEND = {"x": 0.73, "y": 0.01, "width": 0.26, "height": 0.09}


class Line(NamedTuple):
    """A stepped line of the plot: its name, the column of its values, how Excel is to draw it."""

    series: Series
    name: str
    column: int
    look: dict[str, Any]


def chart(
    book: xlsxwriter.Workbook, sheet: Any, plot: Plot, lines: Sequence[Line], at: tuple[int, int], free: int, looks: CellStyles,
    own: Words,
) -> Any:  # fmt: skip
    """Return a chart of these lines of `plot`, whose days and values stand in `sheet` from the cell `at` on.

    Their corners go into the columns from `free` on; `own` are the words of workbooks.
    """
    top, left = at
    made = book.add_chart({"type": "scatter", "subtype": "straight"})
    for number, line in enumerate(lines):
        across = free + 2 * number
        last = _write(sheet, plot, line, (top, left), across, looks, own)
        made.add_series(
            {
                "name": [sheet.name, top, line.column],
                "categories": [sheet.name, top + 1, across, last, across],
                "values": [sheet.name, top + 1, across + 1, last, across + 1],
                "line": line.look,
                "marker": {"type": "none"},
            }
        )
    unseen: dict[str, Any] = {"visible": False, "major_gridlines": {"visible": False}}
    first, end = serial(plot.categories[0]) - 0.5, serial(plot.categories[-1]) + 0.5
    made.set_x_axis({"min": first, "max": end, **unseen})
    made.set_y_axis({"min": plot.low, "max": plot.high, **unseen})
    made.set_title({"none": True})
    made.set_legend({"position": "top", "layout": _LEGEND, "font": {"color": theme.MUTED, "size": 9}})
    made.set_plotarea({"layout": PLOT, "fill": {"none": True}})
    made.set_chartarea({"border": {"none": True}, "fill": {"none": True}})
    made.show_hidden_data()
    made.show_blanks_as("gap")
    return made


def _write(sheet: Any, plot: Plot, line: Line, at: tuple[int, int], across: int, looks: CellStyles, own: Words) -> int:
    """Write the corners as formulas of the line's days and values; return the row of the last."""
    (top, left), values = at, line.series.values
    sheet.write_string(top, across, own("step_day", name=line.name), looks.head)
    sheet.write_string(top, across + 1, own("step_value", name=line.name), looks.head)
    sheet.set_column(across, across + 1, 14)
    first = serial(plot.categories[0])
    opening = xl_rowcol_to_cell(top + 1, left, row_abs=True, col_abs=True)
    some = step_chart.corners(values, line.series.shape)
    for row, corner in enumerate(some, start=top + 1):
        if corner is not None:
            cells = "+".join(xl_rowcol_to_cell(top + 1 + of, line.column) for of in corner.rows)
            mean = f"=({cells})/2" if len(corner.rows) > 1 else f"={cells}"
            sheet.write_formula(row, across, f"={opening}+{corner.place:g}", looks.kinds["moment"], first + corner.place)
            sheet.write_formula(row, across + 1, mean, looks.kinds["broken"], step_chart.amount(corner, values))
    return top + len(some)
