"""Reads the rows of a workbook.

python-calamine reads them (a million rows in seconds; openpyxl needs a minute). Before it does, the file is unpacked once
chunk by chunk: what would need too much memory, and XML that could be made to do harm (entities), is refused there.
"""

import io
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

import numpy as np
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum

from sejong_dash.intake.findings import Refused

from .merged_cells import fill_merged
from .old_workbook_marks import OldWorkbookMarks
from .raw_sheet import MOST_COLUMNS, MOST_ROWS, ProgressCallback, RawSheet, RowBatch, batch_lines, batch_numbered, ignore_progress
from .sheet_extent import measure_extent, measure_filled
from .workbook_marks import WorkbookMarks, guard

_Marks = WorkbookMarks | OldWorkbookMarks
_MOST_UNPACKED = 400 * 1024 * 1024
_MOST_CELLS = 5_000_000  # calamine keeps the whole rectangle, filled or not; more take longer than ten seconds
_MOST_SHEETS_FULL = 2  # sheets of that size: all of a workbook are unpacked
_CHUNK = 4 * 1024 * 1024
_OVERLAP = 64  # bytes of a chunk looked at again with the next, so that no mark is cut in two
_EXACT = 1e15  # as many digits as Excel keeps


def open_sheets(content: bytes, on_progress: ProgressCallback = ignore_progress) -> list[RawSheet]:
    """Return every sheet with cells, visible ones first; each is read when its rows are asked for.

    Raises Refused for a file that is no workbook, is damaged or protected, or would not fit into the memory.
    """
    is_zip = content.startswith(b"PK")
    marks: _Marks
    if is_zip:
        since_1904 = _inspect(content, on_progress)
        marks = guard(lambda: WorkbookMarks(zipfile.ZipFile(io.BytesIO(content))), Refused)
    else:
        marks = OldWorkbookMarks(content)
        since_1904 = marks.since_1904
    book = _read_guarded(lambda: CalamineWorkbook.from_filelike(io.BytesIO(content)))
    sheets = sorted(
        (sheet for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet),
        key=lambda sheet: str(sheet.visible) != "SheetVisibleEnum.Visible",
    )
    kind = "workbook" if is_zip else "old_workbook"
    opened = [_open_lazily(book, sheet.name, since_1904, kind, marks) for sheet in sheets]
    for raw, sheet in zip(opened, sheets, strict=True):
        raw.is_hidden = str(sheet.visible) != "SheetVisibleEnum.Visible"
    return opened


def _open_lazily(book: CalamineWorkbook, name: str, since_1904: bool, kind: str, marks: _Marks) -> RawSheet:
    sheet = RawSheet(kind, iter(()), to_texts, name, since_1904)

    def read_batches() -> Iterator[RowBatch]:
        page: CalamineSheet = _read_guarded(lambda: book.get_sheet_by_name(name))
        if page.total_height > MOST_ROWS + 1000:
            raise Refused("too_many_rows", None, most=MOST_ROWS)
        sheet.expected = page.total_height
        if page.total_width > MOST_COLUMNS:
            raise Refused("too_many_columns", most=MOST_COLUMNS)
        sheet.marks = guard(lambda: marks.read(name), Refused)
        merged = page.merged_cell_ranges or []
        yield from batch_numbered(fill_merged(page.iter_rows(), sheet, merged)) if merged else batch_lines(page.iter_rows(), 1)

    sheet.batches = read_batches()
    return sheet


def to_texts(cells: Sequence[Any]) -> list[str]:
    """Return cells as they would stand in a CSV. Most columns are of one type, and days repeat, which saves time."""
    types = set(map(type, cells))
    if types == {str}:
        return list(cells)
    if types == {float}:
        numbers = np.array(cells)
        if np.isfinite(numbers).all() and (np.abs(numbers) < _EXACT).all() and (numbers == np.floor(numbers)).all():
            return list(map(str, numbers.astype("int64").tolist()))
    if types == {date}:
        days = {day: day.isoformat() for day in set(cells)}
        return [days[day] for day in cells]
    return [_to_text(cell) for cell in cells]


