"""How is one exhibit put on a slide, so that it can be read from the back of the room?

A slide is a sheet of 1280 × 720 that the browser scales to the screen: a size here is the same part of the slide's height on
every screen. A chart is drawn on a sheet of its own that is smaller by `FACTOR` and enlarged as a whole, so that its letters,
lines and marks grow alike and the pointer still meets them.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from .. import theme
from ..cards import Card
from ..exhibits import Exhibit
from ..measures import lettering
from ..words import Words
from . import html

WIDE, HIGH = 1280, 720
ACROSS = WIDE - 2 * 48  # what the margins leave
FACTOR = 1.7  # a label of 12 pixels reads as 20
_MOST, _LYING = 1.9, 1.25  # a small chart is not blown up beyond that; bars that lie are at least so large
_TALL = 450  # pixels; such a chart counts its rows in pixels
_OF_MAPS = 1.55  # a map's labels have 13 pixels
_GROWN = (1.5, 1.3, 1.15, 1.0)  # by how much cards may be enlarged where there is room
_ASIDE = 400  # what stands beside a map
_TOP, _TITLE, _GAP, _BOTTOM = 26, 34, 12, 22
_SOURCES = 17
_LEAD, _REST, _NUMBER = (46, 42, 38, 35, 31, 28, 25), (25, 23, 21), 30  # sizes of letters, the largest that fits
_LOUD, _LOUD_REST = (72, 64, 56, 48), (34, 31, 28, 25)  # of a slide that is nothing but its message
_LINE = 1.28


@dataclass(frozen=True)
class Room:
    """Where the drawing goes: pixels of the slide, and by how much it is enlarged."""

    left: int
    top: int
    width: int
    height: int
    factor: float

    @property
    def style(self) -> str:
        """What the style sheet has to know."""
        values = {"left": f"{self.left}px", "top": f"{self.top}px", "wide": f"{self.width}px", "high": f"{self.height}px"}
        values |= {"factor": f"{self.factor:.3f}", "w": f"{round(self.width / self.factor)}px", "h": f"{self.drawn}px"}
        return "<style>.st-key-figure { " + " ".join(f"--{name}: {value};" for name, value in values.items()) + " }</style>"

    @property
    def drawn(self) -> int:
        """The height of the figure on its own sheet."""
        return round(self.height / self.factor)


@dataclass(frozen=True)
class Sheet:
    """A slide's texts, and where its figure goes; without `space` there is none."""

    body: str
    space: Room | None = None


def sheet(drawn: Exhibit, place: str, shown: Words, dark: bool) -> Sheet:
    """An exhibit as a slide; `place` says which of how many, `shown` are the words of slides."""
    beside = bool(drawn.legend)
    top, above = _head(drawn, shown, beside)
    bottom, below = _foot(drawn, place)
    height = HIGH - above - below - 2 * _GAP
    body, space = top + bottom, None
    if drawn.figure is not None:
        left, across = (48 + _ASIDE + 28, ACROSS - _ASIDE - 28) if beside else (48, ACROSS)
        flat = isinstance(drawn.figure, go.Figure)
        factor = _factor(height, drawn.figure, drawn.slide is not None) if flat else _OF_MAPS
        space = Room(left, above + _GAP, across, height, factor)
        if beside:
            body += _aside(drawn, above + _GAP, height, dark)
    elif drawn.cards and not drawn.quiet:
        said, left_out = _cards(drawn, height, shown)
        more = f'<p class="sj-slide-more">{html.escape(shown("left_out", count=left_out))}</p>' if left_out else ""
        body += f'<div class="sj-slide-body" style="top: {above + _GAP}px; height: {height}px">{said}{more}</div>'
    return Sheet(html.wrap(body, shown.lang), space)


