"""Lay a drawing (a map, a calendar, a timeline) out on slides as groups of shapes, cut between its rows where it is too tall."""

from dataclasses import dataclass
from typing import Any

from sejong_dash import theme
from sejong_dash.exhibits import Exhibit
from sejong_dash.exports.model import plane as _plane
from sejong_dash.exports.model.notes import paragraphs_of
from sejong_dash.exports.model.plane import Box, Plane
from sejong_dash.layout import text_width
from sejong_dash.layout.text_width import LINE_HEIGHT

from . import legend
from .canvas import Canvas, Paragraph
from .shape_drawing import ShapeDrawing

_ROOM = 510.0  # pixels in which the drawings' labels are laid out to fit
_TALLEST = 1.0  # points for a pixel: beyond it a drawing is only larger, not better to read
_LEAST = 0.95  # below it the letters are too small, and the drawing is cut

_ASIDE = 600.0  # points of width from which a map's key stands beside it
_SHEET = 1128.0  # pixels of a map on paper
_SMALLEST = 0.75  # of a drawing of marks, whose labels keep their size


@dataclass(frozen=True)
class DrawingPage:
    """The part of a drawing that a slide shows: of its height in pixels from `start` to `end`."""

    exhibit: Exhibit
    figure: Any
    start: float
    end: float
    box: Box
    scale: float  # points for a pixel
    stretch: float = 1.0  # of its height besides

    def put(self, slide: Any, canvas: Canvas, description: str) -> None:
        """Draw this part as a group, with a `description` for readers who do not see it."""
        figure, scale = self.figure, self.scale
        left, top, wide, high = self.box
        some, size = legend.entries(figure), min(13 * scale, 14.0)
        key = legend.height(some, size, wide) + (6 if some else 0)
        inner = canvas.within()
        beside = bool(figure.layout.yaxis.scaleanchor) and wide > _ASIDE
        if beside:
            key = 0.0
        else:
            legend.draw(inner, some, size, left, top, wide)
        margin = _names(figure, scale, wide)
        head, foot = _edges(figure, scale, wide - margin)
        plot = (left + margin, top + key + head, wide - margin - 4, high - key - head - foot)
        per = scale * self.stretch
        whole = (plot[0], plot[1] - self.start * per, plot[2], _plane.height(figure) * per)
        if figure.layout.yaxis.scaleanchor:
            whole = _true(figure, plot)
            per = 0.0
        if beside:
            self._column(inner, whole[0] + whole[2] + 24, some)
        shown = (plot[1], plot[1] + (self.end - self.start) * per) if per else (whole[1], whole[1] + whole[3])
        edges = (left, left + wide) if per else (whole[0], whole[0] + whole[2])
        plane = Plane(figure, whole, scale if per else whole[2] / _SHEET * 1.15)
        ShapeDrawing(plane, inner, shown, edges).draw_all()
        canvas.group(self.exhibit.words("title"), description, self.box, inner)
        canvas.flush()

    def _column(self, canvas: Canvas, left: float, some: list[tuple[str, Any]]) -> None:
        """Draw a map's legend beside it, and as many rows of its list as there is room for."""
        wide, top = self.box[0] + self.box[2] - left, self.box[1]
        size = 14.0 if all(text_width.width(name) < wide / 14 - 3 for name, _ in some) else 12.0
        for entry in some:
            legend.draw(canvas, [entry], size, left, top, 10_000)
            top += size * 1.7
        top += size * 0.6
        row = 19.0
        for ranked in self.exhibit.listed[: int((self.box[1] + self.box[3] - top) / row)]:
            canvas.text((left, top, 30, row), [Paragraph(ranked.rank, 13, theme.MUTED)], anchor="ctr", wrap=False)
            canvas.rect((left + 32, top + 4, 11, 11), ranked.colour, theme.AXIS, 0.5)
            name = Paragraph(f"{ranked.name} {ranked.sign}".strip(), 13)
            canvas.text((left + 52, top, wide - 150, row), [name], anchor="ctr", wrap=False)
            canvas.text(
                (left + wide - 110, top, 110, row),
                [Paragraph(ranked.value_text, 13, bold=True)],
                align="r",
                anchor="ctr",
                wrap=False,
            )
            top += row


def _true(figure: Any, plot: Box) -> Box:
    """Return the largest part of the slide in which both axes keep their measure to each other."""
    (west, east), (south, north) = figure.layout.xaxis.range, figure.layout.yaxis.range
    ratio = (east - west) / ((north - south) * (figure.layout.yaxis.scaleratio or 1))
    wide, high = min(plot[2], plot[3] * ratio), min(plot[3], plot[2] / ratio)
    return plot[0] + (0 if plot[2] > _ASIDE - 40 else (plot[2] - wide) / 2), plot[1], wide, high


