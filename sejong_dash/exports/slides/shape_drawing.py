"""Turn a figure that is drawn rather than charted into shapes that can be moved and coloured singly.

Reads what Plotly's own drawing would: bars, lines, filled outlines, marks, texts, shapes and notes on axes whose ranges are
stated. Knows no figure by name.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from sejong_dash import theme
from sejong_dash.exports.model import notes as figure_notes
from sejong_dash.exports.model import plane as _plane
from sejong_dash.exports.model.notes import TEXT, paragraphs_of
from sejong_dash.exports.model.plane import Box, Plane
from sejong_dash.exports.model.series import plain
from sejong_dash.layout import clipping, text_width
from sejong_dash.layout.text_width import LINE_HEIGHT

from . import step_chart
from .axis_drawing import AxisDrawing
from .canvas import Canvas

_SLOPED = ("linear", "spline")  # shapes of lines that do not step


class ShapeDrawing:
    """A figure on a part of a slide.

    `shown` is the stretch of points (from, to) of the whole plane that this page shows; `bounds` are the left and right edges
    that no text passes.
    """

    def __init__(self, plane: Plane, canvas: Canvas, shown: tuple[float, float], bounds: tuple[float, float]) -> None:
        self.plane, self.canvas, self.shown, self.bounds, self._cell = plane, canvas, shown, bounds, 0.0

    def draw_all(self) -> None:
        """Draw everything, from below to above."""
        figure = self.plane.figure
        axes = AxisDrawing(self.plane, self.canvas, self.shown, self.bounds)
        self.draw_shapes("below")
        for ref in _plane.axes(figure, "x"):
            axes.draw_grid_across(ref)
        for ref in _plane.axes(figure, "y"):
            axes.draw_up(ref)
        self.draw_shapes("between")
        for ref in _plane.axes(figure, "x"):
            axes.draw_labels_across(ref)
        cells = [
            (str(_value_of(trace.text, n)), box)
            for trace in figure.data
            if trace.type == "bar" and trace.text is not None
            for box, n in self._bars(trace)
        ]
        self._cell = min((self._cell_size(plain(text), box) for text, box in cells), default=0.0)  # all cells alike
        for trace in figure.data:
            self.draw_trace(trace)
        self.draw_shapes("above")
        self.draw_notes()

    def draw_shapes(self, layer: str, of: str = "all") -> None:
        """Draw the shapes of a layer: all of them, only the lines, or only the areas."""
        for shape in self.plane.figure.layout.shapes:
            if (shape.layer or "above") == layer and (of == "all" or (shape.type == "line") == (of == "lines")):
                self._shape(shape)

    def _shape(self, shape: Any) -> None:
        width = (shape.line.width if shape.line.width is not None else 2) * self.plane.scale
        edge, dash = (shape.line.color or "") if width else "", shape.line.dash or "solid"
        if shape.type == "path":
            self._pixels(shape, edge, width)
            return
        x0, x1 = self.plane.along([shape.x0, shape.x1], shape.xref, "x").tolist()
        y0, y1 = self.plane.along([shape.y0, shape.y1], shape.yref, "y").tolist()
        y0, y1 = sorted((y0, y1))
        if y1 < self.shown[0] - 0.5 or y0 > self.shown[1] + 0.5:
            return
        y0, y1 = max(y0, self.shown[0]), min(y1, self.shown[1])
        x0, x1 = (min(max(x, self.bounds[0]), self.bounds[1]) for x in sorted((x0, x1)))
        if shape.type == "line":
            self.canvas.line((x0, y0), (x1, y1), edge, max(width, 0.5), dash)
        else:
            self.canvas.rect((x0, y0, x1 - x0, y1 - y0), shape.fillcolor or "", edge, width, clear=1 - (shape.opacity or 1))

    def _pixels(self, shape: Any, edge: str, width: float) -> None:
        """Draw a path in pixels around an anchor, as a legend has it."""
        left, top = self.plane.at(shape.xanchor, shape.xref, "x"), self.plane.at(shape.yanchor, shape.yref, "y")
        if not self.shown[0] <= top <= self.shown[1]:
            return
        numbers = [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", shape.path)]
        ring = [
            (left + x * self.plane.scale, top + y * self.plane.scale) for x, y in zip(numbers[::2], numbers[1::2], strict=True)
        ]
        self.canvas.path([ring], shape.fillcolor or "", edge, width, closed=len(ring) > 2)

    def draw_notes(self, others: Sequence[figure_notes.Line] = ()) -> None:
        """Draw the figure's notes, each where none of the lines in `others` runs through it."""
        for note in self.plane.figure.layout.annotations:
            self._note(note, others)

    def _note(self, note: Any, others: Sequence[figure_notes.Line]) -> None:
        scale = self.plane.scale
        x, y = self.plane.at(note.x, note.xref, "x"), self.plane.at(note.y, note.yref, "y")
        if not self.shown[0] - 1 <= y <= self.shown[1] + 1:
            return
        if note.showarrow is not False and note.axref:
            start = self.plane.at(note.ax, note.axref, "x"), self.plane.at(note.ay, note.ayref, "y")
            edges = (self.bounds[0], self.shown[0], self.bounds[1], self.shown[1])
            start = next((part[0] for part in clipping.line([start, (x, y)], edges)), (x, y))  # from the page before
            self.canvas.line(start, (x, y), note.arrowcolor or theme.PLAN, (note.arrowwidth or 1) * scale, arrow=True)
        if not note.text:
            return
        x, y, across, up = figure_notes.place_note(self.plane, note, others)
        look = {"fill": note.bgcolor or "", "edge": note.bordercolor or "", "width": (note.borderwidth or 1) * scale}
        pad = (note.borderpad or 0) * scale
        self.canvas.label((x, y), figure_notes.note_paragraphs(note, scale), across, up, self.bounds, pad=pad, **look)

    def draw_trace(self, trace: Any) -> None:
        """Draw a trace, or what of it stands on this page."""
        if trace.type == "bar":
            for box, number in self._bars(trace):
                self._bar(trace, box, number)
        elif trace.x is not None:
            self._scatter(trace)

    def _bars(self, trace: Any) -> Iterator[tuple[Box, int]]:
        lying, plane = trace.orientation == "h", self.plane
        where, far = ("y", "x") if lying else ("x", "y")
        middle = _plane.amounts(getattr(trace, where))
        length = np.asarray([float(value) for value in getattr(trace, far)])
        base = _plane.amounts(trace.base) if trace.base is not None else np.zeros(len(middle))
        half = np.broadcast_to(np.asarray(trace.width if trace.width is not None else 0.8, dtype=float), middle.shape) / 2
        ends = [plane.on(values, getattr(trace, f"{where}axis") or where) for values in (middle - half, middle + half)]
        reach = [plane.on(values, getattr(trace, f"{far}axis") or far) for values in (base, base + length)]
        for number in range(len(middle)):
            a, b = sorted((float(ends[0][number]), float(ends[1][number])))
            c, d = sorted((float(reach[0][number]), float(reach[1][number])))
            left, right, top, bottom = (c, d, a, b) if lying else (a, b, c, d)
            left, right = max(left, self.plane.box[0]), min(right, self.plane.box[0] + self.plane.box[2])
            if right > left and self.shown[0] - 1 <= (top + bottom) / 2 <= self.shown[1] + 1:
                yield (left, top, right - left, bottom - top), number

    def _bar(self, trace: Any, box: Box, number: int) -> None:
        marker = trace.marker
        width = (marker.line.width or 0) * self.plane.scale
        hatch = marker.pattern.fgcolor if marker.pattern and marker.pattern.shape else ""
        self.canvas.rect(box, _value_of(marker.color, number) or theme.DONE, marker.line.color or "", width, hatch=hatch)
        if trace.text is not None:
            font = trace.insidetextfont if trace.insidetextfont and trace.insidetextfont.color else trace.textfont
            text, colour = str(_value_of(trace.text, number)), (font.color if font else None) or theme.INK
            size = self._cell or self._cell_size(plain(text), box)
            self.canvas.text(box, paragraphs_of(text, size, colour), align="ctr", anchor="ctr", wrap=False)

    @staticmethod
    def _cell_size(text: str, box: Box) -> float:
        some = text.split("\n")
        return min(16.0, box[3] / (len(some) * LINE_HEIGHT), box[2] / (max(map(text_width.width, some)) * 1.05))

    def _scatter(self, trace: Any) -> None:
        mode, scale = trace.mode or "lines", self.plane.scale
        xs = self.plane.along(trace.x, trace.xaxis, "x")
        ys = self.plane.along(trace.y, trace.yaxis, "y")
        if "lines" in mode:
            self._lines(trace, xs, ys)
        for number, (x, y) in enumerate(zip(xs.tolist(), ys.tolist(), strict=True)):
            if np.isnan(x) or np.isnan(y) or not self.shown[0] - 1 <= y <= self.shown[1] + 1 or not self._beside(x):
                continue
            if "markers" in mode and trace.marker.opacity != 0:
                marker = trace.marker
                edge, colour = marker.line.color or "", _value_of(marker.color, number) or marker.line.color or theme.INK
                size, width = float(_value_of(marker.size, number) or 6) * scale, (marker.line.width or 0) * scale
                if size > 1:
                    self.canvas.mark(str(_value_of(marker.symbol, number) or "circle"), (x, y), size, colour, edge, width or 1)
            if "text" in mode and trace.text is not None:
                font = trace.textfont
                size, colour = (font.size or TEXT) * scale, font.color or theme.INK
                self.canvas.label(
                    (x, y), paragraphs_of(str(_value_of(trace.text, number)), size, colour), "center", "middle", self.bounds
                )

    def _beside(self, x: float) -> bool:
        return self.bounds[0] - 1 <= x <= self.bounds[1] + 1

    def _lines(self, trace: Any, xs: np.ndarray, ys: np.ndarray) -> None:
        known = ~(np.isnan(xs) | np.isnan(ys))
        if not known.any() or ys[known].max() < self.shown[0] or ys[known].min() > self.shown[1]:
            return
        left, top, wide, high = self.plane.box
        edges = (left, top, left + wide, top + high)
        width = (trace.line.width if trace.line.width is not None else 2) * self.plane.scale
        colour, dash = trace.line.color or theme.INK, trace.line.dash or "solid"
        if trace.fill == "toself":
            clear = 1 - (trace.opacity if trace.opacity is not None else 1)
            for ring in _rings(xs, ys):
                self.canvas.path([clipping.ring(ring, edges)], trace.fillcolor or "", colour, width, clear=clear)
            return
        if trace.fill != "tozeroy" and (trace.line.shape or "linear") not in _SLOPED:
            xs, ys = step_chart.through(xs, ys, trace.line.shape)
        parts = [part for ring in _rings(xs, ys) for part in clipping.line(ring, edges)]
        if trace.fill == "tozeroy":
            zero = self.plane.at(0, trace.yaxis, "y")
            self.canvas.path([[(part[0][0], zero), *part, (part[-1][0], zero)] for part in parts], trace.fillcolor or "")
        self.canvas.path(parts, "", colour, width, dash=dash, closed=False)


def _rings(xs: np.ndarray, ys: np.ndarray) -> Iterator[list[tuple[float, float]]]:
    """Yield the stretches of known points; where nothing is known the pen is lifted."""
    lifted = np.flatnonzero(np.isnan(xs) | np.isnan(ys)).tolist()
    for start, end in zip([-1, *lifted], [*lifted, len(xs)], strict=True):
        if end - start > 2:
            yield list(zip(xs[start + 1 : end].tolist(), ys[start + 1 : end].tolist(), strict=True))


def _value_of(values: Any, number: int) -> Any:
    return values if values is None or isinstance(values, str | int | float) else values[number]
