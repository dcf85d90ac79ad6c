"""Write what the markup of every native chart has in common: cached cells, the place of the plot, its frame on a slide."""

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from sejong_dash.exports.model.plane import Box
from sejong_dash.exports.model.safe_text import escape, visible
from sejong_dash.exports.model.series import Value

from .canvas import EMU, Canvas

EPOCH = pd.Timestamp(1899, 12, 30)  # day zero of a spreadsheet
NAMES = (
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)


def serial(day: pd.Timestamp) -> float:
    """Return a day as the number by which a spreadsheet counts it."""
    return float((day - EPOCH).days)


def letter(number: int) -> str:
    """Return the letter of a column of the workbook inside; 0 is A."""
    return chr(ord("A") + number)


def shows(value: bool) -> str:
    """Return what a label of a bar shows: its value, or nothing."""
    names = ("showLegendKey", "showVal", "showCatName", "showSerName", "showPercent", "showBubbleSize")
    return "".join(f'<c:{name} val="{int(value and name == "showVal")}"/>' for name in names)


def texts(cells: str, cached: Iterable[str]) -> str:
    """Return the markup of cells of text with their cached content."""
    points = [f'<c:pt idx="{number}"><c:v>{escape(text)}</c:v></c:pt>' for number, text in enumerate(cached)]
    return f'<c:strRef><c:f>{cells}</c:f><c:strCache><c:ptCount val="{len(points)}"/>{"".join(points)}</c:strCache></c:strRef>'


def numbers(cells: str, values: Sequence[Value], form: str) -> str:
    """Return the markup of cells of numbers with their cached values."""
    points = "".join(f'<c:pt idx="{n}"><c:v>{value!r}</c:v></c:pt>' for n, value in enumerate(values) if value is not None)
    return (
        f"<c:numRef><c:f>{cells}</c:f><c:numCache><c:formatCode>{form}</c:formatCode>"
        f'<c:ptCount val="{len(values)}"/>{points}</c:numCache></c:numRef>'
    )


def space(plot: str, frame: Box, inner: Box, after: str = "") -> bytes:
    """Return a chart of this markup: its axes stand at the edges of `inner`, a part of `frame`; nothing is filled."""
    left, top = ((inner[n] - frame[n]) / frame[n + 2] for n in (0, 1))
    wide, high = (inner[n] / frame[n] for n in (2, 3))
    sides = (("x", left), ("y", top), ("w", wide), ("h", high))
    place = "".join(f'<c:{side} val="{value:.5f}"/>' for side, value in sides)
    clear = "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><c:chartSpace {NAMES}><c:date1904 val="0"/>'
        f'<c:roundedCorners val="0"/><c:chart><c:autoTitleDeleted val="1"/><c:plotArea><c:layout><c:manualLayout>'
        f'<c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>{place}</c:manualLayout></c:layout>'
        f'{plot}{clear}</c:plotArea><c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>{clear}{after}</c:chartSpace>'
    ).encode()


def put(slide: Any, canvas: Canvas, chart: Any, kind: Any, name: str, description: str) -> None:
    """Put a chart onto a slide, above what is there, with a `description` for readers who do not see it."""
    left, top, wide, high = (round(value * EMU) for value in chart.frame)
    placed = slide.shapes.add_chart(kind, left, top, wide, high, chart)
    properties = placed._element.nvGraphicFramePr.cNvPr
    properties.set("id", str(canvas.take()))  # python-pptx counts by itself, and would give a number twice
    properties.set("name", visible(name))
    properties.set("descr", visible(description))