def _head(drawn: Exhibit, shown: Words, beside: bool) -> tuple[str, int]:
    """Title, message and what is to be seen at a glance; and how much of the slide's height that takes."""
    words, loud = drawn.words, drawn.quiet
    body = [f'<p class="sj-slide-title">{html.escape(words("title"))}</p>']
    if drawn.empty:
        body.append(f'<h1 class="sj-slide-lead" style="font-size: 40px">{html.escape(words("empty"))}</h1>')
        return _headed(body), HIGH
    lead, *rest = _sentences(drawn.message)
    size, lines = _fitted(lead, _LOUD if loud else _LEAD, 3 if loud else 2)
    high = _TOP + _TITLE + ceil(size * _LINE * lines)
    body.append(f'<h1 class="sj-slide-lead" style="font-size: {size}px">{html.escape(lead)}</h1>')
    if rest and loud:
        size = next((one for one in _LOUD_REST if _tall(rest, one) < HIGH - high - 150), _LOUD_REST[-1])
        body.append(f'<ul class="sj-slide-loud" style="font-size: {size}px">{_items(rest)}</ul>')
    elif rest and not beside:
        said = words.sentences(rest)
        size, lines = _fitted(said, _REST, 2)
        body.append(f'<p class="sj-slide-rest" style="font-size: {size}px">{html.escape(said)}</p>')
        high += ceil(size * 1.35 * lines) + 4
    if drawn.headline:
        body.append(f'<p class="sj-slide-number">{html.escape(drawn.headline)}</p>')
        high += ceil(_NUMBER * _LINE) + 4
    if words("basis") == "sample":
        body.append(f'<p class="sj-slide-sample">{html.escape(shown("basis.sample"))}</p>')
    return _headed(body), high


def _factor(height: int, figure: go.Figure, made_for_it: bool) -> float:
    """By how much a chart is enlarged: a small one fills the room, others keep letters that can be read and are drawn lower
    than on their page. Where rows are counted in pixels, as bars that lie are, letters become smaller rather than overlap."""
    fills = height / figure.layout.height
    if made_for_it:
        return FACTOR
    if figure.layout.height > _TALL:
        return fills
    lying = any(trace.type == "bar" and trace.orientation == "h" for trace in figure.data)
    return min(max(fills, _LYING if lying else FACTOR), _MOST)


def _headed(body: Sequence[str]) -> str:
    return f'<div class="sj-slide-head">{"".join(body)}</div>'


def _tall(said: Sequence[str], size: int) -> float:
    return sum(_lines(one, size, ACROSS - 30) * size * 1.45 + 12 for one in said)


def _foot(drawn: Exhibit, place: str) -> tuple[str, int]:
    """How far it may be trusted, unit, as-of, what became of the plan, sources, number; and how much height that takes."""
    words = drawn.words
    if drawn.empty:
        return f'<div class="sj-slide-foot"><p><b>{html.escape(place)}</b></p></div>', 60
    parts = [words("colon", name=words("caption.unit"), value=words("unit"))] if words.has("unit") else []
    parts += [words("stamp"), *([words("state")] if words("state") else [])]
    sources = words("colon", name=words("caption.sources"), value=words("sources")) if words("sources") else ""
    if len(parts) > 1 and words.has("unit") and _lines("".join(parts), 20, ACROSS - 290) > 1:  # beside mark and number
        sources = words("join").join([one for one in (parts.pop(0), sources) if one])
    said = "".join(f"<span>{html.escape(one)}</span>" for one in parts)
    lines = _lines(sources, _SOURCES) if sources else 0
    last = f'<p class="sj-slide-sources" style="font-size: {_SOURCES}px">{html.escape(sources)}</p>' if sources else ""
    first = f"<p>{html.mark(words, words('basis'))}{said}<b>{html.escape(place)}</b></p>"
    return f'<div class="sj-slide-foot">{first}{last}</div>', 34 + ceil(lines * _SOURCES * 1.35) + _BOTTOM


def _aside(drawn: Exhibit, top: int, height: int, dark: bool) -> str:
    """Beside a map: the rest of the message and the legend."""
    said = drawn.words.sentences(_sentences(drawn.message)[1:])
    legend = "".join(f"<li>{_swatch(colour, dark)}{html.escape(meaning)}</li>" for colour, meaning in drawn.legend)
    free = height - sum(29 * _lines(meaning, 20, _ASIDE - 30) for _, meaning in drawn.legend) - 16
    size = next((one for one in _REST if _lines(said, one, _ASIDE) * one * 1.35 <= free), _REST[-1])
    rest = f'<p class="sj-slide-rest" style="font-size: {size}px">{html.escape(said)}</p>' if said else ""
    at = f"top: {top}px; height: {height}px; width: {_ASIDE}px"
    return f'<div class="sj-slide-aside" style="{at}">{rest}<ul>{legend}</ul></div>'


