"""Which clean rows does a sheet hold, and what is wrong with the others?"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ..datasets import plans, prefectures
from . import days, headings, judge, scale, totals
from .amounts import shown
from .gather import Gathered, cut_numbers, gather
from .headings import Layout, role_of
from .intake import COLUMNS, Finding, Refused, empty_cells, empty_rows
from .judge import Column
from .sheet import Sheet, Tell, silent

Mask = np.ndarray


@dataclass
class Made:
    rows: pd.DataFrame
    source: pd.DataFrame
    wrong: pd.DataFrame
    errors: list[Finding]
    notices: list[Finding]


def understand(
    sheet: Sheet,
    layout: Layout,
    head: Sequence[tuple[int, list[str]]],
    year: int | None,
    expected: tuple[int, ...],
    order: str | None = None,
    tell: Tell = silent,
) -> Made:
    """Everything below the headings, read and judged. Raises Refused where nothing below them can be a row."""
    if layout.wide == "date":
        _with_years(layout, year, sheet.epoch_1904, expected, order)
    headings.certain(layout)
    factor, unit = _scale(layout, head)
    count = scale.reading(factor)
    gathered = gather(sheet, layout, cut_numbers(head, layout), tell)
    cells = gathered.cells
    tell("judge", 0, 4)
    if not len(cells):
        return Made(empty_rows(), empty_cells(), gathered.lost, gathered.errors, [])
    columns = judge.read_columns(cells, year, sheet.epoch_1904, expected, count, order)
    tell("judge", 1, 4)
    again = _repeated(columns, layout)
    sums = totals.rows_of(cells, columns, gathered.whole) & ~again
    rest = ~again & ~sums
    errors, bad = _errors(cells, columns, rest, gathered)
    tell("judge", 2, 4)
    good = rest & ~bad
    rows = _rows(columns, good)
    drop, doubles = judge.doubles(rows, cells["line"].to_numpy()[good])
    told = [
        *([Finding(layout.line, "visitors", "unit_of_heading", {"found": unit, "value": factor})] if factor > 1 else []),
        *_second(gathered, cells["line"].to_numpy()[again], layout),
        *_merged(sheet, layout, cells["line"].to_numpy()[good]),
        *totals.check(cells, columns, sums, good, gathered.whole),
        *totals.check_across(cells, columns, good, gathered.sums, count),
        *judge.findings(cells, columns, good, True),
        *_improbable(rows, cells["line"].to_numpy()[good]),
        *_outside(rows, cells["line"].to_numpy()[good]),
        *(Finding(line, None, "note_skipped", {"found": shown(text)}) for line, text in gathered.notes[: judge.EACH]),
    ]
    tell("judge", 3, 4)
    kept = np.flatnonzero(good)[~drop]
    unused = rest.copy()
    unused[kept] = False
    lost = np.flatnonzero(unused)
    wrong = pd.concat([gathered.lost, cells.iloc[lost][["line", *COLUMNS]]], ignore_index=True).sort_values("line", kind="stable")
    if factor > 1:  # who mends a row has no heading beside it that says a unit
        wrong["visitors"] = wrong["visitors"].map(lambda text: _in_people(text, count)).astype("str")
    return Made(
        rows[~drop].reset_index(drop=True),
        cells.iloc[kept][["line", *COLUMNS]].reset_index(drop=True),
        wrong.reset_index(drop=True),
        sorted([*gathered.errors, *errors, *doubles], key=lambda one: one.row or 0),
        sorted(told, key=lambda one: one.row or 0),
    )


def _in_people(text: str, count: scale.Read) -> str:
    said = count(text)
    return text if said.error else str(said.value)


def _scale(layout: Layout, head: Sequence[tuple[int, list[str]]]) -> tuple[int, str]:
    """How many people a number stands for. In a wide sheet no column is headed as counts: its titles say it."""
    titles = [layout.titles[at] for at in layout.roles.get("visitors", [])] if layout.wide is None else layout.titles
    return scale.of(titles, (cell for _, row in head[: layout.at + 2] for cell in row))


def _with_years(layout: Layout, year: int | None, epoch_1904: bool, expected: tuple[int, ...], order: str | None) -> None:
    """Days across that cannot be told are the heading's trouble, told once."""
    for at in layout.across:
        said = days.read(layout.titles[at], year, epoch_1904, expected, order)
        if said.error:
            raise Refused(
                "heading_" + said.error if said.error == "date_year_missing" else "heading_not_a_day", layout.line, **said.fields
            )


def _repeated(columns: dict[str, Column], layout: Layout) -> Mask:
    """Headings that stand between the rows once more."""
    roles = {name: columns[name].unread(lambda text: role_of(text) is not None) for name in ("date", "prefecture", "visitors")}
    needed = [name for name in roles if name != layout.wide and (name != "visitors" or layout.wide is None)]
    return np.logical_and.reduce([roles[name] for name in needed])


