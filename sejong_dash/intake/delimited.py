"""Which rows stand in a text file?"""

import csv
import io
import re
from collections.abc import Iterator
from typing import Any

from . import headings
from .intake import Finding, Refused
from .sheet import HEAD, LONGEST_LINE, MOST_ROWS, Piece, Sheet, in_order, in_pieces

_DELIMITERS = {",": "comma", "\t": "tab", ";": "semicolon", "|": "bar"}
_LINE_ENDS = re.compile(r"\r\n|\r|\n")
_TOLD = re.compile(r'"?sep=(.)"?\s*(?:\r\n|\r|\n)', re.IGNORECASE)


def open_sheet(text: str) -> Sheet:
    """The rows of a text with the delimiter under which its headings make sense."""
    text = text.removesuffix("\x1a")  # how DOS ended a text
    if not text.strip():
        raise Refused("empty_file")
    if '"' not in text and text.count("\n") > MOST_ROWS + 2 * HEAD:
        raise Refused("too_many_rows", None, most=MOST_ROWS)
    _refuse_long_lines(text)
    told = _TOLD.match(text)
    delimiter = told[1] if told else _delimiter(text)
    sheet = Sheet("text", _pieces(text, delimiter, 1 if told else 0), expected=text.count("\n") or text.count("\r"))
    if delimiter != ",":
        sheet.notices.append(Finding(None, None, "delimiter", {"found": _DELIMITERS.get(delimiter, delimiter)}))
    return sheet


def _delimiter(text: str) -> str:
    """The delimiter under which headings are found, or else the one that cuts the most lines."""
    start = "".join(line for line, _ in zip(io.StringIO(text, newline=""), range(HEAD), strict=False))
    cut = {one: start.count(one) for one in _DELIMITERS}
    for one in sorted(_DELIMITERS, key=lambda one: -cut[one]):
        if not cut[one]:
            continue
        try:
            head = [row for piece in _pieces(start, one, 0) for row in zip(*piece, strict=True)]
        except Refused:
            continue  # a quote that ends later, or not with this delimiter
        if headings.find(head) is not None:
            return one
    return max(cut, key=lambda one: (cut[one], one == ","))


def _refuse_long_lines(text: str) -> None:
    """A line far longer than any table's is one cell that swallowed the rest, or an attempt to keep us busy."""
    at = 0
    while at + LONGEST_LINE < len(text):
        end = max(text.rfind("\n", at, at + LONGEST_LINE), text.rfind("\r", at, at + LONGEST_LINE))
        if end < 0:
            raise Refused("cell_too_long", len(_LINE_ENDS.findall(text[:at])) + 1, most=LONGEST_LINE)
        at = end + 1


def _pieces(text: str, delimiter: str, skipped: int) -> Iterator[Piece]:
    lines = io.StringIO(text, newline="")
    for _ in range(skipped):
        next(lines)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    if '"' in text:
        yield from in_pieces(_numbered(reader, skipped))
        return
    yield from in_order(reader, skipped + 1)  # without quotes a row is a line


def _numbered(reader: Any, skipped: int) -> Iterator[tuple[int, list[str]]]:
    began = skipped + 1
    try:
        for row in reader:
            yield began, row
            began = skipped + reader.line_num + 1
    except csv.Error as error:
        raise Refused("broken_quotes", began) from error
