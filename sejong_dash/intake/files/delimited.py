"""Reads the rows of a text file whose cells are parted by a delimiter."""

import csv
import io
import re
from collections.abc import Iterator
from typing import Any

from sejong_dash.intake.findings import Finding, Refused
from sejong_dash.intake.table import headings

from .raw_sheet import HEAD, LONGEST_LINE, MOST_ROWS, RawSheet, RowBatch, batch_lines, batch_numbered

_DELIMITERS = {",": "comma", "\t": "tab", ";": "semicolon", "|": "bar"}
_LINE_ENDS = re.compile(r"\r\n|\r|\n")
_DECLARED = re.compile(r'"?sep=([^"\r\n])"?\s*(?:\r\n|\r|\n)', re.IGNORECASE)  # Excel's own line: sep=;


def open_sheet(text: str) -> RawSheet:
    """Return the rows of a text, cut at the delimiter under which its headings make sense.

    Raises Refused for a text that is empty, has too many rows or a line without end; going through the rows may raise it too.
    """
    text = text.removesuffix("\x1a")  # how DOS ended a text
    if not text.strip():
        raise Refused("empty_file")
    if '"' not in text and text.count("\n") > MOST_ROWS + 2 * HEAD:
        raise Refused("too_many_rows", None, most=MOST_ROWS)
    _refuse_long_lines(text)
    declared = _DECLARED.match(text)
    delimiter = declared[1] if declared else _guess_delimiter(text)
    batches = _cut(text, delimiter, 1 if declared else 0)
    sheet = RawSheet("text", batches, expected=text.count("\n") or text.count("\r"))
    if delimiter != ",":
        sheet.notices.append(Finding(None, None, "delimiter", {"found": _DELIMITERS.get(delimiter, delimiter)}))
    return sheet


def _guess_delimiter(text: str) -> str:
    """Return the delimiter under which headings are found, or else the most frequent one."""
    start = "".join(line for line, _ in zip(io.StringIO(text, newline=""), range(HEAD), strict=False))
    frequency = {delimiter: start.count(delimiter) for delimiter in _DELIMITERS}
    for delimiter in sorted(_DELIMITERS, key=lambda delimiter: -frequency[delimiter]):
        if not frequency[delimiter]:
            continue
        try:
            head = [row for batch in _cut(start, delimiter, 0) for row in zip(*batch, strict=True)]
        except Refused:
            continue  # a quote that ends later, or not with this delimiter
        if headings.find_layout(head) is not None:
            return delimiter
    return max(frequency, key=lambda delimiter: (frequency[delimiter], delimiter == ","))


def _refuse_long_lines(text: str) -> None:
    """Refuse a line far longer than any table's: a cell that swallowed the rest, or an attempt to keep the server busy."""
    at = 0
    while at + LONGEST_LINE < len(text):
        end = max(text.rfind("\n", at, at + LONGEST_LINE), text.rfind("\r", at, at + LONGEST_LINE))
        if end < 0:
            raise Refused("cell_too_long", len(_LINE_ENDS.findall(text[:at])) + 1, most=LONGEST_LINE)
        at = end + 1


def _cut(text: str, delimiter: str, skipped: int) -> Iterator[RowBatch]:
    lines = io.StringIO(text, newline="")
    for _ in range(skipped):
        next(lines)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    if '"' in text:
        yield from batch_numbered(_number_rows(reader, skipped))
        return
    try:
        yield from batch_lines(reader, skipped + 1)  # without quotes a row is a line
    except csv.Error as error:
        raise Refused("cell_too_long", skipped + reader.line_num, most=csv.field_size_limit()) from error


def _number_rows(reader: Any, skipped: int) -> Iterator[tuple[int, list[str]]]:
    line = skipped + 1
    try:
        for row in reader:
            yield line, row
            line = skipped + reader.line_num + 1
    except csv.Error as error:
        raise Refused("broken_quotes", line) from error  # also where an open quote makes one endless cell of the rest
