"""What does the journal say of a change: which figures' rows became which?"""

from datetime import datetime
from functools import lru_cache

import pandas as pd

from ..datasets import visitors
from ..errors import TableError
from . import journal
from .journal import Entry, Figure, Journal, Kind
from .sheet import Sheet, fitted


def entry(
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
    """The journal's next line, for a file that was `old` and becomes `new`."""
    columns, figures = _compared(book, old, new)
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
        patch=journal.differences(old, new),
    )


def table_of(content: bytes) -> pd.DataFrame:
    """The counts in a file of this content; none in an empty one. Raises TableError."""
    return visitors.parse(content if content.strip() else Sheet.read(b"").write())


@lru_cache(maxsize=4)
def sheet_of(content: bytes) -> Sheet:
    """The rows in a file of this content. Raises TableError where the schema does not let it through."""
    table_of(content)
    return Sheet.read(content)


def _compared(book: Journal, old: bytes, new: bytes) -> tuple[tuple[str, ...], tuple[Figure, ...] | None]:
    """Which figures' rows differ, held against the last state that could be read; None if the new one cannot."""
    try:
        after = sheet_of(new)
    except TableError:
        return (), None
    before = _readable(book, old)
    was = {key: [fitted(row, before.columns, after.columns) for row in rows] for key, rows in before.rows().items()}
    now = after.rows()
    keys = [*now, *(key for key in was if key not in now)]
    changed = [(key, was.get(key, []), now.get(key, [])) for key in keys if was.get(key, []) != now.get(key, [])]
    return after.columns, tuple(changed)


def _readable(book: Journal, old: bytes) -> Sheet:
    if book.last is None or book.last.figures is not None:
        return sheet_of(old)
    sound = next((one.change for one in book.backwards() if one.figures is not None), 0)
    return sheet_of(book.content(sound))
