"""One process at most waits for a file; whoever takes it has it alone."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from desk_app import page

from sejong_dash import ending
from sejong_dash.errors import DashError
from sejong_dash.ui.desk.upload import waiting_reader
from sejong_dash.ui.desk.upload.waiting_reader import Process, WaitingReader

Started = list[Process]


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Iterator[Started]:
    """The processes that were started: they wait, and can nothing else."""
    begun: Started = []

    def start() -> Process:
        command = [sys.executable, "-S", "-c", "import sys; sys.stdin.read()"]
        begun.append(subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE))
        return begun[-1]

    monkeypatch.setattr(waiting_reader, "start", start)
    monkeypatch.delenv("SEJONG_WAITING_READER")
    yield begun
    for process in begun:
        with process:
            process.kill()


def test_one_waits_however_often_it_is_asked_for(started: Started) -> None:
    reader = WaitingReader()
    for _ in range(3):
        reader.prepare()
    assert len(started) == 1
    assert reader.take() is started[0]
    reader.prepare()
    assert len(started) == 2
    reader.end()
    assert started[0].poll() is None, "it is somebody's"
    assert started[1].poll() is not None


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other priorities")
def test_what_nobody_waits_for_and_what_takes_long_give_way(started: Started) -> None:
    reader, own = WaitingReader(), os.getpriority(os.PRIO_PROCESS, 0)
    reader.prepare()
    assert os.getpriority(os.PRIO_PROCESS, started[0].pid) == max(own, waiting_reader._AHEAD)
    waiting_reader.give_way(reader.take())
    assert os.getpriority(os.PRIO_PROCESS, started[0].pid) == max(own, waiting_reader._LONG)


def test_each_has_a_process_of_its_own(started: Started) -> None:
    reader = WaitingReader()
    reader.prepare()
    taken: list[Process] = []
    threads = [threading.Thread(target=lambda: taken.append(reader.take())) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({process.pid for process in taken}) == 8
    assert len(started) == 8


def test_another_folder_of_tables_needs_another_process(
    started: Started, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = WaitingReader()
    reader.prepare()
    monkeypatch.setenv("SEJONG_DATA", str(tmp_path))
    assert reader.take() is started[1]
    assert started[0].poll() is not None
    reader.prepare()
    monkeypatch.delenv("SEJONG_DATA")
    reader.prepare()
    assert [process.poll() is None for process in started] == [False, True, False, True]
    reader.end()


def test_one_that_has_ended_is_not_handed_out(started: Started) -> None:
    reader = WaitingReader()
    reader.prepare()
    started[0].kill()
    started[0].wait()
    assert reader.take() is started[1]
    reader.prepare()
    started[2].kill()
    started[2].wait()
    reader.prepare()
    assert len(started) == 4
    reader.end()


def test_none_waits_where_that_is_switched_off_or_the_server_stops(started: Started, monkeypatch: pytest.MonkeyPatch) -> None:
    reader = WaitingReader()
    ending.begin_stop()
    reader.prepare()
    ending.begin_anew()
    monkeypatch.setenv("SEJONG_WAITING_READER", "off")
    reader.prepare()
    assert started == []
    assert reader.take() is started[0]


def test_it_ends_with_the_server(started: Started) -> None:
    reader = WaitingReader()
    reader.prepare()
    ending.end_all()
    assert started[0].poll() is not None


def test_it_is_started_when_a_field_for_files_is_shown(started: Started, data_copy: Path) -> None:
    page("ko", do="type")
    assert started == []
    page("ko")
    assert len(started) == 1
    waiting_reader.reader.end()


def test_a_machine_that_starts_no_process_is_an_error_only_for_who_needs_it(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.delenv("SEJONG_WAITING_READER")
    monkeypatch.setattr(waiting_reader.subprocess, "Popen", refuse)
    reader = WaitingReader()
    reader.prepare()
    assert "no process could be started" in caplog.text
    with pytest.raises(DashError) as caught:
        reader.take()
    assert (caught.value.key, caught.value.fields) == ("no_reader", {"what": "Resource temporarily unavailable"})
