"""Checks the cells of rows: what could not be read, numbers cut at their comma, prefectures that contradict each other."""

import numpy as np
import pandas as pd

from sejong_dash.intake.cells.amounts import shorten
from sejong_dash.intake.findings import COLUMNS, Finding

from . import column_readings
from .column_readings import ColumnReadings, Mask
from .row_cells import RowCells

_MOST_LINES_ABOVE = 500  # rows that are searched upwards for the day of a blank cell


def check_cells(
    cells: pd.DataFrame, columns: dict[str, ColumnReadings], is_count: Mask, collected: RowCells
) -> tuple[list[Finding], Mask]:
    """Return the errors of the cells, and which rows have any."""
    is_bad = np.logical_or.reduce([columns[name].flag(lambda reading: reading.error is not None) for name in COLUMNS])
    errors = [
        _propose_day_above(error, cells, columns) if error.code == "missing_value" and error.column == "date" else error
        for error in column_readings.list_errors(cells, columns, is_count)
    ]
    errors += _check_cut_numbers(cells, is_count, is_bad)
    errors += _check_codes(cells, columns, is_count, is_bad, collected)
    return errors, is_bad


def _check_cut_numbers(cells: pd.DataFrame, is_count: Mask, is_bad: Mask) -> list[Finding]:
    """Return an error for 1,200 without quotes (1 in this column, 200 in the next), and mark its row in `is_bad`."""
    if "after" not in cells:
        return []
    lines = cells["line"].to_numpy()
    errors = []
    is_cut = cells["visitors"].str.fullmatch(r"\s*[1-9][0-9]{0,2}") & cells["after"].str.fullmatch(r"[0-9]{3}\s*")
    for at in np.flatnonzero(is_cut.to_numpy(dtype=bool) & is_count):
        before, after = str(cells.at[at, "visitors"]), str(cells.at[at, "after"])
        fields = {"found": f"{before},{after}", "proposal": before.strip() + after.strip()}
        errors.append(Finding(int(lines[at]), "visitors", "number_cut", fields))
        is_bad[at] = True
    return errors


def _check_codes(
    cells: pd.DataFrame, columns: dict[str, ColumnReadings], is_count: Mask, is_bad: Mask, collected: RowCells
) -> list[Finding]:
    """Return an error where two columns name two prefectures, and mark its row in `is_bad`."""
    if collected.codes is None:
        return []
    lines = cells["line"].to_numpy()
    errors = []
    named = columns["prefecture"].pick(lambda reading: reading.value, "str").fillna("")
    second = column_readings.read_texts(collected.codes, column_readings.make_prefecture_reader())
    differ = second.pick(lambda reading: reading.value, "str").fillna("") != named
    differ &= collected.codes.str.strip() != ""
    for at in np.flatnonzero(differ.to_numpy(dtype=bool) & is_count & ~is_bad):
        found = f"{shorten(str(cells.at[at, 'prefecture']))} / {shorten(str(collected.codes[at]))}"
        errors.append(Finding(int(lines[at]), "prefecture", "prefecture_conflict", {"found": found}))
        is_bad[at] = True
    return errors


def _propose_day_above(error: Finding, cells: pd.DataFrame, columns: dict[str, ColumnReadings]) -> Finding:
    """Return the error with the day above as its proposal: a blank day may mean the same day."""
    end = int(np.searchsorted(cells["line"].to_numpy(), error.row or 0))
    which = columns["date"].which
    for at in range(end - 1, max(end - _MOST_LINES_ABOVE, -1), -1):
        above = columns["date"].readings[which[at]]
        if above.error is None:
            return Finding(error.row, error.column, error.code, {**error.fields, "proposal": above.value.isoformat()})
    return error
