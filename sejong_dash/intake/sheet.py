"""What do a text file, a workbook and a web table have in common?

Rows of cells with the physical line at which each begins. Cells are text but for workbooks, whose cells become text only
where they are needed.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any

from .intake import Finding

MOST_BYTES = 50 * 1024 * 1024
MOST_ROWS = 1_000_000
MOST_COLUMNS = 800
LONGEST_LINE = 100_000
HEAD = 60  # rows among which the headings must stand

Row = tuple[int, list[Any]]


def _as_it_is(cell: Any) -> str:
    return str(cell)


@dataclass
class Sheet:
    """`rows` can be gone through once; `text` makes a cell's text; `said` is how the file was opened."""

    kind: str
    rows: Iterator[Row]
    text: Callable[[Any], str] = _as_it_is
    name: str = ""
    epoch_1904: bool = False
    said: list[Finding] = field(default_factory=list)
    notices: list[Finding] = field(default_factory=list)
    filled: dict[tuple[int, int], int] = field(default_factory=dict)  # cells filled from a merged one: where it began

    def head(self) -> list[tuple[int, list[str]]]:
        """The first rows as text; they stay in `rows`."""
        first = list(islice(self.rows, HEAD))
        self.rows = chain(first, self.rows)
        return [(line, [self.text(cell) for cell in row[:MOST_COLUMNS]]) for line, row in first]
