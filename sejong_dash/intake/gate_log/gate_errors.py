"""Sentences about the rows of a gate log that could not be counted."""

from typing import TYPE_CHECKING

from sejong_dash.words import of as words_of

if TYPE_CHECKING:  # a page without a log needs none of it
    from .gate_tally import WrongRow

_MOST = 60  # characters of the text that stood there


def describe(row: "WrongRow", lang: str) -> str:
    """Return what was expected, what was found and what to do."""
    words = words_of(__file__, lang)
    found = row.found if len(row.found) <= _MOST else f"{row.found[:_MOST]}…"
    return words(f"wrong.{row.code}", found=found, column=row.column or "")


def describe_with_line(row: "WrongRow", lang: str) -> str:
    """Return the same with the line of the row in front."""
    words = words_of(__file__, lang)
    return words("row", row=words.number(row.row), said=describe(row, lang))
