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
from .plain import heading, narrow, vocabulary
from .sheet import MOST_ROWS, Sheet

_PIECE = 50_000
_MOST_KEPT = 100_000  # whole rows kept because a cell of theirs is blank
_BLANK = ("",)


@dataclass
class Gathered:
    """`cells`: line, date, prefecture, channel, visitors as text, one row for each number. `whole`: the rows of which a
    needed cell is blank, since what they are stands elsewhere. `sums`: the totals to the right of a wide row."""

    cells: pd.DataFrame
    whole: dict[int, Sequence[str]] = field(default_factory=dict)
    errors: list[Finding] = field(default_factory=list)
    lost: pd.DataFrame = field(default_factory=pd.DataFrame)  # rows whose cells cannot be told apart
    repeated: list[int] = field(default_factory=list)
    sums: dict[int, str] = field(default_factory=dict)
    codes: pd.Series | None = None  # a second column of prefectures
    blank: int = 0


def gather(sheet: Sheet, layout: Layout, after: int | None = None) -> Gathered:
    """Everything below the headings; `after` is one more column wanted. Raises Refused for too many rows."""
    numbers = layout.across or layout.roles["visitors"][:1]
    dates, places, ways = (layout.roles.get(role, []) for role in ("date", "prefecture", "channel"))
    picked = [*dates, *places[:2], *ways[:1], *numbers, *layout.sums[:1], *([] if after is None else [after])]
    width = max(len(layout.titles), max(picked) + 1)
    out, lines = Gathered(pd.DataFrame()), []
    columns: list[list[Any]] = [[] for _ in picked]
    parts: list[pd.DataFrame] = []
    lost: list[tuple[int, str, str, str, str]] = []
    key = [*dates, *places[:1]]
    text = sheet.text

    def flush() -> None:
        made = {
            at: pd.Series([cell if type(cell) is str else text(cell) for cell in column], dtype="str")
            for at, column in enumerate(columns)
        }
        parts.append(pd.DataFrame({"line": np.array(lines, dtype="int64"), **made}))
        lines.clear()
        for column in columns:
            column.clear()

    rows = 0
    for number, (line, row) in enumerate(sheet.rows):
        if number <= layout.at:
            continue
        if not any(row):
            out.blank += 1
            continue
        if len(row) != width:
            row, beyond = [*row[:width], *_BLANK * (width - len(row))], row[width:]
            if any(str(cell).strip() for cell in beyond):
                lost.append(_cells(line, row, layout, text))
                out.errors.append(
                    Finding(line, None, "too_many_cells", {"expected": len(layout.titles), "found": width + len(beyond)})
                )
                continue
        if _lacks(row, key) or (rows < 3 and repeats([text(cell) for cell in row])):
            said = [text(cell) for cell in row]
            if not any(cell.strip() for cell in said):
                out.blank += 1
                continue
            if repeats(said):
                out.repeated.append(line)
                continue
            if len(out.whole) < _MOST_KEPT:
                out.whole[line] = said
        rows += 1
        if rows * len(numbers) > MOST_ROWS:
            raise Refused("too_many_rows", None, most=MOST_ROWS)
        lines.append(line)
        for column, at in zip(columns, picked, strict=True):
            column.append(row[at])
        if len(lines) >= _PIECE:
            flush()
    flush()
    table = pd.concat(parts, ignore_index=True)
    names = [*_names(layout, dates, places, ways, numbers), *([] if after is None else ["after"])]
    table.columns = pd.Index(["line", *names])
    out.lost = pd.DataFrame(lost, columns=["line", *COLUMNS]).astype({"line": "int64", **dict.fromkeys(COLUMNS, "str")})
    out.cells = _long(table, layout, out, numbers)
    return out


def _lacks(row: Sequence[Any], key: list[int]) -> bool:
    for at in key:
        cell = row[at]
        if cell == "" or (cell.__class__ is str and cell.isspace()):
            return True
    return False


def _names(layout: Layout, dates: list[int], places: list[int], ways: list[int], numbers: list[int]) -> list[str]:
    return [
        *([f"date_{n}" for n in range(3)] if len(dates) == 3 else ["date"][: len(dates)]),
        *["prefecture", "prefecture_2"][: len(places)],
        *["channel"][: len(ways)],
        *[f"number_{at}" for at in numbers],
        *["sum"][: len(layout.sums)],
    ]


def _cells(line: int, row: Sequence[Any], layout: Layout, text: Any) -> tuple[int, str, str, str, str]:
    said = [text(row[layout.roles[name][0]]) if layout.roles.get(name) else "" for name in COLUMNS]
    return (line, said[0], said[1], said[2], said[3])


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
        out.codes = table["prefecture_2"] if "prefecture_2" in table else None
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
