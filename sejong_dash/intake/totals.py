"""Which rows are totals, and do they agree with their parts?"""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from .intake import Finding
from .judge import EACH, Column
from .scale import Read
from .total_words import is_average, is_total


def rows_of(cells: pd.DataFrame, columns: dict[str, Column], whole: Mapping[int, Sequence[str]]) -> np.ndarray:
    """Which rows are totals (or averages): a cell of theirs says so."""
    found = np.zeros(len(cells), dtype=bool)
    for name in ("date", "prefecture", "channel"):
        says = columns[name].unread(lambda text: bool(text.strip()) and is_total(text))
        if not says.all():  # where every row says it, nothing would be left
            found |= says
    said = [line for line, row in whole.items() if any(cell.strip() and is_total(cell) for cell in row)]
    return found | np.isin(cells["line"].to_numpy(), np.array(said, dtype="int64"))


def check(
    cells: pd.DataFrame, columns: dict[str, Column], totals: np.ndarray, good: np.ndarray, whole: Mapping[int, Sequence[str]]
) -> list[Finding]:
    """Each row of totals with a notice, and another where its parts say something else.

    The parts of a total are the good rows of its day, its prefecture or its channel, where it names one; those since the
    total before it; or all."""
    if not totals.any():
        return []
    lines = cells["line"].to_numpy()
    read = columns["visitors"]
    values = read.values if read.values is not None else np.zeros(len(cells), dtype="int64")
    usable = ~read.flags(lambda one: one.error is not None)
    sums = np.concatenate([[0], np.cumsum(np.where(good, values, 0))])
    parts = pd.DataFrame({"value": values, **{name: columns[name].which for name in ("date", "prefecture", "channel")}})
    known = {
        name: columns[name].flags(lambda one: one.error is None and one.value not in (None, ""))
        for name in ("date", "prefecture", "channel")
    }
    grouped: dict[tuple[str, ...], pd.Series] = {}
    told: list[Finding] = []
    said: set[int] = set()
    before = 0
    for at in np.flatnonzero(totals)[: 20 * EACH]:
        line = int(lines[at])
        words = [*(str(cells.at[at, name]) for name in ("date", "prefecture", "channel")), *whole.get(line, ())]
        average = any(is_average(word) for word in words if word.strip())
        if line not in said:
            said.add(line)
            told.append(Finding(line, None, "average_row_skipped" if average else "total_row_skipped"))
        start = int(np.searchsorted(lines, line))
        if usable[at] and not average:
            names = tuple(name for name in ("date", "prefecture", "channel") if known[name][at])
            if names not in grouped and names:
                grouped[names] = parts[good].groupby(list(names))["value"].sum()
            key = tuple(int(columns[name].which[at]) for name in names)
            own = int(grouped[names].get(key if len(key) > 1 else key[0], 0)) if names else int(sums[-1])
            ways = {own, int(sums[start] - sums[before]), int(sums[start])}
            if int(values[at]) not in ways:
                expected = own if names or len(ways) < 3 else int(sums[start] - sums[before]) if before else own
                told.append(Finding(line, "visitors", "total_mismatch", {"found": int(values[at]), "expected": expected}))
        before = int(np.searchsorted(lines, line, side="right"))
    return told


def check_across(
    cells: pd.DataFrame, columns: dict[str, Column], good: np.ndarray, sums: Mapping[int, str], read: Read
) -> list[Finding]:
    """The totals to the right of a wide table against the numbers of their row."""
    if not sums:
        return []
    values = columns["visitors"].values
    rows = pd.DataFrame({"line": cells["line"].to_numpy(), "value": values})[good].groupby("line")["value"].sum()
    told = []
    for line, expected in rows.items():
        said = read(sums.get(int(line), ""))
        if said.error is None and said.value != expected:
            told.append(Finding(int(line), "visitors", "total_mismatch", {"found": said.value, "expected": int(expected)}))
        if len(told) >= EACH:
            break
    return told
