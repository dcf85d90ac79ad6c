"""Which empty sheet do people fill in, so that it is read without a word?"""

import io
from collections.abc import Sequence

import xlsxwriter

from ..words import Words
from . import _cells, csv

MIMES = {"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "csv": "text/csv"}
_ROWS = 2000  # that carry formats and lists to choose from
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
        for at, names in enumerate((places, channels)):
            for row, name in enumerate(names):
                lists.write_string(row, at, name)
            area = f"='{lists.get_name()}'!${'AB'[at]}$1:${'AB'[at]}${len(names)}"
            # a warning, not a wall: other ways to write a prefecture are read as well
            asked = {"validate": "list", "source": area, "error_type": "information"}
            sheet.data_validation(_TOP + 1, at + 1, _TOP + _ROWS, at + 1, asked)
        lists.set_column(0, 1, 24)
        whole = {"validate": "integer", "criteria": ">=", "value": 0, "error_type": "warning"}
        sheet.data_validation(_TOP + 1, 3, _TOP + _ROWS, 3, whole)
        sheet.freeze_panes(_TOP + 1, 0)
    return file.getvalue()


def text(said: str, headings: Sequence[str]) -> bytes:
    """The same as CSV."""
    return csv.lines([[said], [*headings]])
