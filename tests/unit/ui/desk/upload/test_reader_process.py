"""A file is read in a process of its own: it says the same as a reading here, and no file harms the server."""

import contextlib
import io
import pickle
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import crafted_files
import pytest
from desk_app import GOOD, drop, own, page, shown
from reading_here import read_here

from sejong_dash import ending, intake, words
from sejong_dash.errors import DashError, Problem, TableError
from sejong_dash.intake.reader_messages import ReadRequest
from sejong_dash.ui.desk.upload import file_source, reader_process, reading_progress, waiting_reader

pytestmark = pytest.mark.apart

DAYS = [f"2023-{month:02}-{day:02}" for month in range(1, 13) for day in range(1, 29)]
MANY = "날짜,도도부현,방문객수\n" + "".join(f"{day},{code:02},{code}\n" for day in DAYS for code in range(1, 48))
LOG = "시각,도도부현,게이트\n" + "2026-05-06 09:31:05,27,정문\n" * 3 + "2026-05-06 09:40:00,아틀란티스,동문\n"
FEW_MB = 640  # a hundred more than the libraries take
GROWTH = 60 << 20  # bytes by which the server's memory may grow: a tenth of what the file takes


def nobody(*_: object) -> None:
    """Follow no progress."""


@pytest.fixture
def children(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[bytes]]:
    begun: list[subprocess.Popen[bytes]] = []

    def start(*given: Any, **named: Any) -> subprocess.Popen[bytes]:
        begun.append(real(*given, **named))
        return begun[-1]

    real = subprocess.Popen
    monkeypatch.setattr(waiting_reader.subprocess, "Popen", start)
    return begun


