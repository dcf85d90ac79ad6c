"""Keep snapshots: the tables that a meeting looked at, as they were at that moment.

A version is named by its content, so two snapshots of the same tables are kept once. A link or a file that carries the
version shows its figures for as long as its folder is kept, whatever has come in since.
"""

import logging
import re
import tempfile
from datetime import datetime
from pathlib import Path

from sejong_dash import clock, contents, paths
from sejong_dash.datasets import visitors
from sejong_dash.datasets.schema import data_files
from sejong_dash.errors import DashError

from . import backends

_LOG = logging.getLogger(__name__)
_DIGITS = 12
_CREATED_AT = "frozen_at.txt"  # in each snapshot's folder


def version_of(fingerprint: str) -> str:
    """Return the name that a snapshot of the tables with this fingerprint has; a report names its data so on every page."""
    return fingerprint[:_DIGITS]


def versions() -> list[str]:
    """Return the versions of the snapshots that are kept, in order of their names."""
    folder = paths.frozen_dir("")
    try:
        places = list(folder.iterdir())
    except OSError:  # there is none, or the server may not look into it: then none can be shown
        return []
    return sorted(place.name for place in places if is_version(place.name) and (place / _CREATED_AT).is_file())


def is_version(name: str) -> bool:
    """Return whether a snapshot may have this name: it is a part of a path."""
    return re.fullmatch(f"[0-9a-f]{{{_DIGITS}}}", name) is not None


def create() -> str:
    """Keep the live tables as they are now and return the snapshot's version.

    The copy appears under its name at once or not at all. Raises DashError where it cannot be written, where a file cannot be
    read, and where the tables changed meanwhile.
    """
    version = version_of(data_files.fingerprint())
    if not paths.frozen_dir(version).is_dir():
        _copy_tables(version)
    backends.current().keep_snapshot(version)
    return version


def _copy_tables(version: str) -> None:
    files, live, target = data_files.files(), paths.live_dir(), paths.frozen_dir(version)
    try:
        target.parent.mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent) as folder:
            copy = Path(folder) / version
            for file in files:
                place = copy / file.relative_to(live)
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(_content(file, live))
            now = clock.now()
            (copy / _CREATED_AT).write_text(now.isoformat(timespec="minutes"), encoding="utf-8")
            if version_of(data_files.fingerprint(f"{copy.parent.name}/{version}")) != version:
                raise DashError("frozen_moving")  # a count came in while the tables were copied
            if not target.is_dir():
                copy.replace(target)
    except OSError as error:
        _LOG.warning("%s cannot be written: %s", target.parent, error)
        what = error.strerror or type(error).__name__
        raise DashError("frozen_unwritten", folder=target.parent.name, what=what) from error


def _content(file: Path, live: Path) -> bytes:
    try:
        return contents.read(file)
    except OSError as error:
        what = error.strerror or type(error).__name__
        raise DashError("frozen_unread", file=file.relative_to(live).as_posix(), what=what) from error


def created_at(version: str) -> datetime:
    """Return when a snapshot was created, in Sejong's time. Raises DashError where it is not kept any more."""
    try:
        return _PARSED_TIMES(paths.frozen_dir(version) / _CREATED_AT)
    except (OSError, ValueError) as error:
        raise DashError("frozen_gone", version=version) from error


def _parse_time(content: bytes) -> datetime:
    return datetime.fromisoformat(content.decode("utf-8"))


_PARSED_TIMES = contents.Derived(_parse_time, 256)


def days_since(version: str, sample: bool) -> int:
    """Return how many days have other counts now than in the snapshot. Raises TableError where either cannot be read."""
    then, now = (visitors.load(sample, which).groupby("date")["visitors"].sum() for which in (version, ""))
    both = then.to_frame("then").join(now.to_frame("now"), how="outer")
    return int((both["then"].fillna(-1) != both["now"].fillna(-1)).sum())
