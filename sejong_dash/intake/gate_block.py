"""How many came on which day, from where and through which gate, in one piece of a log?

Arrow reads the piece; what a cell means is asked once for each text that occurs, never for each row. A piece that Arrow
and the line feeds do not agree on (a quote that is never closed, a line break within quotes) is read again line by line.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.csv as arrow_csv

from . import gate_time
from .gate_origin import Origins

LONGEST = 10  # lines that one cell in quotes may go on over
_TEXT = pa.dictionary(pa.int32(), pa.binary())
_BEGINS = re.compile(r"\D{0,3}20\d\d-\d\d-\d\d")
_DENSE = 1_000_000  # keys that may be counted in a table with a place for each
_UNREAD = "\ufffd"  # stands where bytes are no text
_MOST_KEYS = 2.0**62  # more would not fit into a number of 64 bits

Cells = tuple[str, str, str, str]  # time, place, country, gate
Key = tuple[str, str, str]  # day, origin, gate


@dataclass(frozen=True, slots=True)
class WrongRow:
    """A row that could not be counted: its physical line, the column's name (None: the row as a whole), why, what stood there."""

    row: int
    column: str | None
    code: str
    found: str


@dataclass(frozen=True)
class Layout:
    """How the rows of a log are built; `columns` holds where time, place, country and gate stand (None: not there)."""

    header: tuple[str, ...]
    columns: tuple[int | None, int | None, int | None, int | None]
    delimiter: str
    encoding: str
    origins: Origins


@dataclass
class Tally:
    """What a piece of a log holds; rows are counted from its own first line. Every row is counted or wrong."""

    lines: int = 0
    blank: int = 0
    counted: Counter[Key] = field(default_factory=Counter)
    wrong: list[WrongRow] = field(default_factory=list)
    wrong_total: int = 0


def tally(piece: bytes, end: int, layout: Layout, most: int) -> Tally:
    """Count the whole lines up to `end`; of the wrong rows the first `most` are told and all are counted."""
    if layout.encoding != "utf-8":
        piece = piece[:end].decode(layout.encoding, errors="replace").encode()
        end = len(piece)
    found = _by_columns(piece, end, layout, most) or _by_lines(piece[:end], layout, most)
    found.wrong = sorted(found.wrong, key=lambda one: one.row)[:most]
    return found


def judge(cells: Cells, layout: Layout) -> Key | WrongRow:
    """What a row counts as, or what is wrong with it."""
    time, place, country, gate = cells
    for at, cell in enumerate(cells):
        if _UNREAD in cell:
            return _wrong(layout, at, "encoding_broken", cell)
    day, code = gate_time.day_of(time)
    if code:
        return _wrong(layout, 0, code, time)
    origin, code = layout.origins.find(place, country)
    if code:
        return _wrong(layout, 1 if layout.columns[1] is not None else 2, code, place or country)
    return day, origin, gate.strip()


def _wrong(layout: Layout, at: int, code: str, found: str) -> WrongRow:
    column = layout.columns[at]
    return WrongRow(0, None if column is None else layout.header[column], code, found)


def _number_of(sign: str, piece: bytes, end: int) -> int:
    return int(np.count_nonzero(np.frombuffer(piece, "u1", end) == ord(sign)))


def _lines(piece: bytes, end: int) -> int:
    return _number_of("\n", piece, end) + (piece[end - 1 : end] != b"\n")


def _by_columns(piece: bytes, end: int, layout: Layout, most: int) -> Tally | None:
    """All rows at once, or nothing where rows and lines are not the same."""
    quoted = piece.find(b'"', 0, end) >= 0
    if quoted and _number_of('"', piece, end) % 2:
        return None  # Arrow would close the last quote by itself
    torn: list[arrow_csv.InvalidRow] = []

    def keep(row: arrow_csv.InvalidRow) -> str:
        torn.append(row)
        return "skip"

    names = [str(at) for at in range(len(layout.header))]
    used = [str(at) for at in layout.columns if at is not None]
    kinds = {name: pa.binary() if name == str(layout.columns[0]) else _TEXT for name in used}
    try:
        table = arrow_csv.read_csv(
            pa.BufferReader(pa.py_buffer(memoryview(piece)[:end])),
            read_options=arrow_csv.ReadOptions(use_threads=False, column_names=names, block_size=end + 1),
            parse_options=arrow_csv.ParseOptions(
                delimiter=layout.delimiter,
                quote_char=quoted and '"',
                ignore_empty_lines=False,
                invalid_row_handler=keep,
            ),
            convert_options=arrow_csv.ConvertOptions(column_types=kinds, include_columns=used),
        ).combine_chunks()
        told = [(row.number, row.actual_columns, row.text) for row in torn]
    except (pa.ArrowInvalid, UnicodeDecodeError):
        return None
    found = Tally(lines=len(table) + len(told))
    if (quoted or piece.find(b"\r", 0, end) >= 0) and found.lines != _lines(piece, end):
        return None
    for number, cells, text in told:
        if text.strip(f'{layout.delimiter}" \t\r\n'):
            found.wrong.append(WrongRow(number, None, "row_torn", f"{cells} / {len(names)}"))
            found.wrong_total += 1
        else:
            found.blank += 1
    if len(table):
        key, texts = _keys(table, layout)
        if np.prod([len(one) for one in texts], dtype="f8") > _MOST_KEYS:
            return None
        _count(key, texts, layout, np.array([number for number, _, _ in told]), piece, most, found)
    return found


