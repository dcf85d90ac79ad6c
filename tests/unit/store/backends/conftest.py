"""Places for counts: files, and a PostgreSQL that is started for the tests of this folder."""

import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from postgres import Postgres, postgres

from sejong_dash.store import backends

_MEMORY = Path("/dev/shm")
_numbers = count(1)


class Machines:
    """Two machines that keep their counts in one place: a folder that both see, or a database and a folder of each."""

    def __init__(self, folders: list[Path], patch: pytest.MonkeyPatch) -> None:
        self.folders, self._patch = folders, patch

    def use(self, machine: int) -> Path:
        """Let what follows happen on this machine, which has looked at what others did; return its data folder."""
        folder = self.folders[machine % len(self.folders)]
        self._patch.setenv("SEJONG_DATA", str(folder))
        backends.refresh()
        return folder


@pytest.fixture(scope="session")
def server() -> Iterator[Postgres]:
    """Yield a PostgreSQL for all tests of this folder."""
    with postgres() as started:
        yield started


@pytest.fixture
def database(server: Postgres) -> str:
    """Return the address of a database of its own."""
    return server.new_database(f"test{next(_numbers)}")


@pytest.fixture
def folders() -> Iterator[list[Path]]:
    """Yield two empty data folders."""
    with tempfile.TemporaryDirectory(dir=_MEMORY if _MEMORY.is_dir() else None) as made:
        found = [Path(made, name) for name in ("first", "second")]
        for folder in found:
            folder.mkdir()
        yield found


@pytest.fixture(params=["files", "postgresql"])
def machines(request: pytest.FixtureRequest, folders: list[Path], monkeypatch: pytest.MonkeyPatch) -> Machines:
    """Return two machines with one place for counts, the first in use."""
    is_database = request.param == "postgresql"
    if is_database:
        monkeypatch.setenv("SEJONG_DATABASE", request.getfixturevalue("database"))
    found = Machines(folders if is_database else folders[:1], monkeypatch)
    found.use(0)
    return found
