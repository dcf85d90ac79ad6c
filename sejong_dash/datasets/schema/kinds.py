"""Read a cell as the kind of value that its column holds: a day, a whole number, a number."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Reader:
    """How cells of one kind are read: `parse` raises ValueError where a cell holds something else, which is then reported under
    `problem`, a key below `[problem]` in errors.toml."""

    parse: Callable[[str], Any]
    problem: str


def parse_date(cell: str) -> pd.Timestamp:
    """Return the day of `2026-04-10`. Raises ValueError for any other form, and for a year outside 1900 to 2199."""
    if not _ISO.fullmatch(cell):
        raise ValueError(cell)
    day = date.fromisoformat(cell)
    if not 1900 <= day.year < 2200:  # 0206 for 2026; and nanoseconds do not reach beyond 2262
        raise ValueError(cell)
    return pd.Timestamp(day)


def parse_integer(cell: str) -> int:
    """Return a whole number of up to 15 ASCII digits, as many as Excel keeps. Raises ValueError for anything else."""
    if not re.fullmatch(r"-?\d{1,15}", cell, re.ASCII):
        raise ValueError(cell)
    return int(cell)


def parse_number(cell: str) -> float:
    """Return a number written with a decimal point and no exponent. Raises ValueError for anything else."""
    if not re.fullmatch(r"-?\d{1,15}(\.\d+)?", cell, re.ASCII):
        raise ValueError(cell)
    return float(cell)


# By the beginning of the name of a column's dtype.
READERS = {
    "datetime64": Reader(parse_date, problem="not_a_date"),
    "Int": Reader(parse_integer, problem="not_an_integer"),
    "float": Reader(parse_number, problem="not_a_number"),
}
