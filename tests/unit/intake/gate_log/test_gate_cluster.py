"""Tests that a cluster, and other engines, come to the same counts, lines and reasons as this machine."""

import gzip
from datetime import datetime
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest
from gate_reading import assert_same
from ibis.backends.duckdb import Backend
from pyarrow import parquet
from spark_cluster import count_with_spark

from sejong_dash.errors import TableError
from sejong_dash.intake.gate_log import __main__ as command
from sejong_dash.intake.gate_log.gate_cluster import count_on
from sejong_dash.intake.gate_log.gate_counts import MOST, GateCounts, count_log_file
from sejong_dash.intake.gate_log.gate_tally import REPEATED

pytestmark = pytest.mark.thorough

HEADER = "시각,도도부현,게이트,결과\n"
ROWS = (
    "2026-04-{day:02} 09:31:05,13,정문,정상",
    '"2026-04-{day:02}T09:31","오사카부","동문 ""나""",정상',
    "2026/4/{day} 오후 3:20,KR,동문,정상",
    "2026-04-{day:02} 9:31:05\u00a0,27,정문,정상",  # Python strips what the engine does not
    "2026-04-{day:02} 09:31:05,13,정문,거부",
    ",,정문,거부",
    "",
    ",,,",
    "2026-04-{day:02} 09:31:05,13,정문",
    '2026-04-{day:02} 09:31:05,13,"정문,정상',
    "2026-04-31 09:31:05,13,정문,정상",
    "2026-04-{day:02} 25:31:05,13,정문,정상",
    "2126-04-{day:02} 09:31:05,13,정문,정상",
    "2026-04-{day:02} 09:31:05,아틀란티스,정문,정상",
    "2026-04-{day:02} 09:31:05,,정문,정상",
    "2026-04-{day:02} 09:31:05,13,정문,?",
    "2026-04-{day:02} 09:31:05,KR,정문,정상\r",
)


def log_of(days: range) -> str:
    return "게이트 기록\n\n" + "".join(HEADER + "".join(row.format(day=day) + "\n" for row in ROWS * 3) for day in days)


@pytest.mark.dear
@pytest.mark.thorough
def test_a_spark_of_two_workers_counts_what_this_machine_counts(tmp_path: Path) -> None:
    folder = tmp_path / "gates"
    folder.mkdir()
    (folder / "april.csv").write_text(log_of(range(1, 8)), encoding="utf-8")
    (folder / "more.csv.gz").write_bytes(gzip.compress(log_of(range(1, 4)).replace("게이트 기록\n\n", "").encode()))
    here = count_log_file(folder)
    assert (here.rows_read, here.wrong_total, here.from_japan, here.from_elsewhere) == (450, 240, 90, 60)
    assert {row.file for row in here.wrong} == {"april.csv", "more.csv.gz"}
    tickets = tmp_path / "tickets.csv"
    rows = (f"2026-04-{1 + at % 2:02} 09:31,{13 + at % 3},{at % 50 or ''}" for at in range(700))
    tickets.write_text("\n".join(("time,prefecture,ticket", *rows, "")), encoding="utf-8")
    found, scanned = count_with_spark(folder, tickets)
    assert_same(found, here)
    assert sum(scanned.questions.values()) == 700 - 14 - 49
    assert_same(scanned, count_log_file(tickets))


@pytest.fixture
def table() -> pa.Table:
    rows = [(datetime(2026, 4, 10, 9, 31), "13", "정문"), (datetime(2026, 4, 10, 23, 59), "KR", "동문"), (None, "13", "정문")]
    rows += [(datetime(2026, 4, 11), "아틀란티스", "정문")]
    return pa.table(dict(zip(("time", "prefecture", "gate"), map(list, zip(*rows, strict=True)), strict=True)))


def assert_counted(log: GateCounts) -> None:
    assert log.counts[["jis_code", "visitors"]].values.tolist() == [["13", 1]]
    assert log.elsewhere[["country", "visitors"]].values.tolist() == [["KR", 1]]
    assert [(row.row, row.column, row.code) for row in log.wrong] == [
        (3, "time", "missing_value"),
        (4, "prefecture", "origin_unknown"),
    ]
    assert (log.rows_read, log.wrong_total) == (4, 2)


