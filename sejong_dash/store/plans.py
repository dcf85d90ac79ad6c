"""What would a change do to the stored counts, and what if somebody else has changed the same figures meanwhile?

A plan is made against the counts as its maker saw them and wishes, figure by figure, that what stood becomes something else.
When it is applied later, on counts that have moved, each wish is held against what stands by then: as it was seen, and it
is fulfilled; already as wished, and nothing is left to do; neither, and it is a conflict that people settle.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

import pandas as pd

from ..errors import DashError
from .sheet import KEY, Key, Row, Sheet, fitted

Cells = Mapping[str, str]  # a figure: the cells of its last row, but for its key and the day of record; blanks left out
RECORDED = "recorded_on"


@dataclass(frozen=True)
class Wish:
    """What stood, and what is to stand; None: no figure.

    `rows` are rows that the figure once had, to be put back as they were where it has none; where it has exactly those
    `instead` of which they are to stand, in any case. `columns` are the columns of both.
    """

    before: Cells | None
    after: Cells | None
    columns: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    instead: tuple[Row, ...] | None = None


@dataclass(frozen=True, eq=False)
class Plan:
    """What applying would do; nothing is stored.

    `rows`: date, jis_code, channel, state (new, changed, unchanged, removed), before, after (visitors; missing: none).
    `days`: date, before, after: the totals of every day that the rows name. `version` is what it was made against,
    `undoes` the change that it takes back.
    """

    version: str
    rows: pd.DataFrame
    days: pd.DataFrame
    wishes: Mapping[Key, Wish] = field(repr=False)
    undoes: int | None = None
    content: bytes | None = field(default=None, repr=False)  # where the file as a whole is put back

    @property
    def new(self) -> pd.DataFrame:
        return self.rows[self.rows["state"] == "new"]

    @property
    def changed(self) -> pd.DataFrame:
        return self.rows[self.rows["state"] == "changed"]

    @property
    def unchanged(self) -> pd.DataFrame:
        return self.rows[self.rows["state"] == "unchanged"]

    @property
    def removed(self) -> pd.DataFrame:
        return self.rows[self.rows["state"] == "removed"]


class Conflict(DashError):
    """Somebody else has changed the same figures; nothing was stored.

    `figures`: date, jis_code, channel, before (what stood when the plan was made), theirs, mine (visitors; missing: no
    figure), and who changed it, when, by which change.
    """

    def __init__(self, plan: Plan, figures: pd.DataFrame, theirs: Mapping[Key, Cells | None]) -> None:
        super().__init__("store_conflict", count=len(figures))
        self.plan = plan
        self.figures = figures
        self._theirs = theirs

    def settled(self, mine: Collection[Key]) -> Plan:
        """The plan after somebody has chosen: of the figures in conflict those in `mine` as the plan has them, the others as
        they stand. Whatever changes after this is a conflict again."""
        wishes = {}
        for key, wish in self.plan.wishes.items():
            if key not in self._theirs:
                wishes[key] = wish
            elif key in mine:
                wishes[key] = replace(wish, before=self._theirs[key], instead=None)
        return replace(self.plan, wishes=wishes)


def latest(sheet: Sheet, rows: list[Row]) -> Row:
    """The row that holds: the one recorded last."""
    return max(rows, key=lambda row: sheet.cell(row, RECORDED) or sheet.cell(row, "date"))


def figure(sheet: Sheet, rows: list[Row]) -> Cells | None:
    """What stands for a figure with these rows."""
    if not rows:
        return None
    row = latest(sheet, rows)
    cells = {name: cell for name, cell in zip(sheet.columns, row, strict=True) if cell and name and name not in (*KEY, RECORDED)}
    return cells | {"visitors": str(int(cells["visitors"]))}


def figures(sheet: Sheet) -> dict[Key, Cells]:
    return {key: cells for key, rows in sheet.rows().items() if (cells := figure(sheet, rows)) is not None}


def settle(sheet: Sheet, key: Key, standing: list[Row], wish: Wish, today: date) -> list[Row]:
    """The rows that a figure has once the wish is fulfilled. `standing` are those that it had when today began.

    **A correction is a further row with today as `recorded_on`; the row that it corrects stays.** An as-of date in the past
    must still show what was known then, links and frozen reports depend on it, and the table has had this rule for people
    who edit by hand; the journal alone would keep it from everyone who opens the CSV. What was entered today has not
    stood at the end of any day, so a slip that is mended on the same day leaves no row behind, and going
    back to what stood this morning takes today's row out again. A first count has no `recorded_on`, which means its own day:
    it is usually typed on the next morning, and a report as of yesterday must have it. A figure that is
    taken out goes with all its rows, since a table of counts cannot say that there is none; the journal keeps them.
    """
    if wish.instead is not None:
        return list(wish.rows)
    if wish.after is None:
        return []
    if not standing:
        return list(wish.rows) or [_row(sheet, key, wish.after, "")]
    if figure(sheet, standing) == wish.after:
        return standing
    last = latest(sheet, standing)
    known = max(sheet.cell(last, RECORDED) or key[0], key[0])
    now = max(today.isoformat(), known)
    row = _row(sheet, key, wish.after, now)
    if known == now:  # somebody wrote today's row by hand, or the count is of today: one day has one row
        row = _row(sheet, key, wish.after, sheet.cell(last, RECORDED))
        return [row if one == last else one for one in standing]
    return [*standing, row]


def told(wishes: Mapping[Key, Wish], stands: Mapping[Key, Cells]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """A plan's `rows` and `days`, where `stands` are the figures that it is made against."""
    rows = frame(wishes).assign(
        state=[_state(wish) for wish in wishes.values()],
        before=_visitors(wish.before for wish in wishes.values()),
        after=_visitors(wish.after for wish in wishes.values()),
    )
    days = sorted({key[0] for key in wishes})
    before = dict.fromkeys(days, 0)
    for key, cells in stands.items():
        if key[0] in before:
            before[key[0]] += int(cells["visitors"])
    after = dict(before)
    for key, wish in wishes.items():
        stood = stands.get(key)
        after[key[0]] += _count(wish.after) - _count(stood)
    totals = {"date": pd.to_datetime(days), "before": before.values(), "after": after.values()}
    return rows, pd.DataFrame(totals).astype({"before": "Int64", "after": "Int64"})


