"""What do a text file, a workbook and a web table have in common?

Rows of cells with the physical line at which each begins. Cells are text but for workbooks, whose cells become text only
where they are needed.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any

from .intake import Finding

MOST_BYTES = 50 * 1024 * 1024
MOST_WEB_BYTES = 15 * 1024 * 1024  # a page takes four times as long as a text of its size
MOST_ROWS = 1_000_000
MOST_COLUMNS = 800
LONGEST_LINE = 100_000
HEAD = 60  # rows among which the headings must stand

PIECE = 20_000

Piece = tuple[list[int], list[list[Any]]]  # physical lines, and the rows that begin there
Tell = Callable[[str, int, int], None]  # a step (unpack, rows, judge), how much of it is done, of how much


def silent(step: str, done: int, of: int) -> None:
    """For whoever does not ask how far it is."""


def _as_it_is(cells: Sequence[Any]) -> list[str]:
    return [str(cell) for cell in cells]


@dataclass
class Sheet:
    """`pieces` can be gone through once; `texts` makes text of cells; `filled` are cells that a merged one covers, with the
    line at which it begins; `expected` says about how many rows there are."""

    kind: str
    pieces: Iterator[Piece]
    texts: Callable[[Sequence[Any]], list[str]] = _as_it_is
    name: str = ""
    epoch_1904: bool = False
    notices: list[Finding] = field(default_factory=list)
    filled: dict[tuple[int, int], int] = field(default_factory=dict)
    expected: int = 0

    def head(self) -> list[tuple[int, list[str]]]:
        """The first rows as text; they stay in `pieces`."""
        first = next(self.pieces, ([], []))
        self.pieces = chain([first], self.pieces)
        return [(line, self.texts(row[:MOST_COLUMNS])) for line, row in zip(*first, strict=True)]


def in_pieces(rows: Iterable[tuple[int, list[Any]]]) -> Iterator[Piece]:
    """Rows by the ten thousand, so that most work is done on many at once; the first piece is the head."""
    rest = iter(rows)
    size = HEAD
    while part := list(islice(rest, size)):
        yield [line for line, _ in part], [row for _, row in part]
        size = PIECE


def in_order(rows: Iterable[list[Any]], began: int) -> Iterator[Piece]:
    """The same for rows of which each is the line after the one before it."""
    rest, size = iter(rows), HEAD
    while part := list(islice(rest, size)):
        yield list(range(began, began + len(part))), part
        began, size = began + len(part), PIECE
