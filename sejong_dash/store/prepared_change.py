"""Prepare all of a change before its turn to write has come: a hundred thousand rows take seconds, and others wait meanwhile."""

from dataclasses import dataclass
from datetime import datetime

from . import disk, journal
from .change_set import ChangeSet
from .entries import new_entry
from .journal import Entry, Journal
from .merge import merged_content


@dataclass(frozen=True)
class PreparedChange:
    """What would be written, made from the counts `old` and a journal of `length` lines: the counts `new`, and the journal's
    next entry; None where nothing is left to do."""

    old: bytes
    length: int
    new: bytes
    entry: Entry | None

    def fits(self, book: Journal, content: bytes) -> bool:
        """Return whether nobody has changed journal or counts since."""
        return len(book) == self.length and content == self.old


def prepare(changes: ChangeSet, now: datetime, *, who: str, why: str, file: str) -> PreparedChange:
    """Return what applying a change set would write now; nothing is written.

    Raises Conflict where others have changed the same figures otherwise, TableError where the counts cannot be read, OSError.
    """
    book, content = Journal(), disk.read(journal.table_path())
    merged = merged_content(changes, book, content, now.date())
    if merged == content:
        return PreparedChange(content, len(book), merged, None)
    kind: journal.Kind = "applied" if changes.undoes is None else "undone"
    entry = new_entry(book, kind, now, content, merged, who=who, why=why, file=file, undoes=changes.undoes)
    assert entry.line  # which takes a second where there are many rows
    return PreparedChange(content, len(book), merged, entry)
