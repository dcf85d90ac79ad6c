"""A job ends with the session that began it, and with the server; so does the process that it has begun."""

import threading
from pathlib import Path
from typing import Any

import pytest

from sejong_dash import ending
from sejong_dash.errors import DashError
from sejong_dash.intake.reader_messages import ReadRequest
from sejong_dash.ui.blocks.background_job import Job
from sejong_dash.ui.browser import script_run
from sejong_dash.ui.desk.upload import reader_process, waiting_reader


@pytest.fixture(autouse=True)
def begins_anew() -> Any:
    yield
    ending.begin_anew()


def steps(begun: threading.Event) -> Any:
    def work(on_progress: Any) -> dict[str, Any]:
        for number in range(10**9):
            on_progress(number, 10**9, "rows")
            begun.set()
        return {}

    return work


def job_of(session: str, monkeypatch: pytest.MonkeyPatch) -> Job:
    begun = threading.Event()
    monkeypatch.setattr(script_run, "session", lambda: session)
    job = Job(steps(begun)).start()
    assert begun.wait(60)
    return job


def ended(job: Job) -> bool:
    assert job._thread is not None
    job._thread.join(60)
    return not job.running


def test_a_job_ends_with_its_session_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    mine, other = job_of("mine", monkeypatch), job_of("other", monkeypatch)
    assert (ending.under_way("mine"), ending.under_way("other")) == (1, 1)
    ending.end_session("mine")
    assert ended(mine)
    assert (mine.made, mine.trouble) == (None, None)
    assert other.running
    ending.end_session("")
    assert other.running
    ending.end_all()
    assert ended(other)
    assert ending.under_way() == 0


def test_what_is_begun_when_the_server_has_stopped_ends_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    ending.end_all()
    monkeypatch.setattr(script_run, "session", lambda: "late")
    assert ended(Job(steps(threading.Event())).start())


def test_the_process_of_a_reading_ends_with_the_session(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Also one that says nothing: the job itself only looks when there is progress."""
    silent = tmp_path / "silent"
    (silent / "sejong_dash").mkdir(parents=True)
    begun = tmp_path / "begun"
    program = f"import pathlib, sys, time\npathlib.Path({str(begun)!r}).touch()\nsys.stdin.buffer.read()\ntime.sleep(3600)\n"
    (silent / "sejong_dash" / "intake.py").write_text(program, encoding="utf-8")
    monkeypatch.setattr(waiting_reader.paths, "PROJECT", silent)
    monkeypatch.setattr(script_run, "session", lambda: "mine")
    job = Job(lambda on_progress: {"read": reader_process.read(ReadRequest(b"a,b\n", "a.csv"), on_progress)}).start()
    while not begun.exists():
        assert job.running, job.trouble
        job._thread.join(0.05)  # type: ignore[union-attr]
    ending.end_session("mine")
    assert ended(job)
    assert (job.made, job.trouble) == (None, None)


def test_an_end_that_fails_does_not_keep_others(caplog: pytest.LogCaptureFixture) -> None:
    called = []

    def fail() -> None:
        raise DashError("unexpected", what="it")

    with ending.ended_by(fail, "mine"), ending.ended_by(lambda: called.append("second")):
        ending.end_session("mine")
    assert called == ["second"], "what is begun within is of the same session"
    assert "could not be ended" in caplog.text
