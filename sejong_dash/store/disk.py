"""How is a file replaced so that a kill, a full disk or another program leaves the old one or the new one, never half?

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
from pathlib import Path

from ..errors import DashError

_BINARY = getattr(os, "O_BINARY", 0)
_FULL = {errno.ENOSPC, errno.EDQUOT} if hasattr(errno, "EDQUOT") else {errno.ENOSPC}
_CLOSED = {errno.EACCES, errno.EPERM, errno.EROFS}
_RETRIES = 20  # of a tenth of a second: a reader on Windows holds a file for a moment only, Excel for hours
_logger = logging.getLogger(__name__)


def content(path: Path) -> bytes:
    """What stands in the file; nothing if there is none."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""


def stage(path: Path, number: int, new: bytes) -> Path:
    """Write what is to become `path`, whole and safe on the disk, beside it."""
    made = path.with_name(f".{path.name}.{number}.tmp")
    try:
        file = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o666)
        try:
            write(file, new)
        finally:
            os.close(file)
        if path.exists():
            shutil.copymode(path, made)
            _make_later(made, path)
    except OSError:
        made.unlink(missing_ok=True)
        raise
    return made


def write(file: int, new: bytes) -> None:
    """Write all of it, and wait until it is on the disk."""
    left = memoryview(new)
    while left:
        left = left[os.write(file, left) :]
    os.fsync(file)


def swap(made: Path, path: Path) -> None:
    """Let the staged file take the place of `path`, in one step."""
    for left in range(_RETRIES, -1, -1):
        try:
            made.replace(path)
        except PermissionError:
            if not left:
                raise
            time.sleep(0.1)
        else:
            break
    sync(path.parent)


def sync(folder: Path) -> None:
    """Bring names that changed in a folder to the disk. Where that cannot be asked for (Windows, some network folders), the
    names are the file server's to keep; what has happened has happened, so a refusal is no reason to call it undone."""
    if os.name == "nt":
        return
    try:
        file = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(file)
        finally:
            os.close(file)
    except OSError as trouble:
        _logger.warning("%s cannot be synced: %s", folder, trouble)


def staged(path: Path) -> dict[int, Path]:
    """What was staged for `path` and never took its place, by its number."""
    form = re.compile(re.escape(f".{path.name}.") + r"(\d+)\.tmp")
    if not path.parent.is_dir():
        return {}
    # a listing, since a network folder remembers for a while that a single name was not there
    return {int(found[1]): one for one in path.parent.iterdir() if (found := form.fullmatch(one.name))}


def complaint(path: Path, trouble: OSError) -> DashError:
    """What the system refused, as something that a reader can do something about."""
    what = trouble.strerror or str(trouble)
    if trouble.errno in _FULL:
        return DashError("store_full", folder=str(path.parent))
    if trouble.errno in _CLOSED:
        return DashError("store_closed", file=path.name, folder=str(path.parent), what=what)
    return DashError("store_unwritten", file=path.name, folder=str(path.parent), what=what)


def _make_later(made: Path, path: Path) -> None:
    """A file's time is how readers see that it is another. Two writes may fall into one tick of a disk's clock, which
    is as long as two seconds on some; so the new time is pushed on until it is later than the old one."""
    before = path.stat().st_mtime_ns
    for step in (0, 10_000_000, 1_000_000_000, 2_000_000_000, 4_000_000_000):
        if step:
            os.utime(made, ns=(before + step, before + step))
        if made.stat().st_mtime_ns > before:
            return
