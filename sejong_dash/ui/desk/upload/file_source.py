"""Let a reader choose the file to bring in: a file that is dropped, or one that waits in a folder of the server.

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

from sejong_dash import intake, paths
from sejong_dash import words as wording
from sejong_dash.errors import Problem, TableError
from sejong_dash.exhibits import address
from sejong_dash.exports.sheets import template
from sejong_dash.ui.blocks import downloads, markup
from sejong_dash.ui.entrance import file_fields
from sejong_dash.words import Words

from .waiting_reader import reader

MOST_MB = 64  # the browser's limit; what is larger than intake's own is refused in words
_MOST_LISTED = 500
_NO_LINKS = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


@dataclass(frozen=True)
class IncomingFile:
    """A file that is brought in: `key` is another one as soon as its content may be, `opened` returns a context manager that
    gives its bytes."""

    key: str
    name: str
    size: int
    opened: Callable[[], Any]


def chosen(number: int, lang: str) -> IncomingFile | None:
    """Return the file that was dropped, or else chosen from the folder; `number` counts the files that were stored before."""
    words = wording.of(__file__, lang)
    file_fields.note()
    reader.prepare()
    dropped = st.file_uploader(words("drop"), help=words("kinds"), max_upload_size=MOST_MB, key=f"desk-file-{number}")
    if dropped is not None:
        return IncomingFile(dropped.file_id, dropped.name, dropped.size, partial(_open_dropped, dropped))
    waiting = waiting_files()
    if not waiting:
        return None
    name = st.selectbox(
        words("waiting"),
        list(waiting),
        None,
        format_func=lambda name: words("sized", name=name, size=megabytes(waiting[name].st_size, words)),
        placeholder=words("choose_waiting"),
        help=words("waiting_help"),
        key=f"desk-waiting-{number}",
        width=480,
    )
    if name not in waiting:
        return None
    stat = waiting[name]
    key = f"{name}-{stat.st_size}-{stat.st_mtime_ns}"
    return IncomingFile(key, name, stat.st_size, partial(_open_waiting, name, stat))


def show_templates(lang: str) -> None:
    """Show the links to empty files in the form that is read best, and send the uploader's texts in the reader's language."""
    words = wording.of(__file__, lang)
    query = address.query({"lang": lang})
    files = [(f"export/template.{kind}{query}", words(f"template_{kind}")) for kind in template.MIMES]
    texts = markup.uploader(words("choose_file"), words("most"))
    st.html(texts + downloads.links(files, words), width="content")


def megabytes(size: int, words: Words) -> str:
    """Return a number of bytes as megabytes, for readers."""
    return words("megabytes", size=words.number(size / 1e6, 1))


def waiting_files() -> dict[str, os.stat_result]:
    """Return the files of the folder by name: no folders, no links, nothing hidden."""
    try:
        with os.scandir(paths.incoming_dir()) as folder:
            found = [(file.name, file.stat()) for file in folder if file.name[0] != "." and file.is_file(follow_symlinks=False)]
    except OSError:  # there is no such folder, or the server may not look into it: then nothing waits
        return {}
    return dict(sorted((name, stat) for name, stat in found if name.isprintable())[:_MOST_LISTED])


@contextmanager
def _open_dropped(file: BinaryIO) -> Iterator[BinaryIO]:
    file.seek(0)
    yield file


@contextmanager
def _open_waiting(name: str, seen: os.stat_result) -> Iterator[BinaryIO]:
    """Open a file of the folder. Raises TableError where it is gone or closed, Refused where it changed while it was read."""
    try:
        path = paths.incoming_dir() / Path(name).name
        with os.fdopen(os.open(path, os.O_RDONLY | _NO_LINKS), "rb") as file:
            yield file
            now = os.fstat(file.fileno())
    except OSError as error:
        raise TableError("incoming", name, [Problem("unreadable", found=error.strerror or type(error).__name__)]) from error
    if (now.st_size, now.st_mtime_ns) != (seen.st_size, seen.st_mtime_ns):
        raise intake.moving_file_error()
