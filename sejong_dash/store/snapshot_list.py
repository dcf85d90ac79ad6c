"""List the snapshots of meetings, give them names, delete them, and keep no more of them than there is room for.

The newest is always kept. Where there are more than `$SEJONG_SNAPSHOTS` says, the oldest without a name go first, then the oldest
with one: a link to them then says that they are gone.
"""

import logging
import os
import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sejong_dash import paths
from sejong_dash.errors import DashError

from . import backends, snapshots

_LOG = logging.getLogger(__name__)
_MOST = 100
_NAME = "frozen_name.txt"  # in each snapshot's folder
LONGEST = 80  # signs of a name
_listed: dict[Path, tuple[int, list["KeptSnapshot"]]] = {}  # by their folder, with its time


@dataclass(frozen=True)
class KeptSnapshot:
    """A snapshot that is kept; `name` is blank where nobody gave it one."""

    version: str
    created_at: datetime
    name: str

    @property
    def size(self) -> int:
        """How many bytes its files hold; it is looked for each time, and is 0 where it is being deleted meanwhile."""
        try:
            return sum(file.stat().st_size for file in paths.frozen_dir(self.version).rglob("*") if file.is_file())
        except OSError:
            return 0


def kept() -> list[KeptSnapshot]:
    """Return the snapshots that are kept, the newest first; what is being deleted meanwhile is left out.

    Every page asks for them: they are looked for anew where the folder that holds them has changed.
    """
    folder = paths.frozen_dir("")
    try:
        stamp = folder.stat().st_mtime_ns
    except OSError:
        return []
    known = _listed.get(folder)
    if known is not None and known[0] == stamp:
        return list(known[1])
    _listed[folder] = stamp, _list()
    return list(_listed[folder][1])


def _list() -> list[KeptSnapshot]:
    found = []
    for version in snapshots.versions():
        try:
            found.append(KeptSnapshot(version, snapshots.created_at(version), _name(version)))
        except (DashError, OSError):  # it has just been deleted
            continue
    return sorted(found, key=lambda each: (each.created_at, each.version), reverse=True)


def create() -> str:
    """Keep the live tables as they are now and return the snapshot's version; the oldest make room for it. Raises DashError."""
    version = snapshots.create()
    names = [each for each in kept() if each.version != version]
    surplus = len(names) + 1 - _most()
    for each in sorted(names, key=lambda each: (bool(each.name), each.created_at))[: max(0, surplus)]:
        _LOG.warning("The snapshot %s of %s makes room for a newer one.", each.version, each.created_at.date())
        try:
            _remove(each.version)
        except OSError as error:  # another has removed it, or it cannot be: the next time tries again
            _LOG.warning("The snapshot %s stays, or was removed meanwhile: %s", each.version, error)
    return version


def rename(version: str, name: str) -> None:
    """Give a snapshot a name; blank takes it away. Raises DashError where it is not kept or cannot be written."""
    _check(version)
    text = " ".join("".join(sign for sign in name if sign.isprintable() or sign.isspace()).split())[:LONGEST]
    try:
        (paths.frozen_dir(version) / _NAME).write_text(text, encoding="utf-8")
        os.utime(paths.frozen_dir(""))  # every server that shares the folder lists them anew
    except OSError as error:
        raise _unwritten(version, error) from error
    backends.current().keep_snapshot(version)


def delete(version: str) -> None:
    """Delete a snapshot; the caller has seen to it that this is allowed. Raises DashError where it is not kept or cannot be
    deleted."""
    _check(version)
    try:
        _remove(version)
    except OSError as error:
        raise _unwritten(version, error) from error
    _LOG.warning("The snapshot %s was deleted.", version)


def _check(version: str) -> None:
    """Raise DashError unless it names a snapshot: a version is a part of a path."""
    if version not in snapshots.versions():
        raise DashError("frozen_gone", version=version)


def _remove(version: str) -> None:
    """Take a snapshot away in one step, so that nobody reads half of it, and then its files."""
    folder = paths.frozen_dir(version)
    leaving = folder.with_name(f".{version}.{os.getpid()}.gone")
    folder.replace(leaving)
    shutil.rmtree(leaving, ignore_errors=True)
    backends.current().keep_snapshot(version)


def _name(version: str) -> str:
    try:
        return (paths.frozen_dir(version) / _NAME).read_text("utf-8").strip()
    except FileNotFoundError:
        return ""


def _most() -> int:
    text = os.environ.get("SEJONG_SNAPSHOTS", "")
    return max(1, int(text)) if text.isascii() and text.isdigit() else _MOST


def _unwritten(version: str, error: OSError) -> DashError:
    _LOG.warning("%s cannot be changed: %s", paths.frozen_dir(version), error)
    return DashError("frozen_unwritten", folder=version, what=error.strerror or type(error).__name__)
