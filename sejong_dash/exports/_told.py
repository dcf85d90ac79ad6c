"""How are cards laid out on slides? In rows of equal width, as many on a slide as can be read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .. import theme
from ..exhibits import Exhibit, caption
from ._canvas import Canvas, Said
from ._letters import ems, height
from ._plane import Box

_GAP, _PAD = 12.0, 10.0
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
    first = part[0]
    wordy = max(ems(card.text) + sum(ems(name + value) for name, value in card.facts) for card in first.cards)
    number, wide = len(first.cards), boxes[0][2]
    across = min(number, max(1, round(wide / (440 if wordy > 130 else 290 if wordy > 24 or number < 4 else 215))))
    while number % across and across > 2 and number <= 2 * across and -(-number // across) == -(-number // (across - 1)):
        across -= 1
    named = [_origins(exhibit) for exhibit in part]
    tried = {scale: _rows(part, boxes, across, scale, named) for scale in _SCALES}
    fewest = min(
        len(slides) for scale, slides in tried.items() if scale >= 1 or len(tried[1.0]) == 1 or not _fits(tried[1.0], boxes)
    )
    chosen = next(
        scale for scale in _SCALES if len(tried[scale]) <= fewest and (_fits(tried[scale], boxes) or scale == _SCALES[-1])
    )
    made = []
    for slide in tried[chosen]:
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
