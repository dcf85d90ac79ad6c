"""List the changes of the counts: who made them, when, why and from which file, and what the counts looked like then."""

from dataclasses import dataclass
from datetime import date, datetime

import pandas as pd

from . import journal
from .change_set import current_figure, key_frame
from .counts_csv import KEY, CountsCsv
from .entries import parse_table
from .journal import Entry, Journal, Kind

_CHANGE_COLUMNS = ["change", "kind", "when", "who", "why", "file", "version"]


@dataclass(frozen=True)
class Change:
    """A change of the counts.

    `kind`: begun (the journal's first state), applied, undone (took back `undoes`), outside (the file was edited past the
    dashboard), repaired (the journal was damaged; `file` is the copy of what was found). `undone_by` took this change back and
    stands. `version` names the counts after it; `new`, `changed`, `removed` count figures, and are all 0 where only the look of
    the file changed or it could not be read; `days` are the days of these figures. `number` is the journal's line, `ordinal` what
    people call the change.
    """

    number: int
    kind: Kind
    when: datetime
    who: str
    why: str
    file: str
    version: str
    new: int
    changed: int
    removed: int
    undoes: int | None = None
    undone_by: int | None = None
    days: tuple[date, ...] = ()

    @property
    def ordinal(self) -> int:
        return journal.ordinal(self.number)


def history() -> list[Change]:
    """Return every change, the last first. Raises DashError where the journal cannot be read."""
    book = Journal()
    undone_by: dict[int, int] = {}
    for entry in book:
        if entry.undoes is not None:
            undone_by[entry.undoes] = entry.change
            redone = book.change(entry.undoes).undoes
            if redone is not None:  # to undo an undo brings the first change back
                undone_by.pop(redone, None)
    return [change_from(entry, undone_by.get(entry.change)) for entry in book.backwards()]


def figure_history(
    on: date | None = None, jis_code: str | None = None, channel: str | None = None, *, change: int | None = None
) -> pd.DataFrame:
    """Return how figures came to be what they are, the last change first: change, kind, when, who, why, file, version, date,
    jis_code, channel, before, after (visitors; missing: no figure).

    Of a day, a prefecture, a channel or all of them (None: any; blank: those of which it is not known); or of one change.
    """
    wanted = (on.isoformat() if on else None, jis_code, channel)
    keys, rows = [], []
    for entry in Journal().backwards():
        columns = CountsCsv.without_rows(entry.columns)
        for key, before, after in entry.figures or () if change in (None, entry.change) else ():
            if all(part in (None, cell) for part, cell in zip(wanted, key, strict=True)):
                keys.append(key)
                figures = (current_figure(columns, before), current_figure(columns, after))
                visitors = [cells and int(cells["visitors"]) for cells in figures]
                when = datetime.fromisoformat(entry.when)
                rows.append((entry.change, entry.kind, when, entry.who, entry.why, entry.file, entry.version, *visitors))
    table = pd.DataFrame(rows, columns=[*_CHANGE_COLUMNS, "before", "after"]).astype({"before": "Int64", "after": "Int64"})
    return pd.concat([table, key_frame(keys)], axis="columns")[[*_CHANGE_COLUMNS, *KEY, "before", "after"]]


def changes_of(first: date, last: date, jis_code: str | None, channel: str | None) -> pd.DataFrame:
    """Return the changes of the counts of a span of days that are summed, the last first: change, kind, when, who, why, file,
    version, figures (how many it touched), before, after (sums of these; missing where none of them was counted)."""
    figures = figure_history(first if first == last else None, jis_code, channel)
    figures = figures[figures["date"].between(pd.Timestamp(first), pd.Timestamp(last))]
    groups = figures.groupby(_CHANGE_COLUMNS, sort=False)
    sums = groups[["before", "after"]].sum(min_count=1)
    return groups.size().rename("figures").to_frame().join(sums).reset_index()


def rebuild(upto: int) -> pd.DataFrame:
    """Return the counts as they were after a change, from the journal alone, as `datasets.visitors.load` would give them.

    Raises TableError if they could not be read then either, DashError if there is no such change.
    """
    book = Journal()
    return parse_table(book.content(book.change(upto).change))


def change_from(entry: Entry, undone_by: int | None = None) -> Change:
    """Return an entry of the journal as a change."""
    figures = entry.figures or ()
    return Change(
        number=entry.change,
        kind=entry.kind,
        when=datetime.fromisoformat(entry.when),
        who=entry.who,
        why=entry.why,
        file=entry.file,
        version=entry.version,
        new=sum(not before for _, before, _ in figures),
        changed=sum(bool(before and after) for _, before, after in figures),
        removed=sum(not after for _, _, after in figures),
        undoes=entry.undoes,
        undone_by=undone_by,
        days=tuple(sorted({date.fromisoformat(day) for (day, _, _), _, _ in figures})),
    )
