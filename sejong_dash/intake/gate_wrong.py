"""How is a wrong row of a gate log said to its reader?"""

from typing import TYPE_CHECKING

from ..words import of as words_of

if TYPE_CHECKING:  # Arrow is not needed before somebody brings a log
    from .gate_block import WrongRow

_MOST = 60  # letters of what was found


def said(row: "WrongRow", lang: str) -> str:
    """What was expected, what was found and what to do."""
    words = words_of(__file__, lang)
    found = row.found if len(row.found) <= _MOST else f"{row.found[:_MOST]}…"
    return words(f"wrong.{row.code}", found=found, column=row.column or "")


def sentence(row: "WrongRow", lang: str) -> str:
    """The same with its line."""
    words = words_of(__file__, lang)
    return words("row", row=words.number(row.row), said=said(row, lang))
