"""Lay an exhibit's chart out on a part of a slide: the plot as a native chart, notes and marks as shapes on it."""

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
from pptx.enum.chart import XL_CHART_TYPE

from sejong_dash import theme
from sejong_dash.exhibits import Exhibit
from sejong_dash.exports.model import plane as _plane
from sejong_dash.exports.model import series
from sejong_dash.exports.model.notes import drawn_lines, note_width
from sejong_dash.exports.model.plane import Box, Plane
from sejong_dash.exports.model.series import Plot
from sejong_dash.layout import text_width
from sejong_dash.layout.text_width import LINE_HEIGHT
from sejong_dash.words import Words

from . import chart_markup, legend, step_chart
from .canvas import Canvas, Paragraph
from .native_chart import NativeChart
from .shape_drawing import ShapeDrawing

_ROWS, _STRIP, _TALLEST = 16, 18.0, 120.0  # categories of a slide; points of a strip of marks and, at most, of a bar's row
_HALF, _DAY = pd.Timedelta(hours=12), 86_400_000.0  # the latter in milliseconds
_EDGE = 8.0  # points right of a plot


@dataclass(frozen=True)
class ChartPage:
    """The part of a chart that a slide shows: some or all categories of its plot."""

    exhibit: Exhibit
    figure: Any
    plot: Plot
    first: int  # of its categories in the whole plot
    box: Box
    own: Words  # of slides
    size: float  # of letters, in points

    def put(self, slide: Any, canvas: Canvas, description: str) -> None:
        """Draw the areas behind the chart, the chart, and its notes and marks; `description` is for readers who do not see it."""
        scale = self.size / 12.2
        some = legend.entries(self.figure)
        high = legend.height(some, self.size, self.box[2])
        legend.draw(canvas, some, self.size, self.box[0], self.box[1], self.box[2])
        left, top, wide, tall = self.box
        frame = (left, top + high, wide, tall - high)
        plane, inner = (self._across if self.plot.lying else self._along)(frame, scale)
        drawing = ShapeDrawing(plane, canvas, (top, top + tall), (left, left + wide))
        for layer in ("below", "between"):
            drawing.draw_shapes(layer, of="areas")
        canvas.flush()
        room = (6 * self.size + 4) * len(self.plot.categories) / self.plot.every
        thin = replace(self.plot, every=self.plot.every * (1 if room <= inner[2] else 2))
        native = NativeChart(thin, self.exhibit.words, self.own, frame, inner, self.size)
        kind = XL_CHART_TYPE.BAR_CLUSTERED if self.plot.lying else XL_CHART_TYPE.LINE
        chart_markup.put(slide, canvas, native, kind, self.exhibit.words("title"), description)
        for layer in ("below", "between"):  # a line behind the chart would be lost under the grid
            drawing.draw_shapes(layer, of="lines")
        if lines := step_chart.stepped(self.plot):
            canvas.flush()
            names = [line.name or self.exhibit.words("title") for line in lines]
            named = self.exhibit.words("comma").join(names)
            chart_markup.put(
                slide,
                canvas,
                step_chart.StepChart(self.plot, names, inner),
                XL_CHART_TYPE.XY_SCATTER_LINES_NO_MARKERS,
                named,
                description,
            )
        drawing.draw_shapes("above")
        for trace in self.figure.data:
            if not series.on_main(trace) and trace.marker.opacity != 0:
                drawing.draw_trace(trace)
        if self.plot.lying:
            self._ticks(canvas, plane, inner)
            self._beside(canvas, inner)
        drawing.draw_notes([] if self.plot.lying else drawn_lines(plane))

    def _along(self, frame: Box, scale: float) -> tuple[Plane, Box]:
        """Return the plane and the plot's box of days from left to right, with strips of marks over it and under its labels."""
        left, top, wide, high = frame
        main = self.figure.layout.yaxis.domain or (0, 1)
        strips = [ref for ref in _plane.axes(self.figure, "y") if ref != "y" and self.figure.layout[f"yaxis{ref[1:]}"].domain]
        over = [ref for ref in strips if self.figure.layout[f"yaxis{ref[1:]}"].domain[0] >= main[1] - 1e-6]
        under = [ref for ref in strips if ref not in over]
        room = text_width.width(f"{self.plot.high:,.0f}{self.plot.unit}") * self.size + 12 if self.plot.scale else 6
        head = _STRIP * len(over) + (self.size * 0.8 if not over else 0)
        labels = self.size * LINE_HEIGHT + 10
        right = self._right(wide - room, scale)
        inner = (left + room, top + head, wide - room - right, high - head - labels - _STRIP * len(under))
        days = self.plot.categories
        ends = (_plane.amount(days[0] - _HALF), _plane.amount(days[-1] + _HALF), inner[0], inner[0] + inner[2])
        held = {"x": ends, "y": (self.plot.low, self.plot.high, inner[1] + inner[3], inner[1])}
        for number, ref in enumerate(over):
            bottom = inner[1] - number * _STRIP
            held[ref] = (*_range(self.figure, ref), bottom, bottom - _STRIP)
        for number, ref in enumerate(under):
            upper = inner[1] + inner[3] + labels + number * _STRIP
            held[ref] = (*_range(self.figure, ref), upper + _STRIP, upper)
        upto = inner[1] - _STRIP * len(over)
        box = (inner[0], upto, inner[2], inner[1] + inner[3] - upto)
        return Plane(self.figure, box, scale, held), inner

    def _right(self, wide: float, scale: float) -> float:
        """Return the room right of the plot, of the `wide` that both have, for notes that begin where a line ends."""
        days, most = self.plot.categories, _EDGE
        for note in self.figure.layout.annotations:
            if note.xanchor == "left" and (note.xref or "x") == "x":
                place = (_plane.amount(note.x) - _plane.amount(days[0] - _HALF)) / (_DAY * len(days))
                most = max(most, note_width(note, scale) + (note.xshift or 0) * scale - (1 - place) * (wide - _EDGE))
        return min(most, wide * 0.3)

    def _across(self, frame: Box, scale: float) -> tuple[Plane, Box]:
        """Return the plane and the plot's box of bars that lie: names on the left, texts beside them on the right."""
        left, top, wide, high = frame
        rows = len(self.plot.categories)
        longest = max((text_width.width(line) for name in self.plot.categories for line in str(name).split("\n")), default=0)
        room = min(longest * self.size * 1.08 + 12, wide * 0.36) if self.plot.named else 4
        right = max([text_width.width(text) * self.size + 14 for _, text, _ in self._texts()], default=16)
        foot = self.size * LINE_HEIGHT + 8 if self.plot.scale else 6
        head = max((self._lines_over() * self.size * LINE_HEIGHT * 0.8), self.size * 1.5 if self._texts() else self.size * 0.6)
        tall = min(high - head - foot, _TALLEST * rows)
        inner = (left + room, top + head + (high - head - foot - tall) * 0.3, wide - room - right, tall)
        down = _downwards(self.figure.layout.yaxis)
        ends = (self.first - 0.5, self.first + rows - 0.5) if down else (rows - 0.5, -0.5)
        held = {
            "x": (self.plot.low, self.plot.high, inner[0], inner[0] + inner[2]),
            "y": (*ends, inner[1], inner[1] + inner[3]),
        }
        return Plane(self.figure, (inner[0], inner[1], inner[2], inner[3]), scale, held), inner

    def _lines_over(self) -> int:
        return max((series.plain(note.text or "").count("\n") + 1 for note in self.figure.layout.annotations), default=0)

    def _texts(self) -> list[tuple[float, str, str]]:
        """Return category, text and colour of what further axes write beside the bars."""
        found = []
        for ref in _plane.axes(self.figure, "y"):
            axis = self.figure.layout[f"yaxis{ref[1:]}"]
            if ref != "y" and axis.overlaying and axis.visible is not False:
                found += [(at, text, axis.tickfont.color or theme.INK) for at, text in _plane.ticks(axis)]
        return found

    def _beside(self, canvas: Canvas, inner: Box) -> None:
        row = inner[3] / len(self.plot.categories)
        size = min(self.size, row * 0.75)
        for at, text, colour in self._texts():
            place = at - self.first
            if -0.5 < place < len(self.plot.categories) - 0.5 or at < 0:
                y = inner[1] + (place + 0.5) * row if at >= 0 else inner[1] - size * 0.8
                right = self.box[0] + self.box[2]
                box = (inner[0] + inner[2] + 4, y - size * LINE_HEIGHT / 2, right - inner[0] - inner[2] - 4, size * LINE_HEIGHT)
                canvas.text(box, [Paragraph(text, size, colour, at >= 0)], align="r", anchor="ctr", wrap=False)

    def _ticks(self, canvas: Canvas, plane: Plane, inner: Box) -> None:
        """Draw marks on bars that lie, such as what is due; their values stand in the chart's sheet."""
        row = inner[3] / len(self.plot.categories)
        half = min(row * 0.46, 26)
        for marks in self.plot.series:
            if marks.kind != "marker":
                continue
            for place, value in enumerate(marks.values):
                if value is not None:
                    x = float(plane.on(np.array([value]), "x")[0])
                    y = inner[1] + (place + 0.5) * row
                    if marks.symbol.startswith("line"):
                        canvas.line((x, y - half), (x, y + half), marks.colour, max(marks.width, 2))
                    else:
                        canvas.mark(marks.symbol, (x, y), marks.size, marks.colour, marks.edge, marks.width)


def _range(figure: Any, ref: str) -> tuple[float, float]:
    low, high = figure.layout[f"yaxis{ref[1:]}"].range or (0, 1)
    return float(low), float(high)


def _downwards(axis: Any) -> bool:
    return axis.autorange == "reversed" or bool(axis.range and axis.range[0] > axis.range[1])


def pages(exhibit: Exhibit, figure: Any, plot: Plot, box: Box, own: Words, size: float) -> list[ChartPage]:
    """Return a page, or several where there are more names than can be read on one."""
    total = len(plot.categories)
    if not plot.lying or total <= _ROWS * 1.25:
        return [ChartPage(exhibit, figure, plot, 0, box, own, min(size, _row_size(plot, box)))]
    number = -(-total // _ROWS)
    ends = [round(total * page / number) for page in range(number + 1)]
    return [ChartPage(exhibit, figure, plot.rows(first, last), first, box, own, size) for first, last in pairwise(ends)]


def _row_size(plot: Plot, box: Box) -> float:
    return 14.0 if not plot.lying else max(box[3] * 0.8 / len(plot.categories) * 0.8, 8)
