"""Which empty sheet do people fill in, so that it is read without a word?"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from unicodedata import east_asian_width

import xlsxwriter

from .. import theme
from ..words import Words
from . import _cells, csv

MIMES = {"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "csv": "text/csv"}
_ROWS = 2000  # that carry formats and lists to choose from
_WIDTHS = {"line": 8, "date": 14, "visitors": 14, "trouble": 80}
_MISSING = "#fbeee3"
_TOP = 1  # the row of the headings, below the line that explains


def workbook(said: str, headings: Sequence[str], places: Sequence[str], channels: Sequence[str], words: Words) -> bytes:
    """A line that explains, the headings and empty rows for day, prefecture, channel and visitors; prefectures and channels
    can be chosen from lists, and a cell that takes no sense says so."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, _cells.PLAIN) as book:
        looks = _cells.Looks.of(book)
        sheet, lists = book.add_worksheet(words("sheet.table")), book.add_worksheet(words("sheet.about"))
        sheet.write_string(0, 0, said)
        for at, heading in enumerate(headings):
            sheet.write_string(_TOP, at, heading, looks.head)
            sheet.set_column(at, at, 24, looks.kinds["whole"] if at == 3 else looks.kinds["date"] if at == 0 else None)
        _choices(sheet, lists, places, channels, 1, _ROWS)
        sheet.freeze_panes(_TOP + 1, 0)
    return file.getvalue()


@dataclass(frozen=True, slots=True)
class Wrong:
    """A row that must be mended: its line in the file it came from, its cells, the columns that are wrong, and why."""

    line: int
    cells: Sequence[str]
    marked: Sequence[str]
    trouble: str


def mending(
    said: str, columns: Sequence[str], rows: Sequence[Wrong], places: Sequence[str], channels: Sequence[str], words: Words
) -> bytes:
    """The same sheet with rows that must be mended: each stands between its line and what is wrong with it, and the cells that
    are wrong are coloured. On paper it is as wide as a lying A4."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, _cells.PLAIN) as book:
        head = _cells.Looks.of(book).head
        sheet, lists = book.add_worksheet(words("sheet.table")), book.add_worksheet(words("sheet.about"))
        look = {"valign": "top", "text_wrap": True, "border": 1, "border_color": theme.GRID}
        plain, wrong = book.add_format(look), book.add_format(look | {"bg_color": _MISSING})
        numbered = book.add_format(look | {"align": "left", "font_color": theme.MUTED})
        sheet.write_string(0, 0, said, book.add_format({"valign": "top"}))
        for at, name in enumerate(columns):
            sheet.write_string(_TOP, at, words(f"columns.{name}"), head)
            sheet.set_column(at, at, _WIDTHS.get(name, 18))
        for number, one in enumerate(rows, start=_TOP + 1):
            sheet.write_number(number, 0, one.line, numbered)
            for at, (name, cell) in enumerate(zip(columns[1:-1], one.cells, strict=True), start=1):
                ink = wrong if name in one.marked else plain
                if cell.isascii() and cell.isdigit() and len(cell) < 10 and not cell.startswith("0"):
                    sheet.write_number(number, at, int(cell), ink)
                else:
                    sheet.write_string(number, at, cell, ink)  # a blank one keeps its colour
            sheet.write_string(number, len(columns) - 1, one.trouble, plain)
            high = sum(-(-_wide(line) // _WIDTHS["trouble"]) for line in one.trouble.split("\n"))
            sheet.set_row(number, 15.5 * max(high, 1))
        _choices(sheet, lists, places, channels, 2, len(rows))
        sheet.freeze_panes(_TOP + 1, 0)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(_TOP)
    return file.getvalue()


def _wide(said: str) -> int:
    """How many letters wide a text is; those of East Asia take two places."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in said) + 2


def _choices(sheet: Any, lists: Any, places: Sequence[str], channels: Sequence[str], first: int, rows: int) -> None:
    """Lists to choose prefecture (in the column `first`) and channel from; a cell that takes no sense says so."""
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


def text(said: str, headings: Sequence[str]) -> bytes:
    """The same as CSV."""
    return csv.lines([[said], [*headings]])
