"""Tallies of gate logs: what a row counts as, and the rows that could not be counted."""

from collections import Counter
from dataclasses import dataclass, field

from . import gate_time
from .gate_origin import Origins

UNREAD = "\ufffd"  # stands where bytes are no text

Cells = tuple[str, str, str, str]  # time, place, country, gate
Key = tuple[str, str, str]  # day, origin, gate


@dataclass(frozen=True, slots=True)
class WrongRow:
    """A row that could not be counted: its physical line, the column's title (None: the row as a whole), the code of what is
    wrong, the text that stood there."""

    row: int
    column: str | None
    code: str
    found: str


@dataclass(frozen=True)
class LogFormat:
    """The format of a log's rows; `columns` holds the places of time, place, country and gate (None: no such column)."""

    header: tuple[str, ...]
    columns: tuple[int | None, int | None, int | None, int | None]
    delimiter: str
    encoding: str
    origins: Origins


@dataclass
class Tally:
    """The counts of a block of a log; rows are numbered from the block's own first line. Every row is counted or wrong."""

    lines: int = 0
    blank: int = 0
    counted: Counter[Key] = field(default_factory=Counter)
    wrong: list[WrongRow] = field(default_factory=list)
    wrong_total: int = 0


def classify(cells: Cells, log_format: LogFormat) -> Key | WrongRow:
    """Return the key under which a row counts, or what is wrong with it (with the line 0, which the caller knows)."""
    time, place, country, gate = cells
    for role, cell in enumerate(cells):
        if UNREAD in cell:
            return _build_wrong_row(log_format, role, "encoding_broken", cell)
    day, code = gate_time.day_of(time)
    if code:
        return _build_wrong_row(log_format, 0, code, time)
    origin, code = log_format.origins.find(place, country)
    if code:
        return _build_wrong_row(log_format, 1 if log_format.columns[1] is not None else 2, code, place or country)
    return day, origin, gate.strip()


def _build_wrong_row(log_format: LogFormat, role: int, code: str, found: str) -> WrongRow:
    column = log_format.columns[role]
    return WrongRow(0, None if column is None else log_format.header[column], code, found)
