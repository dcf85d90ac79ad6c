"""How are cards laid out on slides? In rows of equal width, as many on a slide as can be read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from .. import theme
from ..exhibits import Exhibit, caption
from ._canvas import Canvas, Said
from ._letters import ems, height
from ._plane import Box

_GAP, _PAD = 12.0, 10.0
_NARROWEST = 205.0  # points of a card
_READ = 0.9  # the scale below which letters are too small, and another slide is taken
_TONES = {"done": theme.DONE, "missing": theme.MISSING}
_SCALES = (1.5, 1.35, 1.2, 1.1, 1.0, 0.9, 0.8, 0.7)


def _origins(exhibit: Exhibit) -> dict[str, str]:
    """Each source that a card names as a line; looked up once."""
    ids = {card.source_id for card in exhibit.cards if card.source_id and not exhibit.alike}
    return {one: caption.source_line(one, exhibit.words) for one in ids}


def _said(card: Any, exhibit: Exhibit, scale: float, origins: Mapping[str, str]) -> list[Said]:
    """All that a card says, from above to below."""
    words = exhibit.words
    over = " · ".join(part for part in (card.group, card.title, card.badge) if part)
    short = card.tone != "wordy" and ems(card.value) <= 16
    tint = _TONES.get(card.tone, theme.INK)
    found = [Said(over, 12 * scale, theme.MUTED, after=2)] if over else []
    if card.value:
        found.append(Said(card.value, (22 if short else 16) * scale, tint, True, after=3))
    if card.text:
        found.append(Said(card.text, 13 * scale, after=3))
    found += [Said(words("colon", name=name, value=value), 12 * scale, theme.MUTED) for name, value in card.facts]
    if not exhibit.alike and (card.basis or card.source_id):
        basis = [words(f"basis.{card.basis}")] if card.basis else []
        line = origins.get(card.source_id, "")
        line = line if ems(line) <= 60 else line[:58].rstrip() + "…"  # in full below, or in the notes
        found.append(Said(" – ".join([*basis, *([line] if line else [])]), max(10 * scale, 10), theme.MUTED))
    return found


def _high(card: Any, exhibit: Exhibit, wide: float, scale: float, origins: Mapping[str, str]) -> float:
    return (
        sum(height(one.text, one.size, wide - 2 * _PAD, one.bold) + one.after for one in _said(card, exhibit, scale, origins))
        + 2 * _PAD
    )


@dataclass(frozen=True)
class Told:
    """One slide's cards, in rows with their heights."""

    exhibit: Exhibit
    rows: Sequence[tuple[Sequence[Any], float]]
    across: int
    box: Box
    scale: float
    origins: Mapping[str, str]

    def put(self, slide: Any, canvas: Canvas, told: str) -> None:
        left, top, wide, _ = self.box
        room = (wide - _GAP * (self.across - 1)) / self.across
        for cards, tall in self.rows:
            for number, card in enumerate(cards):
                box = (left + number * (room + _GAP), top, room, tall)
                canvas.text(
                    box,
                    _said(card, self.exhibit, self.scale, self.origins),
                    fill=theme.PAPER,
                    edge=theme.GRID,
                    pad=_PAD,
                    name="card",
                )
                if card.tone in _TONES:
                    canvas.rect((box[0], box[1], 4, tall), _TONES[card.tone])
            top += tall + _GAP
        canvas.pour()


def pages(part: Sequence[Exhibit], boxes: Sequence[Box]) -> list[list[Told]]:
    """For each slide what stands on it in each language: the same cards, as large as fewest slides allow."""
    named = [_origins(exhibit) for exhibit in part]
    most = min(len(part[0].cards), 4, max(1, int(boxes[0][2] // _NARROWEST)))
    found = []
    for across, scale in product(range(1, most + 1), _SCALES):
        slides = _rows(part, boxes, across, scale, named)
        if _fits(slides, boxes) or (across, scale) == (1, _SCALES[-1]):
            small = scale < _READ
            found.append((small, len(slides), -scale, -across, slides))
    _, _, scale, across, slides = min(found, key=lambda one: one[:4])
    chosen, across = -scale, -across
    made = []
    for slide in slides:
        made.append(
            [
                Told(exhibit, [([exhibit.cards[n] for n in some], tall) for some, tall in slide], across, box, chosen, of)
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
    """The numbers of the cards, row by row and slide by slide, and how high each row is in the language that needs most."""
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
