"""Which rows stand in a text file?"""

import csv
import io
import re
from collections.abc import Iterator

from . import headings
from .intake import Finding, Refused
from .sheet import HEAD, LONGEST_LINE, MOST_ROWS, Row, Sheet

_DELIMITERS = {",": "comma", "\t": "tab", ";": "semicolon", "|": "bar"}
_TOLD = re.compile(r'"?sep=(.)"?\s*(?:\r\n|\r|\n)', re.IGNORECASE)


def open_sheet(text: str) -> Sheet:
    """The rows of a text with the delimiter under which its headings make sense."""
    if not text.strip():
        raise Refused("empty_file")
    if '"' not in text and text.count("\n") > MOST_ROWS + 2 * HEAD:
        raise Refused("too_many_rows", None, most=MOST_ROWS)
    told = _TOLD.match(text)
    delimiter = told[1] if told else _delimiter(text)
    sheet = Sheet("text", _rows(text, delimiter, 1 if told else 0))
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
            head = list(_rows(start, one, 0))
        except Refused:
            continue  # a quote that ends later, or not with this delimiter
        if headings.find(head) is not None:
            return one
    return max(cut, key=lambda one: (cut[one], one == ","))


def _rows(text: str, delimiter: str, skipped: int) -> Iterator[Row]:
    lines = io.StringIO(text, newline="")
    for _ in range(skipped):
        next(lines)
    began = skipped + 1
    reader = csv.reader(_short(lines, skipped), delimiter=delimiter, strict=True)
    try:
        for row in reader:
            yield began, row
            began = skipped + reader.line_num + 1
    except csv.Error as error:
        raise Refused("broken_quotes", began) from error


def _short(lines: Iterator[str], skipped: int) -> Iterator[str]:
    for number, line in enumerate(lines, start=skipped + 1):
        if len(line) > LONGEST_LINE:
            raise Refused("cell_too_long", number, most=LONGEST_LINE)
        yield line
