"""How does a plot become a chart that PowerPoint and Hancom edit, its values in a sheet inside?

Bars, lines and bands of one plot are several kinds of chart on the same axes, which python-pptx does not build: their markup
is written here, python-pptx takes it in. Ranges and the place of the plot are fixed, so that notes can stand on it.
"""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape

import pandas as pd
import xlsxwriter

from .. import theme
from ..words import Words
from ._canvas import EMU, TAGS, filled, fonts, run, stroke
from ._letters import ems
from ._plane import Box
from ._series import Plot, Series, Value

_EPOCH = pd.Timestamp(1899, 12, 30)
_SYMBOLS = {"triangle-up": "triangle", "triangle-down": "triangle", "cross": "plus"}
_KNOWN = {"circle", "diamond", "square", "star", "x", "triangle", "plus"}
_NAMES = (
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of the sheet inside: its heading and values; `formula` where it follows from two others."""

    name: str
    values: Sequence[Value]
    formula: str = ""


class Native:
    """A chart for `shapes.add_chart`. `inner` is where its plot lies in `frame`, `size` that of its letters, in points."""

    def __init__(self, plot: Plot, words: Words, said: Words, frame: Box, inner: Box, size: float) -> None:
        self.plot, self.words, self.said, self.frame, self.inner, self.size = plot, words, said, frame, inner, size
        self.columns: list[_Column] = []
        self._drawn: list[tuple[Series, int]] = []  # and its first column
        for one in plot.series:
            self._drawn.append((one, len(self.columns)))
            name = one.name or words("title")
            if one.kind == "band":
                number = len(self.columns) + 1
                wide = [
                    None if low is None or high is None else high - low for low, high in zip(one.low, one.values, strict=True)
                ]
                formula = f"{_letter(number + 1)}{{row}}-{_letter(number)}{{row}}"
                self.columns += [
                    _Column(said("band.low", name=name), one.low),
                    _Column(said("band.high", name=name), one.values),
                    _Column(said("band.width", name=name), wide, formula),
                ]
            else:
                self.columns.append(_Column(name, one.values))

    @property
    def xlsx_blob(self) -> bytes:
        """The sheet inside: a row for each category, a column for each row of values, also for those drawn as marks."""
        file = io.BytesIO()
        with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False}) as book:
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
        return file.getvalue()

    def xml_bytes(self, chart_type: object) -> bytes:
        """The chart's markup; the kind that `add_chart` is told is not needed."""
        ways = _ways(self.plot)
        charts = "".join(self._chart(*way) for way in ways)
        first = self._axes(1, 2, False)
        second = self._axes(3, 4, True) if any(way[3] == 3 for way in ways) else ""
        left, top = ((self.inner[n] - self.frame[n]) / self.frame[n + 2] for n in (0, 1))
        wide, high = (self.inner[n] / self.frame[n] for n in (2, 3))
        sides = (("x", left), ("y", top), ("w", wide), ("h", high))
        place = "".join(f'<c:{side} val="{value:.5f}"/>' for side, value in sides)
        return (
            f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><c:chartSpace {_NAMES}><c:date1904 val="0"/>'
            f'<c:roundedCorners val="0"/><c:chart><c:autoTitleDeleted val="1"/><c:plotArea><c:layout><c:manualLayout>'
            f'<c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>{place}</c:manualLayout></c:layout>'
            f"{charts}{first}{second}<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr></c:plotArea>"
            f'<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
            f"<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>{self._letters(theme.INK)}</c:chartSpace>"
        ).encode()

    def _chart(self, kind: str, series: Sequence[Series], thick: float, axis: int) -> str:
        ids = f'<c:axId val="{axis}"/><c:axId val="{axis + 1}"/>'
        numbered = [(number, one, column) for number, (one, column) in enumerate(self._drawn) if one in series]
        if kind == "bar":
            direction = "bar" if self.plot.lying else "col"
            grouping = "stacked" if self.plot.stacked else "clustered"
            rows = "".join(self._bar(*one) for one in numbered)
            gap = round(min(max(100 / thick - 100, 0), 500))
            return (
                f'<c:barChart><c:barDir val="{direction}"/><c:grouping val="{grouping}"/><c:varyColors val="0"/>{rows}'
                f'<c:gapWidth val="{gap}"/><c:overlap val="100"/>{ids}</c:barChart>'
            )
        if kind == "band":
            rows = "".join(self._band(*one) for one in numbered)
            return f'<c:areaChart><c:grouping val="stacked"/><c:varyColors val="0"/>{rows}{ids}</c:areaChart>'
        rows = "".join(self._line(*one) for one in numbered)
        return f'<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>{rows}<c:marker val="1"/>{ids}</c:lineChart>'

    def _series(
        self, number: int, column: int, look: str, between: str = "", after: str = "", values: Sequence[Value] = ()
    ) -> str:
        letter, end = _letter(column + 1), len(self.plot.categories) + 1
        told = self.columns[column]
        title = _text(f"Sheet1!${letter}$1", [told.name])
        if self.plot.dates:
            days = [float((day - _EPOCH).days) for day in self.plot.categories]
            names = _numbers(f"Sheet1!$A$2:$A${end}", days, "yyyy\\-mm\\-dd")
        else:
            names = _text(f"Sheet1!$A$2:$A${end}", self.plot.categories)
        amounts = _numbers(f"Sheet1!${letter}$2:${letter}${end}", values or told.values, "General")
        return (
            f'<c:ser><c:idx val="{number}"/><c:order val="{number}"/><c:tx>{title}</c:tx>{look}{between}'
            f"<c:cat>{names}</c:cat><c:val>{amounts}</c:val>{after}</c:ser>"
        )

    def _bar(self, number: int, one: Series, column: int) -> str:
        area = one.kind == "area"
        edge = "" if area else one.edge
        look = f"<c:spPr>{filled(one.colour)}{stroke(edge, one.width if edge else 0)}</c:spPr>"
        labels = "".join(self._label(one, place) for place in range(len(one.text)))
        if labels:
            labels = f"<c:dLbls>{labels}{_shows(False)}</c:dLbls>"
        return self._series(number + 40 * area, column, look, '<c:invertIfNegative val="0"/>' + labels)

    def _label(self, one: Series, place: int) -> str:
        """What stands in or beside a bar, where it fits."""
        text, value = one.text[place], one.values[place]
        if not text or value is None:
            return ""
        room = value / (self.plot.high - self.plot.low) * self.inner[2]
        size = min(self.size * 1.1, room / (ems(text) * 1.08)) if one.inside else self.size * 1.1
        if size < 10:
            return ""
        rich = f'<a:bodyPr wrap="none"/><a:p>{run(text, self.words.lang, size, one.text_colour, True)}</a:p>'
        place_of = "ctr" if one.inside else "outEnd"
        return (
            f'<c:dLbl><c:idx val="{place}"/><c:tx><c:rich>{rich}</c:rich></c:tx><c:dLblPos val="{place_of}"/>'
            f"{_shows(True)}</c:dLbl>"
        )

    def _band(self, number: int, one: Series, column: int) -> str:
        """Two areas, one upon the other, of which the lower is clear. Where there is no band they are flat."""
        low = _held(one.low)
        wide = [value or 0.0 for value in self.columns[column + 2].values]
        clear = self._series(number + 20, column, "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>", values=low)
        look = f"<c:spPr>{filled(one.colour)}<a:ln><a:noFill/></a:ln></c:spPr>"
        return clear + self._series(number, column + 2, look, values=wide)

    def _line(self, number: int, one: Series, column: int) -> str:
        marks = one.kind == "marker"
        colour = one.edge or one.colour if one.kind in ("line", "area") else ""
        line = stroke(colour, max(one.width * 1.1, 1.25), one.dash)
        size = min(max(round(one.size), 2), 72)
        symbol = one.symbol.removesuffix("-open")
        symbol = _SYMBOLS.get(symbol, symbol)
        hollow = one.symbol.endswith("-open") or symbol == "x"
        tint = one.colour if marks else colour
        edge = tint if hollow else one.edge if marks else tint
        fill = filled("" if symbol == "x" else theme.PAPER) if hollow else filled(tint)
        ink = f"<c:spPr>{fill}{stroke(edge, max(one.width, 1.5) if edge else 0)}</c:spPr>"
        shape = symbol if symbol in _KNOWN else "circle"
        mark = f'<c:symbol val="{shape}"/><c:size val="{size}"/>{ink}' if one.size else '<c:symbol val="none"/>'
        return self._series(number, column, f"<c:spPr>{line}</c:spPr>", f"<c:marker>{mark}</c:marker>", '<c:smooth val="0"/>')

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
            form = escape(self.said("axis_date"), {'"': "&quot;"})
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
        scale = plot.scale and not hidden
        grid = f"<c:majorGridlines><c:spPr>{stroke(theme.GRID, 0.75)}</c:spPr></c:majorGridlines>" if scale else ""
        up = (
            f'<c:valAx><c:axId val="{values}"/><c:scaling><c:orientation val="minMax"/>{high}{low}</c:scaling>'
            f'<c:delete val="{int(not scale)}"/><c:axPos val="{"b" if lying else "l"}"/>{grid}'
            f'<c:numFmt formatCode="#,##0" sourceLinked="0"/>{ticks}<c:tickLblPos val="nextTo"/>'
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
    """What is drawn from below to above: kind of chart, its series, the thickness of bars, the first of its two axes."""
    bands = [one for one in plot.series if one.kind == "band"][:1]
    areas = [one for one in plot.series if one.kind == "area"]  # as bars without gaps, which end where the count does
    bars = [one for one in plot.series if one.kind == "bar"]
    lines = [one for one in plot.series if one.kind in ("line", "area", "marker")] if not plot.lying else []
    ways: list[tuple[str, list[Series], float, int]] = [("band", bands, 1, 1)] if bands else []
    if areas:
        ways.append(("bar", [*areas, *bars], 1, 1))
    else:
        for number, thick in enumerate(dict.fromkeys(one.thick for one in bars)):
            some = [one for one in bars if one.thick == thick]
            ways.append(("bar", some, thick, 1 if number == 0 else 3))
    return [*ways, *([("line", lines, 1, 1)] if lines else [])]


def _held(values: Sequence[Value]) -> list[Value]:
    """A lower edge without holes: where there is no band it stays on its nearest height."""
    row = pd.Series(list(values), dtype="float64").bfill().ffill()
    return [None if pd.isna(value) else float(value) for value in row]


def _letter(number: int) -> str:
    return chr(ord("A") + number)


def _shows(value: bool) -> str:
    names = ("showLegendKey", "showVal", "showCatName", "showSerName", "showPercent", "showBubbleSize")
    return "".join(f'<c:{name} val="{int(value and name == "showVal")}"/>' for name in names)


def _text(cells: str, said: Iterable[str]) -> str:
    points = [f'<c:pt idx="{number}"><c:v>{escape(one)}</c:v></c:pt>' for number, one in enumerate(said)]
    return f'<c:strRef><c:f>{cells}</c:f><c:strCache><c:ptCount val="{len(points)}"/>{"".join(points)}</c:strCache></c:strRef>'


def _numbers(cells: str, values: Sequence[Value], form: str) -> str:
    points = "".join(f'<c:pt idx="{n}"><c:v>{one!r}</c:v></c:pt>' for n, one in enumerate(values) if one is not None)
    return (
        f"<c:numRef><c:f>{cells}</c:f><c:numCache><c:formatCode>{form}</c:formatCode>"
        f'<c:ptCount val="{len(values)}"/>{points}</c:numCache></c:numRef>'
    )


def frame_name(slide: Any, native: Native, kind: Any, name: str, told: str) -> None:
    """Put the chart onto a slide, told of in words for whoever does not see it."""
    left, top, wide, high = (round(value * EMU) for value in native.frame)
    placed = slide.shapes.add_chart(kind, left, top, wide, high, native)
    properties = placed._element.nvGraphicFramePr.cNvPr
    properties.set("name", name)
    properties.set("descr", told)