def frame(keys: Collection[Key]) -> pd.DataFrame:
    """Keys of figures as columns: date, jis_code, channel (missing: not known)."""
    table = pd.DataFrame(list(keys), columns=list(KEY), dtype="str")
    table["date"] = pd.to_datetime(table["date"])
    return table.assign(**{name: table[name].where(table[name] != "") for name in KEY[1:]})


def clashes(plan: Plan, theirs: Mapping[Key, Cells | None]) -> pd.DataFrame:
    """What a conflict shows of the figures that others have changed to `theirs`."""
    wishes = [plan.wishes[key] for key in theirs]
    return frame(theirs).assign(
        before=_visitors(wish.before for wish in wishes),
        theirs=_visitors(theirs.values()),
        mine=_visitors(wish.after for wish in wishes),
    )


def fit(wish: Wish, sheet: Sheet) -> Wish:
    """The same wish with its rows as rows of this sheet."""
    rows = tuple(fitted(row, wish.columns, sheet.columns) for row in wish.rows)
    if wish.instead is None:
        return replace(wish, columns=sheet.columns, rows=rows)
    instead = tuple(fitted(row, wish.columns, sheet.columns) for row in wish.instead)
    return replace(wish, columns=sheet.columns, rows=rows, instead=instead)


def _row(sheet: Sheet, key: Key, cells: Cells, recorded_on: str) -> Row:
    known = dict(zip(KEY, key, strict=True)) | dict(cells) | {RECORDED: recorded_on}
    return tuple(known.get(name, "") for name in sheet.columns)


def _state(wish: Wish) -> str:
    if wish.before == wish.after:
        return "unchanged"
    return "new" if wish.before is None else "removed" if wish.after is None else "changed"


def _count(cells: Cells | None) -> int:
    return int(cells["visitors"]) if cells else 0


def _visitors(figures: Iterable[Cells | None]) -> "pd.Series":
    return pd.Series([int(cells["visitors"]) if cells else None for cells in figures], dtype="Int64")
