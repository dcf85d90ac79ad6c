"""A run is counted from the request until its thread has ended, however it ends."""

import threading
from collections.abc import Callable

import pytest
from streamlit.runtime.scriptrunner import ScriptRunner

from sejong_dash.serving import active_runs

Run = Callable[[ScriptRunner], None]


@pytest.fixture
def streamlit_as(monkeypatch: pytest.MonkeyPatch) -> Callable[[Run, Run], ScriptRunner]:
    """A runner with these ways to start and to run, counted."""

    def counted(start: Run, run: Run) -> ScriptRunner:
        monkeypatch.setattr(ScriptRunner, "start", start)
        monkeypatch.setattr(ScriptRunner, "_run_script_thread", run)
        active_runs.count_runs()
        return ScriptRunner.__new__(ScriptRunner)

    monkeypatch.setattr(active_runs, "_under_way", 0)
    monkeypatch.setattr(active_runs, "_expected_until", 0.0)
    return counted


def test_a_run_is_under_way_from_its_request_to_its_end(streamlit_as: Callable[[Run, Run], ScriptRunner]) -> None:
    go_on, seen = threading.Event(), list[int]()
    threads: list[threading.Thread] = []

    def start(runner: ScriptRunner) -> None:
        seen.append(active_runs.under_way())  # before it has a thread
        threads.append(threading.Thread(target=runner._run_script_thread))
        threads[0].start()

    def run(runner: ScriptRunner) -> None:
        go_on.wait(60)
        seen.append(active_runs.under_way())

    runner = streamlit_as(start, run)
    assert active_runs.is_idle()
    runner.start()
    assert not active_runs.is_idle()
    go_on.set()
    threads[0].join(60)
    assert seen == [1, 1]
    assert active_runs.is_idle()


def test_a_run_that_fails_has_ended(streamlit_as: Callable[[Run, Run], ScriptRunner]) -> None:
    def failing(runner: ScriptRunner) -> None:
        raise ValueError("a broken script")

    def start(runner: ScriptRunner) -> None:
        with pytest.raises(ValueError, match="a broken script"):
            runner._run_script_thread()

    streamlit_as(start, failing).start()
    assert active_runs.under_way() == 0


def test_a_run_that_gets_no_thread_has_ended(streamlit_as: Callable[[Run, Run], ScriptRunner]) -> None:
    def refused(runner: ScriptRunner) -> None:
        raise RuntimeError("no thread can be started")

    runner = streamlit_as(refused, lambda runner: None)
    with pytest.raises(RuntimeError, match="no thread"):
        runner.start()
    assert active_runs.is_idle()


def test_a_run_is_expected_for_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 100.0
    monkeypatch.setattr(active_runs, "_under_way", 0)
    monkeypatch.setattr(active_runs, "_expected_until", 0.0)
    monkeypatch.setattr(active_runs.time, "monotonic", lambda: now)
    assert active_runs.is_idle()
    active_runs.expect()
    assert not active_runs.is_idle()
    now += 60
    assert active_runs.is_idle()