def growth(work: Callable[[], None]) -> int:
    """Return by how many bytes the memory of this process grew at most, which Linux says."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    before = peak()
    work()
    return peak() - before


def peak() -> int:
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) << 10 for line in lines if line.startswith("VmHWM"))


FILES = {
    "a table": ReadRequest(GOOD.encode("cp949"), "a\nb.csv", {"encoding": "cp949"}),
    "many rows": ReadRequest(MANY.encode(), "many.csv"),
    "no table": ReadRequest(b"a letter\nto a friend\n", "letter.xlsx"),
    "a workbook": ReadRequest(crafted_files.workbook_of_texts(0), "book.xlsx"),
    "a gate log": ReadRequest(LOG.encode(), "gate.csv"),
    "a log without rows": ReadRequest(b"PK\x03\x04" + bytes(50), "gate.zip"),
}


@pytest.mark.dear
@pytest.mark.parametrize("kind", FILES)
def test_a_reading_apart_says_the_same(kind: str, data_copy: Path) -> None:
    apart, here = reader_process.read(FILES[kind], nobody), read_here(FILES[kind], nobody)
    assert (apart.refused, apart.error) == (here.refused, here.error)
    assert (apart.table is None, apart.log is None, apart.change_set is None) == (
        here.table is None,
        here.log is None,
        here.change_set is None,
    )
    if apart.table is not None and here.table is not None:
        assert apart.table.rows.equals(here.table.rows)
        assert apart.table.source.equals(here.table.source)
        for name in ("filename", "steps", "notices", "errors", "questions", "checksum", "headings", "outcome"):
            assert getattr(apart.table, name) == getattr(here.table, name)
    if apart.log is not None and here.log is not None:
        assert apart.log.counts.equals(here.log.counts)
        assert (apart.log.wrong, apart.log.rows_read) == (here.log.wrong, here.log.rows_read)
    if apart.change_set is not None:
        assert len(apart.change_set.new) == len(here.change_set.new) == MANY.count("\n") - 1


@pytest.mark.thorough
def test_its_log_is_the_servers(caplog: pytest.LogCaptureFixture) -> None:
    reader_process.read(FILES["no table"], nobody)
    assert "refused 'letter.xlsx', 21 bytes: header_missing" in caplog.text


@pytest.mark.thorough
@pytest.mark.skipif(sys.platform != "linux", reason="Linux alone says how much memory was taken, and clears it")
def test_a_file_that_takes_too_much_memory_is_refused_and_the_server_does_not_grow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting_reader, "MEMORY", FEW_MB)
    content = crafted_files.workbook_of_texts(20_000_000)
    assert len(content) < 500_000

    def read() -> None:
        with pytest.raises(intake.Refused) as caught:
            reader_process.read(ReadRequest(content, "texts.xlsx"), nobody)
        assert (caught.value.finding.code, caught.value.finding.fields) == ("too_much_memory", {"most": FEW_MB})

    assert growth(read) < GROWTH


@pytest.mark.thorough
def test_a_file_that_takes_too_long_is_refused(monkeypatch: pytest.MonkeyPatch, children: list[subprocess.Popen[bytes]]) -> None:
    monkeypatch.setattr(waiting_reader, "SECONDS", 2)
    with pytest.raises(intake.Refused) as caught:
        reader_process.read(ReadRequest(crafted_files.workbook_of_texts(40_000_000), "texts.xlsx"), nobody)
    assert (caught.value.finding.code, caught.value.finding.fields) == ("too_much_time", {"most": 2})
    assert [child.poll() is None for child in children] == [False]


def test_a_reading_is_ended_at_once(children: list[subprocess.Popen[bytes]]) -> None:
    class Stopped(Exception):
        pass

    steps: list[str] = []

    def stop(step: str, done: int, of: int, rows: int) -> None:
        steps.append(step)
        raise Stopped

    with pytest.raises(Stopped):
        reader_process.read(ReadRequest(MANY.encode(), "many.csv"), stop)
    assert len(steps) == 1, "the first word of it was the last"
    killed = 1 if sys.platform == "win32" else -9
    assert [child.returncode for child in children] == [killed], "it did not read to its end"


def test_who_waits_for_a_place_can_stop(children: list[subprocess.Popen[bytes]]) -> None:
    class Stopped(Exception):
        pass

    def stop(*_: object) -> None:
        raise Stopped

    with contextlib.ExitStack() as held:
        for _ in range(reader_process._MOST_AT_ONCE):
            held.enter_context(reader_process._place(nobody))
        with pytest.raises(Stopped):
            reader_process.read(FILES["a table"], stop)
    assert children == [], "nothing is begun before there is a place"
    with reader_process._place(nobody):
        pass


@pytest.mark.thorough
def test_one_that_was_ended_while_it_waited_is_replaced(
    monkeypatch: pytest.MonkeyPatch, children: list[subprocess.Popen[bytes]]
) -> None:
    """Also where it is still there when it is taken."""

    def take() -> waiting_reader.Process:
        process = waiting_reader.start()
        process.kill()
        return process

    monkeypatch.setattr(reader_process.reader, "take", take)
    answer = reader_process.read(FILES["a table"], nobody)
    assert answer.table is not None
    assert len(answer.table.rows) == 2
    assert len(children) == 2


@pytest.mark.thorough
def test_a_process_that_cannot_begin_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting_reader, "MEMORY", 10)
    with pytest.raises(DashError) as caught:
        reader_process.read(FILES["a table"], nobody)
    assert caught.value.key == "no_reader"
    assert "exit" in str(caught.value.fields["what"])


def test_what_is_begun_when_the_server_has_stopped_is_no_refusal() -> None:
    """It was not the file: whoever stopped it hears of it first."""

    class Stopped(Exception):
        pass

    def stop(*_: object) -> None:
        raise Stopped

    ending.end_all()
    with pytest.raises(Stopped):
        reader_process.read(FILES["a table"], stop)


@pytest.mark.dear
@pytest.mark.thorough
@pytest.mark.parametrize("lang", ["ja"])  # the sentence is there in each language: tests of words hold it
def test_the_desk_says_what_was_too_much_and_goes_on(lang: str, data_copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as limited:
        limited.setattr(waiting_reader, "MEMORY", FEW_MB)
        app = drop(page(lang), "texts.xlsx", crafted_files.workbook_of_texts(20_000_000))
    finding = intake.Finding(None, None, "too_much_memory", {"most": FEW_MB})
    assert intake.describe(finding, "texts.xlsx", lang).strip() in shown(app)
    app = drop(app, "counts.csv", GOOD.encode())
    assert own("change_preview", lang)("counted", new=2, changed=0, unchanged=0, removed=0) in shown(app)


@pytest.mark.dear
@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_the_desk_says_that_no_process_can_be_started(lang: str, data_copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise BlockingIOError(11, "no room")

    monkeypatch.setattr(waiting_reader.subprocess, "Popen", refuse)
    app = drop(page(lang), "counts.csv", GOOD.encode())
    errors = words.of(Path(waiting_reader.paths.PROJECT) / "sejong_dash" / "errors.py", lang)
    assert errors("no_reader", what="no room") in shown(app)


def test_a_log_that_is_too_large_to_be_sent_is_counted_where_it_lies(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_progress, "_MOST_SENT", 10)
    source = file_source.IncomingFile("key", "gate.csv", 11, lambda: io.BytesIO(LOG.encode()))
    read = reading_progress._read(source, {}, {}, nobody)["read"]
    assert read.log is not None
    assert (read.log.from_japan, read.log.wrong_total) == (3, 1)
    source = file_source.IncomingFile("key", "counts.csv", 11, lambda: io.BytesIO(GOOD.encode()))
    read = reading_progress._read(source, {}, {}, nobody)["read"]
    assert read.table is not None
    assert [error.code for error in read.table.errors] == ["too_large"]


def test_an_error_is_the_same_after_its_way() -> None:
    error = TableError("gate", "a.csv", [Problem("empty_file", 1, expected="time")])
    back = pickle.loads(pickle.dumps(error))
    assert (type(back), back.key, back.fields, str(back)) == (TableError, error.key, error.fields, str(error))
    assert back.problems == error.problems
    plain = pickle.loads(pickle.dumps(DashError("no_reader", what="x")))
    assert (plain.key, plain.fields, plain.args) == ("no_reader", {"what": "x"}, ("no_reader", {"what": "x"}))
