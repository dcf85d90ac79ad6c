"""How does a table become a workbook that one can go on working with?"""

import io
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import xlsxwriter

from ..words import Words
from . import _cells

_ABOUT = ("message", "unit", "basis_name", "sources", "stamp", "plan", "state", "sample")


def write(figure: go.Figure | None, table: pd.DataFrame, words: Words) -> bytes:
    """Two sheets: the table under the reader's column names (numbers as numbers, dates as dates), and what it is.

    The second sheet names each column as the CSV does, so that the two can be matched. Text is written as text: no cell
    becomes a formula.
    """
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, _cells.PLAIN) as book:
        looks = _cells.Looks.of(book)
        sheet = book.add_worksheet(words("sheet.table"))
        sheet.freeze_panes(1, 0)
        _cells.write(sheet, table, words, looks)
        _about(book.add_worksheet(words("sheet.about")), table, words, looks.head)
    return file.getvalue()


def _about(sheet: Any, table: pd.DataFrame, words: Words, bold: Any) -> None:
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 90)
    sheet.write_string(0, 0, words("title"), bold)
    row = 1
    for entry in _ABOUT:
        if words.has(entry) and words(entry):
            sheet.write_string(row, 0, words(f"sheet.{entry}"))
            sheet.write_string(row, 1, words(entry))
            row += 1
    row += 1
    sheet.write_string(row, 0, words("sheet.column_key"), bold)
    sheet.write_string(row, 1, words("sheet.column_name"), bold)
    for name in table.columns:
        row += 1
        sheet.write_string(row, 0, str(name))
        sheet.write_string(row, 1, words(f"columns.{name}"))
