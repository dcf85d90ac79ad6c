"""What do the cells say, and which of them cannot be used?

Each different text of a column is read once; what millions of cells have in common is done on whole columns.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from . import amounts, channels, days, places
from .cell import Reading
from .intake import COLUMNS, Finding, Refused
from .scale import Read

_MOST_ODD = 200_000  # different texts of one column that are read one by one
_MOST_PROPOSALS = 60
EACH = 1000  # findings of one kind that are told one by one


@dataclass
class Column:
    """One column, read: `which` says for each cell which of `readings` is its own (-1: a plain number in `values`)."""

    which: np.ndarray
    readings: list[Reading]
    texts: list[str]
    values: np.ndarray | None = None

    def flags(self, true: Callable[[Reading], bool]) -> "np.ndarray[Any, np.dtype[np.bool_]]":
        found = np.array([true(one) for one in self.readings] + [False])  # the last is that of -1
        return found[self.which]

    def unread(self, true: Callable[[str], bool]) -> "np.ndarray[Any, np.dtype[np.bool_]]":
        """Where a text that could not be read is another thing altogether: a total, a heading."""
        pairs = zip(self.texts, self.readings, strict=True)
        found = np.array([one.error is not None and true(text) for text, one in pairs] + [False])
        return found[self.which]

    def pick(self, value: Callable[[Reading], Any], kind: str) -> pd.Series:
        found = pd.Series([value(one) for one in self.readings] + [None], dtype=kind)
        return found.take(self.which).reset_index(drop=True)


def column(texts: pd.Series, read: Callable[[str], Reading]) -> Column:
    """A column whose cells repeat each other, such as days and prefectures."""
    which, different = pd.factorize(texts)
    if len(different) > _MOST_ODD:
        raise Refused("too_many_kinds", None, most=_MOST_ODD)
    said = [str(one) for one in different]
    return Column(which, [read(one) for one in said], said)


def numbers(texts: pd.Series, read: Read) -> Column:
    """The column of counts: digits alone are taken at once, everything else is read one by one."""
    easy = texts.str.fullmatch(r"0|[1-9][0-9]{0,7}").to_numpy(dtype=bool) & (read is amounts.read)
    values = np.zeros(len(texts), dtype="int64")
    values[easy] = pd.to_numeric(texts[easy]).to_numpy(dtype="int64")
    which = np.full(len(texts), -1, dtype="int64")
    rest = column(texts[~easy], read)
    which[~easy] = rest.which
    for at in map(int, np.flatnonzero(~easy)):
        reading = rest.readings[which[at]]
        values[at] = reading.value if reading.error is None else 0
    return Column(which, rest.readings, rest.texts, values)


def proposing() -> Callable[[str], Reading]:
    """Reads prefectures; after some hundred unknown ones it looks for no more proposals, since each takes its time."""
    unknown = 0

    def read(text: str) -> Reading:
        nonlocal unknown
        said = places.read(text, unknown < _MOST_PROPOSALS)
        unknown += said.error is not None
        return said

    return read


def read_columns(
    cells: pd.DataFrame, year: int | None, epoch_1904: bool, expected: tuple[int, ...], count: Read, order: str | None = None
) -> dict[str, Column]:
    return {
        "date": column(cells["date"], lambda text: days.read(text, year, epoch_1904, expected, order)),
        "prefecture": column(cells["prefecture"], proposing()),
        "channel": column(cells["channel"], channels.read),
        "visitors": numbers(cells["visitors"], count),
    }


def findings(cells: pd.DataFrame, columns: dict[str, Column], among: np.ndarray, notices: bool) -> list[Finding]:
    """The errors, or the notices, of the cells in the rows `among`, in the order of the file."""
    lines = cells["line"].to_numpy()
    found: list[Finding] = []
    for name in COLUMNS:
        read = columns[name]
        told = np.flatnonzero(read.flags(lambda one: one.notice is not None if notices else one.error is not None) & among)
        kinds: dict[str, list[int]] = {}
        for at in map(int, told):
            one = read.readings[read.which[at]]
            kinds.setdefault((one.notice if notices else one.error) or "", []).append(at)
        for code, places_ in kinds.items():
            for at in places_[:EACH]:
                found.append(Finding(int(lines[at]), name, code, read.readings[read.which[at]].fields))
            if len(places_) > EACH:
                rest = {"count": len(places_) - EACH, "first": int(lines[places_[EACH]])}
                found.append(Finding(int(lines[places_[-1]]), name, f"more_{'notices' if notices else 'errors'}", rest))
    return sorted(found, key=lambda one: (one.row or 0, COLUMNS.index(one.column or "date")))


def doubles(rows: pd.DataFrame, lines: np.ndarray) -> tuple[np.ndarray, list[Finding]]:
    """Rows that say again what another says (the first is kept), or something else of the same day, prefecture and channel
    (none is kept, as nobody can say which is right)."""
    key = ["date", "jis_code", "channel"]
    again = rows.duplicated(key, keep=False).to_numpy()
    drop = np.zeros(len(rows), dtype=bool)
    if not again.any():
        return drop, []
    at = np.flatnonzero(again)
    some = rows.iloc[at].fillna({"jis_code": "", "channel": ""}).assign(line=lines[at], at=at)
    groups = some.groupby(key, sort=False)
    some["differ"] = groups["visitors"].transform("nunique") > 1
    some["first"] = groups["line"].transform("first")
    some["total"] = groups["visitors"].transform("sum")
    some["nth"] = groups.cumcount()
    dropped = some[some["differ"] | (some["nth"] > 0)]
    drop[dropped["at"].to_numpy()] = True
    others = {
        first: " ".join(str(line) for line in part[:20])
        for first, part in some[some["differ"]].groupby("first")["line"].agg(list).head(EACH).items()
    }
    found = []
    for one in dropped.head(EACH).itertuples():
        if one.differ:
            found.append(
                Finding(
                    int(one.line),
                    None,
                    "duplicate_conflict",
                    {"rows": others.get(one.first, str(one.first)), "total": int(one.total)},
                )
            )
        else:
            found.append(Finding(int(one.line), None, "duplicate_row", {"first": int(one.first)}))
    if len(dropped) > EACH:
        found.append(
            Finding(
                int(dropped["line"].iloc[-1]),
                None,
                "more_errors",
                {"count": len(dropped) - EACH, "first": int(dropped["line"].iloc[EACH])},
            )
        )
    return drop, found
