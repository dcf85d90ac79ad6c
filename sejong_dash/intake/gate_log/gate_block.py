"""Tallies a block of a gate log: how many came on which day, from where and through which gate.

Arrow cuts the block into cells and numbers the texts of each column, which are then counted by their numbers. A block in which
Arrow's rows and the line feeds do not agree (a quote that is never closed, a line break within quotes) is read line by line.
"""

import csv
import re
from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as arrow
import pyarrow.csv as arrow_csv

from .gate_engine import LineFinder, tally_rows
from .gate_tally import LogFormat, Tally, WrongRow

MOST_LINES = 10  # lines that a cell in quotes may go on over
_ROW_START = re.compile(r"\D{0,3}20\d\d-\d\d-\d\d")
_TEXT = pa.dictionary(pa.int32(), pa.binary())
TornRow = tuple[int, int, str]  # line, number of cells, text


def tally(block: bytes, end: int, log_format: LogFormat, most: int) -> Tally:
    """Return the tally of the block's bytes up to `end`, which are whole lines, with the first `most` wrong rows."""
    if log_format.encoding != "utf-8":
        block = block[:end].decode(log_format.encoding, errors="replace").encode()
        end = len(block)
    result = _tally_columns(block, end, log_format, most)
    if result is None:
        result = _tally_lines(block[:end], _count_lines(block, end), log_format, most)
    result.wrong = sorted(result.wrong, key=lambda wrong: wrong.row)[:most]
    return result


def _count_sign(sign: str, block: bytes, end: int) -> int:
    return int(np.count_nonzero(np.frombuffer(block, "u1", end) == ord(sign)))


def _count_lines(block: bytes, end: int) -> int:
    return _count_sign("\n", block, end) + (block[end - 1 : end] != b"\n")


def _tally_columns(block: bytes, end: int, log_format: LogFormat, most: int) -> Tally | None:
    """Return the tally of all rows at once, or None where rows and lines are not the same."""
    is_quoted = block.find(b'"', 0, end) >= 0
    if is_quoted and _count_sign('"', block, end) % 2:
        return None  # Arrow would close the last quote by itself
    torn: list[TornRow] = []
    table = _read_table(block, end, log_format, is_quoted, torn)
    if table is None:
        return None
    result = Tally(lines=len(table) + len(torn))
    if (is_quoted or block.find(b"\r", 0, end) >= 0) and result.lines != _count_lines(block, end):
        return None
    if len(table):
        is_blank = _BlankLines(block, f'{log_format.delimiter}" \t\r'.encode())
        tally_rows(table, _find_lines(torn), log_format, most, result, is_blank)
    for number, cell_count, text in torn:
        if text.strip(f'{log_format.delimiter}" \t\r\n'):
            result.wrong.append(WrongRow(number, None, "row_torn", f"{cell_count} / {len(log_format.header)}"))
            result.wrong_total += 1
        else:
            result.blank += 1
    return result


def _find_lines(torn: list[TornRow]) -> LineFinder:
    """Return what finds the lines of rows; torn rows are not in the table but take a line each."""
    before = np.array([number for number, _, _ in torn], "i8") - np.arange(len(torn))
    return lambda rows: rows + 1 + np.searchsorted(before, rows + 1, side="right")


class _BlankLines:
    """Says whether a line of a block has no text; the lines are cut when the first is asked for."""

    def __init__(self, block: bytes, signs: bytes) -> None:
        self._block, self._signs = block, signs
        self._lines: list[bytes] = []

    def __call__(self, line: int) -> bool:
        self._lines = self._lines or self._block.split(b"\n")
        return not self._lines[line - 1].strip(self._signs)


def _read_table(block: bytes, end: int, log_format: LogFormat, is_quoted: bool, torn: list[TornRow]) -> pa.Table | None:
    """Return the rows with as many cells as the header, and put the others into `torn`; None where Arrow fails."""

    def skip(row: arrow_csv.InvalidRow) -> str:
        torn.append((row.number, row.actual_columns, row.text))
        return "skip"

    names = [str(at) for at in range(len(log_format.header))]
    types = {str(at): _TEXT for at in log_format.labels if at is not None} | {str(at): pa.binary() for at in log_format.time}
    if log_format.ticket is not None:
        types.setdefault(str(log_format.ticket), pa.binary())
    try:
        table = arrow_csv.read_csv(
            pa.BufferReader(pa.py_buffer(memoryview(block)[:end])),
            read_options=arrow_csv.ReadOptions(use_threads=False, column_names=names, block_size=end + 1),
            parse_options=arrow_csv.ParseOptions(
                delimiter=log_format.delimiter,
                quote_char=is_quoted and '"',
                ignore_empty_lines=False,
                invalid_row_handler=skip,
            ),
            convert_options=arrow_csv.ConvertOptions(column_types=types, include_columns=list(types)),
        ).combine_chunks()
        return _name_columns(table, log_format)
    except (pa.ArrowInvalid, UnicodeDecodeError):
        return None


def _name_columns(table: pa.Table, log_format: LogFormat) -> pa.Table:
    """Return a table of time (day and clock joined), labels and, where it matters, the ticket."""
    times = [table[str(at)].cast(pa.string()) for at in log_format.time]
    columns = {"time": times[0] if len(times) == 1 else arrow.binary_join_element_wise(*times, " ")}
    if log_format.ticket is not None:
        columns["ticket"] = table[str(log_format.ticket)].cast(pa.binary()).cast(pa.string())
    return pa.table(columns | {f"label{n}": table[str(at)] for n, at in enumerate(log_format.labels) if at is not None})


def _tally_lines(block: bytes, line_count: int, log_format: LogFormat, most: int) -> Tally:
    """Return the tally of a block of UTF-8, with the first `most` wrong rows."""
    result = Tally(lines=line_count)
    for line, row in _read_rows(block.decode(errors="replace"), log_format):
        width = len(log_format.header)
        if isinstance(row, str):
            wrong = WrongRow(line, None, row, "")
        elif not any(cell.strip() for cell in row):
            result.blank += 1
            continue
        elif len(row) == width:
            ticket = "" if log_format.ticket is None else row[log_format.ticket]
            result.add_row(log_format.pick(row), line, log_format, most, ticket)
            continue
        else:
            wrong = WrongRow(line, None, "row_torn", f"{len(row)} / {width}")
        result.add(wrong)
        result.list_wrong(wrong, line, most)
    return result


def _read_rows(text: str, log_format: LogFormat) -> Iterator[tuple[int, list[str] | str]]:
    """Yield each row, or its error, with its first line; a row whose quotes never close costs its own line alone."""
    lines = text.removesuffix("\n").split("\n")
    at = 0
    while at < len(lines):
        row, length = _read_row(lines, at, log_format)
        yield at + 1, row
        at += length


def _read_row(lines: list[str], at: int, log_format: LogFormat) -> tuple[list[str] | str, int]:
    """Return the cells of the row that begins at a line, or the code of its error, and the lines that it takes."""
    joined = lines[at]
    length = 1
    while joined.count('"') % 2 and length < MOST_LINES and at + length < len(lines):
        if _ROW_START.match(lines[at + length]):
            break  # the next row begins before the quote was closed
        joined += "\n" + lines[at + length]
        length += 1
    if joined.count('"') % 2:
        return "quotes_broken", 1
    try:
        return next(csv.reader([joined.removesuffix("\r")], delimiter=log_format.delimiter, strict=True), []), length
    except csv.Error:
        return "quotes_broken", 1