def _errors(cells: pd.DataFrame, columns: dict[str, Column], rest: Mask, gathered: Gathered) -> tuple[list[Finding], Mask]:
    bad = np.logical_or.reduce([columns[name].flags(lambda one: one.error is not None) for name in COLUMNS])
    told = judge.findings(cells, columns, rest, False)
    told = [_with_day_above(one, cells, columns) if one.code == "missing_value" and one.column == "date" else one for one in told]
    lines = cells["line"].to_numpy()
    if "after" in cells:  # 1,200 without quotes: 1 in this column, 200 in the next
        cut = cells["visitors"].str.fullmatch(r"\s*[1-9][0-9]{0,2}") & cells["after"].str.fullmatch(r"[0-9]{3}\s*")
        for at in np.flatnonzero(cut.to_numpy(dtype=bool) & rest):
            whole = str(cells.at[at, "visitors"]).strip() + str(cells.at[at, "after"]).strip()
            told.append(
                Finding(
                    int(lines[at]),
                    "visitors",
                    "number_cut",
                    {"found": f"{cells.at[at, 'visitors']},{cells.at[at, 'after']}", "proposal": whole},
                )
            )
            bad[at] = True
    if gathered.codes is not None:
        other = judge.column(gathered.codes, judge.proposing())
        differ = other.pick(lambda one: one.value, "str").fillna("") != columns["prefecture"].pick(
            lambda one: one.value, "str"
        ).fillna("")
        differ &= gathered.codes.str.strip() != ""
        for at in np.flatnonzero(differ.to_numpy(dtype=bool) & rest & ~bad):
            found = f"{shown(str(cells.at[at, 'prefecture']))} / {shown(str(gathered.codes[at]))}"
            told.append(Finding(int(lines[at]), "prefecture", "prefecture_conflict", {"found": found}))
            bad[at] = True
    return told, bad


def _with_day_above(one: Finding, cells: pd.DataFrame, columns: dict[str, Column]) -> Finding:
    """A blank day below a day may mean the same day."""
    lines = cells["line"].to_numpy()
    end = int(np.searchsorted(lines, one.row or 0))
    which = columns["date"].which
    for at in range(end - 1, max(end - 500, -1), -1):
        above = columns["date"].readings[which[at]]
        if above.error is None:
            return Finding(one.row, one.column, one.code, {**one.fields, "proposal": above.value.isoformat()})
    return one


def _rows(columns: dict[str, Column], good: Mask) -> pd.DataFrame:
    values = columns["visitors"].values
    rows = pd.DataFrame(
        {
            "date": columns["date"].pick(lambda one: one.value, "datetime64[us]"),
            "jis_code": columns["prefecture"].pick(lambda one: one.value or None, "str"),
            "channel": columns["channel"].pick(lambda one: one.value or None, "str"),
            "visitors": pd.Series(values, dtype="Int64"),
        }
    )
    return rows[good].reset_index(drop=True)


def _second(gathered: Gathered, again: Mask, layout: Layout) -> list[Finding]:
    told = []
    lines = sorted({*gathered.repeated, *(int(line) for line in again)})
    for line in lines[: judge.EACH]:
        told.append(Finding(line, None, "second_header" if line == layout.line + 1 else "repeated_header"))
    return told


def _merged(sheet: Sheet, layout: Layout, lines: Mask) -> list[Finding]:
    """Days and prefectures that a merged cell says for several rows."""
    used = {at for role in ("date", "prefecture", "channel", "visitors") for at in layout.roles.get(role, [])} | set(
        layout.across
    )
    rows = set(lines.tolist())
    filled = sorted(line for (line, at) in sheet.filled if at in used and line in rows)
    return [Finding(filled[0], None, "merged_cells", {"count": len(filled)})] if filled else []


def _improbable(rows: pd.DataFrame, lines: Mask) -> list[Finding]:
    """More visitors from a prefecture on one day than live there."""
    people = prefectures.load().set_index("jis_code")["population_2020"]
    most = rows["jis_code"].map(people).astype("Int64")
    at = np.flatnonzero((rows["visitors"] > most).fillna(False).to_numpy(dtype=bool))[: judge.EACH]
    return [
        Finding(int(lines[n]), "visitors", "improbable", {"found": int(rows["visitors"].iloc[n]), "most": int(most.iloc[n])})
        for n in at
    ]


def _outside(rows: pd.DataFrame, lines: Mask) -> list[Finding]:
    """Days on which no plan has the expo open: counts of a rehearsal perhaps, or a slip of the month."""
    known = plans.load().dropna(subset=["opens_on", "closes_on"])
    open_on = [rows["date"].between(first, last) for first, last in zip(known["opens_on"], known["closes_on"], strict=True)]
    if not open_on:
        return []
    at = np.flatnonzero(~np.logical_or.reduce(open_on))[: judge.EACH]
    return [Finding(int(lines[n]), "date", "outside_plans", {"found": f"{rows['date'].iloc[n]:%Y-%m-%d}"}) for n in at]
