"""The reading of one cell: its value, or why it has none."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Reading:
    """The value of a cell, or the code of why it has none (`error`); `notice` is the code of what was done to get the value."""

    value: Any = None
    error: str | None = None
    notice: str | None = None
    fields: Mapping[str, object] = field(default_factory=dict)


def reject(code: str, proposal: object = None, **fields: object) -> Reading:
    """Return the reading of a cell without a value; `proposal` is what it may have meant."""
    return Reading(error=code, fields=fields if proposal in (None, "") else {**fields, "proposal": str(proposal)})


def is_formula(text: str) -> bool:
    """Return whether a spreadsheet would run a cell: = and @ always, + and - before anything but a number.

    An apostrophe before it only hides it.
    """
    bare = text.lstrip("'’ \t")
    if not bare:
        return False
    return bare[0] in "=@＝＠" or (
        bare[0] in "+-＋－" and len(bare) > 1 and ((bare[1].isascii() and bare[1].isalpha()) or "(" in bare)
    )
