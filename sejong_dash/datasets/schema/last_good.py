"""Keep the last good state of each live table, and show it where the table itself cannot be used.

Tables are changed by people and programs at any hour. One that is missing, broken, cut off or left with its header alone is no
reason to take figures off the screen: the last state that could be used is kept as a copy under `.frozen/last_good/` in the
folder of the tables, with the same names, so that it is read as a version of the tables like any other. Where the folder cannot
be written there is no copy, and a broken table is shown as such.

A table that is emptied on purpose is told from a lost one by `forget`, which the store calls when it has taken the last count
out; by hand, the copy is removed.
"""

import logging
import os
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from pathlib import Path
from typing import TypeVar

import pandas as pd

from sejong_dash import clock, contents, paths
from sejong_dash.errors import Problem, TableError

from .table_files import shown_name, table_file

T = TypeVar("T")
VERSION = "last_good"  # a version of the tables: see `paths.data_dir`
_TRIES = 5  # to read a file that is being written
_LOG = logging.getLogger(__name__)
_changing = threading.Lock()
_found: dict[Path, "Trouble"] = {}  # by the live file
_unwritable: set[Path] = set()  # folders, so that each is logged once


@dataclass(frozen=True)
class Trouble:
    """Why a live table is not shown as it is, and what is shown instead.

    `file` is its place in the folder of the tables, that of its query where it is one. `since` is when it was changed or found
    so, `good_at` when the state that is shown was still there (None: there is none and nothing is shown).
    """

    table: str
    file: str
    error: TableError
    since: datetime
    good_at: datetime | None

    @property
    def code(self) -> str:
        """The code of its first problem."""
        return self.error.problems[0].code


def usable(file: str, load: Callable[[str], T], version: str) -> T:
    """Return what `load(version)` returns; of a live table that cannot be used, its last good state.

    `file` is the table's place in the folder of the tables. Raises TableError where there is no good state either.
    """
    if version:
        return load(version)
    try:
        table, read = _load(file, load)
    except TableError as error:
        return _kept(file, load, error)
    _keep(file, read)
    return table


def trouble(file: str) -> Trouble | None:
    """Return what is known to be wrong with a live table since it was loaded last."""
    return _found.get(paths.live_dir() / file)


def troubles() -> list[Trouble]:
    """Return what is wrong with live tables, as far as they have been loaded, in the order of their names."""
    folder = paths.live_dir()
    return sorted((each for path, each in list(_found.items()) if folder in path.parents), key=lambda each: each.file)


def forget(file: str) -> None:
    """Forget the good state of a table: what stands there now is meant."""
    try:
        (paths.frozen_dir(VERSION) / file).unlink(missing_ok=True)
    except OSError as error:
        _LOG.warning("The last good state of %s cannot be forgotten: %s", file, error)
    with _changing:
        _found.pop(paths.live_dir() / file, None)


def mark() -> str:
    """Return a short hash of the troubles and of what is shown instead; blank where there are none."""
    shown, folder = [], paths.live_dir()
    for path, each in sorted((path, each) for path, each in list(_found.items()) if folder in path.parents):
        try:
            digest = contents.digest(paths.frozen_dir(VERSION) / path.relative_to(folder))
        except OSError:
            digest = b""
        shown.append((each.file, each.code, digest))
    return blake2b(repr(shown).encode(), digest_size=4).hexdigest() if shown else ""


def _load(file: str, load: Callable[[str], T]) -> tuple[T, Mapping[Path, bytes]]:
    """Return a live table, and the digest of what it was made from by its file.

    What it was made from is compared with the good state, and not what has come into its place meanwhile: a file that was written
    while it was read is read again. Raises TableError where it cannot be used, was lost, or is written again and again.
    """
    live, kept = _live(file), paths.frozen_dir(VERSION) / file
    for _ in range(_TRIES):
        with contents.used() as read:
            table = load("")
        try:
            if not isinstance(table, pd.DataFrame) or read.get(live) == contents.digest(kept):
                return table, read
            good = contents.read(kept)
        except OSError:  # no state is kept
            return table, read
        try:
            content = contents.read(live)
        except OSError:
            continue
        if read.get(live) == contents.digest_of(content):
            if problem := _find_loss(table, content, good):
                raise TableError(live.stem, shown_name(live), [problem])
            return table, read
    raise TableError(live.stem, shown_name(live), [Problem("cut_off")])


