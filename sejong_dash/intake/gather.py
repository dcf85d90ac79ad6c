"""Which cells of a sheet say day, prefecture, channel and number, line by line?

The rows of the sheet are gone through once; only the cells that are needed are kept, as columns of text.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from .headings import Layout, repeats
from .intake import COLUMNS, Finding, Refused
from .plain import heading, narrow, plain, vocabulary
from .sheet import MOST_ROWS, Sheet, Tell, silent

_MOST_KEPT = 100_000  # whole rows kept because a cell of theirs is blank


@dataclass
class Gathered:
    """`cells`: line, date, prefecture, channel, visitors as text, one row for each number. `whole`: the rows of which a
    needed cell is blank, since what they are stands elsewhere. `sums`: the totals to the right of a wide row. `notes`: lines and
    texts of remarks below the table. `lost`: rows whose cells cannot be told apart. `codes`: a second column of prefectures."""

    cells: pd.DataFrame
    whole: dict[int, Sequence[str]] = field(default_factory=dict)
    errors: list[Finding] = field(default_factory=list)
    lost: pd.DataFrame = field(default_factory=pd.DataFrame)
    repeated: list[int] = field(default_factory=list)
    notes: list[tuple[int, str]] = field(default_factory=list)
    sums: dict[int, str] = field(default_factory=dict)
    codes: pd.Series | None = None
    blank: int = 0


def gather(sheet: Sheet, layout: Layout, after: int | None = None, tell: Tell = silent) -> Gathered:
    """Everything below the headings; `after` is one more column wanted. Raises Refused for too many rows."""
    numbers = layout.across or layout.roles["visitors"][:1]
    dates, places, ways = (layout.roles.get(role, []) for role in ("date", "prefecture", "channel"))
    picked = [*dates, *places[:2], *ways[:1], *numbers, *layout.sums[:1], *([] if after is None else [after])]
    names = [*_names(layout, dates, places, ways, numbers), *([] if after is None else ["after"])]
    out = Gathered(pd.DataFrame())
    sieve = _Sieve(sheet, layout, max(len(layout.titles), max(picked) + 1), [*dates, *places[:1]], out)
    parts: list[pd.DataFrame] = []
    count = 0
    for number, (lines, rows) in enumerate(sheet.pieces):
        if number == 0:
            lines, rows = lines[layout.at + 1 :], rows[layout.at + 1 :]
        lines, rows, columns = sieve.sift(lines, rows, first=number == 0)
        count += len(rows)
        tell("rows", count, max(count, sheet.expected))
        if count * len(numbers) > MOST_ROWS:
            raise Refused("too_many_rows", None, most=MOST_ROWS)
        texts = {
            name: pd.Series(sheet.texts(columns[at]) if rows else [], dtype="str") for name, at in zip(names, picked, strict=True)
        }
        parts.append(pd.DataFrame({"line": np.array(lines, dtype="int64"), **texts}))
    out.lost = pd.DataFrame(sieve.lost, columns=["line", *COLUMNS]).astype({"line": "int64", **dict.fromkeys(COLUMNS, "str")})
    out.cells = _long(pd.concat(parts, ignore_index=True), layout, out, numbers)
    return out


class _Sieve:
    """Takes out of a piece what is no row: blank rows, headings once more, rows with more cells than headings."""

    def __init__(self, sheet: Sheet, layout: Layout, width: int, key: list[int], out: Gathered) -> None:
        self.sheet, self.layout, self.width, self.key, self.out = sheet, layout, width, key, out
        self.lost: list[tuple[int, str, str, str, str]] = []

    def sift(self, lines: list[int], rows: list[list[Any]], first: bool) -> tuple[list[int], list[list[Any]], list[Any]]:
        """The lines, rows and columns left. Nearly every piece has nothing to take out, which is seen column by column."""
        if not first and set(map(len, rows)) == {self.width}:
            columns = list(zip(*rows, strict=True))
            if not any(_has_blank(columns[at]) for at in self.key):
                return lines, rows, columns
        kept = [
            (line, row) for line, cells in zip(lines, rows, strict=True) if (row := self._row(line, cells, first)) is not None
        ]
        rows = [row for _, row in kept]
        return [line for line, _ in kept], rows, list(zip(*rows, strict=True))

    def _row(self, line: int, row: list[Any], first: bool) -> list[Any] | None:
        if len(row) != self.width:
            row, beyond = [*row[: self.width], *[""] * (self.width - len(row))], row[self.width :]
            if any(str(cell).strip() for cell in beyond):
                self.lost.append(self._told(line, row))
                fields = {"expected": len(self.layout.titles), "found": self.width + len(beyond)}
                self.out.errors.append(Finding(line, None, "too_many_cells", fields))
                return None
        if not first and not _has_blank([row[at] for at in self.key]):
            return row
        said = self.sheet.texts(row)
        if not any(cell.strip() for cell in said):
            self.out.blank += 1
            return None
        if repeats(said):
            self.out.repeated.append(line)
            return None
        if len([cell for cell in said if cell.strip()]) == 1 and _is_note(text := next(filter(str.strip, said))):
            self.out.notes.append((line, text))
            return None
        if _has_blank([row[at] for at in self.key]) and len(self.out.whole) < _MOST_KEPT:
            self.out.whole[line] = said
        return row

    def _told(self, line: int, row: list[Any]) -> tuple[int, str, str, str, str]:
        roles = self.layout.roles
        said = self.sheet.texts([row[roles[name][0]] if roles.get(name) else "" for name in COLUMNS])
        return (line, said[0], said[1], said[2], said[3])


def _is_note(text: str) -> bool:
    """A line below the table that explains it: ※ 잠정치, 出典：…"""
    said = plain(text)
    return any(said.startswith(plain(word)) for word in vocabulary()["headings"]["note"]) and not said.isdigit()


def _has_blank(cells: Sequence[Any]) -> bool:
    if "" in cells:
        return True
    if set(map(type, cells)) == {str}:
        return any(map(str.isspace, cells))
    return any(cell.isspace() for cell in cells if cell.__class__ is str)


def _names(layout: Layout, dates: list[int], places: list[int], ways: list[int], numbers: list[int]) -> list[str]:
    return [
        *([f"date_{n}" for n in range(3)] if len(dates) == 3 else ["date"][: len(dates)]),
        *["prefecture", "prefecture_2"][: len(places)],
        *["channel"][: len(ways)],
        *[f"number_{at}" for at in numbers],
        *["sum"][: len(layout.sums)],
    ]


def _long(table: pd.DataFrame, layout: Layout, out: Gathered, numbers: list[int]) -> pd.DataFrame:
    """One row for each number: what runs across a wide sheet becomes a column."""
    if "date_0" in table:
        table["date"] = table["date_0"].str.strip() + "-" + table["date_1"].str.strip() + "-" + table["date_2"].str.strip()
    if "sum" in table:
        out.sums = dict(zip(table["line"], table["sum"], strict=True))
    for name in COLUMNS:
        if name not in table:
            table[name] = pd.Series("", index=table.index, dtype="str")
    if layout.wide is None:
        out.codes = table.get("prefecture_2")
        table["visitors"] = table[f"number_{numbers[0]}"]
        return table[["line", *COLUMNS, *(["after"] if "after" in table else [])]]
    parts = []
    for at in numbers:
        part = table[["line", *COLUMNS]].copy()
        part["visitors"] = table[f"number_{at}"]
        part[layout.wide] = pd.Series(layout.titles[at], index=part.index, dtype="str")
        parts.append(part)
    return pd.concat(parts, ignore_index=True).sort_values("line", kind="stable", ignore_index=True)


def cut_numbers(head: Sequence[tuple[int, Sequence[str]]], layout: Layout) -> int | None:
    """The column that may hold the rest of a number that was cut at its comma (1,200 without quotes), if there is one:
    the one after the numbers, where remarks or nothing are expected."""
    if layout.wide is not None:
        return None
    after = layout.roles["visitors"][0] + 1
    if after >= len(layout.titles) or any(after in several for several in layout.roles.values()):
        return None
    title = heading(layout.titles[after])
    cells = [row[after] for _, row in head[layout.at + 1 :] if after < len(row) and row[after].strip()]
    numbers = [cell for cell in cells if narrow(cell).isdigit()]
    remark = not title or title in {heading(word) for word in vocabulary()["headings"]["remark"]}
    return after if remark or len(numbers) * 2 < len(cells) else None
