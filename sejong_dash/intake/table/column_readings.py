"""Reads whole columns of cells, each different text once, and lists the errors and notices of their cells.

Reading a text once saves most of the time: days, prefectures and channels repeat.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from sejong_dash.intake.cells import amounts, channels, days, prefecture_names
from sejong_dash.intake.cells.reading import Reading
from sejong_dash.intake.findings import COLUMNS, Finding, Refused

from .count_unit import CellReader

Mask = np.ndarray[Any, np.dtype[np.bool_]]  # a boolean for each row

MOST_LISTED = 1000  # findings of a kind that are listed singly; of the rest only the number
_MOST_TEXTS = 200_000  # different texts of a column that are read singly
_MOST_PROPOSALS = 60


@dataclass
class ColumnReadings:
    """The readings of a column; `which` gives for each cell its place in `readings` (-1: a plain number in `values`)."""

    which: np.ndarray
    readings: list[Reading]
    texts: list[str]
    values: np.ndarray | None = None

    def flag(self, is_true: Callable[[Reading], bool]) -> Mask:
        """Return for each cell whether something is true of its reading."""
        flags = np.array([is_true(reading) for reading in self.readings] + [False])  # the last is that of -1
        return flags[self.which]

    def flag_unread(self, is_true: Callable[[str], bool]) -> Mask:
        """Return for each cell whether it could not be read and something is true of its text: a total, a heading."""
        pairs = zip(self.texts, self.readings, strict=True)
        flags = np.array([reading.error is not None and is_true(text) for text, reading in pairs] + [False])
        return flags[self.which]

    def pick(self, value_of: Callable[[Reading], Any], dtype: str) -> pd.Series:
        """Return a value of each cell's reading."""
        values = pd.Series([value_of(reading) for reading in self.readings] + [None], dtype=dtype)
        return values.take(self.which).reset_index(drop=True)


def read_texts(texts: pd.Series, read: CellReader) -> ColumnReadings:
    """Return the readings of a column whose cells repeat each other. Raises Refused for too many different texts."""
    which, different = pd.factorize(texts)
    if len(different) > _MOST_TEXTS:
        raise Refused("too_many_kinds", None, most=_MOST_TEXTS)
    distinct = [str(text) for text in different]
    return ColumnReadings(which, [read(text) for text in distinct], distinct)


def _read_counts(texts: pd.Series, read: CellReader) -> ColumnReadings:
    """Return the readings of the column of counts: digits alone are converted together, every other text is read singly."""
    is_plain = texts.str.fullmatch(r"0|[1-9][0-9]{0,7}").to_numpy(dtype=bool) & (read is amounts.read)
    values = np.zeros(len(texts), dtype="int64")
    values[is_plain] = pd.to_numeric(texts[is_plain]).to_numpy(dtype="int64")
    which = np.full(len(texts), -1, dtype="int64")
    rest = read_texts(texts[~is_plain], read)
    which[~is_plain] = rest.which
    for at in map(int, np.flatnonzero(~is_plain)):
        reading = rest.readings[which[at]]
        values[at] = reading.value if reading.error is None else 0
    return ColumnReadings(which, rest.readings, rest.texts, values)


def make_prefecture_reader() -> CellReader:
    """Return a reader of prefectures that stops looking for proposals after some unknown names, since each takes its time."""
    unknown = 0

    def read(text: str) -> Reading:
        nonlocal unknown
        reading = prefecture_names.read(text, unknown < _MOST_PROPOSALS)
        unknown += reading.error is not None
        return reading

    return read


def read_columns(
    cells: pd.DataFrame,
    year: int | None,
    epoch_1904: bool,
    expected_years: tuple[int, ...],
    read_count: CellReader,
    order: str | None,
    answers: Mapping[str, str],
) -> dict[str, ColumnReadings]:
    """Return the readings of the four columns by name; see `days.read` and `channels.make_reader` for the choices."""
    return {
        "date": read_texts(cells["date"], lambda text: days.read(text, year, epoch_1904, expected_years, order)),
        "prefecture": read_texts(cells["prefecture"], make_prefecture_reader()),
        "channel": read_texts(cells["channel"], channels.make_reader(answers)),
        "visitors": _read_counts(cells["visitors"], read_count),
    }


def list_errors(cells: pd.DataFrame, columns: dict[str, ColumnReadings], among: Mask) -> list[Finding]:
    """Return the errors of the cells in the rows `among`, in the order of the file."""
    return _list_findings(cells, columns, among, lambda reading: reading.error, "more_errors")


def list_notices(cells: pd.DataFrame, columns: dict[str, ColumnReadings], among: Mask) -> list[Finding]:
    """Return the notices of the cells in the rows `among`, in the order of the file."""
    return _list_findings(cells, columns, among, lambda reading: reading.notice, "more_notices")


def _list_findings(
    cells: pd.DataFrame,
    columns: dict[str, ColumnReadings],
    among: Mask,
    code_of: Callable[[Reading], str | None],
    more_code: str,
) -> list[Finding]:
    lines = cells["line"].to_numpy()
    findings: list[Finding] = []
    for name in COLUMNS:
        column = columns[name]
        rows_by_code: dict[str, list[int]] = {}
        for at in map(int, np.flatnonzero(column.flag(lambda reading: code_of(reading) is not None) & among)):
            rows_by_code.setdefault(code_of(column.readings[column.which[at]]) or "", []).append(at)
        for code, rows in rows_by_code.items():
            for at in rows[:MOST_LISTED]:
                findings.append(Finding(int(lines[at]), name, code, column.readings[column.which[at]].fields))
            if len(rows) > MOST_LISTED:
                rest = {"count": len(rows) - MOST_LISTED, "first": int(lines[rows[MOST_LISTED]]), "code": code}
                findings.append(Finding(int(lines[rows[-1]]), name, more_code, rest))
    return sorted(findings, key=lambda finding: (finding.row or 0, COLUMNS.index(finding.column or "date")))
