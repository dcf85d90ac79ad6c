"""Checks a sheet whose headings are found: clean rows, the rows that cannot be used, and what is wrong with them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from sejong_dash.intake.cells import channels, days
from sejong_dash.intake.cells.amounts import shorten
from sejong_dash.intake.doubts.cell_rules import TAKEN, ask_rules, flag_taken_as_none, take_answered
from sejong_dash.intake.doubts.marked_cells import DROP, check_hidden, check_marks
from sejong_dash.intake.doubts.marked_cells import QUESTION as HIDDEN_ROWS
from sejong_dash.intake.doubts.row_meanings import add_up, check_channels, check_side_columns, check_split_rows
from sejong_dash.intake.doubts.table_end import READ, TableEnd, find_end, keep_rows, question_key, report_end
from sejong_dash.intake.doubts.wide_columns import ask_lost, find_lost, flag_days_to_come, report_lost
from sejong_dash.intake.files.raw_sheet import ProgressCallback, RawSheet, ignore_progress
from sejong_dash.intake.findings import COLUMNS, Finding, Refused
from sejong_dash.intake.intake_result import build_empty_cells, build_empty_rows
from sejong_dash.intake.reading_account import Checksum, Question
from sejong_dash.intake.reading_balance import make_checksum

from . import column_readings, count_unit, headings, totals
from .cell_checks import check_cells
from .column_readings import MOST_LISTED, ColumnReadings, Mask
from .duplicates import find_duplicates
from .headings import Head, TableLayout
from .plausibility import list_improbable, list_outside_plans
from .row_cells import RowCells, collect_cells, find_cut_column
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
    stood, side = collected.cells, collected.side
    cells, taken, settled = take_answered(sheet, layout, stood, read_count, factor)
    columns = column_readings.read_columns(cells, year, sheet.epoch_1904, expected_years, read_count, order, answers or {})
    on_progress("judge", 1, 4)
    lines = cells["line"].to_numpy()
    is_heading = np.isin(lines, sorted(end.repeated))
    is_total = totals.flag_total_rows(cells, columns, collected.whole_rows) & ~is_heading
    day_of_cells = columns["date"].pick(lambda reading: reading.value, "datetime64[us]")
    is_to_come = flag_days_to_come(stood, layout, day_of_cells, flag_taken_as_none(stood, cells))
    is_count = ~is_heading & ~is_total & ~is_to_come
    errors, is_bad = check_cells(cells, columns, is_count, collected)
    marked = check_marks(sheet, layout, cells, is_count, is_bad, settled)
    places = {(finding.row, finding.column) for finding in marked}
    errors = [*(error for error in errors if layout.wide or (error.row, error.column) not in places), *marked]
    once = side[~pd.Series(lines, index=side.index).duplicated()]  # of a wide line, which has a row for each number
    lost = find_lost(layout, once)
    errors += report_lost(layout, lost, once)
    meanings = check_side_columns(layout, side, lines, is_count, is_bad)
    errors += meanings.errors
    errors += check_channels(cells["channel"], lines, answers or {}, is_count, is_bad)
    is_count &= ~meanings.left_out & ~_flag_hidden(sheet, layout, lines)
    on_progress("judge", 2, 4)
    is_good = is_count & ~is_bad
    rows = _build_rows(columns, is_good)
    good_lines = lines[is_good]
    good_side = side[is_good].reset_index(drop=True)
    rows, added = add_up(rows, good_lines, good_side, meanings.summed)
    split, split_errors, split_questions = check_split_rows(layout, good_side, meanings, rows, good_lines)
    drop, duplicates = find_duplicates(rows[~split & ~added].reset_index(drop=True), good_lines[~split & ~added])
    drop = _spread(drop, split | added)
    notices = [
        *([Finding(layout.line, "visitors", "unit_of_heading", {"found": unit, "value": factor})] if factor > 1 else []),
        *_pick_rows(taken, good_lines),
        *_heading_notices(collected, lines[is_heading], layout),
        *_merged_cell_notices(sheet, layout, good_lines),
        *check_hidden(sheet, layout, good_lines),
        *_count_notices(layout, is_to_come, meanings.left_out, added, lines, good_lines),
        *totals.check_total_rows(cells, columns, is_total, is_good, collected.whole_rows),
        *totals.check_row_sums(cells, columns, is_good, collected.sums, read_count),
        *column_readings.list_notices(cells, columns, is_good),
        *list_improbable(rows, good_lines),
        *list_outside_plans(rows, good_lines),
        *(Finding(line, None, "note_skipped", {"found": shorten(text)}) for line, text in collected.notes[:MOST_LISTED]),
    ]
    on_progress("judge", 3, 4)
    kept = np.flatnonzero(is_good)[~drop]
    channel_names = rows["channel"][~drop].reset_index(drop=True)
    notices += channels.find_unknown(channel_names, lines[kept], answers or {})
    all_errors = _sort_by_line([*collected.errors, *errors, *duplicates, *split_errors, *report_end(end, below)])
    is_wrong = is_count.copy()
    is_wrong[kept] = False
    is_wrong[np.flatnonzero(is_good)[added]] = False
    wrong = pd.concat([collected.unreadable, cells.iloc[np.flatnonzero(is_wrong)][["line", *COLUMNS]]], ignore_index=True)
    wrong = wrong.sort_values("line", kind="stable")
    total_rows = totals.pick_total_rows(cells, is_total, collected.whole_rows)
    parts = list_parts(stood, collected.unreadable, below, side, lost, all_errors, is_total, is_heading, is_wrong, is_count)
    if factor > 1:  # a reader who mends a row has no heading beside it that names the unit
        for table in (wrong, total_rows):
            table["visitors"] = table["visitors"].map(lambda text: _convert_to_people(text, read_count)).astype("str")
    kept_rows = rows[~drop].reset_index(drop=True)
    questions = [*ask_lost(layout, lost), *meanings.questions, *split_questions, *ask_rules(all_errors)]
    questions += [Question(question_key(end.found), "second_table", end.found, (READ,), end.line)] if end.line is not None else []
    return CheckedTable(
        kept_rows,
        stood.iloc[kept][["line", *COLUMNS]].reset_index(drop=True),
        wrong.reset_index(drop=True),
        all_errors,
        _sort_by_line(notices),
        total_rows,
        questions,
        make_checksum(parts, int(kept_rows["visitors"].sum()), TAKEN if taken and factor == 1 else "unit_of_heading"),
    )


def _cut_below(collected: RowCells, end: TableEnd) -> pd.DataFrame:
    """Take the rows from the end of the table on out of `collected`, and return them."""
    if end.line is None:
        return collected.cells.iloc[:0]
    return keep_rows(collected, (collected.cells["line"] < end.line).to_numpy(dtype=bool))


def _spread(drop: Mask, before: Mask) -> Mask:
    """Return which rows to drop, of those dropped before and, in their order, the rest."""
    result = before.copy()
    result[np.flatnonzero(~before)] = drop
    return result


def _flag_hidden(sheet: RawSheet, layout: TableLayout, lines: np.ndarray) -> Mask:
    """Return which rows are left out because the reader wants no hidden rows."""
    is_dropped = layout.answers.get(HIDDEN_ROWS) == DROP
    return np.isin(lines, sorted(sheet.marks.hidden_rows)) if is_dropped else np.zeros(len(lines), dtype=bool)


def _count_notices(
    layout: TableLayout, to_come: Mask, left_out: Mask, added: Mask, lines: np.ndarray, good_lines: np.ndarray
) -> list[Finding]:
    """Return notices of cells of days to come, of rows left out and of rows added up, each with its number."""
    findings = []
    for code, among, flags in (
        ("days_to_come", lines, to_come),
        ("rows_left_out", lines, left_out),
        ("rows_added_up", good_lines, added),
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