def _swatch(colour: str, dark: bool) -> str:
    """A sign that stands on the map in ink is its own swatch."""
    return "<i></i>" if colour == theme.INK else f'<i style="background: {theme.dress(colour, dark)}"></i>'


def _cards(drawn: Exhibit, height: int, words: Words) -> tuple[str, int]:
    """As many cards as can be read, in their order and as large as they fit, and how many are left out."""
    told = [replace(card, group="") for card in drawn.cards]
    tries = [(len(told), grown) for grown in _GROWN] + [(count, 1.0) for count in range(len(told) - 1, 0, -1)]
    for count, grown in tries:
        columns = _columns(count)
        across = ACROSS / grown / columns - 60
        rows = [told[start : start + columns] for start in range(0, count, columns)]
        free = height - (0 if count == len(told) else 34)
        if grown * sum(max(_high(card, int(across)) for card in row) + 14 for row in rows) <= free:
            break
    body = html.cards(told[:count], words, {}, f"calc({100 / columns:.2f}% - 1rem)")
    return f'<div style="zoom: {grown}">{body}</div>', len(told) - count


def table(drawn: Exhibit) -> str:
    """What the slide was drawn from, to be looked up when somebody asks."""
    words, rows = drawn.words, drawn.table
    heads = [words(f"columns.{name}") for name in rows.columns]
    cells = [[_cell(value, words) for value in row] for row in rows.itertuples(index=False)]
    top = "".join(f'<th scope="col">{html.escape(one)}</th>' for one in heads)
    body = "".join("<tr>" + "".join(f"<td>{html.escape(one)}</td>" for one in row) + "</tr>" for row in cells)
    caption = f"<caption>{html.escape(words('title'))}</caption>"
    rows_of = f"<table>{caption}<thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"
    return f'<div class="sj-slide-table" tabindex="0">{rows_of}</div>'


def _cell(value: Any, words: Words) -> str:
    if pd.isna(value):
        return ""
    if isinstance(value, bool | str):
        return str(value)
    if hasattr(value, "date"):
        return str(value.date())
    if isinstance(value, int | float) or hasattr(value, "dtype"):
        return words.number(value, 0 if float(value).is_integer() else 2)
    return str(value)


def _sentences(said: str) -> list[str]:
    """Where one ends: a full stop before a space, or the Japanese one."""
    return [one for one in re.split(r"(?<=[.!?])\s+|(?<=。)", said) if one]


def _items(said: Sequence[str]) -> str:
    return "".join(f"<li>{html.escape(one)}</li>" for one in said)


def _lines(said: str, size: int, across: int = ACROSS) -> int:
    """In how many lines a text surely fits: something is kept for what is not known of the letters, and more where lines end
    before the margin."""
    wide = lettering.width(said) * size
    return 1 if wide * 1.05 <= across else max(ceil(wide * 1.12 / across), 2)


def _fitted(said: str, sizes: Sequence[int], lines: int) -> tuple[int, int]:
    """The largest size in which a text has at most so many lines, and how many it has; one line rather than larger letters."""
    if one_line := next((one for one in sizes[:3] if _lines(said, one) == 1), 0):
        return one_line, 1
    size = next((one for one in sizes if _lines(said, one) <= lines), sizes[-1])
    return size, _lines(said, size)


def _columns(count: int) -> int:
    return count if count <= 3 else 2 if count == 4 else 3


def _high(card: Card, across: int) -> float:
    """About how high a card becomes, with so much room for its text."""
    high = 44.0 + 30 * _lines(card.title, 20, across)
    if card.value:
        size = 26 if card.tone == "wordy" or len(card.value) > 14 else 40
        high += 1.3 * size * _lines(card.value, size, across) + 8
    high += 40 if card.badge else 0
    high += 30 * _lines(card.text, 21, across) + 8 if card.text else 0
    names = max((lettering.width(name) * 20 for name, _ in card.facts), default=0)
    return high + sum(29 * _lines(value, 20, max(int(across - names - 14), 80)) for _, value in card.facts)
