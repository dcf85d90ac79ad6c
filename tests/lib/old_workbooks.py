"""Writes the stream of an old workbook (.xls, BIFF8) record by record, with what its cells show: fonts, formats, hidden rows."""

import struct
from collections.abc import Sequence
from typing import Any

STRUCK, RAISED, FORMAT = 1, 2, 3  # styles beside the plain one (0)
_NUMBER_FORMAT = 164
_RAISED_FONT = 2
_STRUCK_FONT = 1


def build(
    rows: Sequence[Sequence[Any]], number_format: str, since_1904: bool = False, hidden_row: int = -1, hidden_column: int = -1
) -> bytes:
    """Return a workbook with one sheet named a.

    A cell is a text, a number, a pair of a number and its style, or a list of (is raised, letters).
    """
    texts: list[bytes] = []
    cells = b"".join(_write_cell(line, column, cell, texts) for line, row in enumerate(rows) for column, cell in enumerate(row))
    sheet = _record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0xDBB, 0x7CC, 0, 6))
    if hidden_column >= 0:
        sheet += _record(0x7D, struct.pack("<HHHHHH", hidden_column, hidden_column, 2048, 0, 1, 0))
    sheet += _record(0x200, struct.pack("<IIHHH", 0, len(rows), 0, max(map(len, rows)), 0))
    for line, row in enumerate(rows):
        sheet += _record(0x208, struct.pack("<HHHHHHI", line, 0, len(row), 255, 0, 0, 0x20 if line == hidden_row else 0))
    sheet += cells + _record(0x0A, b"")
    head = _record(0x809, struct.pack("<HHHHII", 0x600, 5, 0xDBB, 0x7CC, 0, 6)) + _record(0x42, struct.pack("<H", 1200))
    head += _record(0x22, struct.pack("<H", since_1904))
    head += b"".join(_record(0x31, _font(*font)) for font in ((0, 0), (8, 0), (0, 1), (0, 0)))
    head += _record(0x41E, struct.pack("<H", _NUMBER_FORMAT) + _text(number_format))
    head += b"".join(
        _record(0xE0, _style(*style)) for style in ((0, 0), (_STRUCK_FONT, 0), (_RAISED_FONT, 0), (0, _NUMBER_FORMAT))
    )
    strings = _record(0xFC, struct.pack("<II", len(texts), len(texts)) + b"".join(texts))
    name = struct.pack("<BBBB", 0, 0, 1, 0) + b"a"
    start = len(head) + 4 + 4 + len(name) + len(strings) + 4
    return head + _record(0x85, struct.pack("<I", start) + name) + strings + _record(0x0A, b"") + sheet


def _record(number: int, content: bytes) -> bytes:
    return struct.pack("<HH", number, len(content)) + content


def _font(options: int, escapement: int) -> bytes:
    return struct.pack("<HHHHHBBBBBB", 200, options, 0x7FFF, 400, escapement, 0, 0, 0, 0, 1, 0) + b"A"


def _style(font: int, number_format: int) -> bytes:
    return struct.pack("<HHHBBBBIIH", font, number_format, 1, 0, 0, 0, 0xFC, 0, 0, 0x20C0)


def _text(text: str) -> bytes:
    return struct.pack("<HB", len(text), 1) + text.encode("utf-16-le")


def _write_cell(line: int, column: int, cell: Any, texts: list[bytes]) -> bytes:
    number, style = cell if isinstance(cell, tuple) else (cell, 0)
    if isinstance(number, int | float):
        return _record(0x203, struct.pack("<HHHd", line, column, style, number))
    runs = number if isinstance(number, list) else [(False, number)]
    letters, places = "", b""
    for is_raised, part in runs:
        places += struct.pack("<HH", len(letters), _RAISED_FONT if is_raised else 0)
        letters += part
    is_rich = isinstance(number, list)
    content = struct.pack("<HB", len(letters), 9 if is_rich else 1) + (struct.pack("<H", len(runs)) if is_rich else b"")
    texts.append(content + letters.encode("utf-16-le") + (places if is_rich else b""))
    return _record(0xFD, struct.pack("<HHHI", line, column, style, len(texts) - 1))
