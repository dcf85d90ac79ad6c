"""Recognises a log of the gates, and reads its bytes where it is packed.

The content decides what a file is: headings that name a time and a place but no count, and a gate or the time of day in each
row. Bytes are read in order and never all at once, so that a log may be larger than the memory.
"""

import codecs
import csv
import gzip
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any, BinaryIO

from sejong_dash.errors import TableError
from sejong_dash.intake.findings import Refused
from sejong_dash.intake.table import headings

MOST_LINE_BYTES = 1 << 20  # bytes of one line; a longer one is no entry
MOST_UNPACKED = 8 << 30  # what a small file may unpack to: two hundred million entries
_SAMPLE = 1 << 18  # bytes that decide what a file is
_SAMPLE_ROWS = 50
_BUFFER = 1 << 16
_UTF16_SAMPLE = 4096
_UTF16_ZEROS = 0.3  # of the bytes at even or odd places: digits and signs of ASCII have one each, Hangul and Kanji none
_GZIP = b"\x1f\x8b"
_CLOCK = re.compile(r"\d\d?:\d\d")
_MIDNIGHT = re.compile(r"\b0?0:00(?::00)?\b")
_DAMAGE = (zipfile.BadZipFile, zlib.error, gzip.BadGzipFile, EOFError, NotImplementedError, RuntimeError)


class LogStream:
    """The bytes of a log from its first to its last: `text` is the unpacked log, which may be the `file` itself."""

    def __init__(self, text: Any, file: BinaryIO) -> None:
        self._text, self._file, self._is_packed = text, file, text is not file
        self._last = self._given_back = b""
        self._left = MOST_UNPACKED

    def read(self, size: int) -> bytes:
        new: bytes = self._text.read(max(0, size - len(self._given_back)))
        self._left -= self._is_packed and len(new)
        if self._left < 0:
            raise Refused("too_large_unpacked", None, most=MOST_UNPACKED >> 20)
        self._last, self._given_back = self._given_back + new, b""
        return self._last

    def read_line_end(self) -> bytes:
        """Return the rest of a line; refuse one that does not end."""
        self._last = self._text.readline(MOST_LINE_BYTES)
        if len(self._last) == MOST_LINE_BYTES and not self._last.endswith(b"\n"):
            raise Refused("cell_too_long", None, most=MOST_LINE_BYTES)
        return self._last

    def step_back(self, size: int) -> None:
        """Give back the last bytes read, which come again."""
        if self._is_packed:  # to seek would unpack it anew
            self._given_back = self._last[len(self._last) - size :]
        else:  # which costs less than copying what is kept
            self._file.seek(-size, io.SEEK_CUR)

    def position(self) -> int:
        """Return how many of the file's own bytes, packed or not, have been used."""
        return self._file.tell()


def is_gate_log(file: BinaryIO, name: str) -> bool:
    """Return whether a file is a log of the gates; `name` is only for messages. The file is left at its beginning."""
    try:
        with open_log(file) as log:
            return _has_log_rows(log.read(_SAMPLE), name)
    except Refused:
        return False  # damaged, or packed otherwise: reading it as a table reports that
    finally:
        file.seek(0)


@contextmanager
def open_log(file: BinaryIO) -> Iterator[LogStream]:
    """Yield the log that a file is or holds: as it is, in gzip, or the only file in a zip.

    Raises Refused where it is damaged, unpacks to too much, or a line never ends.
    """
    file.seek(0)
    start = file.read(4)
    file.seek(0)
    try:
        if start.startswith(_GZIP):
            with gzip.open(file, "rb") as unpacked:
                yield LogStream(_read_as_utf8(unpacked), file)
        elif start == b"PK\x03\x04":
            with zipfile.ZipFile(file) as packed, packed.open(_find_only_file(packed)) as unpacked:
                yield LogStream(_read_as_utf8(unpacked), file)
        else:
            yield LogStream(_read_as_utf8(file), file)
    except _DAMAGE as error:
        raise Refused("broken_archive", None) from error


def _find_only_file(packed: zipfile.ZipFile) -> zipfile.ZipInfo:
    """Return the only file that is packed; what macOS adds for itself does not count."""
    files = [entry for entry in packed.infolist() if not entry.is_dir() and not entry.filename.startswith("__MACOSX/")]
    if len(files) != 1:
        raise Refused("not_a_table", found="archive")
    return files[0]


def _read_as_utf8(file: Any) -> Any:
    """Return the file, or one that gives its text as UTF-8 where every second byte is none, as Excel's Unicode text has it."""
    start = file.read(_UTF16_SAMPLE)
    file.seek(0)
    zeros = [start[first::2].count(0) / (len(start) / 2 or 1) for first in (0, 1)]
    if b"\n" not in start or abs(zeros[0] - zeros[1]) < _UTF16_ZEROS or min(zeros) > _UTF16_ZEROS / 2:
        return file
    encoding = "utf-16-be" if zeros[0] > zeros[1] else "utf-16-le"
    return io.BufferedReader(_Utf16Reader(file, codecs.getincrementaldecoder(encoding)(errors="replace")), _BUFFER)


class _Utf16Reader(io.RawIOBase):
    """The text of a file in UTF-16 as UTF-8."""

    def __init__(self, file: IO[bytes], decoder: codecs.IncrementalDecoder) -> None:
        self._file, self._decoder, self._left = file, decoder, b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._left:
            packed = self._file.read(_BUFFER)
            self._left = self._decoder.decode(packed, final=not packed).encode()
            if not packed:
                break
        given, self._left = self._left[: len(buffer)], self._left[len(buffer) :]
        buffer[: len(given)] = given
        return len(given)


def _has_log_rows(start: bytes, name: str) -> bool:
    from . import gate_header  # only here: names of countries are not needed before somebody brings a file

    try:
        log_format, begin, line = gate_header.read_header(name, start)
    except TableError:
        return False
    if any(headings.role_of(title) == "visitors" for title in log_format.header):
        return False
    lines = start[begin:].decode(log_format.encoding, errors="replace").splitlines()[:_SAMPLE_ROWS]
    try:
        rows = list(csv.reader(lines, delimiter=log_format.delimiter))
    except csv.Error:
        rows = [row.split(log_format.delimiter) for row in lines]
    if headings.find_layout([(line, log_format.header)]) is not None:
        return False  # counts with prefectures or channels across
    times = [" ".join(row[at] for at in log_format.time if at < len(row)) for row in rows]
    return log_format.labels[2] is not None or any(_CLOCK.search(time) and not _MIDNIGHT.search(time) for time in times)
