"""How does a table become a workbook that one can go on working with?"""

import io
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import xlsxwriter

from ..words import Words

_ABOUT = ("message", "unit", "basis_name", "sources", "stamp", "plan", "state", "sample")


def write(figure: go.Figure | None, table: pd.DataFrame, words: Words) -> bytes:
    """Two sheets: the table under the reader's column names (numbers as numbers, dates as dates), and what it is.

    The second sheet names each column as the CSV does, so that the two can be matched. Text is written as text: no cell
    becomes a formula.
    """
    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(file, options) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        kinds = {
            "date": book.add_format({"num_format": "yyyy-mm-dd"}),
            "whole": book.add_format({"num_format": "#,##0"}),
            "broken": book.add_format({"num_format": "#,##0.0###"}),
            "text": None,
        }
        sheet = book.add_worksheet(words("sheet.table"))
        sheet.freeze_panes(1, 0)
        for number, name in enumerate(table.columns):
            label = words(f"columns.{name}")
            kind = _kind(table[name])
            sheet.write_string(0, number, label, bold)
            for row, cell in enumerate(table[name], start=1):
                _put(sheet, row, number, cell, kinds[kind], kind)
            longest = max([len(label), *(len(str(cell)) for cell in table[name].head(200))])
            sheet.set_column(number, number, 12 if kind == "date" else min(max(longest * 1.4, 10), 48))
        if len(table):
            sheet.autofilter(0, 0, len(table), len(table.columns) - 1)
        _about(book.add_worksheet(words("sheet.about")), table, words, bold)
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


def _kind(column: pd.Series) -> str:
    if pd.api.types.is_datetime64_any_dtype(column):
        return "date"
    if pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column):
        return "whole" if (column.dropna() % 1 == 0).all() else "broken"
    return "text"


def _put(sheet: Any, row: int, column: int, cell: Any, look: Any, kind: str) -> None:
    if pd.isna(cell) or cell == "":
        return  # not known stays an empty cell, never zero
    if kind == "date":
        sheet.write_datetime(row, column, cell.to_pydatetime(), look)
    elif isinstance(cell, bool):
        sheet.write_boolean(row, column, cell, look)  # a spreadsheet says yes and no in its owner's language
    elif kind == "text":
        sheet.write_string(row, column, str(cell), look)
    else:
        sheet.write_number(row, column, float(cell), look)