def _names(figure: Any, scale: float, wide: float) -> float:
    """Return the room for the labels of the axes on the left."""
    longest = 0.0
    for ref in _plane.axes(figure, "y"):
        axis = figure.layout[f"yaxis{ref[1:]}"]
        if axis.visible is not False and axis.showticklabels is not False:
            size = (axis.tickfont.size or 12) * max(scale, 0.95)
            longest = max([longest, *(text_width.width(text) * size * 1.05 + 10 for _, text in _plane.ticks(axis))])
    return min(longest, 0.3 * wide)


def _edges(figure: Any, scale: float, wide: float) -> tuple[float, float]:
    """Return the room over and under the plot for the labels from left to right."""
    head = foot = 2.0
    for ref in _plane.axes(figure, "x"):
        axis = figure.layout[f"xaxis{ref[1:]}"]
        some = _plane.ticks(axis) if axis.visible is not False and axis.showticklabels is not False else []
        if some:
            size = (axis.tickfont.size or 12) * max(scale, 0.95)
            longest = max(text_width.width(text) for _, text in some) * size
            high = size * LINE_HEIGHT * (2 if longest > 0.95 * wide / len(some) else 1) + 5
            head, foot = (max(head, high), foot) if axis.side == "top" else (head, max(foot, high))
    return head, foot


def _taken(figure: Any, total: float) -> list[tuple[float, float]]:
    """Return what must not be cut, in pixels from the top of the plot."""
    sheet = (0.0, 0.0, 700.0, total)
    plane = Plane(figure, sheet, 1.0)
    found: list[tuple[float, float]] = []
    for ref in _plane.axes(figure, "y"):
        _, _, low, high = plane.ends(ref)
        if len(_plane.axes(figure, "x")) > 2 and abs(high - low) < total / 2:  # one plot of many, with its title
            found.append((min(low, high) - 18, max(low, high) + 2))
        axis = figure.layout[f"yaxis{ref[1:]}"]
        if axis.visible is not False and axis.showticklabels is not False:
            found += [(y - 5, y + 5) for y in plane.on(_plane.amounts([at for at, _ in _plane.ticks(axis)]), ref).tolist()]
    for note in figure.layout.annotations:
        y = plane.at(note.y, note.yref, "y") - (note.yshift or 0)
        high = len(paragraphs_of(note.text or "", 1, "")) * (note.font.size or 13) * LINE_HEIGHT
        up = {"top": 0.0, "bottom": 1.0}.get(note.yanchor or "", 0.5)
        found.append((y - up * high, y + (1 - up) * high))
    for shape in figure.layout.shapes:
        if shape.type != "path":
            ends = sorted(plane.along([shape.y0, shape.y1], shape.yref, "y").tolist())
            if 2 < ends[1] - ends[0] < total / 4:
                found.append((ends[0], ends[1]))
    for trace in figure.data:
        if (trace.type == "bar" or "markers" in (trace.mode or "")) and trace.y is not None:
            lying = trace.type == "bar" and trace.orientation == "h"
            half = float(trace.width) / 2 + 1 if lying and isinstance(trace.width, int | float) else 8
            found += (
                [(y - half, y + half) for y in plane.along(trace.y, trace.yaxis, "y").tolist()]
                if trace.type != "bar" or lying
                else []
            )
    return found


def _rules(figure: Any, total: float) -> list[float]:
    """Return the lines that part rows from edge to edge."""
    plane = Plane(figure, (0.0, 0.0, 700.0, total), 1.0)
    wide = [shape for shape in figure.layout.shapes if shape.type == "line" and shape.xref == "paper" and shape.y0 == shape.y1]
    return sorted(plane.at(shape.y0, shape.yref, "y") for shape in wide)


def pages(exhibit: Exhibit, figure: Any, box: Box) -> list[DrawingPage]:
    """Return a page where its letters can be read on it, else several.

    A map keeps its measure; cells that hold their own words are drawn as high as there is room.
    """
    total, scale = _plane.height(figure), min(box[2] / _ROOM, _TALLEST)
    if figure.layout.yaxis.scaleanchor:
        return [DrawingPage(exhibit, figure, 0, total, box, min(scale, 1.0))]
    some = legend.entries(figure)

    def room(at: float) -> float:
        key = legend.height(some, min(13 * at, 14.0), box[2]) + (6 if some else 0)
        return box[3] - key - sum(_edges(figure, at, box[2] - _names(figure, at, box[2])))

    cells = not figure.layout.annotations and any(trace.type == "bar" and trace.text is not None for trace in figure.data)
    if cells or total * min(scale, _LEAST) <= room(min(scale, _LEAST)):
        fits = min(scale, 1.0 if cells else max(_LEAST, room(scale) / total))
        return [DrawingPage(exhibit, figure, 0, total, box, fits, room(fits) / total / fits if cells else 1.0)]
    if not figure.layout.annotations:  # marks alone may be small
        scale = min(scale, _SMALLEST)
    most = room(scale) / scale
    taken = _taken(figure, total)
    parts = _plane.even(taken, min(total, max(end for _, end in taken) + 8), most, _rules(figure, total))
    tallest = max(end - start for start, end in parts)
    shrunk = min(1.0, most / tallest)
    return [DrawingPage(exhibit, figure, start, end, box, scale * shrunk) for start, end in parts]
