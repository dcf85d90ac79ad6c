"""Sets of cards (figures and statements): one set = NAME.py (table, cards, message) + NAME.toml; the folder is the registry."""

from importlib import import_module
from pkgutil import iter_modules
from typing import cast

from sejong_dash.contracts import Card, CardPicture, CardSet

__all__ = ["Card", "CardPicture", "named", "names"]


def names() -> list[str]:
    """Return the name of every set of cards."""
    return [module.name for module in iter_modules(__path__) if not module.name.startswith("_")]


def named(name: str) -> CardSet:
    """Return the set of cards of that name."""
    return cast(CardSet, import_module(f"{__name__}.{name}"))
