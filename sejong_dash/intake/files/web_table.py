"""Reads the rows of a web page that calls itself a workbook.

Many booking systems write their .xls in this way. A row's number is that of the row that Excel shows.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from sejong_dash.intake.findings import Finding, Refused

from .raw_sheet import MOST_COLUMNS, RawSheet, batch_numbered
from .web_cell import is_hidden, read_cell, read_styles


@dataclass(frozen=True, slots=True)
class _ReachingCell:
    """A cell that covers rows below its own: its text, the rows it still covers, the row in which it began."""

    text: str
    rows_left: int
    first_row: int


def open_sheet(text: str) -> RawSheet:
    """Return the rows of all tables of a page, one after the other; going through them may raise Refused."""
    sheet = RawSheet("web_table", iter(()), notices=[Finding(None, None, "web_table")], expected=text.count("<tr"))
    sheet.batches = batch_numbered(_read_rows(text, sheet))
    return sheet


def _read_rows(text: str, sheet: RawSheet) -> Iterator[tuple[int, list[str]]]:
    content = io.BytesIO(text.encode("utf-8", "replace"))
    reaching: dict[int, _ReachingCell] = {}  # by column
    styles = read_styles(text)
    number, table_before = 0, None
    try:
        for _, row in etree.iterparse(content, events=("end",), tag="tr", html=True, encoding="utf-8"):
            number += 1
            cells: list[str] = []
            table = next(row.iterancestors("table"), None)
            if table is not table_before and table_before is not None:
                sheet.breaks.append(number)
            table_before = table
            if is_hidden(row, styles) or row.get("height") == "0":
                sheet.marks.hidden_rows.add(number)
            for cell in row.iterchildren("td", "th"):
                _fill_covered(cells, reaching, number, sheet)
                cell_text, mark = read_cell(cell, styles)
                across, down = _parse_span(cell.get("colspan") or "1"), _parse_span(cell.get("rowspan"))
                if mark is not None:
                    sheet.marks.add(number, len(cells), mark)
                if across > 1 or down > 1:
                    sheet.marks.merged.append((number, len(cells), number + down - 1, len(cells) + across - 1))
                for step in range(across):
                    if down > 1:
                        reaching[len(cells)] = _ReachingCell(cell_text if step == 0 else "", down - 1, number)
                    cells.append(cell_text if step == 0 else "")
                if len(cells) > MOST_COLUMNS:
                    raise Refused("too_many_columns", number, most=MOST_COLUMNS)
            _fill_covered(cells, reaching, number, sheet)
            row.clear()
            while row.getprevious() is not None:  # what was read need not be kept
                del row.getparent()[0]
            yield number, cells
    except etree.XMLSyntaxError as error:
        raise Refused("not_a_table", found="web_page") from error


def _fill_covered(cells: list[str], reaching: dict[int, _ReachingCell], number: int, sheet: RawSheet) -> None:
    while (cover := reaching.pop(len(cells), None)) is not None:
        if cover.rows_left > 1:
            reaching[len(cells)] = _ReachingCell(cover.text, cover.rows_left - 1, cover.first_row)
        sheet.filled[number, len(cells)] = cover.first_row
        cells.append(cover.text)


def _parse_span(value: str | None) -> int:
    if value == "0":
        return MOST_COLUMNS  # down to the end of the table
    return min(max(int(value), 1), MOST_COLUMNS) if value and value.isascii() and value.isdigit() and len(value) < 6 else 1
