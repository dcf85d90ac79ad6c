"""Is a file a log of the gates, and how are its bytes read where it is packed?

The content decides: headings that name a time and a place but no count, and a gate or the time of day in each row. Bytes
are read in order and never all at once, so that a log may be larger than the memory.
"""

import csv
import gzip
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, BinaryIO, Protocol

from ..errors import TableError
from . import headings
from .intake import Refused

LONGEST = 1 << 20  # bytes of one line; a longer one is no entry
MOST_UNPACKED = 8 << 30  # what a small file may unpack to: two hundred million entries
_SEEN = 1 << 18  # bytes that decide what a file is
_ROWS = 50
_GZIP = b"\x1f\x8b"
_CLOCK = re.compile(r"\d\d?:\d\d")
_MIDNIGHT = re.compile(r"\b0?0:00(?::00)?\b")
_DAMAGED = (zipfile.BadZipFile, zlib.error, gzip.BadGzipFile, EOFError, NotImplementedError, RuntimeError)


class Log(Protocol):
    """The bytes of a log from its first to its last; `done` of the file's own bytes have been used for them."""

    def read(self, size: int) -> bytes: ...
    def rest_of_line(self) -> bytes: ...
    def back(self, size: int) -> None: ...
    def done(self) -> int: ...


def recognised(file: BinaryIO, name: str) -> bool:
    """Whether it is a log of the gates; `name` is only for what is complained of. The file stands at its beginning after it."""
    try:
        with opened(file) as log:
            return _is_log(log.read(_SEEN), name)
    except Refused:
        return False  # damaged, or packed otherwise: whoever reads it as a table says so
    finally:
        file.seek(0)


@contextmanager
def opened(file: BinaryIO) -> Iterator[Log]:
    """The log that a file is or holds: as it is, in gzip, or the only file in a zip. Raises Refused where it is damaged."""
    file.seek(0)
    start = file.read(4)
    file.seek(0)
    try:
        if start.startswith(_GZIP):
            with gzip.open(file, "rb") as unpacked:
                yield _Packed(unpacked, file)
        elif start == b"PK\x03\x04":
            with zipfile.ZipFile(file) as packed, packed.open(_only(packed)) as unpacked:
                yield _Packed(unpacked, file)
        else:
            yield _Plain(file)
    except _DAMAGED as error:
        raise Refused("broken_archive", None) from error


def _only(packed: zipfile.ZipFile) -> zipfile.ZipInfo:
    """The one file that is packed; what a Mac adds for itself does not count."""
    files = [one for one in packed.infolist() if not one.is_dir() and not one.filename.startswith("__MACOSX/")]
    if len(files) != 1:
        raise Refused("not_a_table", found="archive")
    return files[0]


class _Plain:
    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def read(self, size: int) -> bytes:
        return self._file.read(size)

    def rest_of_line(self) -> bytes:
        return _whole(self._file.readline(LONGEST))

    def back(self, size: int) -> None:
        self._file.seek(-size, io.SEEK_CUR)  # costs less than copying what is kept

    def done(self) -> int:
        return self._file.tell()


class _Packed:
    """What is unpacked cannot be gone back in cheaply: what was given back is kept."""

    def __init__(self, unpacked: IO[bytes] | gzip.GzipFile, file: BinaryIO) -> None:
        self._unpacked, self._file = unpacked, file
        self._last = self._kept = b""
        self._left = MOST_UNPACKED

    def read(self, size: int) -> bytes:
        new = self._unpacked.read(max(0, size - len(self._kept)))
        self._left -= len(new)
        if self._left < 0:
            raise Refused("too_large_unpacked", None, most=MOST_UNPACKED >> 20)
        self._last, self._kept = self._kept + new, b""
        return self._last

    def rest_of_line(self) -> bytes:
        self._last = _whole(self._unpacked.readline(LONGEST))
        return self._last

    def back(self, size: int) -> None:
        self._kept = self._last[len(self._last) - size :]

    def done(self) -> int:
        return self._file.tell()


def _whole(line: bytes) -> bytes:
    if len(line) == LONGEST and not line.endswith(b"\n"):
        raise Refused("cell_too_long", None, most=LONGEST)
    return line


def _is_log(start: bytes, name: str) -> bool:
    from . import gate_header  # only here: countries and Arrow are not needed before somebody brings a file

    try:
        layout, begin, line = gate_header.read_header(name, start)
    except TableError:
        return False
    if any(headings.role_of(title) == "visitors" for title in layout.header):
        return False
    text = start[begin:].decode(layout.encoding, errors="replace").splitlines()[:_ROWS]
    try:
        rows = list(csv.reader(text, delimiter=layout.delimiter))
    except csv.Error:
        rows = [one.split(layout.delimiter) for one in text]
    if headings.find([(line, layout.header)]) is not None:
        return False  # counts with prefectures or channels across
    time = layout.columns[0] or 0
    return layout.columns[3] is not None or any(
        _CLOCK.search(row[time]) and not _MIDNIGHT.search(row[time]) for row in rows if len(row) > time
    )
