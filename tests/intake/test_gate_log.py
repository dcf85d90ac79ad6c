"""Is every row of a gate log counted, or listed with its line?"""

import subprocess
import sys
from pathlib import Path

import pytest

from sejong_dash.datasets import prefectures
from sejong_dash.errors import TableError
from sejong_dash.intake import gate_block, gate_log
from sejong_dash.intake.gate_log import GateCounts, daily

HEADER = "time,prefecture,gate\n"
GOOD = "2026-04-10 09:31:05,13,정문\n"


def read(folder: Path, content: str | bytes) -> GateCounts:
    log = folder / "gate.csv"
    log.write_bytes(content.encode() if isinstance(content, str) else content)
    found = daily(log)
    counted = found.counts["visitors"].sum() + found.elsewhere["visitors"].sum()
    assert counted == found.gates["visitors"].sum()
    assert found.rows_read == counted + found.wrong_total
    return found


def said(found: GateCounts) -> list[tuple[int, str | None, str]]:
    return [(one.row, one.column, one.code) for one in found.wrong]


def counts(found: GateCounts) -> dict[tuple[str, str], int]:
    table = found.counts.fillna({"jis_code": ""})
    return {(f"{row.date:%Y-%m-%d}", row.jis_code): row.visitors for row in table.itertuples()}


@pytest.mark.parametrize(
    ("row", "column", "code"),
    [
        ("2026-04-31 09:31:05,13,a", "time", "date_invalid"),
        ("2026-4-10 09:31:05,13,a", "time", "date_invalid"),
        ("2026-04-100 09:31:0,13,a", "time", "date_invalid"),
        ("2026/04/10 09:31:05,13,a", "time", "date_invalid"),
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
    found = read(tmp_path, "\ufeff" + content.replace("\n", end))
    assert said(found) == [(5, column, code)]
    assert counts(found) == {("2026-04-10", "13"): 2 if last else 4}
    assert found.blank_lines == 1


def test_lines_are_counted_through_line_breaks_in_quotes(tmp_path: Path) -> None:
    quoted = '2026-04-10 09:31:05,13,"정\n문"\n'
    found = read(tmp_path, HEADER + quoted + "x,13,a\n" + GOOD + quoted * 2 + "\n,,\n" + "y,13,a\n")
    assert said(found) == [(4, "time", "date_invalid"), (12, "time", "date_invalid")]
    assert counts(found) == {("2026-04-10", "13"): 4}
    assert found.blank_lines == 2


def test_lines_are_counted_from_piece_to_piece(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate_log, "_PIECE", 64)
    rows = [GOOD, GOOD, '2026-04-11 09:31:05,27,"정\n문"\n', "x,13,a\n", "\n", "2026-04-10 09:31:05,13\n"] * 50
    found = read(tmp_path, HEADER + "".join(rows))
    assert [row for row, _, code in said(found) if code == "date_invalid"] == [6 + 7 * at for at in range(50)]
    assert [row for row, _, code in said(found) if code == "row_torn"] == [8 + 7 * at for at in range(50)]
    assert counts(found) == {("2026-04-10", "13"): 100, ("2026-04-11", "27"): 50}
    assert found.blank_lines == 50


def test_the_first_wrong_rows_are_told_and_all_are_counted(tmp_path: Path) -> None:
    found = read(tmp_path, HEADER + ("x,13,a\n2026,1\n" + GOOD) * 1500)
    assert [row for row, _, _ in said(found)] == [2 + one // 2 * 3 + one % 2 for one in range(gate_log.MOST)]
    assert (found.wrong_total, found.rows_read) == (3000, 4500)
    assert found.wrong[0].found == "x"


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
    assert counts(read(tmp_path, HEADER + rows)) == {("2026-04-10", code): len(cells)}


def test_every_prefecture_is_known_by_each_of_its_names(tmp_path: Path) -> None:
    table = prefectures.load()
    rows = [
        f"2026-04-10T09:31,{row[name]},a\n"
        for _, row in table.iterrows()
        for name in ("name_ko", "name_ja", "name_en", "jis_code")
    ]
    assert counts(read(tmp_path, HEADER + "".join(rows))) == {("2026-04-10", code): 4 for code in table["jis_code"]}


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
    found = read(tmp_path, "일시,국적,게이트\n" + rows)
    assert found.elsewhere[["country", "visitors"]].values.tolist() == [[country, len(cells)]]
    assert counts(found) == {("2026-04-10", ""): 1}
    assert found.gates[["gate", "visitors"]].values.tolist() == [["동문", len(cells) + 1]]
    assert found.counts["channel"].isna().all()


def test_prefecture_and_country_may_both_stand_there(tmp_path: Path) -> None:
    rows = ["日本,東京都", "日本,", ",大阪府", "アメリカ,", "アメリカ,オハイオ", "韓国,東京都", "日本,韓国", ","]
    content = "日時,国籍,都道府県,ゲート,券番号\n" + "".join(f"2026-04-10 09:31,{row},南門,{at}\n" for at, row in enumerate(rows))
    found = read(tmp_path, content)
    assert counts(found) == {("2026-04-10", "13"): 1, ("2026-04-10", ""): 1, ("2026-04-10", "27"): 1}
    assert found.elsewhere[["country", "visitors"]].values.tolist() == [["US", 2]]
    assert [row for row, _, _ in said(found)] == [7, 8, 9]


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
    delimiter = next(one for one in "\t;," if one in header)
    cells = {"gate": "a", "게이트": "a", "ゲート": "a", "prefecture": "22", "origin": "22", "도도부현": "22", "都道府県": "22"}
    row = delimiter.join(cells.get(name.casefold(), "2026-05-24T18:05") for name in header.split(delimiter))
    assert counts(read(tmp_path, f"Gates of May\n\n{header}\n{row}\n")) == {("2026-05-24", "22"): 1}


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp949", "일시,도도부현,게이트\n2026-04-10 09:31,도쿄도,정문\n"),
        ("cp932", "日時,都道府県,ゲート\n2026-04-10 09:31,東京都,正門\n"),
    ],
)
def test_an_older_encoding_is_known_by_its_words(encoding: str, text: str, tmp_path: Path) -> None:
    broken = text.encode(encoding) + b"2026-04-10 09:31,\xff\xff,x\n"
    found = read(tmp_path, broken)
    assert (found.encoding, counts(found)) == (encoding, {("2026-04-10", "13"): 1})
    assert [row for row, _, _ in said(found)] == [3]
    assert text.splitlines()[1].rpartition(",")[2] in found.gates["gate"].tolist()


@pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning"
)  # Arrow cannot say such a row; the piece is read by lines
def test_a_byte_that_is_no_text_costs_its_own_row(tmp_path: Path) -> None:
    content = (HEADER + GOOD * 2).encode() + b"2026-04-10 09:31:05,13,\xff\n2026-04-10 09:31:05\xff,13\n" + GOOD.encode()
    found = read(tmp_path, content)
    assert [row for row, _, _ in said(found)] == [4, 5]
    assert counts(found) == {("2026-04-10", "13"): 3}


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
    assert [one.code for one in refused.value.problems] == [code]


