"""Keep what has happened to the counts, in order, and build what they looked like after each change.

`data/.journal/visitors.jsonl` has one line for each change: who, when, why, from which file, each figure's rows before and
after, and how the file's lines changed, so that every state can be built again, byte for byte, from the journal alone.

A change is written ahead: the new file is staged beside the old one, then the journal's line is written, then the staged file
takes the old one's place. A line whose staged file is still there has therefore not happened, and `Journal.repair` takes it
back; a line that was torn off has not happened either. Readers see neither.
"""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import cached_property, lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Literal

from sejong_dash import paths
from sejong_dash.errors import DashError

from . import disk
from .counts_csv import FigureKey, Row
from .line_patch import Hunk

Kind = Literal["begun", "applied", "undone", "outside", "repaired"]
_LONG = 200_000  # bytes of a line, of which a single one is kept as it was parsed: one of 24 MB becomes 300 MB of objects
FigureChange = tuple[FigureKey, list[Row], list[Row]]  # a figure, its rows before and after


@dataclass(frozen=True)
class Entry:
    """A line of the journal: a change and everything that is needed to undo it.

    `version` and `before` name the file's content after and before; `undoes` is the change that was taken back. `figures` is
    None where one of the two states could not be read as a table. The names of the fields are those in the file.
    """

    change: int
    kind: Kind
    when: str
    who: str
    why: str
    file: str
    undoes: int | None
    before: str
    version: str
    columns: tuple[str, ...]
    figures: tuple[FigureChange, ...] | None
    patch: tuple[Hunk, ...]

    @cached_property
    def line(self) -> bytes:
        """The line of the journal, with its end."""
        named = {field.name: getattr(self, field.name) for field in fields(self)}
        return _bytes(json.dumps(named, ensure_ascii=False, separators=(",", ":")) + "\n")

    @cached_property
    def by_figure(self) -> dict[FigureKey, tuple[list[Row], list[Row]]]:
        """Rows before and after, by figure."""
        return {key: (before, after) for key, before, after in self.figures or ()}


def ordinal(change: int) -> int:
    """Return the number under which people know a change: the first line is what stood when the journal began, no change (0)."""
    return change - 1


def version_of(content: bytes) -> str:
    """Return the name of a content of the file: equal contents have equal names."""
    return blake2b(content, digest_size=6).hexdigest()


def table_path() -> Path:
    """Return the file of the real counts; where it is a link, what it leads to."""
    # realpath: unlike Path.resolve, it gives a path for links in a circle too, and whoever opens it says what is wrong
    return Path(os.path.realpath(paths.live_dir() / "visitors.csv"))


def folder() -> Path:
    """Return the folder of the journal and its locks."""
    return paths.live_dir() / ".journal"


def path() -> Path:
    """Return the journal's file."""
    return folder() / "visitors.jsonl"