def _find_loss(table: pd.DataFrame, content: bytes, good: bytes) -> Problem | None:
    """Return why a table that can be read is taken for one that was lost: only its header, or the beginning of the good one."""
    if not len(table) and len(good.split(b"\n")) > len(content.split(b"\n")):
        return Problem("emptied")
    return Problem("cut_off") if _is_cut_off(content, good) else None


def _is_cut_off(now: bytes, good: bytes) -> bool:
    """Whether a content is the beginning of the good one: within a row, or less than half of it."""
    return good.startswith(now) and (not now.endswith((b"\n", b"\r")) or 2 * len(now) < len(good))


def _kept(file: str, load: Callable[[str], T], error: TableError) -> T:
    """Return the good state of a table that cannot be used. Raises `error` where there is none."""
    kept = paths.frozen_dir(VERSION) / file
    try:
        good_at = datetime.fromtimestamp(kept.stat().st_mtime, clock.ZONE)
        table = load(VERSION)
    except (OSError, TableError):
        _note(file, error, None)
        raise error from None
    if not _is_unchanged(file):
        _note(file, error, good_at)
    return table


def _is_unchanged(file: str) -> bool:
    """Whether a table is what it was when it was good: then a table is wrong that it refers to, which is named by itself."""
    try:
        return contents.digest(_live(file)) == contents.digest(paths.frozen_dir(VERSION) / file)
    except (OSError, TableError):
        return False


def _note(file: str, error: TableError, good_at: datetime | None) -> None:
    path = paths.live_dir() / file
    with _changing:
        known = _found.get(path)
        since = known.since if known else _changed_at(file, good_at)
        _found[path] = Trouble(error.table, _shown(file), error, since, good_at)
    if known is None:
        instead = "its last good state is shown" if good_at else "and no state is kept"
        _LOG.warning("%s cannot be used, %s: %s", _shown(file), instead, error)


def _changed_at(file: str, good_at: datetime | None) -> datetime:
    """When a table was changed last, or now where that is not known, or was before it was good."""
    try:
        changed_at = datetime.fromtimestamp(_live(file).stat().st_mtime, clock.ZONE)
    except (OSError, TableError):
        return clock.now()
    return changed_at if good_at is not None and good_at < changed_at <= clock.now() else clock.now()


def _keep(file: str, read: Mapping[Path, bytes]) -> None:
    """Keep a table that can be used as the last good state, unless it is kept already; `read` holds the digest of what it was
    made from, by its file."""
    with _changing:
        if _found.pop(paths.live_dir() / file, None) is not None:
            _LOG.warning("%s can be used again.", _shown(file))
    try:
        live = _live(file)
    except TableError:  # it has become wrong since
        return
    if live in read:
        _copy(live, paths.frozen_dir(VERSION) / file, read[live])


def _live(file: str) -> Path:
    """Return what a table is read from, which is an answer where it is a query. Raises TableError where there are both."""
    place = Path(file)
    if place.suffix != ".csv":
        return paths.live_dir() / file
    return table_file(place.stem, place.parent.as_posix())


def _shown(file: str) -> str:
    """Return the place under which a table is named to readers: that of its query where it is one."""
    query = Path(file).with_suffix(".sql")
    return query.as_posix() if (paths.live_dir() / query).is_file() else file


def _copy(live: Path, kept: Path, seen: bytes) -> None:
    """Copy a table to its place among the good ones, unless it is there; `seen` is the digest of what was found to be good.

    A refusal is logged once.
    """
    try:
        if kept.exists() and contents.digest(kept) == seen:
            return
        content = contents.read(live)
        if contents.digest_of(content) != seen:
            return  # it has changed since it was read, into what nobody has looked at: the next look will see it
        if kept.exists() and _is_cut_off(content, contents.read(kept)):
            return  # it was cut off while it was read, and another state stood there when that was looked at
        kept.parent.mkdir(parents=True, exist_ok=True)
        new = kept.with_name(f".{kept.name}.{os.getpid()}-{threading.get_ident()}.tmp")
        try:
            new.write_bytes(content)
            new.replace(kept)
        finally:
            new.unlink(missing_ok=True)
    except OSError as error:
        if kept.parent not in _unwritable:
            _unwritable.add(kept.parent)
            _LOG.warning("The last good state of tables cannot be kept: %s", error)
