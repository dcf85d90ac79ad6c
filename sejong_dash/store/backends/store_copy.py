"""Copy counts, journal, snapshots and settings from one place to another, and prove that both hold the same."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sejong_dash.errors import DashError

from . import database_url, of_database
from .backend import Backend, StoreContents
from .file_backend import FileBackend

FILES, DATABASE = "files", "database"


def copy(source: str, target: str, *, is_replacing: bool = False) -> StoreContents:
    """Copy everything and return it.

    A place is `files` (the data folder), `database` (that of SEJONG_DATABASE), another folder, or another database's address.
    Raises DashError where a place cannot be read or written, is not empty, or does not hold the same afterwards.
    """
    with place(source) as backend:
        contents = backend.contents()
    put(contents, target, is_replacing=is_replacing)
    return contents


def put(contents: StoreContents, target: str, *, is_replacing: bool = False) -> None:
    """Let a place hold these contents and nothing else, and read them back. Raises DashError as `copy`."""
    with place(target) as backend:
        backend.fill(contents, is_replacing=is_replacing)
        found = backend.contents()
    if found != contents:
        raise DashError("store_copy_differs")


@contextmanager
def place(name: str) -> Iterator[Backend]:
    """Yield the backend of this name, as `copy` names places. Raises DashError where it is none."""
    if name == DATABASE:
        if not database_url():
            raise DashError("database_unknown", name="SEJONG_DATABASE")
        yield of_database(database_url())
    elif "://" in name:
        yield of_database(name)
    elif name == FILES:
        yield FileBackend()
    else:
        before = os.environ.get("SEJONG_DATA")
        os.environ["SEJONG_DATA"] = str(Path(name).resolve())
        try:
            Path(name).mkdir(parents=True, exist_ok=True)
            yield FileBackend()
        finally:
            os.environ.pop("SEJONG_DATA")
            if before is not None:
                os.environ["SEJONG_DATA"] = before
