"""Where do tests write that write a hundred times? In memory if this machine lets us, since waiting for a disk shows nothing."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from clerk import APRIL, HEADER, put

from sejong_dash.store import counts

MEMORY = Path("/dev/shm")


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A data folder with three figures, and a journal that knows of them."""
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as made:
        monkeypatch.setenv("SEJONG_DATA", made)
        put(Path(made), HEADER + APRIL)
        counts.notice()
        yield Path(made)
