"""Write a table as a workbook to go on working with."""

import io
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from sejong_dash.exhibits import caption
from sejong_dash.version import TAG
from sejong_dash.words import Words

from . import sheet_cells

_ABOUT = ("message", *caption.PARTS, "sample")


def write(figure: go.Figure | None, table: pd.DataFrame, words: Words) -> bytes:
    """Return a workbook of two sheets: the table under the reader's column names, and what it is. Numbers and dates stay such.

    The second sheet names each column as the CSV does, so that the two can be matched. Text is written as text: no cell
    becomes a formula.
    """
    file = io.BytesIO()
    with sheet_cells.book(file) as book:
        book.set_properties({"comments": f"{words('app')} {TAG}"})
        looks = sheet_cells.CellStyles.of(book)
        sheet = book.add_worksheet(words("sheet.table"))
        sheet.freeze_panes(1, 0)
        sheet_cells.write(sheet, table, words, looks)
        _about(book.add_worksheet(words("sheet.about")), table, words, looks.head)
    return sheet_cells.packed(file)


def _about(sheet: Any, table: pd.DataFrame, words: Words, bold: Any) -> None:
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 90)
    sheet.write_string(0, 0, words("title"), bold)
    row = 1
    for name, text in caption.parts(words, _ABOUT).items():
        sheet.write_string(row, 0, words(f"caption_label.{name}"))
        sheet.write_string(row, 1, text)
        row += 1
    row += 1
    sheet.write_string(row, 0, words("sheet.column_key"), bold)
    sheet.write_string(row, 1, words("sheet.column_name"), bold)
    for name in table.columns:
        row += 1
        sheet.write_string(row, 0, str(name))
        sheet.write_string(row, 1, words(f"columns.{name}"))
