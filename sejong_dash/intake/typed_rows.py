"""Reads rows of text that somebody typed or corrected, as a file with the same cells is read."""

from collections.abc import Mapping, Sequence

from .count_file import TABLES, clean_filename, likely_years, log_refusal, pause_garbage_collection
from .files.raw_sheet import LONGEST_LINE, RawSheet, batch_numbered
from .findings import COLUMNS, Refused
from .intake_result import Intake, reject_file
from .table.checked_table import check_table
from .table.headings import TableLayout
from .table.overlap import find_overlaps

_Rows = Sequence[tuple[int, list[str]]]  # the line of each row, and its cells in the order of COLUMNS


def read_rows(rows: _Rows, filename: str, table: str, *, channels: Mapping[str, str] | None = None) -> Intake:
    """Return all that the rows hold, with their errors; nothing is stored, and no cell raises an exception.

    Findings name a row by its line, which need not follow the line before. `filename`, `table` and `channels` are as for
    `count_file.read`.
    """
    name, size = clean_filename(filename), sum(len(cell) for _, cells in rows for cell in cells)
    sheet = RawSheet("text", batch_numbered([(1, list(COLUMNS)), *rows]), expected=len(rows))
    layout = TableLayout(0, 1, list(COLUMNS), {column: [at] for at, column in enumerate(COLUMNS)})
    try:
        if table not in TABLES:
            raise Refused("table_unknown", None, found=table)
        _refuse_cells(rows)
        with pause_garbage_collection(size):
            checked = check_table(sheet, layout, sheet.head(), None, likely_years((), sheet.name), None, channels)
        if not len(checked.rows) and not checked.errors:
            raise Refused("no_data_rows", layout.line)
    except Refused as refused:
        if rows:  # a grid in which nothing is written is no file
            log_refusal(name, size, refused.finding.code)
        return reject_file(name, refused.finding)
    notices = (*find_overlaps(checked.rows), *checked.notices)
    return Intake(name, checked.rows, checked.source, checked.wrong, tuple(checked.errors), notices, totals=checked.totals)


def _refuse_cells(rows: _Rows) -> None:
    """Refuse cells for which a file would be refused."""
    for line, cells in rows:
        if any("\0" in cell for cell in cells):
            raise Refused("nul_byte", line)
        if sum(map(len, cells)) > LONGEST_LINE:
            raise Refused("cell_too_long", line, most=LONGEST_LINE)
