"""Tests that every row of a gate log is counted, or listed with its line."""

import subprocess
import sys
from pathlib import Path

import pytest
from gate_reading import HEADER, list_counts, read

from sejong_dash.datasets import prefectures
from sejong_dash.errors import TableError
from sejong_dash.intake.gate_log import gate_block, gate_counts
from sejong_dash.intake.gate_log.gate_counts import GateCounts, count_log_file

GOOD = "2026-04-10 09:31:05,13,정문\n"


def list_wrong(counted: GateCounts) -> list[tuple[int, str | None, str]]:
    return [(row.row, row.column, row.code) for row in counted.wrong]


@pytest.mark.parametrize(
    ("row", "column", "code"),
    [
        ("2026-04-31 09:31:05,13,a", "time", "date_invalid"),
        ("2026-4-10 09:31:05,13,a", "time", "date_invalid"),
        ("2026-04-100 09:31:0,13,a", "time", "date_invalid"),
        ("2026/04/31 09:31:05,13,a", "time", "date_invalid"),
        ("2026-04-10x09:31:05,13,a", "time", "date_invalid"),
        ("２０２６-04-10 09:31,13,a", "time", "date_invalid"),
        ("1926-04-10 09:31:05,13,a", "time", "date_out_of_range"),
        ("2126-04-10 09:31:05,13,a", "time", "date_out_of_range"),
        ("2026-04-10 24:00:00,13,a", "time", "time_invalid"),
        ("2026-04-10 09:60:05,13,a", "time", "time_invalid"),
        ("2026-04-10 09:31:60,13,a", "time", "time_invalid"),
        ("2026-04-10 09;31:05,13,a", "time", "time_invalid"),
        ("2026-04-10 0:31:050,13,a", "time", "time_invalid"),
        ("2026-04-10T29:31,13,a", "time", "time_invalid"),
        ("2026-04-10T09:31:05Z,13,a", "time", "time_invalid"),
        (",13,a", "time", "missing_value"),
        ("2026-04-10 09:31:05,,a", "prefecture", "missing_value"),
        ("2026-04-10 09:31:05,48,a", "prefecture", "origin_unknown"),
        ("2026-04-10 09:31:05,00,a", "prefecture", "origin_unknown"),
        ("2026-04-10 09:31:05,아틀란티스,a", "prefecture", "origin_unknown"),
        ("2026-04-10 09:3", None, "row_torn"),
        ("2026-04-10 09:31:05,13", None, "row_torn"),
        ("2026-04-10 09:31:05,13,a,", None, "row_torn"),
        ("2026-04-10 09:31:05,13,a2026-04-10 09:31:06,14,b", None, "row_torn"),
        ('2026-04-10 09:31:05,13,"a', None, "quotes_broken"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("last", [False, True])
def test_a_wrong_row_is_listed_with_its_line_and_costs_no_other(
    row: str, column: str | None, code: str, end: str, last: bool, tmp_path: Path
) -> None:
    content = HEADER + GOOD + "\n" + GOOD + row + ("" if last else "\n" + GOOD * 2)
    counted = read(tmp_path, "\ufeff" + content.replace("\n", end))
    assert list_wrong(counted) == [(5, column, code)]
    assert list_counts(counted) == {("2026-04-10", "13"): 2 if last else 4}
    assert counted.blank_lines == 1


def test_lines_are_counted_through_line_breaks_in_quotes(tmp_path: Path) -> None:
    quoted = '2026-04-10 09:31:05,13,"정\n문"\n'
    counted = read(tmp_path, HEADER + quoted + "x,13,a\n" + GOOD + quoted * 2 + "\n,,\n" + "y,13,a\n")
    assert list_wrong(counted) == [(4, "time", "date_invalid"), (12, "time", "date_invalid")]
    assert list_counts(counted) == {("2026-04-10", "13"): 4}
    assert counted.blank_lines == 2


def test_lines_are_counted_from_block_to_block(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate_counts, "_BLOCK_SIZE", 64)
    rows = [GOOD, GOOD, '2026-04-11 09:31:05,27,"정\n문"\n', "x,13,a\n", "\n", "2026-04-10 09:31:05,13\n"] * 50
    counted = read(tmp_path, HEADER + "".join(rows))
    assert [row for row, _, code in list_wrong(counted) if code == "date_invalid"] == [6 + 7 * at for at in range(50)]
    assert [row for row, _, code in list_wrong(counted) if code == "row_torn"] == [8 + 7 * at for at in range(50)]
    assert list_counts(counted) == {("2026-04-10", "13"): 100, ("2026-04-11", "27"): 50}
    assert counted.blank_lines == 50


def test_the_first_wrong_rows_are_listed_and_all_are_counted(tmp_path: Path) -> None:
    counted = read(tmp_path, HEADER + ("x,13,a\n2026,1\n" + GOOD) * 1500)
    assert [row for row, _, _ in list_wrong(counted)] == [2 + at // 2 * 3 + at % 2 for at in range(gate_counts.MOST)]
    assert (counted.wrong_total, counted.rows_read) == (3000, 4500)
    assert counted.wrong[0].found == "x"


@pytest.mark.parametrize(
    ("code", "cells"),
    [
        ("01", ["1", "홋카이도", "北海道"]),
        ("13", ["13", "JP-13", "도쿄도", "도쿄", "東京都", "東京", "TOKYO"]),
        ("22", ["시즈오카현", "静岡", "Shizuoka Prefecture"]),
        ("26", [" 京都府 "]),
        ("", ["일본", "JP", "미상", "不明"]),
    ],
)
def test_a_prefecture_is_known_by_code_and_by_name(code: str, cells: list[str], tmp_path: Path) -> None:
    rows = "".join(f"2026-04-10T09:31,{cell},a\n" for cell in cells)
    assert list_counts(read(tmp_path, HEADER + rows)) == {("2026-04-10", code): len(cells)}


def test_every_prefecture_is_known_by_each_of_its_names(tmp_path: Path) -> None:
    table = prefectures.load()
    rows = [
        f"2026-04-10T09:31,{row[name]},a\n"
        for _, row in table.iterrows()
        for name in ("name_ko", "name_ja", "name_en", "jis_code")
    ]
    assert list_counts(read(tmp_path, HEADER + "".join(rows))) == {("2026-04-10", code): 4 for code in table["jis_code"]}


@pytest.mark.parametrize(
    ("country", "cells"),
    [
        ("KR", ["대한민국", "한국", "韓国", "South Korea", "kr"]),
        ("TW", ["台湾"]),
        ("US", ["미국", "USA"]),
        ("CN", ["중국", "中国"]),
        ("ZZ", ["unknown"]),
    ],
)
def test_a_country_stands_apart(country: str, cells: list[str], tmp_path: Path) -> None:
    rows = "".join(f"2026-04-10 09:31:05,{cell},동문\n" for cell in [*cells, "일본"])
    counted = read(tmp_path, "일시,국적,게이트\n" + rows)
    assert counted.elsewhere[["country", "visitors"]].values.tolist() == [[country, len(cells)]]
    assert list_counts(counted) == {("2026-04-10", ""): 1}
    assert counted.gates[["gate", "visitors"]].values.tolist() == [["동문", len(cells) + 1]]
    assert counted.counts["channel"].isna().all()


def test_prefecture_and_country_may_both_stand_there(tmp_path: Path) -> None:
    rows = ["日本,東京都", "日本,", ",大阪府", "アメリカ,", "アメリカ,オハイオ", "韓国,東京都", "日本,韓国", ","]
    content = "日時,国籍,都道府県,ゲート,券番号\n" + "".join(f"2026-04-10 09:31,{row},南門,{at}\n" for at, row in enumerate(rows))
    counted = read(tmp_path, content)
    assert list_counts(counted) == {("2026-04-10", "13"): 1, ("2026-04-10", ""): 1, ("2026-04-10", "27"): 1}
    assert counted.elsewhere[["country", "visitors"]].values.tolist() == [["US", 2]]
    assert [row for row, _, _ in list_wrong(counted)] == [7, 8, 9]


@pytest.mark.parametrize(
    "header",
    [
        "time,prefecture,gate",
        "입장시각,도도부현,게이트",
        "入場時刻,都道府県,ゲート",
        "Entry Time\tPrefecture\tGate",
        "gate;time;origin",
    ],
)
def test_columns_are_known_in_each_language_and_any_order(header: str, tmp_path: Path) -> None:
    delimiter = next(sign for sign in "\t;," if sign in header)
    cells = {"gate": "a", "게이트": "a", "ゲート": "a", "prefecture": "22", "origin": "22", "도도부현": "22", "都道府県": "22"}
    row = delimiter.join(cells.get(name.casefold(), "2026-05-24T18:05") for name in header.split(delimiter))
    assert list_counts(read(tmp_path, f"Gates of May\n\n{header}\n{row}\n")) == {("2026-05-24", "22"): 1}


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp949", "일시,도도부현,게이트\n2026-04-10 09:31,도쿄도,정문\n"),
        ("cp932", "日時,都道府県,ゲート\n2026-04-10 09:31,東京都,正門\n"),
    ],
)
def test_an_older_encoding_is_known_by_its_words(encoding: str, text: str, tmp_path: Path) -> None:
    broken = text.encode(encoding) + b"2026-04-10 09:31,\xff\xff,x\n"
    counted = read(tmp_path, broken)
    assert (counted.encoding, list_counts(counted)) == (encoding, {("2026-04-10", "13"): 1})
    assert [row for row, _, _ in list_wrong(counted)] == [3]
    assert text.splitlines()[1].rpartition(",")[2] in counted.gates["gate"].tolist()


@pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning"
)  # Arrow cannot show such a row; the block is read line by line
def test_a_byte_that_is_no_text_costs_its_own_row(tmp_path: Path) -> None:
    content = (HEADER + GOOD * 2).encode() + b"2026-04-10 09:31:05,13,\xff\n2026-04-10 09:31:05\xff,13\n" + GOOD.encode()
    counted = read(tmp_path, content)
    assert [row for row, _, _ in list_wrong(counted)] == [4, 5]
    assert list_counts(counted) == {("2026-04-10", "13"): 3}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b"\n\n", "empty_file"),
        (b"a,b\n1,2\n", "missing_column"),
        (b"\x00\x01PK", "not_utf8"),
        (b"time,date,origin\n", "duplicate_column"),
        (b"\xff\xfe\xfd\n", "not_utf8"),
    ],
)
def test_a_file_that_is_no_gate_log_is_refused(content: bytes, code: str, tmp_path: Path) -> None:
    with pytest.raises(TableError) as refused:
        read(tmp_path, content)
    assert [problem.code for problem in refused.value.problems] == [code]


