"""Keep the counts with their journal, snapshots and settings in files or in a database, behind one contract.

`SEJONG_DATABASE` names a database; without it files are the truth. What pages read are files in both cases: beside a database the
folder of the tables holds a working copy of it, so that pages stay as they are while the database is away.
"""

import os
from functools import lru_cache

from .backend import Backend, StoreContents, Turn

__all__ = ["Backend", "StoreContents", "Turn", "current", "database_url", "of_database", "refresh", "wait"]


def database_url() -> str:
    """Return the address of the database; blank where files are the truth."""
    return os.environ.get("SEJONG_DATABASE", "").strip()


def current() -> Backend:
    """Return where the counts of this process are kept."""
    if url := database_url():
        return of_database(url)
    from .file_backend import FileBackend

    return FileBackend()


@lru_cache(maxsize=8)
def of_database(url: str) -> Backend:
    """Return the backend in the database at this address. Raises DashError where the address is none that can be used."""
    from .database_backend import DatabaseBackend  # SQLAlchemy, which a server on files does without

    return DatabaseBackend(url)


def refresh() -> bool:
    """Bring the files that pages read up to what is stored; return whether any changed. Raises DashError where the database does
    not answer; the files are then as they were."""
    return current().refresh() if database_url() else False


def wait(seconds: float) -> None:
    """Wait until somebody has changed something in the database, for so long at most. Raises DashError where that does not
    answer."""
    from .database_backend import DatabaseBackend

    backend = current()
    if isinstance(backend, DatabaseBackend):
        backend.wait(seconds)
