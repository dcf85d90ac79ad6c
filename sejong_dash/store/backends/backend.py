"""State what a place for counts, journal, snapshots and settings must offer."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Protocol

from sejong_dash.errors import DashError

from .. import journal
from ..journal import Entry


@dataclass(frozen=True)
class StoreContents:
    """Everything that a backend keeps.

    `counts` is the table as a CSV, `journal` its lines, each with its line end. `snapshots` are files by their path below the
    snapshot's folder, by version; `settings` are files by name.
    """

    counts: bytes = b""
    journal: tuple[bytes, ...] = ()
    snapshots: Mapping[str, Mapping[str, bytes]] = field(default_factory=dict)
    settings: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is kept: no change, no row below the headings, no snapshot, no setting."""
        has_rows = any(line.strip() for line in self.counts.splitlines()[1:])
        return not (self.journal or has_rows or self.snapshots or self.settings)

    def check(self) -> None:
        """Raise DashError where a change does not follow from the one before, or the last one does not lead to the counts."""
        lines: list[bytes] = []
        before = journal.version_of(b"")
        for place, line in enumerate(self.journal, start=1):
            entry = journal.entry_at(line, place)
            if place > 1 and entry.before != before:
                raise DashError("store_journal_broken", file=journal.path().name, line=place)
            journal.apply_patch(lines, entry.patch)
            before = entry.version
        if self.journal and not before == journal.version_of(b"".join(lines)) == journal.version_of(self.counts):
            raise DashError("store_journal_broken", file=journal.path().name, line=len(self.journal))


class Turn(Protocol):
    """The right to write, which one writer has at a time."""

    def record(self, entry: Entry, content: bytes) -> None:
        """Add an entry for what has happened already; `content` is the table as it stands."""
        ...

    def store(self, entry: Entry, old: bytes, new: bytes) -> bool:
        """Add an entry and let the table become `new`, both or neither; False, and nothing done, where it is not `old` any more.
        Raises OSError where that cannot be written."""
        ...


class Backend(Protocol):
    """Where counts, journal, snapshots and settings are kept.

    Every method raises DashError where the place cannot be reached or written; then nothing has changed.
    """

    def refresh(self) -> bool:
        """Bring the files that pages read up to what is stored; return whether any changed."""
        ...

    def turn(self) -> AbstractContextManager[Turn]:
        """Wait for the turn to write and hold it until the block ends; the files that are read are those that are stored."""
        ...

    def keep_snapshot(self, version: str) -> None:
        """Keep a snapshot as its folder holds it now; let go of it where its folder is gone."""
        ...

    def keep_setting(self, name: str) -> None:
        """Keep a setting as its file in the data folder holds it now; let go of it where the file is gone."""
        ...

    def contents(self) -> StoreContents:
        """Return everything, as it stood at one moment."""
        ...

    def fill(self, contents: StoreContents, *, is_replacing: bool = False) -> None:
        """Take over everything. Raises DashError where something is kept already, unless it is to be replaced."""
        ...
