"""Change sets: what a change would do to the stored counts, figure by figure, and conflicts with what others have changed.

A change set is made against the counts as its maker saw them. Each of its edits says what stood and what is to stand. When it is
applied to counts that have moved since, each edit is compared with what stands by then: as it was seen, and the edit is applied;
already as wanted, and nothing is left to do; neither, and it is a conflict that people resolve.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import count

import pandas as pd

from sejong_dash.errors import DashError

from .counts_csv import KEY, CountsCsv, FigureKey, Row, fit_row

FigureCells = Mapping[str, str]  # the cells of a figure's last row, but for its key and the day of record; blanks left out
RECORDED = "recorded_on"
_NUMBERS = count()  # of conflicts, by which a press finds its own


@dataclass(frozen=True)
class Edit:
    """The edit of one figure: what stood (`before`) and what is to stand (`after`); None: no figure.

    `rows` are rows that the figure once had, to be put back as they were where it has none. Where `instead` is given, they
    replace exactly those rows. `columns` are the columns of both.
    """

    before: FigureCells | None
    after: FigureCells | None
    columns: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    instead: tuple[Row, ...] | None = None


@dataclass(frozen=True, eq=False)
class ChangeSet:
    """What applying a change would do; nothing is stored by making one.

    `rows`: date, jis_code, channel, state (new, changed, unchanged, removed), before, after (visitors; missing: none).
    `days`: date, before, after: the totals of every day that the rows name; missing where no figure of the day stands, since a
    day that was not counted has no total. `version` is that of the counts it was made against, `undoes` the change that it takes
    back. `content` is the whole file, where that is put back instead of single figures.
    """

    version: str
    rows: pd.DataFrame
    days: pd.DataFrame
    edits: Mapping[FigureKey, Edit] = field(repr=False)
    undoes: int | None = None
    content: bytes | None = field(default=None, repr=False)

    @classmethod
    def of(
        cls,
        version: str,
        edits: Mapping[FigureKey, Edit],
        figures: Mapping[FigureKey, FigureCells],
        *,
        undoes: int | None = None,
        content: bytes | None = None,
    ) -> "ChangeSet":
        """Return the change set of these edits, made against the `figures` that stand."""
        rows = key_frame(edits).assign(
            state=[_state(edit) for edit in edits.values()],
            before=_visitors(edit.before for edit in edits.values()),
            after=_visitors(edit.after for edit in edits.values()),
        )
        days = sorted({key[0] for key in edits})
        edited_days = set(days)
        before = {key: cells for key, cells in figures.items() if key[0] in edited_days}
        edited = before | {key: edit.after for key, edit in edits.items()}
        after = {key: cells for key, cells in edited.items() if cells}
        totals = {"date": pd.to_datetime(days), "before": _totals(days, before), "after": _totals(days, after)}
        return cls(version, rows, pd.DataFrame(totals), edits, undoes, content)

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

    `figures`: date, jis_code, channel, before (what stood when the change set was made), theirs, mine (visitors; missing: no
    figure), and who changed it, when, by which change. `number` is no other conflict's of this process.
    """

    def __init__(self, change_set: ChangeSet, figures: pd.DataFrame, theirs: Mapping[FigureKey, FigureCells | None]) -> None:
        super().__init__("store_conflict", count=len(figures))
        self.number = next(_NUMBERS)
        self.change_set = change_set
        self.figures = figures
        self._theirs = theirs

    def resolved(self, mine: Collection[FigureKey]) -> ChangeSet:
        """Return the change set after somebody has chosen: of the figures in conflict, those in `mine` are edited and the others
        stay as they stand. Whatever changes after this is a conflict again."""
        edits = {}
        for key, edit in self.change_set.edits.items():
            if key not in self._theirs:
                edits[key] = edit
            elif key in mine:
                edits[key] = replace(edit, before=self._theirs[key], instead=None)
        return replace(self.change_set, edits=edits)


def last_recorded(counts_csv: CountsCsv, rows: list[Row]) -> Row:
    """Return the row of a figure that holds: the one recorded last."""
    return max(rows, key=lambda row: counts_csv.cell(row, RECORDED) or counts_csv.cell(row, "date"))


def current_figure(counts_csv: CountsCsv, rows: list[Row]) -> FigureCells | None:
    """Return what stands for a figure that has these rows; None where it has none."""
    if not rows:
        return None
    row = last_recorded(counts_csv, rows)
    named = zip(counts_csv.columns, row, strict=True)
    cells = {name: cell for name, cell in named if cell and name and name not in (*KEY, RECORDED)}
    return cells | {"visitors": str(int(cells["visitors"]))}


