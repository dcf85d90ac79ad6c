"""The limit of open files is raised as far as the system lets it, and said where it stays low."""

import subprocess
import sys
from pathlib import Path

import pytest

from sejong_dash.paths import PROJECT
from sejong_dash.serving.sessions import descriptors
from sejong_dash.startup import limits

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")

RAISED = """
import resource
from sejong_dash.serving.sessions import descriptors

resource.setrlimit(resource.RLIMIT_NOFILE, ({soft}, {hard}))
print(descriptors.raise_limit(), *resource.getrlimit(resource.RLIMIT_NOFILE))
"""


def raised(soft: int, hard: int) -> tuple[list[int], str]:
    """Return what a process of its own makes of its limits, and what it logs."""
    made = subprocess.run(
        [sys.executable, "-c", RAISED.format(soft=soft, hard=hard)], cwd=PROJECT, capture_output=True, text=True, check=True
    )
    return [int(number) for number in made.stdout.split()], made.stderr


def test_the_soft_limit_becomes_the_hard_limit() -> None:
    numbers, log = raised(256, 4096)
    assert numbers == [4096, 4096, 4096]
    assert log == ""


def test_a_limit_that_stays_low_is_said_with_the_remedy() -> None:
    numbers, log = raised(256, 512)
    assert numbers == [512, 512, 512]
    assert "LimitNOFILE" in log
    assert str(descriptors.sessions_for(512)) in log


def test_no_more_sessions_are_taken_than_files_allow(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setattr(limits, "raise_limit", lambda: 1024)
    places, limit = limits.places()
    assert (places.most, limit) == (descriptors.sessions_for(1024), 1024)
    assert places.most < 250
    assert "1024 files open" in caplog.text
    monkeypatch.setattr(limits, "raise_limit", lambda: None)
    monkeypatch.setenv("SEJONG_SESSIONS", "7")
    assert limits.places()[0].most == 7


@pytest.mark.parametrize("text", ["0", "-3", "many", "1.5", "７"])
def test_a_number_of_sessions_that_is_none_is_refused(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEJONG_SESSIONS", text)
    with pytest.raises(RuntimeError, match="SEJONG_SESSIONS"):
        limits.places()


def test_a_time_to_stop_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert limits.stop_seconds() > 0
    monkeypatch.setenv("SEJONG_STOP_SECONDS", "soon")
    with pytest.raises(RuntimeError, match="SEJONG_STOP_SECONDS"):
        limits.stop_seconds()


def test_open_files_are_counted() -> None:
    before = descriptors.open_files()
    assert before is not None
    with Path(__file__).open("rb"):
        assert descriptors.open_files() == before + 1
