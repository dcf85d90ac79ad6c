"""Make the journal's entries: which rows of which figures became which, and how the file's lines changed."""

from datetime import datetime
from functools import lru_cache

import pandas as pd

from sejong_dash.datasets import visitors
from sejong_dash.errors import TableError

from . import journal
from .counts_csv import CountsCsv, fit_row
from .journal import Entry, FigureChange, Journal, Kind
from .line_patch import diff_lines


def new_entry(
    book: Journal,
    kind: Kind,
    now: datetime,
    old: bytes,
    new: bytes,
    *,
    who: str = "",
    why: str = "",
    file: str = "",
    undoes: int | None = None,
) -> Entry:
    """Return the journal's next entry, for counts whose content was `old` and becomes `new`."""
    columns, figures = _changes(book, old, new)
    return Entry(
        change=len(book) + 1,
        kind=kind,
        when=now.isoformat(timespec="seconds"),
        who=who,
        why=why,
        file=file,
        undoes=undoes,
        before=journal.version_of(old),
        version=journal.version_of(new),
        columns=columns,
        figures=figures,
        patch=diff_lines(old, new),
    )


def parse_table(content: bytes) -> pd.DataFrame:
    """Return the counts in a file of this content; none for an empty one. Raises TableError."""
    return _parsed(content).copy(deep=False)  # copy-on-write: a caller's change stays the caller's


@lru_cache(maxsize=4)
def _parsed(content: bytes) -> pd.DataFrame:
    return visitors.parse(content if content.strip() else CountsCsv.read(b"").write())


@lru_cache(maxsize=4)
def parse_csv(content: bytes) -> CountsCsv:
    """Return the rows in a file of this content. Raises TableError where the schema does not accept it."""
    parse_table(content)
    return CountsCsv.read(content)


def _changes(book: Journal, old: bytes, new: bytes) -> tuple[tuple[str, ...], tuple[FigureChange, ...] | None]:
    """The columns, and the figures whose rows differ from the last readable state; None where `new` cannot be read."""
    try:
        after = parse_csv(new)
    except TableError:
        return (), None
    before = _last_readable(book, old)
    old_rows = {key: [fit_row(row, before.columns, after.columns) for row in rows] for key, rows in before.rows().items()}
    new_rows = after.rows()
    keys = [*new_rows, *(key for key in old_rows if key not in new_rows)]
    changes = [(key, old_rows.get(key, []), new_rows.get(key, [])) for key in keys]
    return after.columns, tuple(change for change in changes if change[1] != change[2])


def _last_readable(book: Journal, old: bytes) -> CountsCsv:
    if book.last is None or book.last.figures is not None:
        return parse_csv(old)
    number = next((entry.change for entry in book.backwards() if entry.figures is not None), 0)
    return parse_csv(book.content(number))
