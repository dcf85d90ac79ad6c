"""Checks a sheet whose headings are found: clean rows, the rows that cannot be used, and what is wrong with them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sejong_dash.datasets import plans, prefectures
from sejong_dash.intake.cells import channels, days
from sejong_dash.intake.cells.amounts import shorten
from sejong_dash.intake.files.raw_sheet import ProgressCallback, RawSheet, ignore_progress
from sejong_dash.intake.findings import COLUMNS, Finding, Refused
from sejong_dash.intake.intake_result import build_empty_cells, build_empty_rows

from . import column_readings, count_unit, headings, totals
from .column_readings import MOST_LISTED, ColumnReadings, Mask
from .duplicates import find_duplicates
from .headings import Head, TableLayout, role_of
from .row_cells import RowCells, collect_cells, find_cut_column

_MOST_LINES_ABOVE = 500  # rows that are searched upwards for the day of a blank cell


@dataclass
class CheckedTable:
    """The result of a check; the tables are those of `Intake`."""

    rows: pd.DataFrame
    source: pd.DataFrame
    wrong: pd.DataFrame
    errors: list[Finding]
    notices: list[Finding]
    totals: pd.DataFrame


def check_table(
    sheet: RawSheet,
    layout: TableLayout,
    head: Head,
    year: int | None,
    expected_years: tuple[int, ...],
    order: str | None = None,
    answers: Mapping[str, str] | None = None,
    on_progress: ProgressCallback = ignore_progress,
) -> CheckedTable:
    """Return the checked rows below the headings; `answers` maps names of channels to channels, for the rest see `days.read`.

    Raises Refused where nothing below the headings can be a row.
    """
    if layout.wide == "date":
        _refuse_unreadable_days(layout, year, sheet.epoch_1904, expected_years, order)
    headings.refuse_ambiguous(layout)
    factor, unit = _find_unit(layout, head)
    read_count = count_unit.make_reader(factor)
    collected = collect_cells(sheet, layout, find_cut_column(head, layout), on_progress)
    cells = collected.cells
    on_progress("judge", 0, 4)
    if not len(cells):
        empty = build_empty_cells()
        return CheckedTable(build_empty_rows(), empty, collected.unreadable, collected.errors, [], empty.copy())
    columns = column_readings.read_columns(cells, year, sheet.epoch_1904, expected_years, read_count, order, answers or {})
    on_progress("judge", 1, 4)
    is_heading = _flag_headings(columns, layout)
    is_total = totals.flag_total_rows(cells, columns, collected.whole_rows) & ~is_heading
    is_count = ~is_heading & ~is_total
    errors, is_bad = _check_cells(cells, columns, is_count, collected)
    on_progress("judge", 2, 4)
    is_good = is_count & ~is_bad
    rows = _build_rows(columns, is_good)
    lines = cells["line"].to_numpy()
    good_lines = lines[is_good]
    drop, duplicates = find_duplicates(rows, good_lines)
    notices = [
        *([Finding(layout.line, "visitors", "unit_of_heading", {"found": unit, "value": factor})] if factor > 1 else []),
        *_heading_notices(collected, lines[is_heading], layout),
        *_merged_cell_notices(sheet, layout, good_lines),
        *totals.check_total_rows(cells, columns, is_total, is_good, collected.whole_rows),
        *totals.check_row_sums(cells, columns, is_good, collected.sums, read_count),
        *column_readings.list_notices(cells, columns, is_good),
        *_population_notices(rows, good_lines),
        *_season_notices(rows, good_lines),
        *(Finding(line, None, "note_skipped", {"found": shorten(text)}) for line, text in collected.notes[:MOST_LISTED]),
    ]
    on_progress("judge", 3, 4)
    kept = np.flatnonzero(is_good)[~drop]
    channel_names = rows["channel"][~drop].reset_index(drop=True)
    notices += channels.find_unknown(channel_names, lines[kept], answers or {})
    is_wrong = is_count.copy()
    is_wrong[kept] = False
    wrong = pd.concat([collected.unreadable, cells.iloc[np.flatnonzero(is_wrong)][["line", *COLUMNS]]], ignore_index=True)
    wrong = wrong.sort_values("line", kind="stable")
    total_rows = totals.pick_total_rows(cells, is_total, collected.whole_rows)
    if factor > 1:  # a reader who mends a row has no heading beside it that names the unit
        for table in (wrong, total_rows):
            table["visitors"] = table["visitors"].map(lambda text: _convert_to_people(text, read_count)).astype("str")
    return CheckedTable(
        rows[~drop].reset_index(drop=True),
        cells.iloc[kept][["line", *COLUMNS]].reset_index(drop=True),
        wrong.reset_index(drop=True),
        _sort_by_line([*collected.errors, *errors, *duplicates]),
        _sort_by_line(notices),
        total_rows,
    )


def _sort_by_line(findings: Iterable[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda finding: finding.row or 0)


def _convert_to_people(text: str, read_count: count_unit.CellReader) -> str:
    reading = read_count(text)
    return text if reading.error else str(reading.value)


def _find_unit(layout: TableLayout, head: Head) -> tuple[int, str]:
    """Return the unit of the counts; in a wide sheet no column is headed as counts, so that all its titles may name it."""
    titles = [layout.titles[at] for at in layout.roles.get("visitors", [])] if layout.wide is None else layout.titles
    return count_unit.find_unit(titles, (cell for _, row in head[: layout.at + 2] for cell in row))


def _refuse_unreadable_days(
    layout: TableLayout, year: int | None, epoch_1904: bool, expected_years: tuple[int, ...], order: str | None
) -> None:
    """Refuse headings that should be days and cannot be read, once for the heading instead of for each row."""
    for at in layout.across:
        reading = days.read(layout.titles[at], year, epoch_1904, expected_years, order)
        if reading.error:
            code = "heading_date_year_missing" if reading.error == "date_year_missing" else "heading_not_a_day"
            raise Refused(code, layout.line, **reading.fields)


def _flag_headings(columns: dict[str, ColumnReadings], layout: TableLayout) -> Mask:
    """Return which rows are the headings once more."""
    flags = {
        name: columns[name].flag_unread(lambda text: role_of(text) is not None) for name in ("date", "prefecture", "visitors")
    }
    needed = [name for name in flags if name != layout.wide and (name != "visitors" or layout.wide is None)]
    return np.logical_and.reduce([flags[name] for name in needed])


def _check_cells(
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


def _build_rows(columns: dict[str, ColumnReadings], is_good: Mask) -> pd.DataFrame:
    rows = pd.DataFrame(
        {
            "date": columns["date"].pick(lambda reading: reading.value, "datetime64[us]"),
            "jis_code": columns["prefecture"].pick(lambda reading: reading.value or None, "str"),
            "channel": columns["channel"].pick(lambda reading: reading.value or None, "str"),
            "visitors": pd.Series(columns["visitors"].values, dtype="Int64"),
        }
    )
    return rows[is_good].reset_index(drop=True)


def _heading_notices(collected: RowCells, heading_lines: np.ndarray, layout: TableLayout) -> list[Finding]:
    lines = sorted({*collected.repeated, *(int(line) for line in heading_lines)})
    return [
        Finding(line, None, "second_header" if line == layout.line + 1 else "repeated_header") for line in lines[:MOST_LISTED]
    ]


def _merged_cell_notices(sheet: RawSheet, layout: TableLayout, lines: np.ndarray) -> list[Finding]:
    """Return a notice where a merged cell holds the day or the prefecture of several rows."""
    used = {at for role in COLUMNS for at in layout.roles.get(role, [])} | set(layout.across)
    row_lines = set(lines.tolist())
    filled = sorted(line for (line, at) in sheet.filled if at in used and line in row_lines)
    return [Finding(filled[0], None, "merged_cells", {"count": len(filled)})] if filled else []


def _population_notices(rows: pd.DataFrame, lines: np.ndarray) -> list[Finding]:
    """Return a notice for each row with more visitors from a prefecture on one day than live there."""
    population = prefectures.load().set_index("jis_code")["population_2020"]
    most = rows["jis_code"].map(population).astype("Int64")
    improbable = np.flatnonzero((rows["visitors"] > most).fillna(False).to_numpy(dtype=bool))[:MOST_LISTED]
    return [
        Finding(int(lines[at]), "visitors", "improbable", {"found": int(rows["visitors"].iloc[at]), "most": int(most.iloc[at])})
        for at in improbable
    ]


def _season_notices(rows: pd.DataFrame, lines: np.ndarray) -> list[Finding]:
    """Return a notice for each row of a day on which no plan has the expo open: a trial day, or a wrong month."""
    dated = plans.load().dropna(subset=["opens_on", "closes_on"])
    open_days = [rows["date"].between(first, last) for first, last in zip(dated["opens_on"], dated["closes_on"], strict=True)]
    if not open_days:
        return []
    outside = np.flatnonzero(~np.logical_or.reduce(open_days))[:MOST_LISTED]
    return [Finding(int(lines[at]), "date", "outside_plans", {"found": f"{rows['date'].iloc[at]:%Y-%m-%d}"}) for at in outside]
