"""What does a figure look like on paper, where it must say by itself what it is?"""

import re
import unicodedata
from collections.abc import Iterable

import plotly.graph_objects as go

from .. import theme
from ..words import Words

WIDTH = 1200
_SIDE, _TOP, _LINE, _FOOT = 36, 96, 18, 12  # pixels; the last is the size of the footer's letters
_MESSAGE = 14
# What no line may end with, what none may begin with, and the scripts that are written without spaces: Korean is not one of them.
_OPENING, _CLOSING = r"(\[“‘（［「『【〈《", r")\]”’!?,.:;·%、。，．・：；！？）］」』】〉》ーっゃゅょッャュョァィゥェォ々～〜"
_SPACELESS = r"\u2e80-\u2fff\u3000-\u9fff\uf900-\ufaff\uff00-\uffef"
_UNBROKEN = re.compile(rf"[{_OPENING}]*(?:[^\s{_SPACELESS}{_OPENING}]+[{_SPACELESS}]?|[^\s{_OPENING}])?[{_CLOSING}]*\s*")


def page(figure: go.Figure, words: Words) -> go.Figure:
    """A copy with white ground, title, message, and a footer of unit, basis, sources, as-of and the plan's state.

    `words` carry the caption's entries and the chart's `message`. What only the pointer tells on the screen is not here;
    the table's export has it.
    """
    foot = _lines([part for part in _parts(words) if part], "   ", (WIDTH - 2 * _SIDE) / _FOOT)
    message = _lines([words("message")], "", 0.8 * (WIDTH - 2 * _SIDE) / _MESSAGE)
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


def _write(sheet: go.Figure, text: str, edge: int, offset: float, size: int, side: str) -> None:
    """Text at a fixed distance from the sheet's (not the plot's) upper edge, or from the plot's lower edge."""
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


def _parts(words: Words) -> list[str]:
    pairs = [("caption.unit", "unit"), ("caption.basis", "basis_name"), ("caption.sources", "sources")]
    said = [words("colon", name=words(name), value=words(value)) for name, value in pairs if words.has(value) and words(value)]
    return [*said, words("stamp"), words("colon", name=words("caption.plan"), value=words("plan")), words("state")]


def _lines(parts: Iterable[str], between: str, most: float) -> list[str]:
    """`parts` in lines of at most `most` letters of an em; one that is longer than a line is broken where its script allows: at
    spaces, in Japanese between any two letters unless the second closes or the first opens something."""
    lines = [""]
    for part in parts:
        if lines[-1] and _ems(lines[-1] + between + part) > most:
            lines.append("")
        lines[-1] += between if lines[-1] else ""
        for piece in [part] if _ems(lines[-1] + part) <= most else _UNBROKEN.findall(part):
            if _ems(lines[-1] + piece.rstrip()) > most and lines[-1]:
                lines.append("")
            while _ems(piece.rstrip()) > most:  # a word as long as a line
                cut = next(n for n in range(1, len(piece) + 1) if _ems(piece[:n]) > most) - 1
                lines[-1:] = [piece[:cut], ""]
                piece = piece[cut:]
            lines[-1] += piece
    return [line.rstrip() for line in lines]


def _ems(text: str) -> float:
    return sum(1.0 if unicodedata.east_asian_width(letter) in "WFA" else 0.55 for letter in text)