def test_a_parquet_file_is_counted(table: pa.Table, tmp_path: Path) -> None:
    parquet.write_table(table, tmp_path / "gate.parquet")
    assert_counted(count_log_file(tmp_path / "gate.parquet"))


def test_a_parquet_file_that_cannot_be_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken, ended = tmp_path / "gate.parquet", []
    broken.write_bytes(b"PAR1, but no more")
    plain = Backend.disconnect
    monkeypatch.setattr(Backend, "disconnect", lambda engine: ended.append(engine) or plain(engine))
    for file in (broken, tmp_path / "none.parquet"):
        with pytest.raises(TableError) as refused:
            count_log_file(file)
        assert [problem.code for problem in refused.value.problems] == ["unreadable"]
        assert command.main([str(file)]) == 3
    parquet.write_table(pa.table({"a": ["x"], "b": ["y"]}), broken)
    with pytest.raises(TableError) as refused:
        count_log_file(broken)
    assert [problem.code for problem in refused.value.problems] == ["missing_column"]
    assert len(ended) == 5, "no connection is left open"


def test_tickets_in_a_parquet_file_are_counted_as_in_a_text(table: pa.Table, tmp_path: Path) -> None:
    table = pa.concat_tables([table, table]).append_column("ticket", pa.array(["1", "2", "3", "4", "1", " ", "3", "4"]))
    parquet.write_table(table, tmp_path / "gate.parquet")
    for answer in (None, True, False):
        answers = {} if answer is None else {("ticket", REPEATED): answer}
        log = count_log_file(tmp_path / "gate.parquet", answers=answers)
        assert (log.from_japan, log.from_elsewhere) == (2 if answer else 1, 2)
        assert [row.row for row in log.wrong if row.code == "ticket_repeated"] == ([5] if answer is None else [])
        assert log.no_entry_total == (answer is False)
        assert log.rows_read == 8


def test_a_table_of_another_engine_is_counted_by_its_address(table: pa.Table, tmp_path: Path) -> None:
    with duckdb.connect(str(tmp_path / "gates.duckdb")) as connection:
        connection.register("rows", table)
        connection.execute("create table log as select * from rows")
    assert_counted(count_on(f"duckdb://{tmp_path}/gates.duckdb", "log"))


def test_a_folder_is_counted_with_the_file_of_each_wrong_row(tmp_path: Path) -> None:
    for name, day in (("a.csv", 10), ("b.csv", 11)):
        (tmp_path / name).write_text(f"time,prefecture\n2026-04-{day} 09:31,13\nx,13\n", encoding="utf-8")
    (tmp_path / ".hidden").write_text("no log", encoding="utf-8")
    log = count_log_file(tmp_path)
    assert [(row.file, row.row) for row in log.wrong] == [("a.csv", 3), ("b.csv", 3)]
    assert log.from_japan == 2
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(TableError):
        count_log_file(empty)


def test_the_listed_rows_are_bounded_and_all_are_counted(tmp_path: Path) -> None:
    pq = tmp_path / "gate.parquet"
    parquet.write_table(pa.table({"time": ["x"] * (MOST + 5), "prefecture": ["13"] * (MOST + 5)}), pq)
    log = count_log_file(pq)
    assert (len(log.wrong), log.wrong_total) == (MOST, MOST + 5)


def test_the_command_writes_counts_and_names_what_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = tmp_path / "gate.csv"
    log.write_text(
        "time,prefecture,result\n2026-04-10 09:31,13,OK\n2026-04-10 09:31,13,7\n2026-04-10 09:31,13,NG\n", encoding="utf-8"
    )
    assert command.main([str(log)]) == 1
    printed = capsys.readouterr()
    assert printed.out.splitlines() == ["date,jis_code,channel,visitors", "2026-04-10,13,,1"]
    assert "Row 3" in printed.err
    assert "NG (refused): 1" in printed.err
    assert command.main([str(log), "--entry", "result=7"]) == 0
    assert capsys.readouterr().out.splitlines()[1] == "2026-04-10,13,,2"
    assert command.main([str(tmp_path / "none.csv")]) == 3
