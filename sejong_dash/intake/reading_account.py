"""Defines what a reader must see of the way from a file to its table: changes, the check sum, questions.

They hold codes and values alone. A change is put into words by `describe` of its example, a difference by that of the change of
the same kind, a question by `describe_question` and `describe_option`.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .findings import Finding

MOST_CELLS = 20  # places that a change names; its `count` has all of them

IN_DOUBT = 3  # numbers were left out, or may be wrong
CHANGED = 2  # a value came out otherwise than it stood
REWRITTEN = 1  # the same value, written otherwise


@dataclass(frozen=True, slots=True)
class CellChange:
    """A place that a change concerns: its physical line (None: the file as a whole), its column (one of COLUMNS, None: the whole
    row), what stood there and what was made of it ("" where it was left out)."""

    line: int | None
    column: str | None
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class ReadingChange:
    """Something that was changed or dropped between file and table.

    `kind` is the code of a finding, `severity` is IN_DOUBT, CHANGED or REWRITTEN, `count` the number of cells or rows, and
    `cells` the first MOST_CELLS of them. `example` is the first finding of the kind, whose sentence says what was done.
    """

    kind: str
    severity: int
    count: int
    cells: tuple[CellChange, ...] = ()
    example: "Finding | None" = None


@dataclass(frozen=True, slots=True)
class SumDifference:
    """A part of the difference between the file's numbers and the counts: the code of its reason, what it adds to the sum
    (negative: what it takes away), the number of cells, and the first lines."""

    kind: str
    amount: float
    count: int
    lines: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Checksum:
    """The sum of the file's numbers as they stand, the sum understood, and the difference line by line.

    `sum_as_it_stands` adds up every number in the columns of counts, down to the end of the sheet, before any unit.
    `sum_as_it_stands` plus all `differences` is `sum_understood`.
    """

    sum_as_it_stands: float
    sum_understood: int
    differences: tuple[SumDifference, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """A thing that the file leaves open, which its reader must answer before the numbers can be used.

    `key` names it in the `readings` of `read` and in a saved profile, `kind` is the code of its finding, `found` is what stands
    in the file, `row` is its line, and `options` are the answers to choose from.
    """

    key: str
    kind: str
    found: str
    options: tuple[str, ...]
    row: int | None = None
