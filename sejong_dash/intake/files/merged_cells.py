"""Fills the rows that a merged cell of a workbook covers, and marks what stands unseen under it."""

from collections.abc import Iterable, Iterator
from typing import Any

from .cell_marks import CellMark
from .raw_sheet import RawSheet

_MOST = 100_000  # merged cells of a sheet
_MOST_LINES = 1000  # lines of a merged cell in which unseen cells are looked for
Corners = tuple[tuple[int, int], tuple[int, int]]


def fill_merged(rows: Iterable[list[Any]], sheet: RawSheet, merged: list[Corners]) -> Iterator[tuple[int, list[Any]]]:
    """Yield rows, with their numbers, in which the text of a merged cell stands in every row that it covers."""
    starts: dict[int, list[tuple[int, int]]] = {}
    covered: dict[int, list[tuple[int, int]]] = {}
    for (top, left), (bottom, right) in merged[:_MOST]:
        sheet.marks.merged.append((top + 1, left, bottom + 1, right))
        for number in range(top, min(bottom, top + _MOST_LINES) + 1):
            covered.setdefault(number, []).append((left + (number == top), right))
        if bottom > top:
            starts.setdefault(top, []).append((left, bottom))
    reaching: dict[int, tuple[Any, int, int]] = {}
    for number, row in enumerate(rows):
        _mark_unseen(row, number, covered.get(number, ()), sheet)
        if reaching:
            for column, (cell, bottom, top) in list(reaching.items()):
                if row[column] == "":
                    row[column] = cell
                    sheet.filled[number + 1, column] = top + 1
                if number >= bottom:
                    del reaching[column]
        for left, bottom in starts.get(number, ()):
            if left < len(row) and row[left] != "":
                reaching[left] = (row[left], bottom, number)
        yield number + 1, row


def _mark_unseen(row: list[Any], number: int, covered: Iterable[tuple[int, int]], sheet: RawSheet) -> None:
    for left, right in covered:
        for column in range(left, min(right + 1, len(row))):
            if row[column] != "":
                sheet.marks.add(number + 1, column, CellMark("under_merge", sheet.texts([row[column]])[0]))
