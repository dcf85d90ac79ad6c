"""What does every test start from? The shipped data, and a copy of it for tests that break something."""

import shutil
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis.configuration import set_hypothesis_home_dir
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from sejong_dash.paths import PROJECT

# The same examples on every run and machine; what Hypothesis keeps for itself goes where nobody looks.
set_hypothesis_home_dir(PROJECT / ".cache" / "hypothesis")
settings.register_profile("house", derandomize=True, deadline=None, database=None, max_examples=60)
settings.load_profile("house")


class OneBrowser(LoadScopeScheduling):
    """With `-n`, one worker runs all tests in a browser, since one server and one browser serve them; any other test runs
    where there is room. (`--dist loadgroup` would say the same, but from pytest 9.2 on it forgets its groups.)"""

    def _split_scope(self, nodeid: str) -> str:
        return "browser" if nodeid.startswith("tests/browser/") else nodeid


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> OneBrowser:
    return OneBrowser(config, log)


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
