"""How does a table stand in a sheet: numbers as numbers, dates as dates, text never a formula?"""

from dataclasses import dataclass
from typing import Any

import pandas as pd
import xlsxwriter

from ..words import Words

# of xlsxwriter.Workbook: what text looks like never makes it something else
PLAIN = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


@dataclass(frozen=True, slots=True)
class Looks:
    """The formats of cells, made once for a workbook; `kinds` are those of the kinds of columns."""

    head: Any
    kinds: dict[str, Any]

    @classmethod
    def of(cls, book: xlsxwriter.Workbook) -> "Looks":
        return cls(
            book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1}),
            {
                "date": book.add_format({"num_format": "yyyy-mm-dd", "align": "left"}),
                "whole": book.add_format({"num_format": "#,##0"}),
                "broken": book.add_format({"num_format": "#,##0.0###"}),
                "text": None,
            },
        )


def write(sheet: Any, table: pd.DataFrame, words: Words, looks: Looks, top: int = 0) -> None:
    """The table under the reader's column names, the names in the row `top`, with a filter; columns as wide as they need."""
    for number, name in enumerate(table.columns):
        label = words(f"columns.{name}")
        kind = kind_of(table[name])
        sheet.write_string(top, number, label, looks.head)
        for row, cell in enumerate(table[name], start=top + 1):
            put(sheet, row, number, cell, looks.kinds[kind], kind)
    for number, width in enumerate(widths(table, words)):
        sheet.set_column(number, number, width)
    if len(table):
        sheet.autofilter(top, 0, top + len(table), len(table.columns) - 1)


def widths(table: pd.DataFrame, words: Words) -> list[float]:
    """How wide each column is, in letters."""
    found = []
    for name in table.columns:
        longest = max([len(words(f"columns.{name}")), *(len(str(cell)) for cell in table[name].head(200))])
        found.append(12 if kind_of(table[name]) == "date" else min(max(longest * 1.4, 10), 48))
    return found


def kind_of(column: pd.Series) -> str:
    """date, whole, broken (a number with places behind the point) or text."""
    if pd.api.types.is_datetime64_any_dtype(column):
        return "date"
    if pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column):
        return "whole" if (column.dropna() % 1 == 0).all() else "broken"
    return "text"


def put(sheet: Any, row: int, column: int, cell: Any, look: Any, kind: str) -> None:
    """One cell; what is not known stays an empty cell, never zero."""
    if pd.isna(cell) or cell == "":
        return
    if kind == "date":
        sheet.write_datetime(row, column, cell.to_pydatetime(), look)
    elif isinstance(cell, bool):
        sheet.write_boolean(row, column, cell, look)  # a spreadsheet says yes and no in its owner's language
    elif kind == "text":
        sheet.write_string(row, column, str(cell), look)
    else:
        sheet.write_number(row, column, float(cell), look)
