"""What has happened to the counts, in order, and what did they look like after each of it?

`data/.journal/visitors.jsonl` has one line for each change: who, when, why, from which file, each figure's rows before and
after, and how the file's lines changed, so that every state can be built again, byte for byte, from the journal alone.

A change is written ahead: the new file is staged beside the old one, then the journal's line is written, then the staged file
takes the old one's place. A line whose staged file is still there has therefore not happened, and `mend` takes it
back; a line that was torn off has not either. Neither can be told from a state that never was.
"""

import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import Literal

from .. import paths
from ..errors import DashError
from . import disk
from .sheet import Key, Row

Kind = Literal["begun", "applied", "undone", "outside"]
Hunk = tuple[int, int, list[str]]  # from this line (0: the first) so many go, and these come
Figure = tuple[Key, list[Row], list[Row]]  # its rows before and after


@dataclass(frozen=True)
class Entry:
    """A line of the journal. `version` and `before` name the file's content after and before; `undoes` is the change that
    was taken back. `figures` is None where one of the two states could not be read as a table."""

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
    figures: tuple[Figure, ...] | None
    patch: tuple[Hunk, ...]

    @cached_property
    def of(self) -> dict[Key, tuple[list[Row], list[Row]]]:
        """Rows before and after, by figure."""
        return {key: (before, after) for key, before, after in self.figures or ()}


def version_of(content: bytes) -> str:
    """The name of a content of the file."""
    return blake2b(content, digest_size=6).hexdigest()


def table() -> Path:
    """The file of the real counts; where it is a link, what it leads to."""
    return (paths.live_dir() / "visitors.csv").resolve()


def folder() -> Path:
    return paths.live_dir() / ".journal"


def path() -> Path:
    return folder() / "visitors.jsonl"


class Journal:
    """The journal as it stands now: lines are read from the disk at once, and understood one by one when asked for."""

    def __init__(self) -> None:
        unfinished = set(disk.staged(table()))
        self._content = disk.content(path())
        unfinished |= set(disk.staged(table()))
        self._lines = self._content.split(b"\n")[:-1]  # what follows the last line end was torn off
        self._read: dict[int, Entry] = {}
        if self._lines and not _whole(self._lines[-1]):
            self._lines.pop()
        if self._lines and self[-1].change in unfinished:
            self._lines.pop()

    def __len__(self) -> int:
        return len(self._lines)

    def __getitem__(self, place: int) -> Entry:
        place %= len(self._lines)
        if place not in self._read:
            self._read[place] = self._understood(place)
        return self._read[place]

    def __iter__(self) -> Iterator[Entry]:
        return (self[place] for place in range(len(self)))

    @property
    def last(self) -> Entry | None:
        return self[-1] if self._lines else None

    def backwards(self) -> Iterator[Entry]:
        return (self[place] for place in range(len(self) - 1, -1, -1))

    def change(self, number: int) -> Entry:
        """Raises DashError if there is no such change."""
        if not 1 <= number <= len(self):
            raise DashError("store_no_change", change=number)
        return self[number - 1]

    def content(self, number: int) -> bytes:
        """The file as it was after this change, from the journal alone. Raises DashError if the journal is not sound."""
        lines: list[bytes] = []
        for place in range(number):
            for at, gone, come in reversed(self[place].patch):
                lines[at : at + gone] = [_bytes(line) for line in come]
        content = b"".join(lines)
        if number and version_of(content) != self[number - 1].version:
            raise DashError("store_journal_broken", file=str(path()), line=number)
        return content

    def mend(self) -> None:
        """After a kill: take back what has not happened, and sweep what it left. Only for whose turn it is."""
        sound = sum(len(line) + 1 for line in self._lines)
        if sound != len(self._content):
            cut(sound)
        for left in disk.staged(table()).values():
            left.unlink(missing_ok=True)

    def _understood(self, place: int) -> Entry:
        try:
            told = json.loads(_text(self._lines[place]))
            figures = told["figures"]
            entry = Entry(
                **(told | {"columns": tuple(told["columns"]), "patch": tuple(tuple(hunk) for hunk in told["patch"])})
                | {"figures": None if figures is None else tuple(_figure(*one) for one in figures)}
            )
        except (ValueError, KeyError, TypeError) as broken:
            raise DashError("store_journal_broken", file=str(path()), line=place + 1) from broken
        if entry.change != place + 1:
            raise DashError("store_journal_broken", file=str(path()), line=place + 1)
        return entry


def append(entry: Entry) -> int:
    """Add a line, safe on the disk; the journal's length before, for `cut`. Nothing is added if that fails (OSError)."""
    line = _bytes(json.dumps(asdict(entry), ensure_ascii=False, separators=(",", ":")) + "\n")
    new = not path().exists()
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
    if new:
        disk.sync(folder())
    return before


def cut(length: int) -> None:
    """Take back everything beyond this length."""
    file = os.open(path(), os.O_WRONLY | getattr(os, "O_BINARY", 0))
    try:
        os.ftruncate(file, length)
        os.fsync(file)
    finally:
        os.close(file)


def differences(old: bytes, new: bytes) -> tuple[Hunk, ...]:
    """How the lines of `old` become those of `new`; in one pass, since a file may have a hundred thousand."""
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    in_before, in_after = set(before), set(after)
    hunks: list[Hunk] = []
    i = j = 0
    while i < len(before) or j < len(after):
        if i < len(before) and j < len(after) and before[i] == after[j]:
            i, j = i + 1, j + 1
            continue
        at, come = i, []
        while i < len(before) or j < len(after):
            if i < len(before) and j < len(after) and before[i] == after[j]:
                break
            if i < len(before) and (before[i] not in in_after or j == len(after) or after[j] in in_before):
                i += 1
            else:
                come.append(_text(after[j]))
                j += 1
        hunks.append((at, i - at, come))
    return tuple(hunks)


def _whole(line: bytes) -> bool:
    try:
        json.loads(_text(line))
    except ValueError:
        return False
    return True


def _figure(key: list[str], before: list[list[str]], after: list[list[str]]) -> Figure:
    day, jis_code, channel = key
    return (day, jis_code, channel), [tuple(row) for row in before], [tuple(row) for row in after]


# Bytes that are no UTF-8 (a file that somebody saved in another encoding) go through the journal as they are.
def _text(content: bytes) -> str:
    return content.decode("utf-8", "surrogateescape")


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")
