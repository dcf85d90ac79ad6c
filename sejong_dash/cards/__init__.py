"""What is said in figures and sentences? One set of cards = NAME.py (table, tell, message) + NAME.toml."""

from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType


def names() -> list[str]:
    """The name of every set of cards."""
    return [one.name for one in iter_modules(__path__) if not one.name.startswith("_")]


def named(name: str) -> ModuleType:
    """The set of cards of that name."""
    return import_module(f"{__name__}.{name}")


@dataclass(frozen=True, slots=True)
class Card:
    """A figure or a statement with where it comes from; every text is plain and in the reader's language.

    `value` is the one thing to read (a figure, a partner), `title` what it is, `text` a sentence or two, `facts` short
    pairs of name and value below it, `badge` a mark such as a status, `group` the heading under which cards stand.
    """

    title: str
    value: str = ""
    text: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    badge: str = ""
    group: str = ""
    basis: str = "reported"
    source_id: str = ""
    tone: str = ""  # "done", "missing", "wordy" (a name, never set large) or nothing