class Journal:
    """The journal as it stands now: lines are read from the disk at once, and parsed one by one when asked for.

    Raises DashError where it cannot be read, and where a line that is asked for is damaged.
    """

    def __init__(self) -> None:
        with disk.reading(path()):
            unfinished = set(disk.staged(table_path()))
            self._content = disk.read(path())
            unfinished |= set(disk.staged(table_path()))
        self._lines = self._content.split(b"\n")[:-1]  # what follows the last line end was torn off
        if self._lines and not _is_whole(self._lines[-1]):
            self._lines.pop()
        if self._lines and self[-1].change in unfinished:
            self._lines.pop()

    def __len__(self) -> int:
        return len(self._lines)

    def __getitem__(self, place: int) -> Entry:
        place %= len(self._lines)
        return entry_at(self._lines[place], place + 1)

    def __iter__(self) -> Iterator[Entry]:
        return (self[place] for place in range(len(self)))

    @property
    def lines(self) -> tuple[bytes, ...]:
        """The lines of the journal as they are written, each with its line end."""
        return tuple(line + b"\n" for line in self._lines)

    @property
    def last(self) -> Entry | None:
        return self[-1] if self._lines else None

    def backwards(self) -> Iterator[Entry]:
        """Yield the entries, the last first."""
        return (self[place] for place in range(len(self) - 1, -1, -1))

    def change(self, number: int) -> Entry:
        """Return the entry of a change. Raises DashError if there is no such change."""
        if not 1 <= number <= len(self):
            raise DashError("store_no_change", change=ordinal(number))
        return self[number - 1]

    def content(self, number: int) -> bytes:
        """Return the file as it was after this change, from the journal alone. Raises DashError if the journal is damaged."""
        lines: list[bytes] = []
        for place in range(number):
            apply_patch(lines, self[place].patch)
        content = b"".join(lines)
        if number and version_of(content) != self[number - 1].version:
            raise DashError("store_journal_broken", file=path().name, line=number)
        return content

    @property
    def is_torn(self) -> bool:
        """Whether its end is left over from a change that was not finished."""
        return sum(len(line) + 1 for line in self._lines) != len(self._content)

    def repair(self) -> None:
        """Take back what a killed process began and did not finish, and remove its staged files. Only under the write lock."""
        length = sum(len(line) + 1 for line in self._lines)
        if length != len(self._content):
            truncate(length)
        for staged in disk.staged(table_path()).values():
            staged.unlink(missing_ok=True)


def entry_at(line: bytes, number: int) -> Entry:
    """Return the entry that the journal's line of this number holds. Raises DashError where it is damaged, or another line."""
    try:
        entry = parse_line(line)
    except (ValueError, KeyError, TypeError) as error:
        raise DashError("store_journal_broken", file=path().name, line=number) from error
    if entry.change != number:
        raise DashError("store_journal_broken", file=path().name, line=number)
    return entry


def apply_patch(lines: list[bytes], patch: tuple[Hunk, ...]) -> None:
    """Let the lines of a file become what they were after a change."""
    for start, removed, inserted in reversed(patch):
        lines[start : start + removed] = [_bytes(line) for line in inserted]


def append(entry: Entry) -> int:
    """Add a line, safe on the disk, and return the journal's length before, for `truncate`. Raises OSError, and then adds
    nothing."""
    line = entry.line
    is_new = not path().exists()
    file = os.open(path(), os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0), 0o666)
    try:
        before = os.fstat(file).st_size
        try:
            disk.write(file, line)
        except OSError:
            os.ftruncate(file, before)
            raise
    finally:
        os.close(file)
    if is_new:
        disk.sync(folder())
    return before


def truncate(length: int) -> None:
    """Take back everything beyond this length. Raises OSError."""
    file = os.open(path(), os.O_WRONLY | getattr(os, "O_BINARY", 0))
    try:
        os.ftruncate(file, length)
        os.fsync(file)
    finally:
        os.close(file)


def _is_whole(line: bytes) -> bool:
    try:
        parse_line(line)
    except (ValueError, KeyError, TypeError):
        return False
    return True


def parse_line(line: bytes) -> Entry:
    """Return the entry that a line of the journal holds. Raises ValueError, KeyError or TypeError where it is none."""
    return _parsed_short(line) if len(line) < _LONG else _parsed_long(line)


def _parsed(line: bytes) -> Entry:
    named = json.loads(_text(line))
    figures = named["figures"]
    return Entry(
        **named
        | {
            "columns": tuple(named["columns"]),
            "patch": tuple(tuple(hunk) for hunk in named["patch"]),
            "figures": None if figures is None else tuple(_figure_change(*figure) for figure in figures),
        }
    )


_parsed_short, _parsed_long = lru_cache(512)(_parsed), lru_cache(1)(_parsed)


def _figure_change(key: list[str], before: list[list[str]], after: list[list[str]]) -> FigureChange:
    day, jis_code, channel = key
    return (day, jis_code, channel), [tuple(row) for row in before], [tuple(row) for row in after]


# Bytes that are no UTF-8 (a file that somebody saved in another encoding) go through the journal as they are.
def _text(content: bytes) -> str:
    return content.decode("utf-8", "surrogateescape")


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")
