"""Write a table into a worksheet: numbers as numbers, dates as dates, text never a formula and always readable."""

import io
import zipfile
from dataclasses import dataclass
from typing import Any

import pandas as pd
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from sejong_dash.exports.model.safe_text import visible
from sejong_dash.words import Words

# what text looks like never makes it something else
_PLAIN = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_MARKUP = (".xml", ".rels", ".vml")


class _SafeWorksheet(Worksheet):
    """A worksheet whose cells hold no control character."""

    def _write_string(self, row: int, col: int, string: str, cell_format: Any = None) -> int:
        return int(super()._write_string(row, col, visible(string), cell_format))


def book(file: io.BytesIO, **options: Any) -> xlsxwriter.Workbook:
    """Return a new workbook that is written into `file` when it is closed; `packed` then gives its content."""
    made = xlsxwriter.Workbook(file, {**_PLAIN, **options})
    made.worksheet_class = _SafeWorksheet
    return made


def packed(file: io.BytesIO) -> bytes:
    """Return the workbook in `file` with every part well-formed: xlsxwriter writes names, labels and footers as they come."""
    made = io.BytesIO()
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = old.read(entry)
            new.writestr(entry, visible(content.decode()).encode() if entry.filename.endswith(_MARKUP) else content)
    return made.getvalue()


@dataclass(frozen=True, slots=True)
class CellStyles:
    """The formats of cells, made once for a workbook; `kinds` are those of the kinds of columns that `kind_of` returns."""

    head: Any
    kinds: dict[str, Any]

    @classmethod
    def of(cls, book: xlsxwriter.Workbook) -> "CellStyles":
        """Add the formats to a workbook."""
        return cls(
            book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1}),
            {
                "date": book.add_format({"num_format": "yyyy-mm-dd", "align": "left"}),
                "moment": book.add_format({"num_format": "yyyy-mm-dd hh:mm", "align": "left"}),
                "whole": book.add_format({"num_format": "#,##0"}),
                "broken": book.add_format({"num_format": "#,##0.0###"}),
                "text": None,
            },
        )


def write(sheet: Any, table: pd.DataFrame, words: Words, looks: CellStyles, top: int = 0) -> None:
    """Write the table under the reader's column names (in the row `top`), with a filter and columns as wide as they need."""
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
    """Return the width of each column, in letters."""
    found = []
    for name in table.columns:
        longest = max([len(words(f"columns.{name}")), *(len(str(cell)) for cell in table[name].head(200))])
        found.append(12 if kind_of(table[name]) == "date" else min(max(longest * 1.4, 10), 48))
    return found


def kind_of(column: pd.Series) -> str:
    """Return date, whole, broken (a number with places behind the point) or text."""
    if pd.api.types.is_datetime64_any_dtype(column):
        return "date"
    if pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column):
        return "whole" if (column.dropna() % 1 == 0).all() else "broken"
    return "text"


def put(sheet: Any, row: int, column: int, cell: Any, look: Any, kind: str) -> None:
    """Write a cell; what is not known stays an empty cell, never zero."""
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
