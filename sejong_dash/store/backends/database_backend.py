"""Keep counts, journal, snapshots and settings in PostgreSQL; the files of the data folder are a working copy of it.

A change is one transaction: the journal's line, the rows of the counts that it changes, and the number by which every machine
sees that something has changed. Who writes holds the row `counts` of the table of states, so that one writes at a time, on
however many machines. The files are brought up to date before a change is worked out, so that it is worked out as on files.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import sqlalchemy as sa

from sejong_dash import paths
from sejong_dash.errors import DashError

from .. import disk, journal, journal_check
from ..journal import Entry
from . import database_parts as parts
from . import database_schema as schema
from . import folder_files, working_copy
from .backend import StoreContents, Turn
from .database_errors import engine_of, explained

CHANNEL = "sejong_dash"  # of PostgreSQL's notices
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class DatabaseTurn:
    """The right to write, as long as the transaction lasts that holds it."""

    _connection: sa.Connection

    def record(self, entry: Entry, content: bytes) -> None:
        """Add an entry; the table becomes `content` where it is not that already."""
        self._put(entry, content)
        with working_copy.lock():  # what is worked out next follows from this entry
            working_copy.bring(self._connection, is_lasting=False)

    def store(self, entry: Entry, old: bytes, new: bytes) -> bool:
        """Add an entry and let the table become `new`; False where it is not `old`, or other changes have come first."""
        if parts.counts_version(self._connection) != journal.version_of(old):
            return False
        if parts.last_change(self._connection).number != entry.change - 1:
            return False
        self._put(entry, new)
        return True

    def _put(self, entry: Entry, content: bytes) -> None:
        parts.add_lines(self._connection, [entry.line])
        parts.put_counts(self._connection, content)
        notify(self._connection)


class DatabaseBackend:
    """The database at an address such as `postgresql+psycopg://name@host/database`."""

    def __init__(self, url: str) -> None:
        self._engine = engine_of(url)
        self._is_laid_out = False
        self._seen: dict[str, int] = {}  # the numbers of the parts when the working copy was brought up to them

    def refresh(self) -> bool:
        """Bring the working copy up to the database; return whether anything changed."""
        with explained(), working_copy.writable(), working_copy.lock(), self._reading() as connection:
            is_changed = working_copy.bring(connection)
            self._seen = parts.numbers(connection)
        return is_changed

    @contextmanager
    def turn(self) -> Iterator[Turn]:
        """Hold the row `counts` of the table of states until the block ends, which is when everything takes effect."""
        with explained(), working_copy.writable():
            self._lay_out()
            with self._engine.begin() as connection:
                parts.take_turn(connection)
                with working_copy.lock():
                    working_copy.bring(connection)
                    journal_check.renew()  # the database says what the journal is, and its own hashes that it is sound
                yield DatabaseTurn(connection)
        try:
            self.refresh()
        except DashError as error:  # what is stored is stored: the copy follows as soon as it can
            _LOG.warning("The working copy is behind the database: %s", error)

    def keep_snapshot(self, version: str) -> None:
        """Keep a snapshot as its folder holds it now; let go of it where its folder is gone."""
        with disk.reading(paths.frozen_dir(version)):
            files = folder_files.snapshot_files(version)
        with self._writing() as connection:
            parts.put_snapshot(connection, version, files)

    def keep_setting(self, name: str) -> None:
        """Keep a setting as its file holds it now; let go of it where the file is gone."""
        with disk.reading(folder_files.setting_path(name)):
            content = folder_files.settings().get(name)
        with self._writing() as connection:
            parts.put_setting(connection, name, content)

    def contents(self) -> StoreContents:
        """Return everything, as it stood at one moment."""
        with explained(), self._reading() as connection:
            return parts.contents(connection)

    def fill(self, contents: StoreContents, *, is_replacing: bool = False) -> None:
        """Write everything into the database; what was there goes, where it is to be replaced."""
        contents.check()
        with self._writing() as connection:
            if not is_replacing and not parts.contents(connection).is_empty:
                raise DashError("store_not_empty")
            connection.execute(sa.delete(schema.journal))
            parts.add_lines(connection, contents.journal)
            parts.put_counts(connection, contents.counts)
            for version in set(parts.snapshot_digests(connection)) | set(contents.snapshots):
                parts.put_snapshot(connection, version, contents.snapshots.get(version, {}))
            for name in folder_files.SETTINGS:
                parts.put_setting(connection, name, contents.settings.get(name))

    def wait(self, seconds: float) -> None:
        """Wait until something has changed since the last `refresh`, for so long at most. Raises DashError where the database
        does not answer."""
        with explained(), self._engine.connect() as connection:
            listening = connection.execution_options(isolation_level="AUTOCOMMIT")
            listening.exec_driver_sql(f"LISTEN {CHANNEL}")
            if parts.numbers(listening) == self._seen:  # otherwise the notice may have come before we listened
                notices = connection.connection.driver_connection.notifies(  # type: ignore[union-attr]
                    timeout=seconds, stop_after=1
                )
                list(notices)  # to its end: until then it holds the connection
            listening.exec_driver_sql("UNLISTEN *")

    @contextmanager
    def _writing(self) -> Iterator[sa.Connection]:
        with explained():
            self._lay_out()
            with self._engine.begin() as connection:
                parts.take_turn(connection)
                yield connection
                notify(connection)

    @contextmanager
    def _reading(self) -> Iterator[sa.Connection]:
        """A connection that sees the database as it stands now, whatever is written meanwhile."""
        self._lay_out()
        with self._engine.connect() as connection, connection.execution_options(isolation_level="REPEATABLE READ").begin():
            yield connection

    def _lay_out(self) -> None:
        """Make the tables where they are missing. Raises DashError where another layout is there."""
        if not self._is_laid_out:
            with self._engine.begin() as connection:
                parts.lay_out(connection)
            self._is_laid_out = True


def notify(connection: sa.Connection) -> None:
    """Send every machine a notice once the transaction has taken effect."""
    connection.execute(sa.select(sa.func.pg_notify(CHANNEL, "")))
