"""Write everything that is kept into one file, and bring it back.

A backup is a ZIP archive: what a backend keeps (`store/`), the tables and settings of the data folder (`tables/`), and
`manifest.json` with the SHA-256 of each file, so that a backup that was cut or changed is noticed before anything is restored.
"""

import hashlib
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sejong_dash import clock, contents, paths
from sejong_dash.datasets.schema import data_files
from sejong_dash.errors import DashError

from .. import disk, journal
from . import folder_files, store_copy
from .backend import StoreContents

_MANIFEST, _COUNTS, _JOURNAL = "manifest.json", "store/visitors.csv", "store/visitors.jsonl"
_SNAPSHOTS, _SETTINGS, _TABLES = "store/snapshots/", "store/settings/", "tables/"


@dataclass(frozen=True)
class Backup:
    """What a backup holds: the contents of a backend, and the other tables by their path in the data folder."""

    store: StoreContents
    tables: Mapping[str, bytes]


def write(file: Path, source: str) -> Backup:
    """Write a backup of a place (as `store_copy.copy` names places) and of the tables beside it, and return what it holds; the
    file appears under its name whole or not at all. Raises DashError."""
    with store_copy.place(source) as backend:
        backup = Backup(backend.contents(), _tables())
    files = _files_of(backup)
    manifest = {"made_at": clock.now().isoformat(timespec="seconds"), "sha256": {name: _hash(files[name]) for name in files}}
    unfinished = file.with_name(f".{file.name}.new")
    try:
        with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(_MANIFEST, json.dumps(manifest, indent=1))
            for name, content in files.items():
                archive.writestr(name, content)
        unfinished.replace(file)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise disk.write_error(file, error) from error
    return backup


def read(file: Path) -> Backup:
    """Return what a backup holds. Raises DashError where it cannot be read, or is not what was written."""
    try:
        with zipfile.ZipFile(file) as archive:
            manifest = json.loads(archive.read(_MANIFEST))["sha256"]
            files = {name: archive.read(name) for name in archive.namelist() if name != _MANIFEST}
    except (OSError, KeyError, ValueError, zipfile.BadZipFile, EOFError) as error:
        raise DashError("backup_broken", file=file.name, what=type(error).__name__) from error
    for name in manifest.keys() | files.keys():
        if name not in files or manifest.get(name) != _hash(files[name]):
            raise DashError("backup_broken", file=file.name, what=name)
    kept: dict[str, dict[str, bytes]] = {}
    for name, content in _below(files, _SNAPSHOTS).items():
        version, _, path = name.partition("/")
        kept.setdefault(version, {})[path] = content
    lines = tuple(files[_JOURNAL].splitlines(keepends=True))
    store = StoreContents(files[_COUNTS], lines, kept, _below(files, _SETTINGS))
    store.check()
    return Backup(store, _below(files, _TABLES))


def restore(file: Path, target: str, *, is_replacing: bool = False) -> Backup:
    """Bring a backup back to a place, and its tables to the folder of that place (the data folder, for a database). Raises
    DashError; where the backup is broken, nothing has changed."""
    backup = read(file)
    store_copy.put(backup.store, target, is_replacing=is_replacing)
    with store_copy.place(target):
        for name, content in backup.tables.items():
            path = paths.live_dir() / name
            if not path.resolve().is_relative_to(paths.live_dir()):
                raise DashError("store_path_outside", name=name)
            try:
                disk.replace_file(path, content)
            except OSError as error:
                raise disk.write_error(path, error) from error
    return backup


def _tables() -> dict[str, bytes]:
    """The files of the data folder that no backend keeps, by their path."""
    own = {journal.table_path(), *(paths.live_dir() / name for name in folder_files.SETTINGS)}
    found = [file for file in data_files.files() if file.is_file() and file.resolve() not in own]
    with disk.reading(paths.live_dir()):
        return {file.relative_to(paths.live_dir()).as_posix(): contents.read(file) for file in found}


def _files_of(backup: Backup) -> dict[str, bytes]:
    files = {_COUNTS: backup.store.counts, _JOURNAL: b"".join(backup.store.journal)}
    for version, kept in backup.store.snapshots.items():
        files |= {f"{_SNAPSHOTS}{version}/{path}": content for path, content in kept.items()}
    files |= {f"{_SETTINGS}{name}": content for name, content in backup.store.settings.items()}
    return files | {f"{_TABLES}{name}": content for name, content in backup.tables.items()}


def _below(files: Mapping[str, bytes], folder: str) -> dict[str, bytes]:
    return {name.removeprefix(folder): content for name, content in files.items() if name.startswith(folder)}


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
