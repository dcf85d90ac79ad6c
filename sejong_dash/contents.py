"""Read files that may be changed, replaced or removed at any moment, and cache what is made of each content.

A file is identified by its content. Its stamp (inode, size, times) only saves reading it again, and is trusted only once the
file is older than a tick of the clock that stamped it: a second edit of the same size within the same tick would otherwise go
unseen (git calls such a stamp racy).
"""

import errno
import logging
import os
import stat
import threading
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from time import monotonic, time
from typing import Any, Generic, NamedTuple, TypeVar, cast

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)
_LOG = logging.getLogger(__name__)
Stamp = tuple[int, ...]
TICK = 2.0  # seconds; the resolution of FAT, the coarsest
_OLD = 60.0  # seconds of age by this machine's clock, which may differ from a file server's
_MOST = 4096  # files
_MISSING = object()


class _Known(NamedTuple):
    stamp: Stamp
    since: float  # when this stamp was first seen
    is_settled: bool
    digest: bytes


_known: dict[Path, _Known] = {}
_noted = threading.local()


@contextmanager
def used() -> Iterator[dict[Path, bytes]]:
    """Collect the hash of each content from which `Derived` gives a result in this thread, by its file, while the context lasts.

    A file may have changed before and after it was read: only this says what the result was made from.
    """
    before, found = getattr(_noted, "by_file", None), dict[Path, bytes]()
    _noted.by_file = found
    try:
        yield found
    finally:
        _noted.by_file = before


def _note(path: Path, name: bytes) -> None:
    by_file = getattr(_noted, "by_file", None)
    if by_file is not None:
        by_file[path] = name


def digest(path: Path) -> bytes:
    """Return the hash of what a file holds now. Raises OSError where it cannot be read or is no regular file."""
    return _look(path)[0]


def read(path: Path) -> bytes:
    """Return what a file holds now. Raises OSError where it cannot be read or is no regular file."""
    _stamp(path)
    return path.read_bytes()


def digest_of(content: bytes) -> bytes:
    """Return the hash of a content."""
    return blake2b(content, digest_size=12).digest()


class Derived(Generic[T]):
    """A function of a file's content, called once for each content and set of further arguments.

    At most `most` results are kept. Calling it raises OSError where the file cannot be read, and what the function raises.
    """

    def __init__(self, make: Callable[..., T], most: int) -> None:
        self._make, self._most = make, most
        self._kept: dict[tuple[Hashable, ...], Any] = {}

    def __call__(self, path: Path, *given: Hashable) -> T:
        name, content = _look(path)
        found = self._kept.get((name, *given), _MISSING)  # in one step: another thread may drop it meanwhile
        if found is not _MISSING:
            _note(path, name)
            return cast(T, found)
        if content is None:
            content = read(path)
            name = digest_of(content)
        made = self._make(content, *given)
        _note(path, name)
        _put(self._kept, (name, *given), made, self._most)
        return made


class Lasting(Derived[T]):
    """As Derived, for files of the program itself: while a file cannot be read, its last result holds and a warning is logged."""

    def __init__(self, make: Callable[..., T], most: int) -> None:
        super().__init__(make, most)
        self._last: dict[tuple[Hashable, ...], T] = {}

    def __call__(self, path: Path, *given: Hashable) -> T:
        try:
            made = super().__call__(path, *given)
        except (OSError, ValueError) as error:
            if (path, *given) not in self._last:
                raise
            _LOG.warning("%s cannot be read and stays as it was: %s", path, error)
            return self._last[path, *given]
        self._last[path, *given] = made
        return made


def _look(path: Path) -> tuple[bytes, bytes | None]:
    """Return the hash of what a file holds, and the content if it had to be read for that."""
    stamp = _stamp(path)
    known = _known.get(path)
    now = monotonic()
    if known is not None and known.stamp == stamp and known.is_settled:
        return known.digest, None
    with path.open("rb") as file:
        content = file.read()
        after = _stamp_of(os.fstat(file.fileno()))
    since = known.since if known is not None and known.stamp == stamp else now
    is_settled = after == stamp and (now - since > TICK or time() - _newest(stamp) > _OLD)
    made = _Known(after, since if after == stamp else now, is_settled, digest_of(content))
    _put(_known, path, made, _MOST)
    return made.digest, content


def _stamp(path: Path) -> Stamp:
    found = path.stat()
    if stat.S_ISDIR(found.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not stat.S_ISREG(found.st_mode):  # reading a pipe would wait for ever
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
    return _stamp_of(found)


def _stamp_of(found: os.stat_result) -> Stamp:
    return found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino


def _newest(stamp: Stamp) -> float:
    return max(stamp[:2]) / 1e9


def _put(kept: dict[K, T], key: K, value: T, most: int) -> None:
    kept[key] = value
    while len(kept) > most:
        kept.pop(next(iter(kept)), None)
