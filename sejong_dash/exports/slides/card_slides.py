"""Lay cards out on slides: in columns of equal width, as many on a slide as can be read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from sejong_dash import theme
from sejong_dash.exhibits import Exhibit
from sejong_dash.exports.model.plane import Box
from sejong_dash.layout import text_width

from .canvas import Canvas, Paragraph

_GAP, _PAD = 12.0, 10.0
_NARROWEST = 205.0  # points of a card
_READ = 0.9  # the scale below which letters are too small, and another slide is taken
_TONES = {"done": theme.DONE, "missing": theme.MISSING}
_SCALES = (1.5, 1.35, 1.2, 1.1, 1.0, 0.9, 0.8, 0.7)


def _origins(exhibit: Exhibit) -> dict[str, str]:
    """Return publisher and date of each source that a card names; its title stands in the notes."""
    return {} if exhibit.has_shared_caption else {name: line for name, line in exhibit.brief_source_lines.items() if name}


def _paragraphs(card: Any, exhibit: Exhibit, scale: float, origins: Mapping[str, str]) -> list[Paragraph]:
    """Return all text of a card, from above to below."""
    words = exhibit.words
    over = " · ".join(part for part in (card.group, card.title, card.badge) if part)
    short = card.tone != "wordy" and text_width.width(card.value) <= 16
    tint = _TONES.get(card.tone, theme.INK)
    found = [Paragraph(over, 12 * scale, theme.MUTED, after=2)] if over else []
    if card.value:
        found.append(Paragraph(card.value, (22 if short else 16) * scale, tint, True, after=3))
    if card.text:
        found.append(Paragraph(card.text, 13 * scale, after=3))
    found += [Paragraph(words("colon", name=name, value=value), 12 * scale, theme.MUTED) for name, value in card.facts]
    if not exhibit.has_shared_caption and (card.basis or card.source_id):
        basis = [words(f"basis.{card.basis}")] if card.basis else []
        line = origins.get(card.source_id, "")
        found.append(Paragraph(" – ".join([*basis, *([line] if line else [])]), max(10 * scale, 10), theme.MUTED))
    return found


def _high(card: Any, exhibit: Exhibit, wide: float, scale: float, origins: Mapping[str, str]) -> float:
    return (
        sum(
            text_width.height(paragraph.text, paragraph.size, wide - 2 * _PAD, paragraph.bold) + paragraph.after
            for paragraph in _paragraphs(card, exhibit, scale, origins)
        )
        + 2 * _PAD
    )


@dataclass(frozen=True)
class CardPage:
    """The cards of a slide, in rows with their heights (points)."""

    exhibit: Exhibit
    rows: Sequence[tuple[Sequence[Any], float]]
    across: int
    box: Box
    scale: float
    origins: Mapping[str, str]

    def put(self, slide: Any, canvas: Canvas, description: str) -> None:
        """Draw the cards; their text needs no `description`."""
        left, top, wide, _ = self.box
        room = (wide - _GAP * (self.across - 1)) / self.across
        for cards, tall in self.rows:
            for number, card in enumerate(cards):
                box = (left + number * (room + _GAP), top, room, tall)
                canvas.text(
                    box,
                    _paragraphs(card, self.exhibit, self.scale, self.origins),
                    fill=theme.PAPER,
                    edge=theme.GRID,
                    pad=_PAD,
                    name="card",
                )
                if card.tone in _TONES:
                    canvas.rect((box[0], box[1], 4, tall), _TONES[card.tone])
            top += tall + _GAP
        canvas.flush()


def pages(part: Sequence[Exhibit], boxes: Sequence[Box]) -> list[list[CardPage]]:
    """Return for each slide its cards in each language: the same ones, as large as fewest slides allow."""
    named = [_origins(exhibit) for exhibit in part]
    most = min(len(part[0].cards), 4, max(1, int(boxes[0][2] // _NARROWEST)))
    found = []
    for across, scale in product(range(1, most + 1), _SCALES):
        slides = _rows(part, boxes, across, scale, named)
        if _fits(slides, boxes) or (across, scale) == (1, _SCALES[-1]):
            small = scale < _READ
            found.append((small, len(slides), -scale, -across, slides))
    _, _, scale, across, slides = min(found, key=lambda layout: layout[:4])
    chosen, across = -scale, -across
    made = []
    for slide in slides:
        made.append(
            [
                CardPage(exhibit, [([exhibit.cards[n] for n in some], tall) for some, tall in slide], across, box, chosen, of)
                for exhibit, box, of in zip(part, boxes, named, strict=True)
            ]
        )
    return made


def _fits(slides: Sequence[Sequence[tuple[Sequence[int], float]]], boxes: Sequence[Box]) -> bool:
    most = min(box[3] for box in boxes)
    return all(sum(tall for _, tall in rows) + _GAP * (len(rows) - 1) <= most + 0.5 for rows in slides)


def _rows(
    part: Sequence[Exhibit], boxes: Sequence[Box], across: int, scale: float, named: Any
) -> list[list[tuple[list[int], float]]]:
    """Return the cards' numbers by slide and row, with the height of each row in the language that needs most."""
    most = min(box[3] for box in boxes)
    slides: list[list[tuple[list[int], float]]] = [[]]
    used = 0.0
    for start in range(0, len(part[0].cards), across):
        some = list(range(start, min(start + across, len(part[0].cards))))
        tall = max(
            _high(exhibit.cards[n], exhibit, (box[2] - _GAP * (across - 1)) / across, scale, of)
            for exhibit, box, of in zip(part, boxes, named, strict=True)
            for n in some
        )
        if slides[-1] and used + tall > most:
            slides.append([])
            used = 0.0
        slides[-1].append((some, tall))
        used += tall + _GAP
    return slides
