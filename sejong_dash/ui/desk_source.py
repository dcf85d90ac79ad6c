"""Which file is brought in: one that was dropped, or one that waits in a folder of the server?

A log of millions of entries is larger than what a browser should send. A file of the folder is named by its reader and never
by a path: only what the folder itself lists can be chosen.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

import streamlit as st

from .. import intake, paths
from .. import words as wording
from ..errors import Problem, TableError
from ..words import Words
from . import html

_MOST_MB = 64  # the browser's bound; what is larger than the reader's own is refused in words
_LISTED = 500
_NO_LINKS = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


@dataclass(frozen=True)
class Source:
    """A file: `key` is another one as soon as its content may be; `opened` gives its bytes."""

    key: str
    name: str
    size: int
    opened: Callable[[], Any]


def chosen(number: int, lang: str) -> Source | None:
    """What was dropped, or else chosen from the folder; `number` counts the files that were stored before."""
    words = wording.of(__file__, lang)
    st.html(html.uploader(words("choose_file"), words("most")))
    dropped = st.file_uploader(words("drop"), help=words("kinds"), max_upload_size=_MOST_MB, key=f"desk-file-{number}")
    if dropped is not None:
        return Source(dropped.file_id, dropped.name, dropped.size, partial(_dropped, dropped))
    waiting = listed()
    if not waiting:
        return None
    name = st.selectbox(
        words("waiting"),
        list(waiting),
        None,
        format_func=lambda one: words("sized", name=one, size=megabytes(waiting[one].st_size, words)),
        placeholder=words("choose_waiting"),
        help=words("waiting_help"),
        key=f"desk-waiting-{number}",
        width=480,
    )
    if name not in waiting:
        return None
    found = waiting[name]
    key = f"{name}-{found.st_size}-{found.st_mtime_ns}"
    return Source(key, name, found.st_size, partial(_of_folder, name, found))


def megabytes(size: int, words: Words) -> str:
    return words("megabytes", size=words.number(size / 1e6, 1))


def listed() -> dict[str, os.stat_result]:
    """The files of the folder by name: no folders, no links, nothing hidden."""
    try:
        with os.scandir(paths.incoming_dir()) as folder:
            found = [(one.name, one.stat()) for one in folder if one.name[0] != "." and one.is_file(follow_symlinks=False)]
    except OSError:  # there is no such folder, or the server may not look into it: then nothing waits
        return {}
    return dict(sorted((name, stat) for name, stat in found if name.isprintable())[:_LISTED])


@contextmanager
def _dropped(file: BinaryIO) -> Iterator[BinaryIO]:
    file.seek(0)
    yield file


@contextmanager
def _of_folder(name: str, seen: os.stat_result) -> Iterator[BinaryIO]:
    """Raises TableError where the file is gone or closed, Refused where it changed while it was read."""
    try:
        path = paths.incoming_dir() / Path(name).name
        with os.fdopen(os.open(path, os.O_RDONLY | _NO_LINKS), "rb") as file:
            yield file
            now = os.fstat(file.fileno())
    except OSError as error:
        raise TableError("incoming", name, [Problem("unreadable", found=error.strerror or type(error).__name__)]) from error
    if (now.st_size, now.st_mtime_ns) != (seen.st_size, seen.st_mtime_ns):
        raise intake.moving()
