"""Draw a figure's legend on a slide: lines of swatches with their names, as Plotly has it."""

from collections.abc import Sequence
from typing import Any

from sejong_dash import theme
from sejong_dash.exports.model.series import plain
from sejong_dash.layout import text_width
from sejong_dash.layout.text_width import LINE_HEIGHT

from .canvas import Canvas, Paragraph

_GAP = 1.6  # from entry to entry, in sizes of the letters


def entries(figure: Any) -> list[tuple[str, Any]]:
    """Return name and trace of each entry, in the order in which Plotly has them."""
    if figure.layout.showlegend is False:
        return []
    some = [trace for trace in figure.data if trace.name and trace.showlegend is not False and trace.visible is not False]
    if len(some) < 2 and not any(trace.showlegend for trace in some):
        return []
    named = {plain(trace.name): trace for trace in sorted(some, key=lambda trace: trace.legendrank or 1000)}
    return list(named.items())


def lines(some: Sequence[tuple[str, Any]], size: float, wide: float) -> list[list[tuple[str, Any]]]:
    """Put the entries on lines that are no wider than `wide` points."""
    found: list[list[tuple[str, Any]]] = []
    left = 0.0
    for name, trace in some:
        room = (text_width.width(name) * 1.03 + 2 + _GAP) * size
        if not found or left + room - _GAP * size > wide:
            found.append([])
            left = 0.0
        found[-1].append((name, trace))
        left += room
    return found


def height(some: Sequence[tuple[str, Any]], size: float, wide: float) -> float:
    """Return the height of the legend in points."""
    return len(lines(some, size, wide)) * size * LINE_HEIGHT * 1.1


def draw(canvas: Canvas, some: Sequence[tuple[str, Any]], size: float, left: float, top: float, wide: float) -> None:
    """Draw the legend with its upper left corner at `left` and `top`, all in points."""
    for number, line in enumerate(lines(some, size, wide)):
        at, middle = left, top + (number + 0.5) * size * LINE_HEIGHT * 1.1
        for name, trace in line:
            _swatch(canvas, trace, at, middle, size)
            room = (text_width.width(name) * 1.03 + 0.3) * size
            box = (at + 1.9 * size, middle - size * LINE_HEIGHT / 2, room, size * LINE_HEIGHT)
            canvas.text(box, [Paragraph(name, size, theme.INK)], anchor="ctr", wrap=False)
            at += (text_width.width(name) * 1.03 + 2 + _GAP) * size


def _swatch(canvas: Canvas, trace: Any, left: float, middle: float, size: float) -> None:
    wide, high = 1.5 * size, 0.72 * size
    box = (left, middle - high / 2, wide, high)
    marker = trace.marker
    if trace.type == "bar":
        hatch = marker.pattern.fgcolor if marker.pattern and marker.pattern.shape else ""
        canvas.rect(box, marker.color or theme.DONE, marker.line.color or "", marker.line.width or 0, hatch=hatch)
        return
    mode = trace.mode or "lines"
    if trace.fill:
        canvas.rect(box, trace.fillcolor or "")
    if "lines" in mode and trace.line.width != 0 and trace.fill != "toself":
        dash = trace.line.dash or "solid"
        canvas.line((left, middle), (left + wide, middle), trace.line.color or theme.INK, max(trace.line.width or 2, 1.5), dash)
    if "markers" in mode and (marker.size is None or not isinstance(marker.size, float | int) or marker.size > 1):
        symbol = marker.symbol if isinstance(marker.symbol, str) else "circle"
        colour = marker.color if isinstance(marker.color, str) else marker.line.color or theme.INK
        canvas.mark(symbol, (left + wide / 2, middle), high, colour, marker.line.color or "", marker.line.width or 1)