def test_cells_that_are_all_different_are_counted_line_by_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate_block, "_MOST_KEYS", 1.0)
    rows = "".join(f"2026-04-{day},{place},{gate}\n" for day in (10, 11) for place in ("13", "KR") for gate in "ab")
    found = read(tmp_path, HEADER + rows + "x,13,a\n")
    assert counts(found) == {("2026-04-10", "13"): 2, ("2026-04-11", "13"): 2}
    assert said(found) == [(10, "time", "date_invalid")]


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(TableError):
        daily(tmp_path / "none.csv")


def test_progress_is_told_and_can_end_the_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate_log, "_PIECE", 1000)
    log = tmp_path / "gate.csv"
    log.write_text(HEADER + GOOD * 1000, encoding="utf-8")
    heard: list[tuple[int, int]] = []
    told: list[int] = []
    daily(log, lambda done, size, rows: (heard.append((done, size)), told.append(rows)))
    assert len(heard) > 10
    assert heard == sorted(set(heard))
    assert heard[-1] == (log.stat().st_size,) * 2
    assert told == sorted(told)
    assert told[-1] == 1000 * GOOD.count("\n")
    tallied: list[int] = []
    tally = gate_block.tally
    monkeypatch.setattr(gate_log, "tally", lambda *work: (tallied.append(1), tally(*work))[1])

    class Stopped(Exception):
        pass

    def stop(done: int, size: int, rows: int) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        daily(log, stop)
    assert len(tallied) < 10


def test_arrow_is_not_asked_for_before_a_log_is_read() -> None:
    code = "import sys, sejong_dash.intake; assert not {'sejong_dash.intake.gate_log', 'pyarrow.csv'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
