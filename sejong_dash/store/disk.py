"""Replace a file so that a kill, a full disk or another program leaves the old one or the new one, never half.

The new content is written whole beside the old one, under a hidden name that carries a number, is brought to the disk and then
takes the old one's name in one step. While the hidden file is there, the step has not happened; once it has, it is
gone. So the hidden file says after a kill which of the two it is.
"""

import errno
import logging
import os
import re
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sejong_dash import contents
from sejong_dash.errors import DashError

_BINARY = getattr(os, "O_BINARY", 0)
_FULL = {errno.ENOSPC, errno.EDQUOT} if hasattr(errno, "EDQUOT") else {errno.ENOSPC}
_CLOSED = {errno.EACCES, errno.EPERM, errno.EROFS}
_RETRIES = 20  # of a tenth of a second: a reader on Windows holds a file for a moment only, Excel for hours
_logger = logging.getLogger(__name__)


def read(path: Path) -> bytes:
    """Return what stands in the file; nothing if there is none. Raises OSError where it cannot be read, or is no file."""
    try:
        return contents.read(path)
    except FileNotFoundError:
        return b""


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Turn an OSError raised while `path` is read into a DashError that names the file."""
    try:
        yield
    except OSError as error:
        _logger.warning("%s cannot be read: %s", path, error)
        raise DashError("store_unread", file=path.name, what=_reason(error)) from error


def stage(path: Path, number: int, new: bytes) -> Path:
    """Write what is to become `path`, whole and safe on the disk, beside it; return the staged file. Raises OSError, and then
    leaves none."""
    staged_file = path.with_name(f".{path.name}.{number}.tmp")
    try:
        file = os.open(staged_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o666)
        try:
            write(file, new)
        finally:
            os.close(file)
        if path.exists():
            shutil.copymode(path, staged_file)
            _make_later(staged_file, path)
    except OSError:
        staged_file.unlink(missing_ok=True)
        raise
    return staged_file


def write(file: int, new: bytes) -> None:
    """Write all of it, and wait until it is on the disk."""
    left = memoryview(new)
    while left:
        left = left[os.write(file, left) :]
    os.fsync(file)


def swap(staged_file: Path, path: Path) -> None:
    """Let the staged file take the place of `path`, in one step. Raises OSError where that is refused."""
    for left in range(_RETRIES, -1, -1):
        try:
            staged_file.replace(path)
        except PermissionError:
            if not left:
                raise
            time.sleep(0.1)
        else:
            break
    sync(path.parent)


def replace_file(path: Path, content: bytes) -> None:
    """Let a file become this content, in one step; the caller keeps others from doing so meanwhile. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.with_name(f".{path.name}.0.tmp").unlink(missing_ok=True)  # what a killed process left
    swap(stage(path, 0, content), path)  # 0: the number of no change, which the journal does not look for


def sync(folder: Path) -> None:
    """Bring names that changed in a folder to the disk.

    Where that cannot be asked for (Windows, some network folders), the names are the file server's to keep; what has happened
    has happened, so a refusal is no reason to call it undone.
    """
    if os.name == "nt":
        return
    try:
        file = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(file)
        finally:
            os.close(file)
    except OSError as error:
        _logger.warning("%s cannot be synced: %s", folder, error)


def staged(path: Path) -> dict[int, Path]:
    """Return what was staged for `path` and never took its place, by its number."""
    pattern = re.compile(re.escape(f".{path.name}.") + r"(\d+)\.tmp")
    try:  # a listing, since a network folder remembers for a while that a single name was not there
        files = list(path.parent.iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return {}
    return {int(match[1]): file for file in files if (match := pattern.fullmatch(file.name))}


def write_error(path: Path, error: OSError) -> DashError:
    """Return what the system refused as an error that a reader can act on."""
    _logger.warning("%s cannot be written: %s", path, error)  # the log has the path, which is not every reader's business
    what, folder = _reason(error), path.parent.name
    if error.errno in _FULL:
        return DashError("store_full", folder=folder)
    if error.errno in _CLOSED:
        return DashError("store_closed", file=path.name, folder=folder, what=what)
    return DashError("store_unwritten", file=path.name, folder=folder, what=what)


def _reason(error: OSError) -> str:
    return error.strerror or type(error).__name__  # its text may hold a path


def _make_later(staged_file: Path, path: Path) -> None:
    """Give the staged file a later time than the old one has, since a file's time is how readers see that it is another: two
    writes may fall into one tick of a disk's clock, which is as long as two seconds on some."""
    before = path.stat().st_mtime_ns
    for step in (0, 10_000_000, 1_000_000_000, 2_000_000_000, 4_000_000_000):
        if step:
            os.utime(staged_file, ns=(before + step, before + step))
        if staged_file.stat().st_mtime_ns > before:
            return
