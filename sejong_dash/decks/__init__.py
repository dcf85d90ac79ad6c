"""Read the decks: the slides of a meeting in their order.

One deck = NAME.toml (its title, its slides); the folder is the registry.

A slide is written as a code: the name of a chart, a map or a set of cards, and what it changes of the viewer's choices, as in
`prefecture_map.measure.gap` or `daily_visitors.running.true`. So a deck can be a line of a file or a part of an address.
"""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from sejong_dash import prefecture_code, words
from sejong_dash.choices import MEASURES, VIEWS, ZOOMS

_SWITCH = {"true": True, "false": False}


def _one_of(known: Collection[str]) -> Callable[[str], object]:
    return lambda text: text if text in known else None


# What a slide may change of Choices, and what its text stands for; None where it stands for nothing.
_FIELDS: Mapping[str, Callable[[str], object]] = {
    "measure": _one_of(MEASURES),
    "view": _one_of(VIEWS),
    "running": _SWITCH.get,
    "prefecture": lambda text: text if re.fullmatch(prefecture_code.PATTERN, text) else None,
    "zoom": _one_of([zoom for zoom in ZOOMS if zoom]),
}


@dataclass(frozen=True)
class Slide:
    """An exhibit (`goal_bar`) and what the slide changes of the viewer's choices, in the order of its code."""

    name: str
    changes: tuple[tuple[str, object], ...] = ()

    @property
    def code(self) -> str:
        """The slide as it stands in a deck or an address."""
        texts = [str(value).lower() if isinstance(value, bool) else str(value) for _, value in self.changes]
        pairs = [part for (field, _), text in zip(self.changes, texts, strict=True) for part in (field, text)]
        return ".".join([self.name, *pairs])


@dataclass(frozen=True)
class Deck:
    """Slides in their order under a title in each language.

    `slides` are codes, to be read with `parse`. A deck `of_prefecture` is about a chosen prefecture and is of no use without one.
    """

    name: str
    titles: Mapping[str, str]
    slides: tuple[str, ...]
    of_prefecture: bool = False


def parse(code: str, known: Collection[str]) -> Slide | None:
    """Return the slide that a code stands for; None where its exhibit is not `known` or a change is not one of a slide."""
    name, *parts = code.split(".")
    if name not in known or len(parts) % 2:
        return None
    changes: dict[str, object] = {}
    for field, text in zip(parts[::2], parts[1::2], strict=True):
        value = _FIELDS[field](text) if field in _FIELDS and field not in changes else None
        if value is None:
            return None
        changes[field] = value
    return Slide(name, tuple(changes.items()))


def decks() -> dict[str, Deck]:
    """Return every deck by its name, in the order that their files state."""
    return {file.stem: _deck(file) for file in words.in_order(Path(__file__).parent.glob("*.toml"))}


def _deck(file: Path) -> Deck:
    titles = {lang: words.entries(file, lang)["title"] for lang in words.LANGUAGES}
    settings = words.settings(file)
    return Deck(file.stem, titles, tuple(settings["slides"]), settings.get("of_prefecture", False))