def _to_text(cell: Any) -> str:
    """Return whole numbers without a point, days and moments in the form of ISO 8601."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < _EXACT else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "seconds")
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell.total_seconds()) if isinstance(cell, timedelta) else str(cell)


def _read_guarded(step: Any) -> Any:
    try:
        return step()
    except PasswordError as error:
        raise Refused("password") from error
    except CalamineError as error:
        raise Refused("broken_workbook") from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # what Rust raises on a file that it did not foresee
            raise
        raise Refused("broken_workbook") from error


def _inspect(content: bytes, on_progress: ProgressCallback) -> bool:
    """Return whether days count from 1904; raise Refused for a file that is no workbook or would not fit."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            names = packed.namelist()
            if not any(name.startswith("xl/") and name.endswith(".xml") for name in names):
                raise _name_archive(packed, names)
            if len(names) > 5000 or sum(entry.file_size for entry in packed.infolist()) > _MOST_UNPACKED:
                raise Refused("too_large_unpacked", most=_MOST_UNPACKED // 1024 // 1024)
            return _unpack(packed, on_progress)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, ValueError, RuntimeError, OSError) as error:
        raise Refused("broken_workbook") from error  # RuntimeError: an entry with a password


def _name_archive(packed: zipfile.ZipFile, names: list[str]) -> Refused:
    """Return the error of a packed file that is no workbook of Excel, by what it is."""
    if "xl/workbook.bin" in names:
        return Refused("other_workbook", found="XLSB")
    if any(name.endswith(".iwa") for name in names) or "Index.zip" in names:
        return Refused("other_workbook", found="Numbers")
    kind = packed.read("mimetype")[:100].decode("ascii", "replace") if "mimetype" in names else ""
    if "hwp" in kind or any(name.startswith("Contents/section") for name in names):
        return Refused("other_workbook", found="HWP")
    if kind:
        return Refused("other_workbook", found="OpenDocument")
    return Refused("not_a_table", found="archive")


def _unpack(packed: zipfile.ZipFile, on_progress: ProgressCallback) -> bool:
    """Go once through every entry as far as it really reaches; return whether days count from 1904."""
    left, since_1904, in_all = _MOST_UNPACKED, False, 0
    declared = sum(entry.file_size for entry in packed.infolist())
    for entry in packed.infolist():
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Refused("broken_workbook")
        high, wide, cells, is_sheet, before = 0, 0, 0, False, b""
        with packed.open(entry) as file:
            while chunk := file.read(_CHUNK):
                left -= len(chunk)
                on_progress("unpack", _MOST_UNPACKED - left, declared)
                if left < 0:
                    raise Refused("too_large_unpacked", most=_MOST_UNPACKED // 1024 // 1024)
                joined = before + chunk
                if b"<!DOCTYPE" in joined or b"<!ENTITY" in joined:
                    raise Refused("xml_tricks")
                since_1904 |= entry.filename == "xl/workbook.xml" and (b'date1904="1"' in joined or b'date1904="true"' in joined)
                is_sheet |= b"sheetData" in joined
                if is_sheet or entry.filename.startswith("xl/worksheets/"):
                    down, across = measure_extent(joined)
                    high, wide, cells = max(high, down), max(wide, across), cells + chunk.count(b"<c")
                before = chunk[-_OVERLAP:]
        if is_sheet and (high > MOST_ROWS + 1000 or wide > MOST_COLUMNS or high * wide > _MOST_CELLS) and cells <= _MOST_CELLS:
            with packed.open(entry) as file:
                high, wide = measure_filled(file)
        if is_sheet and high > MOST_ROWS + 1000:
            raise Refused("too_many_rows", None, most=MOST_ROWS)
        if is_sheet and (wide > MOST_COLUMNS or high * wide > _MOST_CELLS or cells > _MOST_CELLS):
            raise Refused("too_many_cells_in_all", None, most=_MOST_CELLS)
        in_all += high * wide
        if in_all > _MOST_SHEETS_FULL * _MOST_CELLS:
            raise Refused("too_many_cells_in_all", None, most=_MOST_CELLS)
    return since_1904
