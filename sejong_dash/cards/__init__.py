"""What is said in figures and sentences? One set of cards = NAME.py (table, tell, message) + NAME.toml."""

from dataclasses import dataclass


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
