"""Bring the files of a data folder up to the database whose working copy they are.

An edit of the copy by hand is not lost, but it is not the truth either: it is set aside, the log says where, and whoever made it
brings it in at the desk. Counts that the database never had are found by their content, so that a folder with counts of its own
that is put beside a database by mistake is set aside as well; beside an empty database it is left alone.
"""

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from functools import reduce

import sqlalchemy as sa
from filelock import FileLock

from sejong_dash import contents, paths
from sejong_dash.datasets.schema import last_good
from sejong_dash.errors import DashError

from .. import disk, journal, journal_check, snapshots
from . import database_parts as parts
from . import database_rows, folder_files
from .backend import StoreContents

_NOTE = "database.json"  # in the journal's folder: the snapshots that came from the database
_LOG = logging.getLogger(__name__)
_brought: dict[str, tuple[tuple[object, ...], tuple[bytes, ...]]] = {}  # what a folder was brought up to, and its files then
_digests: dict[str, bytes] = {}  # of the snapshots that this process has compared or written, by the path of their folder


@contextmanager
def writable() -> Iterator[None]:
    """Turn what the system refuses of the working copy into a DashError."""
    try:
        journal.folder().mkdir(parents=True, exist_ok=True)
        yield
    except OSError as error:
        raise disk.write_error(journal.table_path(), error) from error


def lock() -> FileLock:
    """Return the lock of whoever writes the working copy; to be held before the database is read, so that nothing older than
    what is there is ever written."""
    return FileLock(journal.folder() / "copy.lock", timeout=60)


def bring(connection: sa.Connection, *, is_lasting: bool = True) -> bool:
    """Let the files be what the database holds; return whether any changed.

    What a transaction has written that may yet be taken back is not `is_lasting`: the next call compares everything anew. Raises
    DashError where the folder has counts and the database has none, and OSError where a file cannot be written.
    """
    folder = str(paths.live_dir())
    wanted = (str(connection.engine.url), *sorted(parts.numbers(connection).items()))
    if _brought.get(folder) == (wanted, _digest_of_files()):
        return False
    changed = [_bring_counts(connection), _bring_snapshots(connection), _bring_settings(connection)]
    if is_lasting:
        _brought[folder] = (wanted, _digest_of_files())
    else:
        _brought.pop(folder, None)
    return any(changed)


def _digest_of_files() -> tuple[bytes, ...]:
    """Hashes of what may be edited by hand; no file is opened that has not changed."""
    files = (journal.table_path(), journal.path(), *(paths.live_dir() / name for name in folder_files.SETTINGS))
    return tuple(contents.digest(file) if file.is_file() else b"" for file in files)


def _bring_counts(connection: sa.Connection) -> bool:
    content, version = disk.read(journal.table_path()), parts.counts_version(connection)
    last = parts.last_change(connection)
    if not last.number and version == journal.version_of(b""):  # nobody has stored anything yet
        lines = journal.Journal().lines
        if not StoreContents(content, lines[1:]).is_empty:
            raise DashError("database_empty")
        with journal_check.rewriting():
            journal.path().unlink(missing_ok=True)  # it begins, if at all, with a table in which nothing stood
        return False
    is_changed = _bring_journal(connection, last)
    if journal.version_of(content) == version:
        return is_changed
    has_rows = not StoreContents(content).is_empty
    if has_rows and not parts.has_version(connection, journal.version_of(content)):
        place = journal.folder() / f"set_aside_{journal.version_of(content)}.csv"
        disk.replace_file(place, content)
        _LOG.warning("%s was edited past the database. The edit is kept in %s.", journal.table_path().name, place.name)
    stored = database_rows.read(connection)
    disk.replace_file(journal.table_path(), stored)
    if len(stored) < len(content):
        last_good.forget("visitors.csv")  # taken out on purpose, on whatever machine
    return True


def _bring_journal(connection: sa.Connection, last: parts.LastChange) -> bool:
    content = disk.read(journal.path())
    lines = content.splitlines(keepends=True)
    chain: bytes = reduce(parts.linked, lines, b"")
    if (len(lines), chain) == last or (not lines and not last.number):
        return False
    if lines and parts.chain_at(connection, len(lines)).chain == chain:
        content += b"".join(parts.lines_after(connection, len(lines)))
    else:
        if lines and not _is_earlier(connection, lines):
            place = journal.folder() / f"set_aside_{journal.version_of(content)}.jsonl"
            disk.replace_file(place, content)
            _LOG.warning("%s is not the database's. It is kept in %s.", journal.path().name, place.name)
        content = b"".join(parts.lines_after(connection, 0))
    with journal_check.rewriting():
        disk.replace_file(journal.path(), content)
    return True


def _is_earlier(connection: sa.Connection, lines: list[bytes]) -> bool:
    """Whether all lines are the database's but for the last, which a killed process may have left torn."""
    whole = lines[:-1]
    return not whole or parts.chain_at(connection, len(whole)).chain == reduce(parts.linked, whole, b"")


def _bring_snapshots(connection: sa.Connection) -> bool:
    stored, kept = parts.snapshot_digests(connection), set(snapshots.versions())
    note = journal.folder() / _NOTE
    known = set(json.loads(content)) if (content := disk.read(note)) else set()
    is_changed = False
    for version, digest in stored.items():
        place = str(paths.frozen_dir(version))
        if version in kept and place not in _digests:
            _digests[place] = parts.digest_of(folder_files.snapshot_files(version))
        if version not in kept or _digests[place] != digest:
            folder_files.write_snapshot(version, parts.snapshot_files(connection, version))
            _digests[place] = digest
            is_changed = True
    for version in (known & kept) - set(stored):  # another machine has let go of it
        folder_files.remove_snapshot(version)
        is_changed = True
    if known != set(stored):
        disk.replace_file(note, json.dumps(sorted(stored)).encode())
    return is_changed


def _bring_settings(connection: sa.Connection) -> bool:
    """Settings that the database has take the place of the folder's; what it does not have is left alone."""
    found, is_changed = folder_files.settings(), False
    for name, content in parts.settings(connection).items():
        if found.get(name) != content:
            folder_files.write_setting(name, content)
            is_changed = True
    return is_changed
