"""Finds in an old workbook (.xls) what the library that reads its cells quickly leaves out, with xlrd."""

import logging
import os
from pathlib import Path
from typing import Any

import xlrd

from sejong_dash.intake.findings import Refused

from .cell_marks import CellMark, SheetMarks, mark_runs
from .number_formats import read_format

_LOG = logging.getLogger(__name__)


class OldWorkbookMarks:
    """An old workbook as xlrd reads it, with its formats. Raises Refused for a file that it cannot read."""

    def __init__(self, content: bytes) -> None:
        try:
            with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
                self._book: Any = xlrd.open_workbook(file_contents=content, formatting_info=True, on_demand=True, logfile=nowhere)
        except xlrd.XLRDError as error:
            raise Refused("password" if "encrypt" in str(error).lower() else "broken_workbook") from error
        except MemoryError:
            raise
        except Exception as error:  # a damaged file ends in any of a dozen exceptions
            _LOG.warning("an old workbook cannot be read with its formats", exc_info=True)
            raise Refused("broken_workbook") from error
        self._styles: dict[int, CellMark | None] = {}

    @property
    def since_1904(self) -> bool:
        """Whether days count from 1904."""
        return bool(self._book.datemode)

    def read(self, sheet_name: str) -> SheetMarks:
        """Return the marks of a sheet. Raises Refused for a damaged sheet."""
        marks = SheetMarks()
        if sheet_name not in self._book.sheet_names():
            return marks
        try:
            sheet = self._book.sheet_by_name(sheet_name)
        except MemoryError:
            raise
        except Exception as error:  # as above
            _LOG.warning("a sheet of an old workbook cannot be read with its formats", exc_info=True)
            raise Refused("broken_workbook") from error
        marks.hidden_rows = {row + 1 for row, info in sheet.rowinfo_map.items() if info.hidden}
        marks.hidden_columns = {column for column, info in sheet.colinfo_map.items() if info.hidden}
        for row in range(sheet.nrows):
            for column in range(sheet.row_len(row)):
                if (mark := self._mark_of(sheet, row, column)) is not None:
                    marks.add(row + 1, column, mark)
        return marks

    def _mark_of(self, sheet: Any, row: int, column: int) -> CellMark | None:
        kind, value = sheet.cell_type(row, column), sheet.cell_value(row, column)
        if kind in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
            return None
        if kind == xlrd.XL_CELL_TEXT and (runs := sheet.rich_text_runlist_map.get((row, column))):
            return mark_runs(self._cut_runs(str(value), runs, sheet.cell_xf_index(row, column)))
        style = self._style(sheet.cell_xf_index(row, column))
        if style is None or (style.code == "format_scaled" and kind != xlrd.XL_CELL_NUMBER):
            return None
        text = f"{value:g}" if isinstance(value, float) else str(value)
        if style.code != "format_scaled":
            return CellMark(style.code, text)
        scaled = float(value) * int(style.proposal or 0)
        proposal = str(int(scaled)) if scaled and scaled.is_integer() else None
        return CellMark(style.code, style.found.replace("12", f"{text} → ", 1), proposal)

    def _style(self, number: int) -> CellMark | None:
        if number not in self._styles:
            style = self._book.xf_list[number]
            kind = self._kind_of_font(style.font_index)
            known = self._book.format_map.get(style.format_key)
            shown = read_format(known.format_str) if known is not None else None
            mark = CellMark("format_scaled", shown[0], str(shown[1])) if shown is not None else None
            self._styles[number] = CellMark("struck_out" if kind == "struck" else "mark_in_cell") if kind != "plain" else mark
        return self._styles[number]

    def _kind_of_font(self, number: int) -> str:
        font = self._book.font_list[number]
        return "struck" if font.struck_out else "raised" if font.escapement else "plain"

    def _cut_runs(self, text: str, runs: list[tuple[int, int]], style: int) -> list[tuple[str, str]]:
        starts = [(0, self._book.xf_list[style].font_index), *runs]
        ends = [*(at for at, _ in runs), len(text)]
        return [(self._kind_of_font(font), text[at:end]) for (at, font), end in zip(starts, ends, strict=True)]
