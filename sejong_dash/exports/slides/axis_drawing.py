"""Draw the axes of a figure that is drawn rather than charted: grids and labels, as lines and boxes of text."""

import numpy as np

from sejong_dash import theme
from sejong_dash.exports.model import plane as _plane
from sejong_dash.exports.model.plane import Plane
from sejong_dash.layout import text_width
from sejong_dash.layout.text_width import LINE_HEIGHT

from .canvas import Canvas, Paragraph


class AxisDrawing:
    """The axes of a figure on a part of a slide, with the same `shown` and `bounds` as its ShapeDrawing."""

    def __init__(self, plane: Plane, canvas: Canvas, shown: tuple[float, float], bounds: tuple[float, float]) -> None:
        self.plane, self.canvas, self.shown, self.bounds = plane, canvas, shown, bounds

    def draw_grid_across(self, ref: str) -> None:
        """Draw the grid of an axis from left to right."""
        axis, plane = self.plane.axis(ref), self.plane
        if axis.visible is False:
            return
        for x in plane.on(np.array(_plane.grid(axis)), ref).tolist() if axis.showgrid else ():
            self.canvas.line((x, self.shown[0]), (x, self.shown[1]), axis.gridcolor or theme.GRID, 0.75)

    def draw_labels_across(self, ref: str) -> None:
        """Draw the labels of such an axis, on every page, at the lower or upper edge."""
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
        sizes = (size, size * 0.9, size * 0.8, size * 0.7)
        size = min(size, *(text_width.fit_size(text, room * 0.98, size * LINE_HEIGHT * 2.1, sizes) for _, text in some))
        high = size * LINE_HEIGHT * max(len(text_width.break_lines(text, room / size * 0.95)) for _, text in some)
        for at, text in some:
            x = float(plane.on(np.array([at]), ref)[0])
            top = line - high - 3 if on_top else line + 3
            colour = axis.tickfont.color or theme.MUTED
            left = max(self.bounds[0], min(x - room / 2, self.bounds[1] - room))
            self.canvas.text((left, top, room, high), [Paragraph(text, size, colour)], align="ctr", anchor="b" if on_top else "t")

    def draw_up(self, ref: str) -> None:
        """Draw grid and labels of an axis that goes up, with its labels on the left."""
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
            size = text_width.fit_size(
                text,
                room,
                (axis.tickfont.size or 12) * max(plane.scale, 0.95) * LINE_HEIGHT * 2.1,
                [(axis.tickfont.size or 12) * max(plane.scale, 0.95) * of for of in (1, 0.9, 0.8)],
            )
            high = len(text_width.break_lines(text, room / size * 0.97)) * size * LINE_HEIGHT
            colour = axis.tickfont.color or theme.MUTED
            self.canvas.text((self.bounds[0], y - high / 2, room, high), [Paragraph(text, size, colour)], align="r", anchor="ctr")
