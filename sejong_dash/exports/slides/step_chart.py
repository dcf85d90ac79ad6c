"""Draw lines that step (a level that holds for a day) as a native chart of their own, exactly on the plot of another.

A line over days has one point a day, so that its steps would be slopes. A chart of points with two numbers each draws the
corners where they are, in PowerPoint, LibreOffice and Excel alike; LibreOffice cannot have both kinds in one chart. The
corners follow by formula from a column of one value a day.
"""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

import numpy as np

from sejong_dash.exports.model.plane import Box
from sejong_dash.exports.model.series import Plot, Series, Value
from sejong_dash.exports.sheets import sheet_cells

from . import chart_markup
from .canvas import stroke
from .chart_markup import letter

_MIDDLE = 0.5  # of the way from one point to the next


class Corner(NamedTuple):
    """A point of a stepped line: its place among the categories, and the categories whose mean value it has."""

    place: float
    rows: tuple[int, ...]


def corners(values: Sequence[Value], shape: str) -> list[Corner | None]:
    """Return the corners of a stepped line, as Plotly draws the `shape` (hv, vh, hvh or vhv); None lifts the pen."""
    found: list[Corner | None] = []
    for row, value in enumerate(values):
        if value is None:
            continue
        joined = row > 0 and values[row - 1] is not None
        if joined:
            found += _between(row - 1, shape)
        elif found:
            found.append(None)
        found.append(Corner(row, (row,)))
    return found


def _between(row: int, shape: str) -> Iterator[Corner]:
    """Yield the corners between a point and the next."""
    if shape == "hvh":
        yield from (Corner(row + _MIDDLE, (level,)) for level in (row, row + 1))
    elif shape == "vhv":
        yield from (Corner(place, (row, row + 1)) for place in (row, row + 1))
    elif shape == "hv":
        yield Corner(row + 1, (row,))
    else:
        yield Corner(row, (row + 1,))


def amount(corner: Corner, values: Sequence[Value]) -> float:
    """Return the value that a corner has."""
    held = [value for row in corner.rows if (value := values[row]) is not None]
    return sum(held) / len(held)


def through(xs: np.ndarray, ys: np.ndarray, shape: str) -> tuple[np.ndarray, np.ndarray]:
    """Return the corners of a stepped line through these points of a slide; NaN lifts the pen."""
    values = [None if np.isnan(x) or np.isnan(y) else float(y) for x, y in zip(xs, ys, strict=True)]
    some = corners(values, shape)
    places = np.array([corner.place if corner else np.nan for corner in some])
    return np.interp(places, np.arange(len(xs)), xs), np.array([amount(corner, values) if corner else np.nan for corner in some])


@dataclass(frozen=True)
class StepChart:
    """The stepped lines of `plot` as a chart whose plot fills its `frame`. `names` are those of its lines."""

    plot: Plot
    names: Sequence[str]
    frame: Box

    @property
    def lines(self) -> list[Series]:
        return stepped(self.plot)

    @property
    def xlsx_blob(self) -> bytes:
        """Return the workbook inside: a row for each day with the values of each line, and the corners that follow."""
        file = io.BytesIO()
        with sheet_cells.book(file, strings_to_formulas=False) as book:
            book.set_properties({"created": datetime(2000, 1, 1)})  # the same chart gives the same bytes
            sheet = book.add_worksheet("Sheet1")
            day, whole = book.add_format({"num_format": "yyyy-mm-dd"}), book.add_format({"num_format": "#,##0.##"})
            sheet.set_column(0, 3 * len(self.lines), 18)
            for row, date in enumerate(self.plot.categories, start=1):
                sheet.write_datetime(row, 0, date.to_pydatetime(), day)
            for number, (line, name) in enumerate(zip(self.lines, self.names, strict=True)):
                column, across, up = self._columns(number)
                sheet.write_string(0, column, name)
                sheet.write_string(0, up, name)
                for row, value in enumerate(line.values, start=1):
                    if value is not None:
                        sheet.write_number(row, column, value, whole)
                for row, corner in enumerate(corners(line.values, line.shape), start=1):
                    if corner is not None:
                        cells = "+".join(f"{letter(column)}{at + 2}" for at in corner.rows)
                        mean = f"=({cells})/2" if len(corner.rows) > 1 else f"={cells}"
                        sheet.write_formula(row, across, f"=$A$2+{corner.place:g}", day, self._serial(corner))
                        sheet.write_formula(row, up, mean, whole, amount(corner, line.values))
        return sheet_cells.packed(file)

    def xml_bytes(self, chart_type: object) -> bytes:
        """Return the chart's markup; `chart_type` is python-pptx's, and not needed."""
        lines = "".join(self._line(number, line) for number, line in enumerate(self.lines))
        low, high = chart_markup.serial(self.plot.categories[0]) - 0.5, chart_markup.serial(self.plot.categories[-1]) + 0.5
        drawn = (
            f'<c:scatterChart><c:scatterStyle val="lineMarker"/><c:varyColors val="0"/>{lines}<c:axId val="1"/><c:axId val="2"/>'
            f"</c:scatterChart>{_axis(1, 2, 'b', low, high)}{_axis(2, 1, 'l', self.plot.low, self.plot.high)}"
        )
        return chart_markup.space(drawn, self.frame, self.frame)

    def _line(self, number: int, line: Series) -> str:
        column, across, up = map(letter, self._columns(number))
        some = corners(line.values, line.shape)
        end = len(some) + 1
        places = [self._serial(corner) if corner else None for corner in some]
        values = [amount(corner, line.values) if corner else None for corner in some]
        return (
            f'<c:ser><c:idx val="{number}"/><c:order val="{number}"/>'
            f"<c:tx>{chart_markup.texts(f'Sheet1!${column}$1', [self.names[number]])}</c:tx>"
            f"<c:spPr>{stroke(line.edge or line.colour, max(line.width * 1.1, 1.25), line.dash)}</c:spPr>"
            f'<c:marker><c:symbol val="none"/></c:marker>'
            f"<c:xVal>{chart_markup.numbers(f'Sheet1!${across}$2:${across}${end}', places, 'General')}</c:xVal>"
            f"<c:yVal>{chart_markup.numbers(f'Sheet1!${up}$2:${up}${end}', values, 'General')}</c:yVal>"
            f'<c:smooth val="0"/></c:ser>'
        )

    def _serial(self, corner: Corner) -> float:
        return chart_markup.serial(self.plot.categories[0]) + corner.place

    def _columns(self, number: int) -> tuple[int, int, int]:
        """Return the columns of a line's values, and of the places and values of its corners."""
        first = 1 + len(self.lines)
        return 1 + number, first + 2 * number, first + 2 * number + 1


def stepped(plot: Plot) -> list[Series]:
    """Return the stepped lines of a plot over days."""
    return [row for row in plot.series if row.is_stepped] if plot.dates else []


def _axis(own: int, other: int, side: str, low: float, high: float) -> str:
    """Return an unseen axis with the ends of that of the chart below."""
    return (
        f'<c:valAx><c:axId val="{own}"/><c:scaling><c:orientation val="minMax"/><c:max val="{high!r}"/><c:min val="{low!r}"/>'
        f'</c:scaling><c:delete val="1"/><c:axPos val="{side}"/><c:numFmt formatCode="General" sourceLinked="0"/>'
        f'<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>'
        f'<c:crossAx val="{other}"/><c:crosses val="min"/><c:crossBetween val="midCat"/></c:valAx>'
    )
