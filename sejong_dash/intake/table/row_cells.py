"""Collects the cells of a sheet that hold day, prefecture, channel and number, line by line.

The rows of the sheet are gone through once; only the cells that are needed are kept, as columns of text.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from sejong_dash.intake.cells.spelling import load_vocabulary, narrow, simplify, simplify_heading, strip_footnotes
from sejong_dash.intake.files.raw_sheet import MOST_ROWS, ProgressCallback, RawSheet, ignore_progress
from sejong_dash.intake.findings import COLUMNS, Finding, Refused

from . import count_unit
from .headings import Head, TableLayout, repeats_headings

_MOST_SIDE = 100  # columns with a heading but without a role: each is looked at, since it may change what its rows mean
_MOST_BLANK = 16  # columns without a heading that are looked at
_MOST_KEPT = 100_000  # whole rows kept because a cell of theirs is blank


@dataclass
class RowCells:
    """The cells of all rows below the headings, as text.

    `cells`: line, date, prefecture, channel, visitors, with a row for each number. `whole_rows`: by line, the rows of which a
    needed cell is blank, since another of their cells says what they are. `sums`: by line, the totals to the right of a wide row.
    `notes`: lines and texts of remarks below the table. `unreadable`: rows with more cells than headings, in the columns of
    `cells`. `repeated`: lines of headings between the rows. `codes`: a second column of prefectures, a cell for each of `cells`.
    `side`: the columns without a role by their number, a row for each of `cells`; `at` of `cells` is the column of its number.
    """

    cells: pd.DataFrame
    whole_rows: dict[int, Sequence[str]] = field(default_factory=dict)
    errors: list[Finding] = field(default_factory=list)
    unreadable: pd.DataFrame = field(default_factory=pd.DataFrame)
    repeated: list[int] = field(default_factory=list)
    notes: list[tuple[int, str]] = field(default_factory=list)
    sums: dict[int, str] = field(default_factory=dict)
    codes: pd.Series | None = None
    side: pd.DataFrame = field(default_factory=pd.DataFrame)


def collect_cells(
    sheet: RawSheet, layout: TableLayout, after: int | None = None, on_progress: ProgressCallback = ignore_progress
) -> RowCells:
    """Return the cells below the headings; `after` is one more column wanted (see `find_cut_column`).

    Raises Refused for too many rows, for too many columns without a role, and what going through the sheet raises.
    """
    numbers = layout.across or layout.roles["visitors"][:1]
    dates, prefectures, channels = (layout.roles.get(role, []) for role in ("date", "prefecture", "channel"))
    extra = [] if after is None else [after]
    side = [at for at in _side_columns(layout) if at not in extra]
    picked = [*dates, *prefectures[:2], *channels[:1], *numbers, *layout.sums[:1], *extra, *side]
    names = [*_name_columns(layout, dates, prefectures, channels, numbers), *(["after"] if extra else [])]
    names += [f"side_{at}" for at in side]
    collected = RowCells(pd.DataFrame())
    width = max(len(layout.titles), max(picked) + 1)
    row_filter = _RowFilter(sheet, layout, width, [*dates, *prefectures[:1]], collected)
    parts: list[pd.DataFrame] = []
    count = 0
    for number, (lines, rows) in enumerate(sheet.batches):
        if number == 0:
            lines, rows = lines[layout.at + 1 :], rows[layout.at + 1 :]
        lines, rows, columns = row_filter.keep_rows(lines, rows, is_head=number == 0)
        count += len(rows)
        on_progress("rows", count, max(count, sheet.expected))
        if count * len(numbers) > MOST_ROWS:
            raise Refused("too_many_rows", None, most=MOST_ROWS)
        texts = {
            name: pd.Series(sheet.texts(columns[at]) if rows else [], dtype="str") for name, at in zip(names, picked, strict=True)
        }
        parts.append(pd.DataFrame({"line": np.array(lines, dtype="int64"), **texts}))
    unreadable = pd.DataFrame(row_filter.unreadable, columns=["line", *COLUMNS])
    collected.unreadable = unreadable.astype({"line": "int64", **dict.fromkeys(COLUMNS, "str")})
    collected.cells = _stack_numbers(pd.concat(parts, ignore_index=True), layout, collected, numbers)
    for at in extra:
        collected.side[at] = collected.cells["after"]
    return collected


def _side_columns(layout: TableLayout) -> list[int]:
    """Return the columns without a role that are looked at. Raises Refused where not all that have a heading can be."""
    named = [at for at in layout.free if layout.titles[at].strip()]
    if len(named) > _MOST_SIDE:
        raise Refused("too_many_free_columns", layout.line, found=len(named), most=_MOST_SIDE)
    blank = [at for at in layout.free if at not in named]
    return sorted([*named, *blank[:_MOST_BLANK]])


class _RowFilter:
    """Takes out of a batch the rows that hold no counts: blank rows, headings once more, remarks, rows with too many cells."""

    def __init__(self, sheet: RawSheet, layout: TableLayout, width: int, key: list[int], collected: RowCells) -> None:
        self.sheet, self.layout, self.width, self.key, self.collected = sheet, layout, width, key, collected
        self.unreadable: list[tuple[int, str, str, str, str]] = []

    def keep_rows(
        self, lines: list[int], rows: list[list[Any]], is_head: bool
    ) -> tuple[list[int], list[list[Any]], list[Sequence[Any]]]:
        """Return the lines, rows and columns left. Most batches have nothing to take out, which is quick to see by column."""
        if not is_head and set(map(len, rows)) == {self.width}:
            columns: list[Sequence[Any]] = list(zip(*rows, strict=True))
            if not any(_has_blank(columns[at]) for at in self.key):
                return lines, rows, columns
        kept = [
            (line, row)
            for line, cells in zip(lines, rows, strict=True)
            if (row := self._keep_row(line, cells, is_head)) is not None
        ]
        rows = [row for _, row in kept]
        return [line for line, _ in kept], rows, list(zip(*rows, strict=True))

    def _keep_row(self, line: int, row: list[Any], is_head: bool) -> list[Any] | None:
        if len(row) != self.width:
            row, beyond = [*row[: self.width], *[""] * (self.width - len(row))], row[self.width :]
            if any(str(cell).strip() for cell in beyond):
                self.unreadable.append(self._pick_cells(line, row))
                fields = {"expected": len(self.layout.titles), "found": self.width + len(beyond)}
                self.collected.errors.append(Finding(line, None, "too_many_cells", fields))
                return None
        has_blank = _has_blank([row[at] for at in self.key])
        if not is_head and not has_blank:
            return row
        texts = self.sheet.texts(row)
        filled = [text for text in texts if text.strip()]
        if not filled:
            return None
        if self._is_note_row(line, texts, filled):
            self.collected.notes.append((line, " ".join(filled)))
            return None
        if repeats_headings(texts, self.layout):
            self.collected.repeated.append(line)
            return None
        if has_blank and len(self.collected.whole_rows) < _MOST_KEPT:
            self.collected.whole_rows[line] = texts
        return row

    def _is_note_row(self, line: int, texts: Sequence[str], filled: list[str]) -> bool:
        """Return whether a row explains the table: a remark in one cell, or cut at its commas with no number beside it."""
        if not _is_note(filled[0]) or (line == self.layout.line + 1 and count_unit.is_unit(filled[0])):
            return False
        numbers = self.layout.across or self.layout.roles.get("visitors", [])[:1]
        return len(filled) == 1 or not any(narrow(texts[at])[:1].isdigit() for at in numbers if at < len(texts))

    def _pick_cells(self, line: int, row: list[Any]) -> tuple[int, str, str, str, str]:
        roles = self.layout.roles
        date, prefecture, channel, visitors = self.sheet.texts(
            [row[roles[name][0]] if roles.get(name) else "" for name in COLUMNS]
        )
        return line, date, prefecture, channel, visitors


def _is_note(text: str) -> bool:
    """Return whether a text below the table explains it: ※ 잠정치, 出典：…"""
    simple = simplify(text)
    is_marked = any(simple.startswith(simplify(word)) for word in load_vocabulary()["headings"]["note"])
    return (is_marked or count_unit.names_unit(text)) and not simple.isdigit()


def _has_blank(cells: Sequence[Any]) -> bool:
    if "" in cells:
        return True
    if set(map(type, cells)) == {str}:
        return any(map(str.isspace, cells))
    return any(cell.isspace() for cell in cells if cell.__class__ is str)


def _name_columns(
    layout: TableLayout, dates: list[int], prefectures: list[int], channels: list[int], numbers: list[int]
) -> list[str]:
    return [
        *([f"date_{part}" for part in range(3)] if len(dates) == 3 else ["date"][: len(dates)]),
        *["prefecture", "prefecture_2"][: len(prefectures)],
        *["channel"][: len(channels)],
        *[f"number_{at}" for at in numbers],
        *["sum"][: len(layout.sums)],
    ]


def _stack_numbers(table: pd.DataFrame, layout: TableLayout, collected: RowCells, numbers: list[int]) -> pd.DataFrame:
    """Return a row for each number: the headings that run across a wide sheet become a column."""
    if "date_0" in table:
        parts_of_day = [
            table[f"date_{part}"].str.strip().str.replace(r"\s*[년年월月일日.]+$", "", regex=True) for part in range(3)
        ]
        table["date"] = parts_of_day[0] + "-" + parts_of_day[1] + "-" + parts_of_day[2]
        is_blank = (table["date"] == "--").to_numpy(dtype=bool)
        table.loc[is_blank, "date"] = ""
    if "sum" in table:
        collected.sums = dict(zip(table["line"], table["sum"], strict=True))
    for name in COLUMNS:
        if name not in table:
            text = layout.heading_channel if name == "channel" else ""
            table[name] = pd.Series(text, index=table.index, dtype="str")
    side = {int(name.removeprefix("side_")): table[name] for name in table.columns if name.startswith("side_")}
    if layout.wide is None:
        collected.side = pd.DataFrame(side, index=table.index)
        collected.codes = table.get("prefecture_2")
        table["visitors"], table["at"] = table[f"number_{numbers[0]}"], numbers[0]
        return table[["line", *COLUMNS, "at", *(["after"] if "after" in table else [])]]
    parts = []
    for at in numbers:
        part = table[["line", *COLUMNS]].copy()
        part["visitors"], part["at"] = table[f"number_{at}"], at
        title = strip_footnotes(layout.titles[at]) if layout.wide == "prefecture" else layout.titles[at]
        part[layout.wide] = pd.Series(title, index=part.index, dtype="str")
        parts.append(part)
    order = np.argsort(np.tile(table["line"].to_numpy(), len(numbers)), kind="stable")
    collected.side = pd.DataFrame(side, index=table.index).take(order % max(len(table), 1)).reset_index(drop=True)
    return pd.concat(parts, ignore_index=True).take(order).reset_index(drop=True)


def find_cut_column(head: Head, layout: TableLayout) -> int | None:
    """Return the column that may hold the rest of a number cut at its comma (1,200 without quotes), None where there is none.

    It is the column after the numbers, where remarks or nothing are expected.
    """
    if layout.wide is not None:
        return None
    after = layout.roles["visitors"][0] + 1
    if after >= len(layout.titles) or any(after in columns for columns in layout.roles.values()):
        return None
    title = simplify_heading(layout.titles[after])
    cells = [row[after] for _, row in head[layout.at + 1 :] if after < len(row) and row[after].strip()]
    numbers = [cell for cell in cells if narrow(cell).isdigit()]
    is_remark = not title or title in {simplify_heading(word) for word in load_vocabulary()["headings"]["remark"]}
    return after if is_remark or len(numbers) * 2 < len(cells) else None
