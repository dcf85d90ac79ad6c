"""Which rows stand in a workbook?

python-calamine reads them (a million rows in seconds; openpyxl needs a minute). Before it does, the file is unpacked once
piece by piece: what would need too much memory, and what XML can be bidden to do, is refused there.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

import numpy as np
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum

from .intake import Refused
from .sheet import MOST_COLUMNS, MOST_ROWS, Piece, Sheet, Tell, in_order, in_pieces, silent

_MOST_UNPACKED = 400 * 1024 * 1024
_MOST_CELLS = 5_000_000  # calamine keeps the whole rectangle, filled or not; more take longer than ten seconds
_PIECE = 4 * 1024 * 1024
_OVERLAP = 64
_EXACT = 1e15  # as many digits as Excel keeps
_LOOSE = re.compile(rb"<(?:\w+:)?(?:c|row)\s(?:[^>]*\s)?r(?:\s+=|=\s)")


def open_sheets(content: bytes, tell: Tell = silent) -> list[Sheet]:
    """Every sheet with cells, visible ones first; each is read when its rows are asked for."""
    zipped = content.startswith(b"PK")
    since_1904 = _inspect(content, tell) if zipped else False
    book = _guarded(lambda: CalamineWorkbook.from_filelike(io.BytesIO(content)))
    kinds = sorted(
        (one for one in book.sheets_metadata if one.typ == SheetTypeEnum.WorkSheet),
        key=lambda one: str(one.visible) != "SheetVisibleEnum.Visible",
    )
    return [_lazy(book, one.name, since_1904, "workbook" if zipped else "old_workbook") for one in kinds]


def _lazy(book: CalamineWorkbook, name: str, since_1904: bool, kind: str) -> Sheet:
    sheet = Sheet(kind, iter(()), texts, name, since_1904)

    def pieces() -> Iterator[Piece]:
        page: CalamineSheet = _guarded(lambda: book.get_sheet_by_name(name))
        if page.total_height > MOST_ROWS + 1000:
            raise Refused("too_many_rows", None, most=MOST_ROWS)
        sheet.expected = page.total_height
        if page.total_width > MOST_COLUMNS:
            raise Refused("too_many_columns", most=MOST_COLUMNS)
        merged = page.merged_cell_ranges or []
        yield from in_pieces(_merged(page, sheet, merged)) if merged else in_order(page.iter_rows(), 1)

    sheet.pieces = pieces()
    return sheet


def _merged(page: CalamineSheet, sheet: Sheet, merged: list[Any]) -> Iterator[tuple[int, list[Any]]]:
    """Rows with what a merged cell says in all the rows that it covers."""
    starts: dict[int, list[tuple[int, int]]] = {}
    for (top, left), (bottom, _) in merged[:100_000]:
        if bottom > top:
            starts.setdefault(top, []).append((left, bottom))
    reaching: dict[int, tuple[Any, int, int]] = {}
    for number, row in enumerate(page.iter_rows()):
        if reaching:
            for column, (cell, bottom, began) in list(reaching.items()):
                if row[column] == "":
                    row[column] = cell
                    sheet.filled[number + 1, column] = began + 1
                if number >= bottom:
                    del reaching[column]
        for left, bottom in starts.get(number, ()):
            if left < len(row) and row[left] != "":
                reaching[left] = (row[left], bottom, number)
        yield number + 1, row


def texts(cells: Sequence[Any]) -> list[str]:
    """Cells as they would stand in a CSV. Most columns are of one type, and days repeat."""
    kinds = set(map(type, cells))
    if kinds == {str}:
        return list(cells)
    if kinds == {float}:
        numbers = np.array(cells)
        if np.isfinite(numbers).all() and (np.abs(numbers) < _EXACT).all() and (numbers == np.floor(numbers)).all():
            return list(map(str, numbers.astype("int64").tolist()))
    if kinds == {date}:
        days = {day: day.isoformat() for day in set(cells)}
        return [days[day] for day in cells]
    return [_text(cell) for cell in cells]


def _text(cell: Any) -> str:
    """Whole numbers without a point, days and moments as ISO writes them."""
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


def _guarded(step: Any) -> Any:
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


def _inspect(content: bytes, tell: Tell) -> bool:
    """Whether days count from 1904. Raises Refused for what is no workbook or would not fit."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            names = packed.namelist()
            if not any(name.startswith("xl/") and name.endswith(".xml") for name in names):
                raise Refused(
                    "other_workbook" if {"mimetype", "xl/workbook.bin"} & set(names) else "not_a_table", found="archive"
                )
            if len(names) > 5000 or sum(one.file_size for one in packed.infolist()) > _MOST_UNPACKED:
                raise Refused("too_large_unpacked", most=_MOST_UNPACKED // 1024 // 1024)
            return _unpack(packed, tell)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, ValueError, RuntimeError, OSError) as error:
        raise Refused("broken_workbook") from error  # RuntimeError: an entry with a password


