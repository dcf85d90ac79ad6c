"""Decides of each row of a table what it is: a count, a total, a heading once more, a day to come, or a row with an error."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sejong_dash.intake.doubts.cell_rules import flag_taken_as_none
from sejong_dash.intake.doubts.marked_cells import DROP, check_marks
from sejong_dash.intake.doubts.marked_cells import QUESTION as HIDDEN_ROWS
from sejong_dash.intake.doubts.row_meanings import RowMeanings, add_up, check_channels, check_side_columns, check_split_rows
from sejong_dash.intake.doubts.wide_columns import find_lost, flag_days_to_come, report_lost
from sejong_dash.intake.files.cell_marks import Place
from sejong_dash.intake.files.raw_sheet import RawSheet
from sejong_dash.intake.findings import Finding
from sejong_dash.intake.reading_account import Question

from . import totals
from .cell_checks import check_cells
from .column_readings import ColumnReadings, Mask
from .duplicates import find_duplicates
from .headings import TableLayout
from .row_cells import RowCells


@dataclass(frozen=True)
class RowVerdicts:
    """What each row of a table is; masks and `lines` have a place for each row.

    `is_count`: the row holds a count, right or wrong; `is_good`: one without an error. `errors` are those of single cells and of
    columns, `lost` the columns of counts whose heading is not understood.
    """

    columns: dict[str, ColumnReadings]
    lines: np.ndarray
    is_heading: Mask
    is_total: Mask
    is_to_come: Mask
    is_count: Mask
    is_good: Mask
    errors: list[Finding]
    lost: list[int]
    meanings: RowMeanings


@dataclass(frozen=True)
class GoodRows:
    """The good rows, with which of them were added to another (`added`) and which do not stay (`drop`), and why."""

    rows: pd.DataFrame
    lines: np.ndarray
    added: Mask
    drop: Mask
    errors: list[Finding]
    questions: list[Question]


def judge_rows(
    sheet: RawSheet,
    layout: TableLayout,
    collected: RowCells,
    cells: pd.DataFrame,
    columns: dict[str, ColumnReadings],
    settled: Iterable[Place],
    repeated: Iterable[int],
    answers: Mapping[str, str],
) -> RowVerdicts:
    """Return what each row is.

    `cells` are those collected, with what the reader's answers make of them, `settled` the marks that an answer has settled,
    `repeated` the lines of headings further down, `answers` the channels that names mean.
    """
    lines, side = cells["line"].to_numpy(), collected.side
    is_heading = np.isin(lines, sorted(repeated))
    is_total = totals.flag_total_rows(cells, columns, collected.whole_rows) & ~is_heading
    day_of_cells = columns["date"].pick(lambda reading: reading.value, "datetime64[us]")
    is_to_come = flag_days_to_come(collected.cells, layout, day_of_cells, flag_taken_as_none(collected.cells, cells))
    is_count = ~is_heading & ~is_total & ~is_to_come
    errors, is_bad = check_cells(cells, columns, is_count, collected)
    marked = check_marks(sheet, layout, cells, is_count, is_bad, set(settled))
    places = {(finding.row, finding.column) for finding in marked}
    errors = [*(error for error in errors if layout.wide or (error.row, error.column) not in places), *marked]
    once = side[~pd.Series(lines, index=side.index).duplicated()]  # of a wide line, which has a row for each number
    lost = find_lost(layout, once)
    errors += report_lost(layout, lost, once)
    meanings = check_side_columns(layout, side, lines, is_count, is_bad)
    errors += meanings.errors
    errors += check_channels(cells["channel"], lines, answers, is_count, is_bad)
    is_count &= ~meanings.left_out & ~_flag_hidden(sheet, layout, lines)
    return RowVerdicts(columns, lines, is_heading, is_total, is_to_come, is_count, is_count & ~is_bad, errors, lost, meanings)


def pick_good(layout: TableLayout, verdicts: RowVerdicts, side: pd.DataFrame) -> GoodRows:
    """Return the good rows: parts of a count added up, and of rows for the same day, prefecture and channel those that stay."""
    lines = verdicts.lines[verdicts.is_good]
    side = side[verdicts.is_good].reset_index(drop=True)
    rows, added = add_up(_build_rows(verdicts.columns, verdicts.is_good), lines, side, verdicts.meanings.summed)
    split, split_errors, questions = check_split_rows(layout, side, verdicts.meanings, rows, lines)
    drop, duplicates = find_duplicates(rows[~split & ~added].reset_index(drop=True), lines[~split & ~added])
    return GoodRows(rows, lines, added, _spread(drop, split | added), [*duplicates, *split_errors], questions)


def _flag_hidden(sheet: RawSheet, layout: TableLayout, lines: np.ndarray) -> Mask:
    """Return which rows are left out because the reader wants no hidden rows."""
    is_dropped = layout.answers.get(HIDDEN_ROWS) == DROP
    return np.isin(lines, sorted(sheet.marks.hidden_rows)) if is_dropped else np.zeros(len(lines), dtype=bool)


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


def _spread(drop: Mask, before: Mask) -> Mask:
    """Return which rows to drop, of those dropped before and, in their order, the rest."""
    result = before.copy()
    result[np.flatnonzero(~before)] = drop
    return result
