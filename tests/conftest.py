"""What does every test start from? The shipped data, and a copy of it for tests that break something."""

import shutil
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis.configuration import set_hypothesis_home_dir

from sejong_dash.paths import PROJECT

# The same examples on every run and machine; what Hypothesis keeps for itself goes where nobody looks.
set_hypothesis_home_dir(PROJECT / ".cache" / "hypothesis")
settings.register_profile("house", derandomize=True, deadline=None, database=None, max_examples=60)
settings.load_profile("house")


@pytest.fixture(autouse=True)
def shipped_data(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests look at the data that ships with the project, whatever the developer's own shell says."""
    monkeypatch.delenv("SEJONG_DATA", raising=False)


@pytest.fixture
def data_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the data that a test may change; the dashboard reads it for as long as the test runs."""
    copy = tmp_path / "data"
    shutil.copytree(PROJECT / "data", copy)
    monkeypatch.setenv("SEJONG_DATA", str(copy))
    return copy
