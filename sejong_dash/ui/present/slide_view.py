"""Lays out one exhibit on a slide, so that it can be read from the back of the room.

A slide has 1280 × 720 pixels, which the browser scales to the screen: a size here is the same part of the slide's height on
every screen. A chart is drawn smaller by `FACTOR` and enlarged as a whole, so that its letters, lines and marks grow alike and
the pointer still meets them.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape
from math import ceil

import plotly.graph_objects as go

from sejong_dash import theme
from sejong_dash import words as wording
from sejong_dash.contracts import Card
from sejong_dash.exhibits import Exhibit, caption
from sejong_dash.exports.web.phrases import whole
from sejong_dash.layout import text_width
from sejong_dash.ui.blocks import card_grid, markup
from sejong_dash.words import Words

WIDE, HIGH = 1280, 720
ACROSS = WIDE - 2 * 48  # what the margins leave
FACTOR = 1.7  # a label of 12 pixels reads as 20
_MOST, _HORIZONTAL = 1.9, 1.25  # the largest factor of a small chart; the least of horizontal bars
_TALL = 450  # pixels; a taller chart has rows of fixed height
_OF_MAPS = 1.55  # a map's labels have 13 pixels
_ENLARGED = (1.5, 1.3, 1.15, 1.0)  # by how much cards may be enlarged where there is room
_ASIDE = 400  # the width of what stands beside a map
_TOP, _TITLE, _GAP, _BOTTOM = 26, 34, 12, 22
_SOURCES = 17
_LEAD, _REST, _NUMBER = (46, 42, 38, 35, 31, 28, 25), (25, 23, 21), 30  # sizes of letters, the largest that fits
_LOUD, _LOUD_REST = (72, 64, 56, 48), (34, 31, 28, 25)  # of a slide that is nothing but its message
_LINE = 1.28


@dataclass(frozen=True)
class FigureBox:
    """Where the figure goes, in pixels of the slide, and by how much it is enlarged."""

    left: int
    top: int
    width: int
    height: int
    factor: float

    @property
    def style(self) -> str:
        """The values that the style sheet needs."""
        values = {"left": f"{self.left}px", "top": f"{self.top}px", "wide": f"{self.width}px", "high": f"{self.height}px"}
        values |= {"factor": f"{self.factor:.3f}", "w": f"{round(self.width / self.factor)}px", "h": f"{self.figure_height}px"}
        return "<style>.st-key-figure { " + " ".join(f"--{name}: {value};" for name, value in values.items()) + " }</style>"

    @property
    def figure_height(self) -> int:
        """The height of the figure before it is enlarged."""
        return round(self.height / self.factor)


@dataclass(frozen=True)
class SlideLayout:
    """A slide's texts as HTML, and where its figure goes; without `figure_box` there is none."""

    body: str
    figure_box: FigureBox | None = None


def lay_out(drawn: Exhibit, place: str, dark: bool) -> SlideLayout:
    """Return the layout of an exhibit on a slide; `place` says which of how many."""
    own = wording.of(__file__, drawn.words.lang)
    has_aside = bool(drawn.legend)
    top, above = _head(drawn, own, has_aside)
    bottom, below = _foot(drawn, place)
    height = HIGH - above - below - 2 * _GAP
    body, box = top + bottom, None
    if drawn.figure is not None:
        left, across = (48 + _ASIDE + 28, ACROSS - _ASIDE - 28) if has_aside else (48, ACROSS)
        is_chart = isinstance(drawn.figure, go.Figure)
        factor = _factor(height, drawn.figure, drawn.slide is not None) if is_chart else _OF_MAPS
        box = FigureBox(left, above + _GAP, across, height, factor)
        if has_aside:
            body += _aside(drawn, above + _GAP, height, dark)
    elif drawn.cards and not drawn.has_message_inside:
        cards, left_out = _cards(drawn, height, own)
        more = f'<p class="sj-slide-more">{escape(own("left_out", count=left_out))}</p>' if left_out else ""
        body += f'<div class="sj-slide-body" style="top: {above + _GAP}px; height: {height}px">{cards}{more}</div>'
    return SlideLayout(markup.wrap(body, own.lang), box)