def test_cells_that_are_all_different_are_counted_line_by_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate_block, "_tally_columns", lambda *block: None)
    rows = "".join(f"2026-04-{day},{place},{gate}\n" for day in (10, 11) for place in ("13", "KR") for gate in "ab")
    counted = read(tmp_path, HEADER + rows + "x,13,a\n")
    assert list_counts(counted) == {("2026-04-10", "13"): 2, ("2026-04-11", "13"): 2}
    assert list_wrong(counted) == [(10, "time", "date_invalid")]


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TableError):
        count_log_file(tmp_path / "none.csv")


def test_progress_is_reported_and_can_end_the_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate_counts, "_BLOCK_SIZE", 1000)
    log = tmp_path / "gate.csv"
    log.write_text(HEADER + GOOD * 1000, encoding="utf-8")
    bytes_done: list[tuple[int, int]] = []
    rows_done: list[int] = []
    count_log_file(log, lambda done, size, rows: (bytes_done.append((done, size)), rows_done.append(rows)))
    assert len(bytes_done) > 10
    assert bytes_done == sorted(set(bytes_done))
    assert bytes_done[-1] == (log.stat().st_size,) * 2
    assert rows_done == sorted(rows_done)
    assert rows_done[-1] == 1000 * GOOD.count("\n")
    tallied: list[int] = []
    tally = gate_block.tally
    monkeypatch.setattr(gate_counts, "tally", lambda *work: (tallied.append(1), tally(*work))[1])

    class Stopped(Exception):
        pass

    def stop(done: int, size: int, rows: int) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        count_log_file(log, stop)
    assert len(tallied) < 10


@pytest.mark.thorough
def test_arrow_is_not_imported_before_a_log_is_read() -> None:
    heavy = {"sejong_dash.intake.gate_log.gate_counts", "pyarrow.csv", "duckdb", "ibis"}
    code = f"import sys, sejong_dash.intake; assert not {heavy} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_columns_with_many_texts_are_counted_all_the_same(tmp_path: Path) -> None:
    rows = [f"2026-04-{10 + at % 2} 09:31:05,{13 + at % 3},G{at},{'A' if at % 7 else '?'}\n" for at in range(4000)]
    counted = read(tmp_path, "time,prefecture,gate,result\n" + "".join(rows).replace(",A\n", ",OK\n"))
    wrong = [at for at in range(4000) if at % 7 == 0]
    assert list_wrong(counted) == [(2 + at, "result", "verdict_unknown") for at in wrong]
    assert len(counted.gates) == 4000 - len(wrong)
    assert counted.from_japan == 4000 - len(wrong)