def current_figures(counts_csv: CountsCsv) -> dict[FigureKey, FigureCells]:
    """Return every figure that stands in a file."""
    found = {key: current_figure(counts_csv, rows) for key, rows in counts_csv.rows().items()}
    return {key: cells for key, cells in found.items() if cells is not None}


def edited_rows(counts_csv: CountsCsv, key: FigureKey, rows: list[Row], edit: Edit, today: date) -> list[Row]:
    """Return the rows that a figure has once it is edited; `rows` are those that it had when today began.

    **A correction is a further row with today as `recorded_on`; the row that it corrects stays.** An as-of date in the past
    must still show what was known then, links and snapshots depend on it, and the table has had this rule for people
    who edit by hand; the journal alone would keep it from everyone who opens the CSV. What was entered today has not
    stood at the end of any day, so a slip that is corrected on the same day leaves no row behind, and going
    back to what stood this morning takes today's row out again. A first count has no `recorded_on`, which means its own day:
    it is usually typed on the next morning, and a report as of yesterday must have it. A figure that is
    taken out goes with all its rows, since a table of counts cannot say that there is none; the journal keeps them.
    """
    if edit.instead is not None:
        return list(edit.rows)
    if edit.after is None:
        return []
    if not rows:
        return list(edit.rows) or [_row(counts_csv, key, edit.after, "")]
    if current_figure(counts_csv, rows) == edit.after:
        return rows
    last = last_recorded(counts_csv, rows)
    last_day = max(counts_csv.cell(last, RECORDED) or key[0], key[0])
    day = max(today.isoformat(), last_day)
    if last_day == day:  # somebody wrote today's row by hand, or the count is of today: one day has one row
        corrected = _row(counts_csv, key, edit.after, counts_csv.cell(last, RECORDED))
        return [corrected if row == last else row for row in rows]
    return [*rows, _row(counts_csv, key, edit.after, day)]


def _totals(days: list[str], figures: Mapping[FigureKey, FigureCells]) -> "pd.Series":
    """The visitors of each day; missing where it has no figure."""
    sums: dict[str, int] = {}
    for key, cells in figures.items():
        sums[key[0]] = sums.get(key[0], 0) + int(cells["visitors"])
    return pd.Series([sums.get(day) for day in days], dtype="Int64")


def key_frame(keys: Collection[FigureKey]) -> pd.DataFrame:
    """Return keys of figures as columns: date, jis_code, channel (missing: not known)."""
    table = pd.DataFrame(list(keys), columns=list(KEY), dtype="str")
    table["date"] = pd.to_datetime(table["date"])
    return table.assign(**{name: table[name].where(table[name] != "") for name in KEY[1:]})


def conflict_frame(change_set: ChangeSet, theirs: Mapping[FigureKey, FigureCells | None]) -> pd.DataFrame:
    """Return the figures that others have changed to `theirs`: date, jis_code, channel, before, theirs, mine."""
    edits = [change_set.edits[key] for key in theirs]
    return key_frame(theirs).assign(
        before=_visitors(edit.before for edit in edits),
        theirs=_visitors(theirs.values()),
        mine=_visitors(edit.after for edit in edits),
    )


def fit_edit(edit: Edit, columns: tuple[str, ...]) -> Edit:
    """Return the same edit with its rows as rows of these columns."""
    if edit.columns == columns or (not edit.rows and edit.instead is None):
        return edit
    rows = tuple(fit_row(row, edit.columns, columns) for row in edit.rows)
    if edit.instead is None:
        return replace(edit, columns=columns, rows=rows)
    instead = tuple(fit_row(row, edit.columns, columns) for row in edit.instead)
    return replace(edit, columns=columns, rows=rows, instead=instead)


def _row(counts_csv: CountsCsv, key: FigureKey, cells: FigureCells, recorded_on: str) -> Row:
    named = dict(zip(KEY, key, strict=True)) | dict(cells) | {RECORDED: recorded_on}
    return tuple(named.get(name, "") for name in counts_csv.columns)


def _state(edit: Edit) -> str:
    if edit.before == edit.after:
        return "unchanged"
    return "new" if edit.before is None else "removed" if edit.after is None else "changed"


def _visitors(figures: Iterable[FigureCells | None]) -> "pd.Series":
    return pd.Series([int(cells["visitors"]) if cells else None for cells in figures], dtype="Int64")