def fit(figure: go.Figure, box: FigureBox) -> go.Figure:
    """Return a map whose axes fill its box exactly, and any other figure as it is.

    Left to Plotly, the ranges grow to keep the scale at every size that the drawing has before its final one, and never shrink
    again.
    """
    if not figure.layout.yaxis.scaleanchor:
        return figure
    stretch = figure.layout.yaxis.scaleratio or 1
    (west, east), (south, north) = figure.layout.xaxis.range, figure.layout.yaxis.range
    wide, high = box.width / box.factor, box.figure_height
    degree = min(wide / (east - west), high / (north - south) / stretch)  # pixels
    across, up = wide / degree / 2, high / degree / stretch / 2
    lon, lat = (west + east) / 2, (south + north) / 2
    fitted = go.Figure(figure).update_xaxes(range=[lon - across, lon + across])
    return fitted.update_yaxes(range=[lat - up, lat + up], scaleanchor=False)


def _head(drawn: Exhibit, own: Words, has_aside: bool) -> tuple[str, int]:
    """Return title, message and headline, and their height on the slide."""
    words, is_all_message = drawn.words, drawn.has_message_inside
    body = [f'<p class="sj-slide-title">{escape(words("title"))}</p>']
    if drawn.empty:
        body.append(f'<h1 class="sj-slide-lead" style="font-size: 40px">{escape(words("empty"))}</h1>')
        return _headed(body), HIGH
    lead, *rest = _sentences(drawn.message)
    size, lines = _fit_text(lead, _LOUD if is_all_message else _LEAD, 3 if is_all_message else 2)
    high = _TOP + _TITLE + ceil(size * _LINE * lines)
    body.append(f'<h1 class="sj-slide-lead" style="font-size: {size}px">{whole(lead)}</h1>')
    if rest and is_all_message:
        size = next((size for size in _LOUD_REST if _items_height(rest, size) < HIGH - high - 150), _LOUD_REST[-1])
        items = "".join(f"<li>{whole(sentence)}</li>" for sentence in rest)
        body.append(f'<ul class="sj-slide-loud" style="font-size: {size}px">{items}</ul>')
    elif rest and not has_aside:
        text = words.sentences(rest)
        size, lines = _fit_text(text, _REST, 2)
        body.append(f'<p class="sj-slide-rest" style="font-size: {size}px">{whole(text)}</p>')
        high += ceil(size * 1.35 * lines) + 4
    if drawn.headline:
        body.append(f'<p class="sj-slide-number">{escape(drawn.headline)}</p>')
        high += ceil(_NUMBER * _LINE) + 4
    if words("basis") == "sample":
        body.append(f'<p class="sj-slide-sample">{escape(own("basis.sample"))}</p>')
    return _headed(body), high


def _factor(height: int, figure: go.Figure, is_made_for_slides: bool) -> float:
    """Return by how much a chart is enlarged: a small chart fills the box, others keep letters that can be read and are drawn
    lower than on their page; where rows have a fixed height, letters become smaller rather than overlap."""
    filling = height / figure.layout.height
    if is_made_for_slides:
        return FACTOR
    if figure.layout.height > _TALL:
        return filling
    is_horizontal = any(trace.type == "bar" and trace.orientation == "h" for trace in figure.data)
    return min(max(filling, _HORIZONTAL if is_horizontal else FACTOR), _MOST)


def _headed(body: Sequence[str]) -> str:
    return f'<div class="sj-slide-head">{"".join(body)}</div>'


def _items_height(sentences: Sequence[str], size: int) -> float:
    return sum(_lines(sentence, size, ACROSS - 30) * size * 1.45 + 12 for sentence in sentences)


def _foot(drawn: Exhibit, place: str) -> tuple[str, int]:
    """Return basis, unit, as-of, state of the plan, sources and number of the slide, and their height."""
    if drawn.empty:
        return f'<div class="sj-slide-foot"><p><b>{escape(place)}</b></p></div>', 60
    words = caption.with_short_sources(drawn.words, lambda short: _lines(short("sources"), _SOURCES) <= 2)
    lines_by_part = caption.lines(words, ("unit", "stamp", "state"))
    parts, sources = [*lines_by_part.values()], caption.lines(words, ("sources",)).get("sources", "")
    if len(parts) > 1 and "unit" in lines_by_part and _lines("".join(parts), 20, ACROSS - 290) > 1:  # beside mark and number
        sources = words("dots").join([part for part in (parts.pop(0), sources) if part])
    spans = "".join(f"<span>{escape(part)}</span>" for part in parts)
    lines = _lines(sources, _SOURCES) if sources else 0
    last = f'<p class="sj-slide-sources" style="font-size: {_SOURCES}px">{escape(sources)}</p>' if sources else ""
    first = f"<p>{markup.mark(words, words('basis'))}{spans}<b>{escape(place)}</b></p>"
    return f'<div class="sj-slide-foot">{first}{last}</div>', 34 + ceil(lines * _SOURCES * 1.35) + _BOTTOM


