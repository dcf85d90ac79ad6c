"""Checks a sheet whose headings are found: clean rows, the rows that cannot be used, and what is wrong with them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from sejong_dash.intake.cells import channels, days
from sejong_dash.intake.cells.amounts import shorten
from sejong_dash.intake.doubts.cell_rules import TAKEN, ask_rules, take_answered
from sejong_dash.intake.doubts.marked_cells import check_hidden
from sejong_dash.intake.doubts.table_end import READ, TableEnd, find_end, keep_rows, question_key, report_end
from sejong_dash.intake.doubts.wide_columns import ask_lost
from sejong_dash.intake.files.raw_sheet import ProgressCallback, RawSheet, ignore_progress
from sejong_dash.intake.findings import COLUMNS, Finding, Refused
from sejong_dash.intake.intake_result import build_empty_cells, build_empty_rows
from sejong_dash.intake.reading_account import Checksum, Question
from sejong_dash.intake.reading_balance import make_checksum

from . import column_readings, count_unit, headings, totals
from .column_readings import MOST_LISTED
from .headings import Head, TableLayout
from .plausibility import list_improbable, list_outside_plans
from .row_cells import RowCells, collect_cells, find_cut_column
from .row_verdicts import GoodRows, RowVerdicts, judge_rows, pick_good
from .sum_parts import list_parts


@dataclass
class CheckedTable:
    """The result of a check; the tables are those of `Intake`, `parts` are the numbers of its check sum."""

    rows: pd.DataFrame
    source: pd.DataFrame
    wrong: pd.DataFrame
    errors: list[Finding]
    notices: list[Finding]
    totals: pd.DataFrame
    questions: list[Question] = field(default_factory=list)
    checksum: Checksum | None = None


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
    collected = collect_cells(sheet, layout, find_cut_column(head, layout), on_progress)
    on_progress("judge", 0, 4)
    end = find_end(collected, layout, sheet) if len(collected.cells) else TableEnd()
    factor, unit = _find_unit(layout, head, [*collected.notes, *((0, text) for text in sheet.marks.texts)])
    read_count = count_unit.make_reader(factor)
    if not len(collected.cells):
        empty = build_empty_cells()
        return CheckedTable(build_empty_rows(), empty, collected.unreadable, collected.errors, [], empty.copy())
    below = _cut_below(collected, end)
    known = answers or {}
    cells, taken, settled = take_answered(sheet, layout, collected.cells, read_count, factor)
    columns = column_readings.read_columns(cells, year, sheet.epoch_1904, expected_years, read_count, order, known)
    on_progress("judge", 1, 4)
    verdicts = judge_rows(sheet, layout, collected, cells, columns, settled, end.repeated, known)
    on_progress("judge", 2, 4)
    good = pick_good(layout, verdicts, collected.side)
    notices = [Finding(layout.line, "visitors", "unit_of_heading", {"found": unit, "value": factor})] if factor > 1 else []
    notices += _pick_rows(taken, good.lines)
    notices += _list_notices(sheet, layout, collected, cells, verdicts, good, read_count)
    on_progress("judge", 3, 4)
    kept = np.flatnonzero(verdicts.is_good)[~good.drop]
    rows = good.rows[~good.drop].reset_index(drop=True)
    notices += channels.find_unknown(rows["channel"], verdicts.lines[kept], known)
    errors = _sort_by_line([*collected.errors, *verdicts.errors, *good.errors, *report_end(end, below)])
    is_wrong = verdicts.is_count.copy()
    is_wrong[kept] = False
    is_wrong[np.flatnonzero(verdicts.is_good)[good.added]] = False
    wrong = pd.concat([collected.unreadable, cells.iloc[np.flatnonzero(is_wrong)][["line", *COLUMNS]]], ignore_index=True)
    wrong = wrong.sort_values("line", kind="stable")
    total_rows = totals.pick_total_rows(cells, verdicts.is_total, collected.whole_rows)
    parts = list_parts(collected, below, verdicts, errors, is_wrong)
    if factor > 1:  # a reader who mends a row has no heading beside it that names the unit
        for table in (wrong, total_rows):
            table["visitors"] = table["visitors"].map(lambda text: _convert_to_people(text, read_count)).astype("str")
    questions = [*ask_lost(layout, verdicts.lost), *verdicts.meanings.questions, *good.questions, *ask_rules(errors)]
    questions += [Question(question_key(end.found), "second_table", end.found, (READ,), end.line)] if end.line is not None else []
    return CheckedTable(
        rows,
        collected.cells.iloc[kept][["line", *COLUMNS]].reset_index(drop=True),
        wrong.reset_index(drop=True),
        errors,
        _sort_by_line(notices),
        total_rows,
        questions,
        make_checksum(parts, int(rows["visitors"].sum()), TAKEN if taken and factor == 1 else "unit_of_heading"),
    )


def _list_notices(
    sheet: RawSheet,
    layout: TableLayout,
    collected: RowCells,
    cells: pd.DataFrame,
    verdicts: RowVerdicts,
    good: GoodRows,
    read_count: count_unit.CellReader,
) -> list[Finding]:
    """Return what was changed, left out or is improbable, of the rows that count."""
    columns, is_good = verdicts.columns, verdicts.is_good
    return [
        *_heading_notices(collected, verdicts.lines[verdicts.is_heading], layout),
        *_merged_cell_notices(sheet, layout, good.lines),
        *check_hidden(sheet, layout, good.lines),
        *_count_notices(layout, verdicts, good),
        *totals.check_total_rows(cells, columns, verdicts.is_total, is_good, collected.whole_rows),
        *totals.check_row_sums(cells, columns, is_good, collected.sums, read_count),
        *column_readings.list_notices(cells, columns, is_good),
        *list_improbable(good.rows, good.lines),
        *list_outside_plans(good.rows, good.lines),
        *(Finding(line, None, "note_skipped", {"found": shorten(text)}) for line, text in collected.notes[:MOST_LISTED]),
    ]


def _cut_below(collected: RowCells, end: TableEnd) -> pd.DataFrame:
    """Take the rows from the end of the table on out of `collected`, and return them."""
    if end.line is None:
        return collected.cells.iloc[:0]
    return keep_rows(collected, (collected.cells["line"] < end.line).to_numpy(dtype=bool))


def _count_notices(layout: TableLayout, verdicts: RowVerdicts, good: GoodRows) -> list[Finding]:
    """Return notices of cells of days to come, of rows left out and of rows added up, each with its number."""
    findings = []
    for code, among, flags in (
        ("days_to_come", verdicts.lines, verdicts.is_to_come),
        ("rows_left_out", verdicts.lines, verdicts.meanings.left_out),
        ("rows_added_up", good.lines, good.added),
    ):
        if flags.any():
            findings.append(Finding(None, None, code, {"count": int(flags.sum()), "first": int(among[flags][0])}))
    if layout.heading_channel:
        title = layout.titles[layout.roles["visitors"][0]]
        findings.append(Finding(layout.line, "channel", "channel_of_heading", {"found": title, "value": layout.heading_channel}))
    return findings


def _sort_by_line(findings: Iterable[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda finding: finding.row or 0)


def _convert_to_people(text: str, read_count: count_unit.CellReader) -> str:
    reading = read_count(text)
    return text if reading.error else str(reading.value)


def _find_unit(layout: TableLayout, head: Head, notes: Sequence[tuple[int, str]]) -> tuple[int, str]:
    """Return the unit of the counts; in a wide sheet no column is headed as counts, so that all its titles may name it."""
    titles = [layout.titles[at] for at in layout.roles.get("visitors", [])] if layout.wide is None else layout.titles
    around = [cell for _, row in head[: layout.at + 2] for cell in row if cell.strip()]
    around = [cell for cell in around if cell not in titles or layout.wide is not None]
    return count_unit.find_unit(titles, [*around, *(text for _, text in notes)], layout.answers)


def _refuse_unreadable_days(
    layout: TableLayout, year: int | None, epoch_1904: bool, expected_years: tuple[int, ...], order: str | None
) -> None:
    """Refuse headings that should be days and cannot be read, once for the heading instead of for each row."""
    for at in layout.across:
        reading = days.read(layout.titles[at], year, epoch_1904, expected_years, order)
        if reading.error:
            code = "heading_date_year_missing" if reading.error == "date_year_missing" else "heading_not_a_day"
            raise Refused(code, layout.line, **reading.fields)


def _heading_notices(collected: RowCells, heading_lines: np.ndarray, layout: TableLayout) -> list[Finding]:
    lines = sorted({*collected.repeated, *(int(line) for line in heading_lines)})
    return [
        Finding(line, None, "second_header" if line == layout.line + 1 else "repeated_header") for line in lines[:MOST_LISTED]
    ]


def _pick_rows(taken: list[Finding], lines: np.ndarray) -> list[Finding]:
    """Return the notices of what was taken by an answer in rows that count."""
    good = set(lines.tolist())
    return [finding for finding in taken if finding.row in good][:MOST_LISTED]


def _merged_cell_notices(sheet: RawSheet, layout: TableLayout, lines: np.ndarray) -> list[Finding]:
    """Return a notice where a merged cell holds the day or the prefecture of several rows."""
    used = {at for role in COLUMNS for at in layout.roles.get(role, [])} | set(layout.across)
    row_lines = set(lines.tolist())
    filled = sorted(line for (line, at) in sheet.filled if at in used and line in row_lines)
    return [Finding(filled[0], None, "merged_cells", {"count": len(filled)})] if filled else []