def _count(
    key: np.ndarray, texts: list[list[str]], layout: Layout, torn: np.ndarray, piece: bytes, most: int, found: Tally
) -> None:
    sizes = [len(one) for one in texts]
    if np.prod(sizes, dtype="f8") < _DENSE:
        per_key = np.bincount(key)
        keys = np.flatnonzero(per_key)
        numbers = per_key[keys]
    else:
        keys, numbers = np.unique(key, return_counts=True)
    days = [gate_time.day_of(text)[0] for text in texts[0]]
    gates = [None if _UNREAD in text else text.strip() for text in texts[3]]
    origins: dict[tuple[int, int], str] = {}
    bad: dict[int, tuple[Cells, WrongRow]] = {}
    parts = (each.tolist() for each in np.unravel_index(keys, sizes))
    for one, number, time, place, country, gate in zip(keys.tolist(), numbers.tolist(), *parts, strict=True):
        origin = origins.get((place, country))
        if origin is None:
            said = texts[1][place], texts[2][country]
            origin = origins[place, country] = "" if _UNREAD in "".join(said) else layout.origins.find(*said)[0]
        day, name = days[time], gates[gate]
        if day and origin and name is not None:
            found.counted[day, origin, name] += number
        else:
            cells = (texts[0][time], texts[1][place], texts[2][country], texts[3][gate])
            wrong = judge(cells, layout)
            if not isinstance(wrong, WrongRow):
                raise AssertionError(f"{cells} is right and wrong")
            bad[one] = (cells, wrong)
    if not bad:
        return
    rows = np.flatnonzero(np.isin(key, list(bad)))
    # a row's line: the torn rows before it are lines as well
    at = rows + 1 + np.searchsorted(torn - np.arange(len(torn)), rows + 1, side="right")
    whole: list[bytes] = []
    blanks = listed = 0
    for row, line in zip(rows.tolist(), at.tolist(), strict=True):
        cells, wrong = bad[int(key[row])]
        if not any(cell.strip() for cell in cells):
            whole = whole or piece.split(b"\n")
            if not whole[line - 1].strip(f'{layout.delimiter}" \t\r'.encode()):
                blanks += 1
                continue
        if listed < most:  # the torn ones stand there already: `tally` sorts both and cuts
            listed += 1
            found.wrong.append(WrongRow(line, wrong.column, wrong.code, wrong.found))
    found.blank += blanks
    found.wrong_total += len(rows) - blanks


def _keys(table: pa.Table, layout: Layout) -> tuple[np.ndarray, list[list[str]]]:
    """One number for each row, and the texts of time, place, country and gate that it is put together from."""
    key = np.zeros(len(table), "i8")
    texts = []
    for column in layout.columns:
        if column is None:
            texts.append([""])
            continue
        cells = table[str(column)].chunk(0)
        if column == layout.columns[0]:
            numbers, said = gate_time.factorize(cells)
        else:
            numbers, said = cells.indices.to_numpy(zero_copy_only=False), cells.dictionary.to_pylist()
        key *= len(said)
        key += numbers
        texts.append([text.decode(errors="replace") for text in said])
    return key, texts


def _by_lines(piece: bytes, layout: Layout, most: int) -> Tally:
    found = Tally(lines=_lines(piece, len(piece)))
    for line, row in _rows(piece.decode(errors="replace"), layout):
        if isinstance(row, str):
            said: Key | WrongRow = WrongRow(0, None, row, "")
        elif not any(cell.strip() for cell in row):
            found.blank += 1
            continue
        elif len(row) != len(layout.header):
            said = WrongRow(0, None, "row_torn", f"{len(row)} / {len(layout.header)}")
        else:
            time, place, country, gate = ("" if at is None else row[at] for at in layout.columns)
            said = judge((time, place, country, gate), layout)
        if not isinstance(said, WrongRow):
            found.counted[said] += 1
            continue
        found.wrong_total += 1
        if len(found.wrong) < most:
            found.wrong.append(WrongRow(line, said.column, said.code, said.found))
    return found


def _rows(text: str, layout: Layout) -> Iterator[tuple[int, list[str] | str]]:
    """Each row with its first line; a row whose quotes never close costs its own line alone, not all that follow."""
    lines = text.removesuffix("\n").split("\n")
    at = 0
    while at < len(lines):
        row, length = _row(lines, at, layout)
        yield at + 1, row
        at += length


def _row(lines: list[str], at: int, layout: Layout) -> tuple[list[str] | str, int]:
    joined = lines[at]
    length = 1
    while joined.count('"') % 2 and length < LONGEST and at + length < len(lines):
        if _BEGINS.match(lines[at + length]):
            break  # the next row begins before the quote was closed
        joined += "\n" + lines[at + length]
        length += 1
    if joined.count('"') % 2:
        return "quotes_broken", 1
    try:
        return next(csv.reader([joined.removesuffix("\r")], delimiter=layout.delimiter, strict=True), []), length
    except csv.Error:
        return "quotes_broken", 1
