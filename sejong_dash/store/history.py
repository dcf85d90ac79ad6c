"""Who changed which count, when, why and from which file, and what did the counts look like then?"""

from dataclasses import dataclass
from datetime import date, datetime

import pandas as pd

from . import plans
from .entries import table_of
from .journal import Entry, Journal, Kind
from .sheet import KEY, Sheet

_OF_CHANGE = ["change", "kind", "when", "who", "why", "file", "version"]


@dataclass(frozen=True)
class Change:
    """One change of the counts.

    `kind`: begun (the journal's first state), applied, undone (took back `undoes`), outside (the file was edited past the
    dashboard). `undone_by` took this one back and stands. `version` names the counts after it; `new`, `changed`,
    `removed` count figures, and are all 0 where only the look of the file changed or it could not be read.
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


def history() -> list[Change]:
    """Every change, the last one first."""
    book = Journal()
    undone: dict[int, int] = {}
    for entry in book:
        if entry.undoes is not None:
            undone[entry.undoes] = entry.change
            again = book.change(entry.undoes).undoes
            if again is not None:  # who takes back a taking back brings the first change back
                undone.pop(again, None)
    return [told(entry, undone.get(entry.change)) for entry in book.backwards()]


def receipt(
    on: date | None = None, jis_code: str | None = None, channel: str | None = None, *, change: int | None = None
) -> pd.DataFrame:
    """How figures came to be what they are, the last change first: change, kind, when, who, why, file, version, date, jis_code,
    channel, before, after (visitors; missing: no figure).

    Of a day, a prefecture, a channel or all of them (None: any; blank: those of which it is not known); or of one change.
    """
    wanted = (on.isoformat() if on else None, jis_code, channel)
    keys, rows = [], []
    for entry in Journal().backwards():
        like = Sheet("", entry.columns, (), "")
        for key, before, after in entry.figures or () if change in (None, entry.change) else ():
            if all(want in (None, cell) for want, cell in zip(wanted, key, strict=True)):
                keys.append(key)
                stood = [cells and int(cells["visitors"]) for cells in (plans.figure(like, one) for one in (before, after))]
                when = datetime.fromisoformat(entry.when)
                rows.append((entry.change, entry.kind, when, entry.who, entry.why, entry.file, entry.version, *stood))
    table = pd.DataFrame(rows, columns=[*_OF_CHANGE, "before", "after"]).astype({"before": "Int64", "after": "Int64"})
    return pd.concat([table, plans.frame(keys)], axis="columns")[[*_OF_CHANGE, *KEY, "before", "after"]]


def changes_of(first: date, last: date, jis_code: str | None, channel: str | None) -> pd.DataFrame:
    """The changes of the counts of a span of days that are summed, the last one first: change, kind, when, who, why, file,
    version, figures (how many it touched), before, after (sums of these; 0 where there was none)."""
    story = receipt(first if first == last else None, jis_code, channel)
    story = story[story["date"].between(pd.Timestamp(first), pd.Timestamp(last))]
    sums = story.fillna({"before": 0, "after": 0}).groupby(_OF_CHANGE, sort=False)
    return sums.agg(figures=("after", "size"), before=("before", "sum"), after=("after", "sum")).reset_index()


def rebuild(upto: int) -> pd.DataFrame:
    """The counts as they were after a change, from the journal alone, as `datasets.visitors.load` would give them. Raises
    TableError if they could not be read then either, DashError if there is no such change."""
    book = Journal()
    return table_of(book.content(book.change(upto).change))


def told(entry: Entry, undone_by: int | None = None) -> Change:
    """A line of the journal as a change."""
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
    )
