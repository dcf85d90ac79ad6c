"""Find out whether counts stood once and stand no more, and what can be known of when they went.

A table of counts that is empty says nothing of why. The journal does: figures that it knows and the table has not are gone. When
they went is known exactly where the dashboard took them out; of an edit made past it, the journal knows when they stood for the
last time, and the file when it was written last.
"""

from dataclasses import astuple, dataclass, replace
from datetime import datetime, timedelta
from hashlib import blake2b
from typing import Literal, NamedTuple

from sejong_dash import clock, contents, paths
from sejong_dash.datasets.schema import last_good
from sejong_dash.errors import DashError, TableError

from . import disk, journal, snapshots
from .counts_csv import FigureKey
from .entries import parse_table
from .journal import Kind

TableState = Literal["empty", "missing", "unreadable"]


@dataclass(frozen=True)
class GoneCounts:
    """What is known of counts that are gone; None: that it is not known.

    `how` is what became of the table. After the change `last` the journal had `figures` figures, at `stood_at`. `change` is
    the one that took them out, `taken_at` when, by `who`, if it was made here. `written_at` is when the file was written last,
    if that was later than `stood_at`.
    """

    how: TableState
    figures: int | None = None
    last: int | None = None
    stood_at: datetime | None = None
    change: int | None = None
    taken_at: datetime | None = None
    who: str = ""
    written_at: datetime | None = None

    @property
    def since(self) -> datetime | None:
        """From when on there are none, as far as that is known."""
        return self.taken_at or self.written_at

    @property
    def mark(self) -> str:
        """A short hash of all this: two equal ones stand for the same."""
        return blake2b(repr(astuple(self)).encode(), digest_size=4).hexdigest()


class _CountedChange(NamedTuple):
    """A change, and how many figures stood after it; None where the file could not be read then."""

    change: int
    kind: Kind
    when: datetime
    who: str
    figures: int | None


def find(version: str = "") -> GoneCounts | None:
    """Return what is known of counts that stood once and do not now, or did not when the snapshot `version` was created; None
    where some stand, or none ever stood."""
    how = _table_state(version)
    if how is None:
        return None
    try:
        until = snapshots.created_at(version) + timedelta(minutes=1) if version else None
        changes = _CHANGES(journal.path())
        pending = disk.staged(journal.table_path())
    except FileNotFoundError:
        return None
    except DashError:  # the snapshot is no longer kept, and whoever shows it says so
        return None
    except OSError:  # there is a journal, which nobody begins without counts
        return GoneCounts(how)
    if changes is None:
        return GoneCounts(how)
    changes = tuple(change for change in changes if change.change not in pending and (until is None or change.when < until))
    place = max((place for place, change in enumerate(changes) if change.figures), default=None)
    if place is None:
        return None
    last, after = changes[place], changes[place + 1] if place + 1 < len(changes) else None
    found = GoneCounts(how, last.figures, last.change, last.when, after and after.change)
    if after is not None and after.kind in ("applied", "undone"):
        return replace(found, taken_at=after.when, who=after.who)
    return found if until is not None else replace(found, written_at=_written_at(last.when))


def find_unshown(version: str = "") -> GoneCounts | None:
    """Return what `find` returns; None also where the last good counts are shown in place of those that are gone."""
    kept = None if version else last_good.trouble("visitors.csv")
    return None if kept is not None and kept.good_at is not None else find(version)


def _table_state(version: str) -> TableState | None:
    """What became of the table; None where it has rows, or is a query, whose last good answer stays."""
    if (paths.data_dir(version) / "visitors.sql").is_file():
        return None
    try:
        rows = _ROW_COUNT(paths.data_dir(version) / "visitors.csv")
    except FileNotFoundError:
        return "missing"
    except OSError:
        return "unreadable"
    return "unreadable" if rows is None else None if rows else "empty"


def _row_count(content: bytes) -> int | None:
    """How many rows a file has; None where it cannot be read."""
    try:
        return len(parse_table(b"" if not content.decode("utf-8-sig").strip() else content))
    except (TableError, UnicodeDecodeError):
        return None


def _changes(content: bytes) -> tuple[_CountedChange, ...] | None:
    """The changes of a journal; None where it has lines and none can be read."""
    standing: set[FigureKey] = set()
    changes = []
    lines = content.split(b"\n")[:-1]  # what follows the last line end was torn off
    for line in lines:
        try:
            entry = journal.parse_line(line)
        except (ValueError, KeyError, TypeError):
            continue  # whoever opens the history says which line is damaged
        for key, _, after in entry.figures or ():
            if after:
                standing.add(key)
            else:
                standing.discard(key)
        figures = None if entry.figures is None else len(standing)
        changes.append(_CountedChange(entry.change, entry.kind, datetime.fromisoformat(entry.when), entry.who, figures))
    return tuple(changes) if changes or not lines else None


def _written_at(stood_at: datetime) -> datetime | None:
    """When the file was written last; None for a time at which the counts still stood, which came along with a copy."""
    try:
        written_at = datetime.fromtimestamp(journal.table_path().stat().st_mtime, clock.ZONE)
    except OSError:
        return None
    return written_at if written_at > stood_at else None


_ROW_COUNT = contents.Derived(_row_count, 16)
_CHANGES = contents.Derived(_changes, 4)
