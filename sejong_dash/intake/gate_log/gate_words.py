"""Holds the words of gate logs: headings, and what a cell says of its row."""

import tomllib
from functools import cache
from pathlib import Path

from .gate_origin import fold


@cache
def _load() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(Path(__file__).with_name("gate_vocabulary.toml").read_text(encoding="utf-8"))


@cache
def load_headings(*roles: str) -> frozenset[str]:
    """Return the headings of the roles."""
    return frozenset(fold(word) for role in roles for word in _load()["headings"][role])


@cache
def load_no_entry_words() -> dict[str, str]:
    """Return the kind of row (exit, refused …) that each word means."""
    return {fold(word): kind for kind, words in _load()["no_entry"].items() for word in words}


@cache
def load_entry_words() -> frozenset[str]:
    """Return the words that mean an entry."""
    return frozenset(fold(word) for word in _load()["entry"]["words"])
