"""Which rows stand in a web page that calls itself a workbook?

Many booking systems write their .xls in this way. A row's number is that of the row that Excel shows.
"""

import io
from collections.abc import Iterator

from lxml import etree

from .intake import Finding, Refused
from .sheet import MOST_COLUMNS, Sheet, in_pieces


def open_sheet(text: str) -> Sheet:
    """The rows of all tables of a page, one after the other."""
    sheet = Sheet("web_table", iter(()), notices=[Finding(None, None, "web_table")], expected=text.count("<tr"))
    sheet.pieces = in_pieces(_rows(text, sheet))
    return sheet


def _rows(text: str, sheet: Sheet) -> Iterator[tuple[int, list[str]]]:
    pages = etree.iterparse(io.BytesIO(text.encode("utf-8", "replace")), events=("end",), tag="tr", html=True, encoding="utf-8")
    below: dict[int, tuple[str, int, int]] = {}  # column -> text of a cell that reaches further down, rows left, where it began
    number = 0
    try:
        for _, row in pages:
            number += 1
            cells: list[str] = []
            for cell in row.iterchildren("td", "th"):
                _fill(cells, below, number, sheet)
                said = " ".join("".join(cell.itertext()).split())
                across, down = (_span(cell.get(name)) for name in ("colspan", "rowspan"))
                for step in range(across):
                    if down > 1:
                        below[len(cells)] = (said if step == 0 else "", down - 1, number)
                    cells.append(said if step == 0 else "")
                if len(cells) > MOST_COLUMNS:
                    raise Refused("too_many_columns", number, most=MOST_COLUMNS)
            _fill(cells, below, number, sheet)
            row.clear()
            while row.getprevious() is not None:  # what was read need not be kept
                del row.getparent()[0]
            yield number, cells
    except etree.XMLSyntaxError as error:
        raise Refused("not_a_table", found="web_page") from error


def _fill(cells: list[str], below: dict[int, tuple[str, int, int]], number: int, sheet: Sheet) -> None:
    while (reaching := below.pop(len(cells), None)) is not None:
        said, left, began = reaching
        if left > 1:
            below[len(cells)] = (said, left - 1, began)
        sheet.filled[number, len(cells)] = began
        cells.append(said)


def _span(said: str | None) -> int:
    return min(max(int(said), 1), MOST_COLUMNS) if said and said.isascii() and said.isdigit() and len(said) < 6 else 1
