"""Lay a figure out on paper, with the title, message and caption that say what it is."""

from collections.abc import Iterable

import plotly.graph_objects as go

from sejong_dash import theme
from sejong_dash.exhibits import caption
from sejong_dash.exports.model.figure_spec import read_spec
from sejong_dash.exports.model.series import plain
from sejong_dash.layout import text_width
from sejong_dash.words import Words

WIDTH = 1200
_SIDE, _TOP, _LINE, _FOOT = 36, 96, 18, 12  # pixels; the last is the size of the footer's letters
_MESSAGE = 14


def page(figure: go.Figure, words: Words) -> go.Figure:
    """Return a copy with white ground, title, message, and a footer of unit, basis, sources, as-of and the plan's state.

    `words` carry the caption's entries and the chart's `message`. What the screen shows under the pointer alone is not here;
    the table's export has it.
    """
    room = WIDTH - _SIDE - max(_SIDE, _names(figure))  # texts begin where the plot does
    foot = _lines(caption.lines(caption.with_short_sources(words)).values(), "   ", room / _FOOT)
    message = _lines([words("message")], "", 0.8 * room / _MESSAGE)
    legend = 30 if figure.layout.showlegend is not False else 0
    own = figure.layout.margin.t or 0
    top = _TOP + _LINE * len(message) + max(legend, own)
    bottom = 62 + _LINE * len(foot)
    sheet = go.Figure(figure)
    height = (figure.layout.height or 400) + top + bottom - own
    sheet.update_layout(
        font_family=theme.PRINTED[words.lang],
        width=WIDTH,
        height=height,
        paper_bgcolor=theme.PAPER,
        plot_bgcolor=theme.PAPER,
        margin={"t": top, "b": bottom, "l": _SIDE, "r": _SIDE},
        title={
            "text": f"<b>{words('title')}</b>",
            "xref": "paper",
            "x": 0,
            "yref": "container",
            "y": 1 - 34 / height,
            "yanchor": "middle",
            "font": {"size": 22, "color": theme.INK},
            "automargin": False,
        },
    )
    _write(sheet, "<br>".join(message), 1, 62, _MESSAGE, "left")
    _write(sheet, "<br>".join(foot), 0, 50, _FOOT, "left")
    if words("sample"):
        _write(sheet, f"<b>{words('sample')}</b>", 1, 24, _MESSAGE, "right")
    return sheet


def _names(figure: go.Figure) -> float:
    """Return about how many pixels the labels left of the plot take."""
    spec, widest = read_spec(figure), 0.0
    categories = [text for trace in spec.data if trace.y is not None for text in trace.y if isinstance(text, str)]
    for key in (key for key in spec.layout if key.startswith("yaxis")):
        axis = spec.layout[key]
        if axis.visible is not False and axis.side != "right":
            texts = axis.ticktext or categories or ["000,000"]
            size = axis.tickfont.size or 12
            widest = max(widest, *(text_width.width(line) * size for text in texts for line in plain(text).split("\n")))
    return widest + 16


def _write(sheet: go.Figure, text: str, edge: int, offset: float, size: int, side: str) -> None:
    """Write text at a fixed distance from the sheet's (not the plot's) upper edge, or from the plot's lower edge."""
    shift = (sheet.layout.margin.t - offset) if edge else -offset
    sheet.add_annotation(
        text=text,
        showarrow=False,
        align=side,
        xref="paper",
        x=0 if side == "left" else 1,
        xanchor=side,
        yref="paper",
        y=edge,
        yanchor="top",
        yshift=shift,
        font={"size": size, "color": theme.MUTED if side == "left" else theme.MISSING},
    )


def _lines(parts: Iterable[str], between: str, room: float) -> list[str]:
    """Put `parts` on lines of at most `room` em; only a part that is longer than a line is broken."""
    lines = [""]
    for part in parts:
        if lines[-1] and text_width.width(lines[-1] + between + part) > room:
            lines.append("")
        begun = lines[-1] + between if lines[-1] else ""
        lines[-1:] = text_width.break_lines(begun + part, room)
    return lines
