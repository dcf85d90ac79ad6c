"""Tallies a block of a gate log line by line, which quotes that never close cannot derail."""

import csv
import re
from collections.abc import Iterator

from .gate_tally import LogFormat, Tally, WrongRow

MOST_LINES = 10  # lines that a cell in quotes may go on over
_ROW_START = re.compile(r"\D{0,3}20\d\d-\d\d-\d\d")


def tally_lines(block: bytes, line_count: int, log_format: LogFormat, most: int) -> Tally:
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
