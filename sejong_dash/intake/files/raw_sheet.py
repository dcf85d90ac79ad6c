"""A sheet of raw cells, the common form of a text file, a workbook and a web table.

It holds rows of cells with the physical line at which each begins. Cells are text but for workbooks, whose cells become
text only where they are needed.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any

from sejong_dash.intake.findings import Finding

from .cell_marks import SheetMarks

MOST_BYTES = 50 * 1024 * 1024
MOST_WEB_BYTES = 15 * 1024 * 1024  # a page takes four times as long as a text of its size
MOST_ROWS = 1_000_000
MOST_COLUMNS = 800
LONGEST_LINE = 100_000
HEAD = 60  # rows among which the headings must stand

_BATCH_ROWS = 20_000

RowBatch = tuple[list[int], list[list[Any]]]  # physical lines, and the rows that begin there
ProgressCallback = Callable[[str, int, int], None]  # a step (unpack, rows, judge), how much of it is done, of how much


def ignore_progress(step: str, done: int, of: int) -> None:
    """Do nothing: for callers that do not follow the progress."""


def _texts(cells: Sequence[Any]) -> list[str]:
    return [str(cell) for cell in cells]


@dataclass
class RawSheet:
    """The rows of one sheet before anything is understood.

    `batches` can be gone through once; `texts` turns cells into text; `filled` maps a cell (line, column) that a merged cell
    covers to the line at which the merged cell begins; `expected` is about how many rows there are. `marks` is what the sheet
    shows of its cells beside their text, known once the rows have been gone through.
    """

    kind: str
    batches: Iterator[RowBatch]
    texts: Callable[[Sequence[Any]], list[str]] = _texts
    name: str = ""
    epoch_1904: bool = False
    notices: list[Finding] = field(default_factory=list)
    filled: dict[tuple[int, int], int] = field(default_factory=dict)
    expected: int = 0
    marks: SheetMarks = field(default_factory=SheetMarks)
    is_hidden: bool = False
    torn_line: int | None = None  # the last line, where the file ends in the middle of it
    breaks: list[int] = field(default_factory=list)  # lines at which another table of a web page begins

    def head(self) -> list[tuple[int, list[str]]]:
        """Return the first rows as text, each with its line; they stay in `batches`."""
        first = next(self.batches, ([], []))
        self.batches = chain([first], self.batches)
        return [(line, self.texts(row[:MOST_COLUMNS])) for line, row in zip(*first, strict=True)]


def batch_numbered(rows: Iterable[tuple[int, list[Any]]]) -> Iterator[RowBatch]:
    """Yield rows with their lines by the ten thousand, so that most work is done on many at once; the first batch is the head."""
    remaining = iter(rows)
    size = HEAD
    while batch := list(islice(remaining, size)):
        yield [line for line, _ in batch], [row for _, row in batch]
        size = _BATCH_ROWS


def batch_lines(rows: Iterable[list[Any]], first_line: int) -> Iterator[RowBatch]:
    """Yield the same for rows that take one line each, from `first_line` on."""
    remaining, size = iter(rows), HEAD
    while batch := list(islice(remaining, size)):
        yield list(range(first_line, first_line + len(batch))), batch
        first_line, size = first_line + len(batch), _BATCH_ROWS
