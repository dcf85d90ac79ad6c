"""Keep how the files of a sender are read: the answers to what they leave open, for the next file with the same headings.

A profile is a small TOML file in the folder `.readings` beside the tables. It may be edited by hand; what it holds is shown
before it is used. The year of days without one is never kept, since next year's file has the same headings.
"""

import hashlib
import json
import re
import time
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sejong_dash import paths
from sejong_dash.errors import DashError

from . import disk

CHOICES = ("encoding", "sheet", "order")  # of the options of reading a file, those that a profile keeps
_FOLDER = ".readings"
_HEAD = (
    "# How files with these headings are read. `readings` are answers to questions, `choices` how the file is opened,\n"
    "# `channels` which channel a name is. A line that is deleted is asked about again.\n"
)


@dataclass(frozen=True)
class ReadingProfile:
    """The answers for files with the same headings: `readings` by the key of their question, `choices` by name (CHOICES), and
    `channels` by the name in the file."""

    headings: tuple[str, ...]
    readings: Mapping[str, str] = field(default_factory=dict)
    choices: Mapping[str, str] = field(default_factory=dict)
    channels: Mapping[str, str] = field(default_factory=dict)
    name: str = ""

    @property
    def fingerprint(self) -> str:
        """What files with the same headings share."""
        return fingerprint(self.headings)


def fingerprint(headings: Sequence[str]) -> str:
    """Return 16 letters that are the same for the same headings in the same order, however wide or spaced they are written."""
    plain = [re.sub(r"\s+", "", unicodedata.normalize("NFKC", heading)).casefold() for heading in headings]
    while plain and not plain[-1]:
        plain.pop()
    return hashlib.sha256(json.dumps(plain, ensure_ascii=False).encode()).hexdigest()[:16]


def load(headings: Sequence[str]) -> ReadingProfile | None:
    """Return the profile for files with these headings, None where there is none.

    Raises DashError for a profile that cannot be read, or that was edited into something else.
    """
    path = _path(fingerprint(headings))
    with disk.reading(path):
        content = disk.read(path)
    return _parse(content, path) if content else None


def save(profile: ReadingProfile) -> None:
    """Write a profile in place of the one for the same headings. Raises DashError where the folder is closed or full."""
    path = _path(profile.fingerprint)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        disk.swap(disk.stage(path, time.time_ns(), _format(profile).encode()), path)
    except OSError as error:
        raise disk.write_error(path, error) from error


def delete(headings: Sequence[str]) -> None:
    """Forget the profile for these headings. Raises DashError where it cannot be deleted."""
    path = _path(fingerprint(headings))
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise disk.write_error(path, error) from error


def _folder() -> Path:
    return paths.live_dir() / _FOLDER


def _path(name: str) -> Path:
    return _folder() / f"{name}.toml"


def _parse(content: bytes, path: Path) -> ReadingProfile:
    try:
        table = tomllib.loads(content.decode("utf-8"))
        headings = table["headings"]
        parts = [table.get(name, {}) for name in ("readings", "choices", "channels")]
        if not isinstance(headings, list) or not all(isinstance(text, str) for text in [*headings, table.get("name", "")]):
            raise TypeError("headings must be a list of texts")
        if not all(isinstance(part, dict) and all(isinstance(value, str) for value in part.values()) for part in parts):
            raise TypeError("answers must be texts")
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise DashError("store_unread", file=path.name, what=str(error)) from error
    readings, choices, channels = parts
    kept = {name: value for name, value in choices.items() if name in CHOICES}
    return ReadingProfile(tuple(headings), readings, kept, channels, table.get("name", ""))


def _format(profile: ReadingProfile) -> str:
    lines = [_HEAD, f"name = {_quote(profile.name)}", f"headings = [{', '.join(map(_quote, profile.headings))}]"]
    kept = {name: value for name, value in profile.choices.items() if name in CHOICES}
    parts: dict[str, Any] = {"readings": profile.readings, "choices": kept, "channels": profile.channels}
    for name, values in parts.items():
        lines += ["", f"[{name}]", *(f"{_quote(key)} = {_quote(value)}" for key, value in values.items())]
    return "\n".join([*lines, ""])


def _quote(text: str) -> str:
    """Return a text as TOML writes it, which is as JSON does, but for DEL; lone surrogates are no text."""
    clean = text.encode("utf-8", "replace").decode().replace("\x7f", "")
    return json.dumps(clean, ensure_ascii=False)
