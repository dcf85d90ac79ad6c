"""Place the notes of a figure on a slide: their paragraphs, their width, their point and on which side of it."""

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from sejong_dash import theme
from sejong_dash.exports.slides.canvas import Paragraph
from sejong_dash.layout import clipping, text_width
from sejong_dash.layout.text_width import LINE_HEIGHT

from .figure_spec import read_spec
from .plane import Plane
from .series import on_main, plain

TEXT = 13.0  # pixels of letters whose size is not stated
_TOUCHED = 0.15  # of a note's height, which a line may touch without crossing letters
_STEP, _REACH = 2.0, 2.0  # points from place to place; how far a note may be moved, in its own height
_OTHER = {"bottom": "top", "top": "bottom"}
Line = list[clipping.Point]


def paragraphs_of(text: str, size: float, colour: str) -> list[Paragraph]:
    """Return Plotly's text as paragraphs; a line with a bold word is bold."""
    return [Paragraph(plain(part), size, colour, "<b>" in part) for part in re.split(r"<br ?/?>|\n", text)]


def note_paragraphs(note: Any, scale: float) -> list[Paragraph]:
    """Return a note's text as paragraphs; `scale` is points for a pixel."""
    return paragraphs_of(note.text or "", (note.font.size or TEXT) * scale, note.font.color or theme.INK)


def note_width(note: Any, scale: float) -> float:
    """Return the width of a note's text in points."""
    return (
        max((text_width.width(paragraph.text) * paragraph.size for paragraph in note_paragraphs(note, scale)), default=0) * 1.04
        + 2
    )


def notes(drawn: Any) -> list[str]:
    """Return the texts of a figure's notes, each once and on a line."""
    texts = (plain(note.text or "").replace("\n", " ").strip() for note in read_spec(drawn).layout.annotations)
    return list(dict.fromkeys(text for text in texts if text))


class Placement(NamedTuple):
    """Where a note stands: its point on the slide, and Plotly's anchors."""

    x: float
    y: float
    across: str
    up: str


def place_note(plane: Plane, note: Any, others: Sequence[Line] = ()) -> Placement:
    """Return where a note stands: as the figure says, or the nearest free place over or under its point.

    A place is free where none of the lines in `others` runs through the text; where none is in reach, the figure's stays.
    """
    scale = plane.scale
    x, y = plane.at(note.x, note.xref, "x") + (note.xshift or 0) * scale, plane.at(note.y, note.yref, "y")
    shift = (note.yshift or 0) * scale
    across = _anchor(note.xanchor, note.xref, note.x, ("left", "right"))
    up = _anchor(note.yanchor, note.yref, note.y, ("bottom", "top"))
    given = Placement(x, y - shift, across, up)
    if up not in _OTHER or note.bgcolor or not others:
        return given
    pad = 2 * (note.borderpad or 0) * scale
    wide, high = (
        note_width(note, scale) + pad,
        sum(paragraph.size * LINE_HEIGHT for paragraph in note_paragraphs(note, scale)) + pad,
    )
    away = -1 if up == "bottom" else 1
    places = [given]
    for further in np.arange(0, _REACH * high, _STEP).tolist():
        places += [
            Placement(x, y - shift + away * further, across, up),
            Placement(x, y + shift - away * further, across, _OTHER[up]),
        ]
    return next((place for place in places if not _is_crossed(place, wide, high, others)), given)


def drawn_lines(plane: Plane) -> list[Line]:
    """Return the lines of a plot that may run through a note: those of values, and those across the whole plot."""
    found: list[Line] = []
    for trace in plane.figure.data:
        width = trace.line.width if trace.line.width is not None else 2
        if on_main(trace) and trace.type == "scatter" and "lines" in (trace.mode or "lines") and width and trace.fill != "toself":
            xs, ys = plane.along(trace.x, trace.xaxis, "x"), plane.along(trace.y, trace.yaxis, "y")
            known = ~(np.isnan(xs) | np.isnan(ys))
            found.append(list(zip(xs[known].tolist(), ys[known].tolist(), strict=True)))
    for shape in plane.figure.layout.shapes:
        if shape.type == "line":
            ends = plane.along([shape.x0, shape.x1], shape.xref, "x"), plane.along([shape.y0, shape.y1], shape.yref, "y")
            found.append(list(zip(*(end.tolist() for end in ends), strict=True)))
    return found


def _is_crossed(at: Placement, wide: float, high: float, others: Sequence[Line]) -> bool:
    """Return whether a line runs through the letters of a note that stands there."""
    left = at.x - {"left": 0.0, "right": 1.0}.get(at.across, 0.5) * wide
    top = at.y - (high if at.up == "bottom" else 0.0)
    edge = _TOUCHED * high
    edges = (left, top + edge, left + wide, top + high - edge)
    return any(clipping.line(line, edges) for line in others)


def _anchor(given: str | None, ref: str | None, at: Any, ends: tuple[str, str]) -> str:
    """Return an anchor; Plotly's `auto` goes by the third of the paper, and is the middle for a place of the axes."""
    if given not in (None, "auto"):
        return str(given)
    if ref != "paper":
        return "middle"
    return ends[0] if at <= 1 / 3 else ends[1] if at >= 2 / 3 else "middle"