def _unpack(packed: zipfile.ZipFile, tell: Tell) -> bool:
    """Go once through every entry, as far as it really reaches."""
    left, since_1904 = _MOST_UNPACKED, False
    whole = sum(one.file_size for one in packed.infolist())
    for entry in packed.infolist():
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Refused("broken_workbook")
        high, wide, cells, is_sheet, before = 0, 0, 0, False, b""
        with packed.open(entry) as file:
            while piece := file.read(_PIECE):
                left -= len(piece)
                tell("unpack", _MOST_UNPACKED - left, whole)
                if left < 0:
                    raise Refused("too_large_unpacked", most=_MOST_UNPACKED // 1024 // 1024)
                if not entry.filename.endswith((".xml", ".rels", ".vml")):
                    continue
                both = before + piece
                if b"<!DOCTYPE" in both or b"<!ENTITY" in both:
                    raise Refused("xml_tricks")
                since_1904 |= entry.filename == "xl/workbook.xml" and (b'date1904="1"' in both or b'date1904="true"' in both)
                is_sheet |= b"sheetData" in both
                if is_sheet or entry.filename.startswith("xl/worksheets/"):
                    down, across = _extent(both)
                    high, wide, cells = max(high, down), max(wide, across), cells + piece.count(b"<c")
                before = piece[-_OVERLAP:]
        if is_sheet and high > MOST_ROWS + 1000:
            raise Refused("too_many_rows", None, most=MOST_ROWS)
        if is_sheet and (wide > MOST_COLUMNS or high * wide > _MOST_CELLS or cells > _MOST_CELLS):
            raise Refused("too_many_cells_in_all", None, most=_MOST_CELLS)
    return since_1904


def _extent(xml: bytes) -> tuple[int, int]:
    """The lowest row and the last column that an r="B12" of this piece names."""
    signs = np.frombuffer(xml + b"\0" * 16, dtype=np.uint8)
    loose = (signs[:-16] <= 0x20) & (signs[1:-15] == 0x72)
    loose &= (signs[2:-14] <= 0x20) | ((signs[2:-14] == 0x3D) & (signs[3:-13] <= 0x20))
    if loose.any() and _LOOSE.search(xml):
        raise Refused("xml_tricks")  # no program writes r = "B12"
    quote = (signs[3:-13] == 0x22) | (signs[3:-13] == 0x27)
    starts = np.flatnonzero(quote & (signs[2:-14] == 0x3D) & (signs[1:-15] == 0x72) & (signs[:-16] <= 0x20)) + 4
    row, column = np.zeros(len(starts), dtype=np.int64), np.zeros(len(starts), dtype=np.int64)
    high, wide = 0, 0
    for step in range(11):
        sign = signs[starts + step]
        digit, letter = (sign >= 0x30) & (sign <= 0x39), (sign >= 0x41) & (sign <= 0x5A)
        row = np.where(digit, row * 10 + sign - 0x30, row)
        column = np.where(letter, column * 26 + sign - 0x40, column)
        starts, row, column = starts[digit | letter], row[digit | letter], column[digit | letter]
        if not len(row):
            break
        high, wide = max(high, int(row.max())), max(wide, int(column.max()))
    return high, wide
