"""Defines what a sheet shows of its cells beside their text: marks, strokes, hidden rows, merged cells.

The libraries that read workbooks quickly lose it. What is marked here never becomes a number without a word.
"""

from dataclasses import dataclass, field

Place = tuple[int, int]  # physical line (from 1) and column (from 0)
MOST_MARKS = 100_000


@dataclass(frozen=True, slots=True)
class CellMark:
    """Why the text of a cell is not its value: the code of a finding, what the cell shows, and what it may mean."""

    code: str
    found: str = ""
    proposal: str | None = None


@dataclass
class SheetMarks:
    """The marks of a sheet; `merged` has the corners of merged cells: first line, first column, last line, last column.
    `texts` stand outside the cells: in boxes, above and below the printed page."""

    cells: dict[Place, CellMark] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    def add(self, line: int, column: int, mark: CellMark) -> None:
        """Keep the first mark of a cell."""
        if len(self.cells) < MOST_MARKS:
            self.cells.setdefault((line, column), mark)


def mark_runs(runs: list[tuple[str, str]]) -> CellMark | None:
    """Return the mark of a text in runs (`plain`, `raised` or `struck`, and the letters), None where all of it is plain."""
    text = "".join(part for _, part in runs)
    kinds = {kind for kind, part in runs if part.strip()}
    plain = "".join(part for kind, part in runs if kind == "plain").strip()
    if "struck" in kinds:
        return CellMark("struck_out", text, plain or None)
    if "raised" in kinds:
        order = [kind for kind, part in runs if part.strip()]
        is_behind = "plain" not in order[order.index("raised") :]  # a mark before or between digits leaves no certain number
        return CellMark("mark_in_cell", text, plain or None if is_behind else None)
    return None
