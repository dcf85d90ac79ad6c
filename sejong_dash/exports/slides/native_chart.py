"""Write a plot as a chart that PowerPoint and Hancom edit, its values in a sheet inside.

Bars, lines and bands of one plot are several kinds of chart on the same axes, which python-pptx does not build: their markup
is written here, python-pptx takes it in. Ranges and the place of the plot are fixed, so that notes can stand on it.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import pandas as pd

from sejong_dash import theme
from sejong_dash.exports.model.axis_labels import number_format
from sejong_dash.exports.model.plane import Box
from sejong_dash.exports.model.safe_text import escape
from sejong_dash.exports.model.series import Plot, Series, Value
from sejong_dash.exports.sheets import sheet_cells
from sejong_dash.layout import text_width
from sejong_dash.words import Words

from . import chart_markup
from .canvas import TAGS, filled, fonts, run, stroke
from .chart_markup import letter

_SYMBOLS = {"triangle-up": "triangle", "triangle-down": "triangle", "cross": "plus"}
_KNOWN = {"circle", "diamond", "square", "star", "x", "triangle", "plus"}


@dataclass(frozen=True, slots=True)
class _ChartColumn:
    """A column of the workbook inside: its heading and values; `formula` where it follows from two others."""

    name: str
    values: Sequence[Value]
    formula: str = ""


class NativeChart:
    """A chart for python-pptx's `add_chart`; `inner` is where its plot lies in `frame`, `size` that of its letters, in points."""

    def __init__(self, plot: Plot, words: Words, own: Words, frame: Box, inner: Box, size: float) -> None:
        self.plot, self.words, self.own, self.frame, self.inner, self.size = plot, words, own, frame, inner, size
        self.columns: list[_ChartColumn] = []
        self._drawn: list[tuple[Series, int]] = []  # and its first column
        self._placed = 0  # series written so far
        for row in plot.series:
            self._drawn.append((row, len(self.columns)))
            name = row.name or words("title")
            if row.kind == "band":
                number = len(self.columns) + 1
                wide = [
                    None if low is None or high is None else high - low for low, high in zip(row.low, row.values, strict=True)
                ]
                formula = f"{letter(number + 1)}{{row}}-{letter(number)}{{row}}"
                self.columns += [
                    _ChartColumn(own("band.low", name=name), row.low),
                    _ChartColumn(own("band.high", name=name), row.values),
                    _ChartColumn(own("band.width", name=name), wide, formula),
                ]
            else:
                self.columns.append(_ChartColumn(name, row.values))

    @property
    def xlsx_blob(self) -> bytes:
        """Return the workbook inside: a row for each category, a column for each row of values, also for those drawn as marks."""
        file = io.BytesIO()
        with sheet_cells.book(file, strings_to_formulas=False) as book:
            book.set_properties({"created": datetime(2000, 1, 1)})  # the same chart gives the same bytes
            sheet = book.add_worksheet("Sheet1")
            day, whole = book.add_format({"num_format": "yyyy-mm-dd"}), book.add_format({"num_format": "#,##0.##"})
            sheet.set_column(0, len(self.columns), 18)
            for number, name in enumerate(self.plot.categories, start=1):
                if self.plot.dates:
                    sheet.write_datetime(number, 0, name.to_pydatetime(), day)
                else:
                    sheet.write_string(number, 0, name)
            for place, column in enumerate(self.columns, start=1):
                sheet.write_string(0, place, column.name)
                for row, value in enumerate(column.values, start=1):
                    if value is not None and column.formula:
                        sheet.write_formula(row, place, "=" + column.formula.format(row=row + 1), whole, value)
                    elif value is not None:
                        sheet.write_number(row, place, value, whole)
        return sheet_cells.packed(file)

    def xml_bytes(self, chart_type: object) -> bytes:
        """Return the chart's markup; `chart_type` is python-pptx's, and not needed."""
        self._placed = 0
        ways = _ways(self.plot)
        charts = "".join(self._chart(*way) for way in ways)
        first = self._axes(1, 2, False)
        second = self._axes(3, 4, True) if any(way[3] == 3 for way in ways) else ""
        return chart_markup.space(charts + first + second, self.frame, self.inner, self._letters(theme.INK))

    def _chart(self, kind: str, series: Sequence[Series], thick: float, axis: int) -> str:
        ids = f'<c:axId val="{axis}"/><c:axId val="{axis + 1}"/>'
        some = [(row, column) for row, column in self._drawn if row in series]
        if kind == "bar":
            direction = "bar" if self.plot.lying else "col"
            grouping = "stacked" if self.plot.stacked else "clustered"
            rows = "".join(self._bar(*entry) for entry in some)
            gap = round(min(max(100 / thick - 100, 0), 500))
            return (
                f'<c:barChart><c:barDir val="{direction}"/><c:grouping val="{grouping}"/><c:varyColors val="0"/>{rows}'
                f'<c:gapWidth val="{gap}"/><c:overlap val="100"/>{ids}</c:barChart>'
            )
        if kind == "band":
            rows = "".join(self._band(*entry) for entry in some)
            return f'<c:areaChart><c:grouping val="stacked"/><c:varyColors val="0"/>{rows}{ids}</c:areaChart>'
        rows = "".join(self._line(*entry) for entry in some)
        return f'<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>{rows}<c:marker val="1"/>{ids}</c:lineChart>'

    def _series(self, column: int, look: str, between: str = "", after: str = "", values: Sequence[Value] = ()) -> str:
        """Return a series. PowerPoint draws by `c:order`, LibreOffice by the place in the file: the two never differ."""
        number = self._placed
        self._placed += 1
        name, end = letter(column + 1), len(self.plot.categories) + 1
        cells = self.columns[column]
        title = chart_markup.texts(f"Sheet1!${name}$1", [cells.name])
        if self.plot.dates:
            days = [chart_markup.serial(day) for day in self.plot.categories]
            names = chart_markup.numbers(f"Sheet1!$A$2:$A${end}", days, "yyyy\\-mm\\-dd")
        else:
            names = chart_markup.texts(f"Sheet1!$A$2:$A${end}", self.plot.categories)
        amounts = chart_markup.numbers(f"Sheet1!${name}$2:${name}${end}", values or cells.values, "General")
        return (
            f'<c:ser><c:idx val="{number}"/><c:order val="{number}"/><c:tx>{title}</c:tx>{look}{between}'
            f"<c:cat>{names}</c:cat><c:val>{amounts}</c:val>{after}</c:ser>"
        )

    def _bar(self, row: Series, column: int) -> str:
        area = row.kind == "area"
        edge = "" if area else row.edge
        look = f"<c:spPr>{filled(row.colour)}{stroke(edge, row.width if edge else 0)}</c:spPr>"
        labels = "".join(self._label(row, place) for place in range(len(row.text)))
        if labels:
            labels = f"<c:dLbls>{labels}{chart_markup.shows(False)}</c:dLbls>"
        return self._series(column, look, '<c:invertIfNegative val="0"/>' + labels)

    def _label(self, row: Series, place: int) -> str:
        """Return the text in or beside a bar, where it fits."""
        text, value = row.text[place], row.values[place]
        if not text or value is None:
            return ""
        room = value / (self.plot.high - self.plot.low) * self.inner[2]
        size = min(self.size * 1.1, room / (text_width.width(text) * 1.08)) if row.inside else self.size * 1.1
        if size < 10:
            return ""
        rich = f'<a:bodyPr wrap="none"/><a:p>{run(text, self.words.lang, size, row.text_colour, True)}</a:p>'
        place_of = "ctr" if row.inside else "outEnd"
        return (
            f'<c:dLbl><c:idx val="{place}"/><c:tx><c:rich>{rich}</c:rich></c:tx><c:dLblPos val="{place_of}"/>'
            f"{chart_markup.shows(True)}</c:dLbl>"
        )

    def _band(self, row: Series, column: int) -> str:
        """Return two stacked areas, the lower one clear; where there is no band they are flat."""
        low = _held(row.low)
        wide = [value or 0.0 for value in self.columns[column + 2].values]
        clear = self._series(column, "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>", values=low)
        look = f"<c:spPr>{filled(row.colour)}<a:ln><a:noFill/></a:ln></c:spPr>"
        return clear + self._series(column + 2, look, values=wide)

    def _line(self, row: Series, column: int) -> str:
        """Return a line; a stepped one has its marks here, and its steps in a chart of its own (step_chart.py)."""
        marks = row.kind == "marker"
        colour = row.edge or row.colour if row.kind in ("line", "area") else ""
        line = stroke("" if row.is_stepped else colour, max(row.width * 1.1, 1.25), row.dash)
        size = min(max(round(row.size), 2), 72)
        symbol = row.symbol.removesuffix("-open")
        symbol = _SYMBOLS.get(symbol, symbol)
        hollow = row.symbol.endswith("-open") or symbol == "x"
        tint = row.colour if marks else colour
        edge = tint if hollow else row.edge if marks else tint
        fill = filled("" if symbol == "x" else theme.PAPER) if hollow else filled(tint)
        ink = f"<c:spPr>{fill}{stroke(edge, max(row.width, 1.5) if edge else 0)}</c:spPr>"
        shape = symbol if symbol in _KNOWN else "circle"
        mark = f'<c:symbol val="{shape}"/><c:size val="{size}"/>{ink}' if row.size else '<c:symbol val="none"/>'
        return self._series(column, f"<c:spPr>{line}</c:spPr>", f"<c:marker>{mark}</c:marker>", '<c:smooth val="0"/>')

    def _axes(self, names: int, values: int, hidden: bool) -> str:
        plot, lying = self.plot, self.plot.lying
        named = plot.named and not hidden
        gone = f'<c:delete val="{int(not named)}"/>'
        edge = f"<c:spPr>{stroke(theme.AXIS if not lying else '', 0.75)}</c:spPr>"
        letters = self._letters(theme.INK if lying else theme.MUTED)
        low, high = f'<c:min val="{plot.low:g}"/>', f'<c:max val="{plot.high!r}"/>'
        ticks = '<c:majorTickMark val="none"/><c:minorTickMark val="none"/>'
        begin = f'<c:axId val="{names}"/><c:scaling><c:orientation val="{"maxMin" if lying else "minMax"}"/></c:scaling>{gone}'
        if plot.dates:
            form = escape(self.own("axis_date"))
            across = (
                f'<c:dateAx>{begin}<c:axPos val="b"/><c:numFmt formatCode="{form}" sourceLinked="0"/>'
                f'<c:majorTickMark val="out"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>{edge}{letters}'
                f'<c:crossAx val="{values}"/><c:crosses val="autoZero"/><c:auto val="0"/><c:lblOffset val="100"/>'
                f'<c:baseTimeUnit val="days"/><c:majorUnit val="{plot.every}"/><c:majorTimeUnit val="days"/></c:dateAx>'
            )
        else:
            across = (
                f'<c:catAx>{begin}<c:axPos val="{"l" if lying else "b"}"/>{ticks}<c:tickLblPos val="low"/>{edge}{letters}'
                f'<c:crossAx val="{values}"/><c:crosses val="autoZero"/><c:auto val="0"/><c:lblAlgn val="ctr"/>'
                f'<c:lblOffset val="100"/><c:tickLblSkip val="1"/><c:noMultiLvlLbl val="1"/></c:catAx>'
            )
        scale, labels = plot.scale and not hidden, escape(number_format(plot.unit, plot.high, plot.step))
        grid = f"<c:majorGridlines><c:spPr>{stroke(theme.GRID, 0.75)}</c:spPr></c:majorGridlines>" if scale else ""
        up = (
            f'<c:valAx><c:axId val="{values}"/><c:scaling><c:orientation val="minMax"/>{high}{low}</c:scaling>'
            f'<c:delete val="{int(not scale)}"/><c:axPos val="{"b" if lying else "l"}"/>{grid}'
            f'<c:numFmt formatCode="{labels}" sourceLinked="0"/>{ticks}<c:tickLblPos val="nextTo"/>'
            f"<c:spPr><a:ln><a:noFill/></a:ln></c:spPr>{self._letters(theme.MUTED)}"
            f'<c:crossAx val="{names}"/><c:crosses val="{"max" if lying else "autoZero"}"/><c:crossBetween val="between"/>'
            f'<c:majorUnit val="{plot.step:g}"/></c:valAx>'
        )
        return across + up

    def _letters(self, colour: str) -> str:
        lang, size = self.words.lang, round(self.size * 100)
        look = f'<a:defRPr lang="{TAGS[lang]}" sz="{size}" b="0">{filled(colour)}{fonts(lang)}</a:defRPr>'
        inner = f'<a:p><a:pPr>{look}</a:pPr><a:endParaRPr lang="{TAGS[lang]}"/></a:p>'
        return f'<c:txPr><a:bodyPr rot="0" vert="horz"/><a:lstStyle/>{inner}</c:txPr>'


def _ways(plot: Plot) -> list[tuple[str, list[Series], float, int]]:
    """Return what is drawn from below to above: kind of chart, series, thickness of bars, the first of its two axes."""
    bands = [row for row in plot.series if row.kind == "band"][:1]
    areas = [row for row in plot.series if row.kind == "area"]  # as bars without gaps, which end where the count does
    bars = [row for row in plot.series if row.kind == "bar"]
    lines = [row for row in plot.series if row.kind in ("line", "area", "marker")] if not plot.lying else []
    ways: list[tuple[str, list[Series], float, int]] = [("band", bands, 1, 1)] if bands else []
    if areas:
        ways.append(("bar", [*areas, *bars], 1, 1))
    else:
        for number, thick in enumerate(dict.fromkeys(bar.thick for bar in bars)):
            some = [bar for bar in bars if bar.thick == thick]
            ways.append(("bar", some, thick, 1 if number == 0 else 3))
    return [*ways, *([("line", lines, 1, 1)] if lines else [])]


def _held(values: Sequence[Value]) -> list[Value]:
    """Return a lower edge without holes: where there is no band it stays on its nearest height."""
    row = pd.Series(list(values), dtype="float64").bfill().ffill()
    return [None if pd.isna(value) else float(value) for value in row]