def _aside(drawn: Exhibit, top: int, height: int, dark: bool) -> str:
    """Return what stands beside a map: the rest of the message and the legend."""
    text = drawn.words.sentences(_sentences(drawn.message)[1:])
    legend = "".join(f"<li>{_swatch(colour, dark)}{escape(meaning)}</li>" for colour, meaning in drawn.legend)
    free = height - sum(29 * _lines(meaning, 20, _ASIDE - 30) for _, meaning in drawn.legend) - 16
    size = next((size for size in _REST if _lines(text, size, _ASIDE) * size * 1.35 <= free), _REST[-1])
    rest = f'<p class="sj-slide-rest" style="font-size: {size}px">{whole(text)}</p>' if text else ""
    at = f"top: {top}px; height: {height}px; width: {_ASIDE}px"
    return f'<div class="sj-slide-aside" style="{at}">{rest}<ul>{legend}</ul></div>'


def _swatch(colour: str, dark: bool) -> str:
    # a sign that stands on the map in ink is its own swatch
    return "<i></i>" if colour == theme.INK else f'<i style="background: {theme.dress(colour, dark)}"></i>'


def _cards(drawn: Exhibit, height: int, words: Words) -> tuple[str, int]:
    """Return as many cards as can be read, in their order and as large as they fit, and how many are left out."""
    cards = [replace(card, group="") for card in drawn.cards]
    layouts = [(len(cards), factor) for factor in _ENLARGED] + [(count, 1.0) for count in range(len(cards) - 1, 0, -1)]
    for count, factor in layouts:
        columns = _columns(count)
        across = ACROSS / factor / columns - 60
        if factor > 1 and any(_widest(card) > across for card in cards[:count]):
            continue  # a word would be broken
        rows = [cards[start : start + columns] for start in range(0, count, columns)]
        free = height - (0 if count == len(cards) else 34)
        if factor * sum(max(_card_height(card, int(across)) for card in row) + 14 for row in rows) <= free:
            break
    body = card_grid.cards(cards[:count], words, {}, f"calc({100 / columns:.2f}% - 1rem)")
    return f'<div style="zoom: {factor}">{body}</div>', len(cards) - count


def _sentences(text: str) -> list[str]:
    """Return the sentences of a text: each ends with a full stop before a space, or with the Japanese full stop."""
    return [sentence for sentence in re.split(r"(?<=[.!?])\s+|(?<=。)", text) if sentence]


def _lines(text: str, size: int, across: int = ACROSS) -> int:
    """Return in how many lines a text surely fits: 5 % are added since the widths of letters are estimates, and 12 % where
    lines break before the margin."""
    wide = text_width.width(text) * size
    return 1 if wide * 1.05 <= across else max(ceil(wide * 1.12 / across), 2)


def _fit_text(text: str, sizes: Sequence[int], lines: int) -> tuple[int, int]:
    """Return the largest size in which a text has at most so many lines, and how many; a single line before larger letters."""
    if single := next((size for size in sizes[:3] if _lines(text, size) == 1), 0):
        return single, 1
    size = next((size for size in sizes if _lines(text, size) <= lines), sizes[-1])
    return size, _lines(text, size)


def _value_size(card: Card) -> int:
    return 26 if card.is_wordy else 40


def _widest(card: Card) -> float:
    """Return the width of the longest word of a card's value."""
    return max((text_width.width(word) * _value_size(card) for word in card.value.split()), default=0.0)


def _columns(count: int) -> int:
    return count if count <= 3 else 2 if count == 4 else 3


def _card_height(card: Card, across: int) -> float:
    """Return about how high a card is where its text may be so wide."""
    high = 44.0 + 30 * _lines(card.title, 20, across)
    if card.value:
        size = _value_size(card)
        high += 1.3 * size * _lines(card.value, size, across) + 8
    high += 40 if card.badge else 0
    high += 30 * _lines(card.text, 21, across) + 8 if card.text else 0
    names = max((text_width.width(name) * 20 for name, _ in card.facts), default=0)
    return high + sum(29 * _lines(value, 20, max(int(across - names - 14), 80)) for _, value in card.facts)
