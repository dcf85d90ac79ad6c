"""Looking whether tables have changed reads no file that is known, and sees every change."""

import io
import time
from pathlib import Path
from typing import Any

import pytest

from sejong_dash import contents
from sejong_dash.datasets.schema import data_files
from sejong_dash.ui.frame import live_updates


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The files that are opened from now on."""
    names: list[Path] = []
    real = io.open

    def recorded(file: Any, *given: Any, **named: Any) -> Any:
        names.append(Path(file))
        return real(file, *given, **named)

    monkeypatch.setattr(io, "open", recorded)
    monkeypatch.setattr("builtins.open", recorded)
    return names


def test_a_look_at_the_tables_opens_no_file_twice(data_copy: Path, opened: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contents, "time", lambda: time.time() + 3600)  # the copy is old enough for its stamps to be trusted
    before = live_updates.fingerprint(0)
    assert set(data_files.files()) <= set(opened), "the first look reads all that the fingerprint stands for"
    opened.clear()
    assert [live_updates.fingerprint(moment) for moment in range(1, 40)] == [before] * 39
    assert opened == []
    goals = data_copy / "goals.csv"
    goals.write_bytes(goals.read_bytes().replace(b"150000", b"150001"))
    opened.clear()
    assert live_updates.fingerprint(40) != before
    assert opened == [goals]


def test_viewers_in_the_same_moment_share_one_look(data_copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looks: list[None] = []
    monkeypatch.setattr(live_updates.defaults, "state", lambda: looks.append(None) or f"look {len(looks)}")
    live_updates.fingerprint.cache_clear()
    assert [live_updates.fingerprint(moment) for moment in (7, 7, 7, 8)] == ["look 1"] * 3 + ["look 2"]
    live_updates.fingerprint.cache_clear()
