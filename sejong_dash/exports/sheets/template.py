"""Write the empty sheet that people fill in, and the sheet of rows that they are to correct."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sejong_dash import theme
from sejong_dash.layout import text_width
from sejong_dash.words import Words

from . import csv, sheet_cells

MIMES = {"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "csv": "text/csv"}
_ROWS = 2000  # that carry formats and lists to choose from
_WIDTHS = {"line": 8, "date": 14, "visitors": 14, "trouble": 80}
_MISSING = theme.MISSING_GROUND
_LETTER = 0.5  # em that a column's unit of width is
_TOP = 1  # the row of the headings, below the line that explains


def workbook(explanation: str, headings: Sequence[str], places: Sequence[str], channels: Sequence[str], words: Words) -> bytes:
    """Return a workbook with a line that explains, the headings, and empty rows for day, prefecture, channel and visitors.

    Prefectures and channels can be chosen from lists, and a cell that makes no sense warns.
    """
    file = io.BytesIO()
    with sheet_cells.book(file) as book:
        looks = sheet_cells.CellStyles.of(book)
        sheet, lists = book.add_worksheet(words("sheet.table")), book.add_worksheet(words("sheet.about"))
        sheet.write_string(0, 0, explanation)
        for at, heading in enumerate(headings):
            sheet.write_string(_TOP, at, heading, looks.head)
            sheet.set_column(at, at, 24, looks.kinds["whole"] if at == 3 else looks.kinds["date"] if at == 0 else None)
        _choices(sheet, lists, places, channels, 1, _ROWS)
        sheet.freeze_panes(_TOP + 1, 0)
    return sheet_cells.packed(file)


@dataclass(frozen=True, slots=True)
class RowToCorrect:
    """A row to correct: its line in the file it came from, its cells, the columns that are wrong, and why."""

    line: int
    cells: Sequence[str]
    marked: Sequence[str]
    trouble: str


def write_corrections(
    explanation: str,
    columns: Sequence[str],
    rows: Sequence[RowToCorrect],
    places: Sequence[str],
    channels: Sequence[str],
    words: Words,
) -> bytes:
    """Return the same workbook with rows to correct: each between its line and what is wrong, wrong cells coloured.

    Printed, it is as wide as A4 in landscape.
    """
    file = io.BytesIO()
    with sheet_cells.book(file) as book:
        head = sheet_cells.CellStyles.of(book).head
        sheet, lists = book.add_worksheet(words("sheet.table")), book.add_worksheet(words("sheet.about"))
        look = {"valign": "top", "text_wrap": True, "border": 1, "border_color": theme.GRID}
        plain, wrong = book.add_format(look), book.add_format(look | {"bg_color": _MISSING})
        numbered = book.add_format(look | {"align": "left", "font_color": theme.MUTED})
        sheet.write_string(0, 0, explanation, book.add_format({"valign": "top"}))
        for at, name in enumerate(columns):
            sheet.write_string(_TOP, at, words(f"columns.{name}"), head)
            sheet.set_column(at, at, _WIDTHS.get(name, 18))
        for number, row in enumerate(rows, start=_TOP + 1):
            sheet.write_number(number, 0, row.line, numbered)
            for at, (name, cell) in enumerate(zip(columns[1:-1], row.cells, strict=True), start=1):
                ink = wrong if name in row.marked else plain
                if cell.isascii() and cell.isdigit() and len(cell) < 10 and not cell.startswith("0"):
                    sheet.write_number(number, at, int(cell), ink)
                else:
                    sheet.write_string(number, at, cell, ink)  # a blank one keeps its colour
            sheet.write_string(number, len(columns) - 1, row.trouble, plain)
            lines = text_width.break_lines(row.trouble, _WIDTHS["trouble"] * _LETTER)
            sheet.set_row(number, 15.5 * len(lines))
        _choices(sheet, lists, places, channels, 2, len(rows))
        sheet.freeze_panes(_TOP + 1, 0)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(_TOP)
    return sheet_cells.packed(file)


def _choices(sheet: Any, lists: Any, places: Sequence[str], channels: Sequence[str], first: int, rows: int) -> None:
    """Add lists to choose prefecture (in the column `first`) and channel from; a cell that makes no sense warns."""
    for at, names in enumerate((places, channels)):
        for row, name in enumerate(names):
            lists.write_string(row, at, name)
        area = f"='{lists.get_name()}'!${'AB'[at]}$1:${'AB'[at]}${len(names)}"
        # a warning, not a wall: other ways to write a prefecture are read as well
        asked = {"validate": "list", "source": area, "error_type": "information"}
        sheet.data_validation(_TOP + 1, first + at, _TOP + rows, first + at, asked)
    lists.set_column(0, 1, 24)
    whole = {"validate": "integer", "criteria": ">=", "value": 0, "error_type": "warning"}
    sheet.data_validation(_TOP + 1, first + 2, _TOP + rows, first + 2, whole)


def text(explanation: str, headings: Sequence[str]) -> bytes:
    """Return the same as CSV."""
    return csv.lines([[explanation], [*headings]])
