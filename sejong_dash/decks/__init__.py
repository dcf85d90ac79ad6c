"""What is told in a meeting, and in which order? One deck = NAME.toml (its title, its slides); the folder is the registry.

A slide is written as a code: the name of a chart, a map or a set of cards, and what it changes of the reader's choices, as in
`prefecture_map.measure.gap` or `daily_visitors.running.true`. So a deck can be a line of a file or a part of an address.
"""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from .. import words
from ..choices import MEASURES, VIEWS, ZOOMS

_PREFECTURE = re.compile("0[1-9]|[1-3][0-9]|4[0-7]")  # JIS X 0401
_SWITCH = {"true": True, "false": False}


def _one_of(known: Collection[str]) -> Callable[[str], object]:
    return lambda said: said if said in known else None


# What a slide may change of Choices, and what its text stands for; None where it stands for nothing.
_FIELDS: Mapping[str, Callable[[str], object]] = {
    "measure": _one_of(MEASURES),
    "view": _one_of(VIEWS),
    "running": _SWITCH.get,
    "prefecture": lambda said: said if _PREFECTURE.fullmatch(said) else None,
    "zoom": _one_of([one for one in ZOOMS if one]),
}


@dataclass(frozen=True)
class Slide:
    """One message: which exhibit (`goal_bar`), and what it changes of the reader's choices, in the order of its code."""

    name: str
    changes: tuple[tuple[str, object], ...] = ()

    @property
    def code(self) -> str:
        """The slide as a deck or an address holds it."""
        said = [str(value).lower() if isinstance(value, bool) else str(value) for _, value in self.changes]
        pairs = [part for (field, _), value in zip(self.changes, said, strict=True) for part in (field, value)]
        return ".".join([self.name, *pairs])


@dataclass(frozen=True)
class Deck:
    """Slides in their order under a title in each language; the slides are codes, to be read with `parse`."""

    name: str
    titles: Mapping[str, str]
    slides: tuple[str, ...]


def parse(code: str, known: Collection[str]) -> Slide | None:
    """The slide that a code stands for, if its exhibit is `known` and each change is one that a slide may make; else None."""
    name, *said = code.split(".")
    if name not in known or len(said) % 2:
        return None
    changes: dict[str, object] = {}
    for field, text in zip(said[::2], said[1::2], strict=True):
        value = _FIELDS[field](text) if field in _FIELDS and field not in changes else None
        if value is None:
            return None
        changes[field] = value
    return Slide(name, tuple(changes.items()))


def decks() -> dict[str, Deck]:
    """Every deck by its name, in the order that each of them says."""
    files = sorted(Path(__file__).parent.glob("*.toml"), key=lambda file: words.settings(file)["order"])
    return {file.stem: _deck(file) for file in files}


def _deck(file: Path) -> Deck:
    titles = {lang: words.entries(file, lang)["title"] for lang in words.LANGUAGES}
    return Deck(file.stem, titles, tuple(words.settings(file)["slides"]))
