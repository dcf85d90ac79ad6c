"""How does a figure that is drawn rather than charted become shapes that can be moved and coloured one by one?

Reads what Plotly's own drawing would: bars, lines, filled outlines, marks, texts, shapes and notes on axes whose ranges are
stated. Knows no figure by name.
"""

import re
from collections.abc import Iterator
from typing import Any

import numpy as np

from .. import theme
from . import _clip, _plane
from ._canvas import Canvas, Said
from ._letters import LINE, ems, fitting, lines
from ._plane import Box, Plane
from ._series import plain

_TEXT = 13.0  # pixels, where nothing is said


def said(text: str, size: float, colour: str) -> list[Said]:
    """Plotly's text as paragraphs; a line with a bold word is bold."""
    return [Said(plain(part), size, colour, "<b>" in part) for part in re.split(r"<br ?/?>|\n", text)]


class Sheet:
    """A figure on a part of a slide. `shown` is the stretch of points (from, to) of the whole plane that this page shows;
    `bounds` are the edges that no text passes."""

    def __init__(self, plane: Plane, canvas: Canvas, shown: tuple[float, float], bounds: tuple[float, float]) -> None:
        self.plane, self.canvas, self.shown, self.bounds, self._cell = plane, canvas, shown, bounds, 0.0

    def all(self) -> None:
        """Everything, from below to above."""
        figure = self.plane.figure
        self.shapes("below")
        for ref in _plane.axes(figure, "x"):
            self._across(ref)
        for ref in _plane.axes(figure, "y"):
            self._up(ref)
        self.shapes("between")
        for ref in _plane.axes(figure, "x"):
            self._under(ref)
        cells = [
            (str(_one(one.text, n)), box)
            for one in figure.data
            if one.type == "bar" and one.text is not None
            for box, n in self._bars(one)
        ]
        self._cell = min((self._fitting(plain(text), box) for text, box in cells), default=0.0)  # all cells alike
        for trace in figure.data:
            self.trace(trace)
        self.shapes("above")
        self.notes()

    def shapes(self, layer: str) -> None:
        for one in self.plane.figure.layout.shapes:
            if (one.layer or "above") == layer:
                self._shape(one)

    def _shape(self, one: Any) -> None:
        width = (one.line.width if one.line.width is not None else 2) * self.plane.scale
        edge, dash = (one.line.color or "") if width else "", one.line.dash or "solid"
        if one.type == "path":
            self._pixels(one, edge, width)
            return
        x0, x1 = self.plane.along([one.x0, one.x1], one.xref, "x").tolist()
        y0, y1 = self.plane.along([one.y0, one.y1], one.yref, "y").tolist()
        y0, y1 = sorted((y0, y1))
        if y1 < self.shown[0] - 0.5 or y0 > self.shown[1] + 0.5:
            return
        y0, y1 = max(y0, self.shown[0]), min(y1, self.shown[1])
        x0, x1 = (min(max(x, self.bounds[0]), self.bounds[1]) for x in sorted((x0, x1)))
        if one.type == "line":
            self.canvas.line((x0, y0), (x1, y1), edge, max(width, 0.5), dash)
        else:
            self.canvas.rect((x0, y0, x1 - x0, y1 - y0), one.fillcolor or "", edge, width, clear=1 - (one.opacity or 1))

    def _pixels(self, one: Any, edge: str, width: float) -> None:
        """A path in pixels around an anchor, as a key has it."""
        left, top = self.plane.at(one.xanchor, one.xref, "x"), self.plane.at(one.yanchor, one.yref, "y")
        if not self.shown[0] <= top <= self.shown[1]:
            return
        numbers = [float(said) for said in re.findall(r"-?\d+(?:\.\d+)?", one.path)]
        ring = [
            (left + x * self.plane.scale, top + y * self.plane.scale) for x, y in zip(numbers[::2], numbers[1::2], strict=True)
        ]
        self.canvas.path([ring], one.fillcolor or "", edge, width, closed=len(ring) > 2)

    def notes(self) -> None:
        for one in self.plane.figure.layout.annotations:
            self._note(one)

    def _note(self, one: Any) -> None:
        scale = self.plane.scale
        x, y = self.plane.at(one.x, one.xref, "x"), self.plane.at(one.y, one.yref, "y")
        if not self.shown[0] - 1 <= y <= self.shown[1] + 1:
            return
        if one.showarrow is not False and one.axref:
            start = self.plane.at(one.ax, one.axref, "x"), self.plane.at(one.ay, one.ayref, "y")
            edges = (self.bounds[0], self.shown[0], self.bounds[1], self.shown[1])
            start = next((part[0] for part in _clip.line([start, (x, y)], edges)), (x, y))  # from the page before
            self.canvas.line(start, (x, y), one.arrowcolor or theme.PLAN, (one.arrowwidth or 1) * scale, arrow=True)
        if not one.text:
            return
        x, y = x + (one.xshift or 0) * scale, y - (one.yshift or 0) * scale
        size, colour = (one.font.size or _TEXT) * scale, one.font.color or theme.INK
        across, up = (
            _anchor(one.xanchor, one.xref, one.x, ("left", "right")),
            _anchor(one.yanchor, one.yref, one.y, ("bottom", "top")),
        )
        look = {"fill": one.bgcolor or "", "edge": one.bordercolor or "", "width": (one.borderwidth or 1) * scale}
        pad = (one.borderpad or 0) * scale
        self.canvas.label((x, y), said(one.text, size, colour), across, up, self.bounds, pad=pad, **look)

    def trace(self, trace: Any) -> None:
        """One trace, or what of it stands on this page."""
        if trace.type == "bar":
            for box, number in self._bars(trace):
                self._bar(trace, box, number)
        elif trace.x is not None:
            self._scatter(trace)

    def _bars(self, trace: Any) -> Iterator[tuple[Box, int]]:
        lying, plane = trace.orientation == "h", self.plane
        where, far = ("y", "x") if lying else ("x", "y")
        middle = _plane.amounts(getattr(trace, where))
        length = np.asarray([float(one) for one in getattr(trace, far)])
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
        self.canvas.rect(box, _one(marker.color, number) or theme.DONE, marker.line.color or "", width, hatch=hatch)
        if trace.text is not None:
            font = trace.insidetextfont if trace.insidetextfont and trace.insidetextfont.color else trace.textfont
            text, colour = str(_one(trace.text, number)), (font.color if font else None) or theme.INK
            size = self._cell or self._fitting(plain(text), box)
            self.canvas.text(box, said(text, size, colour), align="ctr", anchor="ctr", wrap=False)

    @staticmethod
    def _fitting(text: str, box: Box) -> float:
        some = text.split("\n")
        return min(16.0, box[3] / (len(some) * LINE), box[2] / (max(map(ems, some)) * 1.05))

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
                edge, colour = marker.line.color or "", _one(marker.color, number) or marker.line.color or theme.INK
                size, width = float(_one(marker.size, number) or 6) * scale, (marker.line.width or 0) * scale
                if size > 1:
                    self.canvas.mark(str(_one(marker.symbol, number) or "circle"), (x, y), size, colour, edge, width or 1)
            if "text" in mode and trace.text is not None:
                font = trace.textfont
                size, colour = (font.size or _TEXT) * scale, font.color or theme.INK
                self.canvas.label((x, y), said(str(_one(trace.text, number)), size, colour), "center", "middle", self.bounds)

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
                self.canvas.path([_clip.ring(ring, edges)], trace.fillcolor or "", colour, width, clear=clear)
            return
        parts = [part for ring in _rings(xs, ys) for part in _clip.line(ring, edges)]
        if trace.fill == "tozeroy":
            zero = self.plane.at(0, trace.yaxis, "y")
            self.canvas.path([[(one[0][0], zero), *one, (one[-1][0], zero)] for one in parts], trace.fillcolor or "")
        self.canvas.path(parts, "", colour, width, dash=dash, closed=False)

    def _across(self, ref: str) -> None:
        """The grid of an axis from left to right."""
        axis, plane = self.plane.axis(ref), self.plane
        if axis.visible is False:
            return
        for x in plane.on(np.array(_plane.grid(axis)), ref).tolist() if axis.showgrid else ():
            self.canvas.line((x, self.shown[0]), (x, self.shown[1]), axis.gridcolor or theme.GRID, 0.75)

    def _under(self, ref: str) -> None:
        """Its labels, on every page, at the lower or upper edge."""
        axis, plane = self.plane.axis(ref), self.plane
        some = _plane.ticks(axis) if axis.visible is not False and axis.showticklabels is not False else []
        if not some:
            return
        _, _, first, last = plane.ends(ref)
        size = (axis.tickfont.size or 12) * max(plane.scale, 0.95)
        room = (last - first) / max(len(some), 1)
        on_top, free = axis.side == "top", axis.anchor == "free"
        if free and self.shown[0] > plane.box[1] + 1:
            on_top = True
        line = self.shown[0] if on_top else self.shown[1]
        if free and self.shown[0] <= plane.box[1] + 1:
            line = plane.at(axis.position, "paper", "y")
        size = min(
            size, *(fitting(text, room * 0.98, size * LINE * 2.1, (size, size * 0.9, size * 0.8, size * 0.7)) for _, text in some)
        )
        high = size * LINE * max(len(lines(text, room / size * 0.95)) for _, text in some)
        for at, text in some:
            x = float(plane.on(np.array([at]), ref)[0])
            top = line - high - 3 if on_top else line + 3
            colour = axis.tickfont.color or theme.MUTED
            left = max(self.bounds[0], min(x - room / 2, self.bounds[1] - room))
            self.canvas.text((left, top, room, high), [Said(text, size, colour)], align="ctr", anchor="b" if on_top else "t")

    def _up(self, ref: str) -> None:
        axis, plane = self.plane.axis(ref), self.plane
        if axis.visible is False:
            return
        some = _plane.ticks(axis)
        left, right = plane.box[0], plane.box[0] + plane.box[2]
        anchor = axis.anchor or "x"
        if anchor != "free":
            _, _, left, right = plane.ends(anchor)
        for at, text in some:
            y = float(plane.on(np.array([at]), ref)[0])
            if not self.shown[0] - 1 <= y <= self.shown[1] + 1:
                continue
            if axis.showgrid is not False:
                self.canvas.line((left, y), (right, y), axis.gridcolor or theme.GRID, 0.5)
            if axis.showticklabels is False:
                continue
            room = left - 6 - self.bounds[0]
            size = fitting(
                text,
                room,
                (axis.tickfont.size or 12) * max(plane.scale, 0.95) * LINE * 2.1,
                [(axis.tickfont.size or 12) * max(plane.scale, 0.95) * of for of in (1, 0.9, 0.8)],
            )
            high = len(lines(text, room / size * 0.97)) * size * LINE
            colour = axis.tickfont.color or theme.MUTED
            self.canvas.text((self.bounds[0], y - high / 2, room, high), [Said(text, size, colour)], align="r", anchor="ctr")


def _rings(xs: np.ndarray, ys: np.ndarray) -> Iterator[list[tuple[float, float]]]:
    """Where nothing is known the pen is lifted."""
    lifted = np.flatnonzero(np.isnan(xs) | np.isnan(ys)).tolist()
    for start, end in zip([-1, *lifted], [*lifted, len(xs)], strict=True):
        if end - start > 2:
            yield list(zip(xs[start + 1 : end].tolist(), ys[start + 1 : end].tolist(), strict=True))


def _one(values: Any, number: int) -> Any:
    return values if values is None or isinstance(values, str | int | float) else values[number]


def _anchor(given: str | None, ref: str | None, at: Any, ends: tuple[str, str]) -> str:
    """Plotly's `auto`: by the third of the paper in which a note stands, in the middle of a place of the axes."""
    if given not in (None, "auto"):
        return str(given)
    if ref != "paper":
        return "middle"
    return ends[0] if at <= 1 / 3 else ends[1] if at >= 2 / 3 else "middle"
