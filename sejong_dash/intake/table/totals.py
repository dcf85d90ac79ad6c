"""Finds rows of totals and checks whether they agree with their parts."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from sejong_dash.intake.cells.spelling import load_vocabulary
from sejong_dash.intake.findings import COLUMNS, Finding

from .column_readings import MOST_LISTED, ColumnReadings, Mask
from .count_unit import CellReader
from .total_words import is_average, is_total

_KEY = ("date", "prefecture", "channel")
_NAMING = ("channel", "prefecture", "date")  # the cells that may name a total, first the one that narrows its parts least
_WORD = load_vocabulary()["totals"]["grand"][0]
_MOST_CHECKED = 20 * MOST_LISTED


def flag_total_rows(cells: pd.DataFrame, columns: dict[str, ColumnReadings], whole_rows: Mapping[int, Sequence[str]]) -> Mask:
    """Return which rows are totals or averages: one of their cells says so."""
    flags = np.zeros(len(cells), dtype=bool)
    for name in _KEY:
        is_named = columns[name].flag_unread(lambda text: bool(text.strip()) and is_total(text))
        if not is_named.all():  # where every row is named a total, nothing would be left
            flags |= is_named
    lines = [line for line, row in whole_rows.items() if any(cell.strip() and is_total(cell) for cell in row)]
    return flags | np.isin(cells["line"].to_numpy(), np.array(lines, dtype="int64"))


def check_total_rows(
    cells: pd.DataFrame,
    columns: dict[str, ColumnReadings],
    is_total_row: Mask,
    is_good: Mask,
    whole_rows: Mapping[int, Sequence[str]],
) -> list[Finding]:
    """Return a notice for each row of totals, and another where its parts come to another sum.

    The parts of a total are the good rows of its day, its prefecture or its channel, where it names one; those since the
    total before it, those above it, or all.
    """
    if not is_total_row.any():
        return []
    lines = cells["line"].to_numpy()
    counts = columns["visitors"]
    values = counts.values if counts.values is not None else np.zeros(len(cells), dtype="int64")
    is_readable = ~counts.flag(lambda reading: reading.error is not None)
    sums = np.concatenate([[0], np.cumsum(np.where(is_good, values, 0))])
    good_rows = np.concatenate([[0], np.cumsum(is_good)])
    parts = pd.DataFrame({"value": values, **{name: columns[name].which for name in _KEY}})
    is_named = {
        name: columns[name].flag(lambda reading: reading.error is None and reading.value not in (None, "")) for name in _KEY
    }
    grouped: dict[tuple[str, ...], pd.Series] = {}
    findings: list[Finding] = []
    listed: set[int] = set()
    before = 0
    for at in np.flatnonzero(is_total_row)[:_MOST_CHECKED]:
        line = int(lines[at])
        texts = [*(str(cells.at[at, name]) for name in _KEY), *whole_rows.get(line, ())]
        is_mean = any(is_average(text) for text in texts if text.strip())
        if line not in listed:
            listed.add(line)
            findings.append(Finding(line, None, "average_row_skipped" if is_mean else "total_row_skipped"))
        start = int(np.searchsorted(lines, line))
        if is_readable[at] and not is_mean:
            names = tuple(name for name in _KEY if is_named[name][at])
            if names not in grouped and names:
                grouped[names] = parts[is_good].groupby(list(names))["value"].sum()
            key = tuple(int(columns[name].which[at]) for name in names)
            sum_of_all = int(sums[-1]) if good_rows[-1] else None
            own = _sum_of_key(grouped[names], key) if names else sum_of_all
            since = int(sums[start] - sums[before]) if good_rows[start] > good_rows[before] else None
            above = int(sums[start]) if good_rows[start] else None
            if int(values[at]) not in (own, since, above):
                is_part = not names and before and start > before and own != above and since != above
                findings.append(_disagreement(line, int(values[at]), since if is_part else own))
        before = int(np.searchsorted(lines, line, side="right"))
    return findings


def pick_total_rows(cells: pd.DataFrame, is_total_row: Mask, whole_rows: Mapping[int, Sequence[str]]) -> pd.DataFrame:
    """Return the rows of totals as `Intake.totals`, without averages.

    Where the word for a total stands in a column that is not kept, a blank cell of the row takes it.
    """
    averages = [line for line, row in whole_rows.items() if any(cell.strip() and is_average(cell) for cell in row)]
    rows = cells.loc[is_total_row & ~cells["line"].isin(averages).to_numpy(), ["line", *COLUMNS]].reset_index(drop=True)
    is_named = np.logical_or.reduce([rows[name].map(is_total).to_numpy(dtype=bool) for name in _NAMING])
    for name in _NAMING:
        is_blank = ~is_named & (rows[name].str.strip() == "").to_numpy(dtype=bool)
        rows.loc[is_blank, name] = _WORD
        is_named |= is_blank
    return rows[is_named].reset_index(drop=True)


def check_row_sums(
    cells: pd.DataFrame,
    columns: dict[str, ColumnReadings],
    is_good: Mask,
    sums: Mapping[int, str],
    read_count: CellReader,
) -> list[Finding]:
    """Return a notice for each total to the right of a wide table that differs from the numbers of its row."""
    if not sums:
        return []
    values = columns["visitors"].values
    rows = pd.DataFrame({"line": cells["line"].to_numpy(), "value": values})[is_good].groupby("line")["value"].sum()
    findings: list[Finding] = []
    for line, expected in rows.items():
        reading = read_count(sums.get(int(line), ""))
        if reading.error is None and reading.value != expected:
            findings.append(_disagreement(int(line), reading.value, int(expected)))
        if len(findings) >= MOST_LISTED:
            break
    return findings


def _sum_of_key(sums: pd.Series, key: tuple[int, ...]) -> int | None:
    """Return the sum of a day, a prefecture or a channel; None where no row of it could be read, since that is no sum of 0."""
    total = sums.get(key if len(key) > 1 else key[0])
    return None if total is None else int(total)


def _disagreement(line: int, total: int, expected: int | None) -> Finding:
    if expected is None:
        return Finding(line, "visitors", "total_alone", {"found": total})
    return Finding(line, "visitors", "total_mismatch", {"found": total, "expected": expected})
