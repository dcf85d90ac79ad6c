"""A data folder in memory where this machine has one: tests that write a hundred times learn nothing from waiting for a disk."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from clerk import APRIL, HEADER, put

from sejong_dash.store import counts

MEMORY = Path("/dev/shm")


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Yield a data folder with three figures, and a journal that knows of them."""
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as made:
        monkeypatch.setenv("SEJONG_DATA", made)
        put(Path(made), HEADER + APRIL)
        counts.record_outside_edit()
        yield Path(made)
