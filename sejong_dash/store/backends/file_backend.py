"""Keep counts, journal, snapshots and settings in the files of a data folder."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sejong_dash.datasets.schema import last_good
from sejong_dash.errors import DashError

from .. import disk, journal, journal_check, lock, snapshots
from ..journal import Entry, Journal
from . import folder_files
from .backend import StoreContents, Turn


@dataclass(frozen=True, slots=True)
class FileTurn:
    """The right to write the files of the data folder."""

    _held: lock.WriteLock

    def record(self, entry: Entry, content: bytes) -> None:
        """Add an entry; the table is the file as it stands."""
        journal.append(entry)

    def store(self, entry: Entry, old: bytes, new: bytes) -> bool:
        """Write ahead and swap; False if the file was edited past us meanwhile. Whatever fails, the old state stands.

        Who lost the lock to another machine takes nothing back: the journal is that machine's by then, and it has removed
        the staged file, so that a swap that comes too late finds nothing to swap.
        """
        path = journal.table_path()
        staged = disk.stage(path, entry.change, new)
        length = None
        try:
            self._held.check()
            length = journal.append(entry)
            if disk.read(path) == old:
                disk.swap(staged, path)
                return True
        except OSError:
            self._take_back(length, staged)
            raise
        self._take_back(length, staged)
        return False

    def _take_back(self, length: int | None, staged: Path) -> None:
        self._held.check()
        if length is not None:
            journal.truncate(length)
        staged.unlink(missing_ok=True)


class FileBackend:
    """The files of the data folder (`paths.live_dir`): what is stored is what is read."""

    def refresh(self) -> bool:
        """Return that nothing changed: the files are the truth themselves."""
        return False

    @contextmanager
    def turn(self) -> Iterator[Turn]:
        """Hold the folder's write lock. Raises DashError where the folder is busy, closed or full."""
        try:
            journal.folder().mkdir(parents=True, exist_ok=True)
            with lock.hold(journal.folder()) as held:
                yield FileTurn(held)
        except OSError as error:
            raise disk.write_error(journal.table_path(), error) from error

    def keep_snapshot(self, version: str) -> None:
        """Do nothing: the snapshot's folder is the snapshot."""

    def keep_setting(self, name: str) -> None:
        """Do nothing where it is a setting's name: the file is the setting."""
        folder_files.setting_path(name)

    def contents(self) -> StoreContents:
        """Return everything, read under the write lock. Raises DashError where the folder cannot be read."""
        with disk.reading(journal.table_path()):
            if not journal.folder().is_dir():
                return self._contents()
            with self.turn():
                return self._contents()

    def fill(self, contents: StoreContents, *, is_replacing: bool = False) -> None:
        """Write everything into the folder; what was there goes, where it is to be replaced."""
        contents.check()
        with self.turn():
            if not is_replacing and not self._contents().is_empty:
                raise DashError("store_not_empty")
            # The journal first: counts without their journal would be taken for an edit made past the dashboard.
            with journal_check.rewriting():
                disk.replace_file(journal.path(), b"".join(contents.journal))
            disk.replace_file(journal.table_path(), contents.counts)
            last_good.forget("visitors.csv")  # what is brought in is meant, however little it is
            for version in set(snapshots.versions()) - set(contents.snapshots):
                folder_files.remove_snapshot(version)
            for version, files in contents.snapshots.items():
                folder_files.write_snapshot(version, files)
            for name in folder_files.SETTINGS:
                folder_files.write_setting(name, contents.settings.get(name))

    def _contents(self) -> StoreContents:
        kept = {version: folder_files.snapshot_files(version) for version in snapshots.versions()}
        return StoreContents(disk.read(journal.table_path()), Journal().lines, kept, folder_files.settings())
