"""Reads channels: which channel a cell names, which are known, and which names nobody has used before."""

from collections.abc import Callable, Mapping
from functools import lru_cache

import numpy as np
import pandas as pd

from sejong_dash.datasets import bookings, visitors
from sejong_dash.errors import TableError
from sejong_dash.intake.findings import Finding
from sejong_dash.intake.table.total_words import is_total

from .amounts import shorten
from .reading import Reading, is_formula, reject
from .spelling import load_vocabulary, simplify, strip_unseen

_LONGEST = 60


def make_reader(answers: Mapping[str, str]) -> Callable[[str], Reading]:
    """Return a function that reads the channel of a cell.

    It goes by `answers` (name to channel), then by the words that people use, then by the names that are stored. Another name
    stays as it stands, and a blank cell is a channel that is not given.
    """
    known = (
        {simplify(name): name for name in load_stored_names()}
        | _load_known_words()
        | {simplify(name): code for name, code in answers.items()}
    )

    def read(text: str) -> Reading:
        name = strip_unseen(text)
        if not name:
            return Reading("")
        if is_formula(text):
            return reject("formula", found=shorten(text))
        if len(name) > _LONGEST:
            return reject("text_too_long", found=shorten(text), most=_LONGEST)
        if is_total(text):
            return reject("total", found=shorten(text))
        channel = known.get(simplify(text))
        if channel is not None:
            notice = None if channel == text else "channel_named"
            return Reading(channel, notice=notice, fields={"found": shorten(text), "value": channel})
        if name != text.strip():
            return Reading(name, notice="text_cleaned", fields={"found": shorten(text), "value": name})
        return Reading(name)

    return read


def is_known(text: str) -> bool:
    """Return whether a text is one of the words that people use for a channel."""
    return simplify(text) in _load_known_words()


def list_channels() -> tuple[str, ...]:
    """Return the channels to choose from: those that have words, then those that are stored under a name of their own."""
    return tuple(dict.fromkeys([*load_vocabulary()["channel"], *load_stored_names()]))


def find_unknown(names: pd.Series, lines: np.ndarray, answers: Mapping[str, str]) -> list[Finding]:
    """Return a finding for each name that is neither known nor answered, at its first line, with how many rows have it.

    `lines` holds the line of each of the `names`.
    """
    known = {*_load_known_words(), *map(simplify, list_channels()), *map(simplify, answers.values())}
    groups = [(str(name), part) for name, part in names.groupby(names, sort=False)]
    return [
        Finding(int(lines[part.index[0]]), "channel", "channel_unknown", {"found": name, "count": len(part)})
        for name, part in groups
        if simplify(name) not in known
    ]


def load_stored_names() -> tuple[str, ...]:
    """Return the channels that stand in the counts and the bookings, in the order of their names."""
    names: set[str] = set()
    for load in (visitors.load, bookings.load):
        try:
            names |= {str(name) for name in load(False)["channel"].dropna().unique()}
        except TableError:  # whoever shows or stores says what is wrong with the table
            continue
    return tuple(sorted(names))


@lru_cache(maxsize=1)
def _load_known_words() -> dict[str, str]:
    return {simplify(word): channel for channel, words in load_vocabulary()["channel"].items() for word in words}
