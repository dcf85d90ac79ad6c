"""Tests that what is no entry is not counted as one, and that nothing about a log is left unsaid."""

import codecs
from collections import Counter
from pathlib import Path

import pytest
from examples import examples
from gate_reading import list_counts, read_text
from hypothesis import given, settings
from hypothesis import strategies as st

from sejong_dash.intake.gate_log import gate_counts
from sejong_dash.intake.gate_log.gate_tally import REPEATED, NoEntry

TENTH = ("2026-04-10", "13")


def log_of(header: str, *rows: str) -> str:
    return "\n".join((header, *rows)) + "\n"


@pytest.mark.parametrize(
    ("title", "entry", "word", "kind"),
    [
        ("result", "OK", "DENIED", "refused"),
        ("결과", "정상", "거부", "refused"),
        ("判定", "許可", "期限切れ", "refused"),
        ("direction", "IN", "out", "exit"),
        ("입퇴장구분", "입장", "퇴장", "exit"),
        ("入退場", "入場", "退場", "exit"),
        ("status", "valid", "Already used", "repeat"),
        ("상태", "입장", "재입장", "repeat"),
        ("状態", "入場", "使用済み", "repeat"),
        ("권종", "성인", "직원", "staff"),
        ("券種", "大人", "スタッフ", "staff"),
        ("type", "adult", " Staff ", "staff"),
        ("비고", "", "테스트", "test"),
    ],
)
@pytest.mark.parametrize("quoted", [False, True])
def test_a_row_that_is_no_entry_is_set_apart_and_named(title: str, entry: str, word: str, kind: str, quoted: bool) -> None:
    sign = '"' if quoted else ""
    rows = [f"2026-04-10 09:31:05,13,A,{sign}{text}{sign}" for text in (entry, word, entry, word, word)]
    log = read_text(log_of(f"time,prefecture,gate,{title}", *rows))
    assert list_counts(log) == {TENTH: 2}
    assert log.no_entry == {NoEntry(title, word.strip(), kind): 3}
    assert (log.wrong_total, log.rows_read) == (0, 5)
    assert log.values == {(title, word.strip()): 3, (title, entry): 2}


def test_a_refused_row_without_a_place_is_no_error() -> None:
    log = read_text(
        log_of("time,prefecture,gate,result", "2026-04-10 09:31:05,13,A,OK", "2026-04-10 09:31:09,,A,DENIED", ",,A,NG")
    )
    assert (list_counts(log), log.wrong_total, log.no_entry_total) == ({TENTH: 1}, 0, 2)


def test_a_verdict_that_is_not_known_is_asked_about_and_the_answer_holds() -> None:
    text = log_of("time,prefecture,gate,result", *(f"2026-04-10 09:31:05,13,A,{code}" for code in ("OK", "7", "8", "7", "")))
    log = read_text(text)
    assert list_counts(log) == {TENTH: 1}
    assert [(row.row, row.column, row.code, row.found) for row in log.wrong] == [
        (3, "result", "verdict_unknown", "7"),
        (4, "result", "verdict_unknown", "8"),
        (5, "result", "verdict_unknown", "7"),
        (6, "result", "verdict_unknown", ""),
    ]
    assert log.questions == {("result", "7"): 2, ("result", "8"): 1, ("result", ""): 1}
    answered = read_text(text, {("result", "7"): True, ("result", "8"): False, ("result", ""): False})
    assert list_counts(answered) == {TENTH: 3}
    assert answered.no_entry == {NoEntry("result", "8", "answer"): 1, NoEntry("result", "", "answer"): 1}
    assert answered.questions == {}


def test_an_answer_goes_before_a_known_word() -> None:
    text = log_of("time,prefecture,gate,권종", "2026-04-10 09:31:05,13,A,관계자")
    assert list_counts(read_text(text)) == {}
    assert list_counts(read_text(text, {("권종", "관계자"): True})) == {TENTH: 1}


def test_columns_that_are_not_used_are_named_with_what_stands_in_them() -> None:
    rows = [f"2026-04-10 09:31:05,13,A,T{at % 2},{at}" for at in range(40)]
    log = read_text(log_of("time,prefecture,gate,단말기,메모", *rows))
    assert log.unused == ("단말기", "메모")
    assert log.values == {("단말기", "T0"): 20, ("단말기", "T1"): 20}


@pytest.mark.parametrize("title", ["ticket", "입장권 번호", "券番号", "QR코드"])
def test_a_ticket_that_is_scanned_again_is_asked_about_and_the_answer_holds(title: str) -> None:
    rows = ["10 09:31:05,13,A,77", "10 09:31:09,27,A, 77 ", "10 9:40,13,A,77", '11 09:31:05,13,"A",77', "10 09:31:05,13,A,"]
    text = log_of(f"time,prefecture,gate,{title}", *(f"2026-04-{row}" for row in [*rows, *rows[-1:]]))
    log = read_text(text)
    assert (log.tickets, log.unused, log.questions) == ((title,), (), {(title, REPEATED): 2})
    assert [(row.row, row.column, row.code, row.found) for row in log.wrong] == [
        (3, title, "ticket_repeated", "77"),
        (4, title, "ticket_repeated", "77"),
    ]
    once = {TENTH: 3, ("2026-04-11", "13"): 1}
    assert list_counts(log) == once, "scans without a number are counted"
    answered = read_text(text, {(title, REPEATED): False})
    assert (list_counts(answered), answered.wrong_total) == (once, 0)
    assert answered.no_entry == {NoEntry(title, REPEATED, "repeat"): 2}
    every = read_text(text, {(title, REPEATED): True})
    assert list_counts(every) == {**once, TENTH: 4, ("2026-04-10", "27"): 1}
    assert (every.questions, every.no_entry, every.wrong_total) == ({}, {}, 0)


SCANS = st.lists(
    st.tuples(st.integers(9, 11), st.sampled_from(["13", "KR", "?"]), st.sampled_from(["OK", "NG"]), st.integers(0, 5))
)


@given(scans=SCANS, block=st.integers(100, 500), is_quoted=st.booleans())
@settings(max_examples=examples(30), deadline=None)
def test_each_ticket_is_counted_once_a_day_whatever_the_blocks(
    scans: list[tuple[int, str, str, int]], block: int, is_quoted: bool
) -> None:
    sign = '"' if is_quoted else ""
    rows = [f"2026-04-{day:02} 09:31,{place},{sign}{word}{sign},{ticket or ''}" for day, place, word, ticket in scans]
    first, again = Counter(), []
    for line, (day, place, word, ticket) in enumerate(scans, start=2):
        if (place, word) in (("13", "OK"), ("KR", "OK")):
            if ticket and (day, ticket) in first:
                again.append(line)
            first[(day, ticket)] += 1
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(gate_counts, "_BLOCK_SIZE", block)
        log = read_text(log_of("time,prefecture,result,ticket", *rows))
    assert [row.row for row in log.wrong if row.code == "ticket_repeated"] == again
    assert log.from_japan + log.from_elsewhere == first.total() - len(again)


def test_a_ticket_is_found_again_in_another_file_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("time,prefecture\n2026-04-10 09:31,13\n", encoding="utf-8")
    for name in ("b.csv", "c.csv"):
        (tmp_path / name).write_text("time,prefecture,ticket\n2026-04-10 09:31,13,7\n2026-04-10 09:31,13,\n", encoding="utf-8")
    log = gate_counts.count_log_file(tmp_path)
    assert [(row.file, row.row) for row in log.wrong] == [("c.csv", 2)]
    assert (log.from_japan, log.rows_read, log.wrong_total) == (4, 5, 1)


def test_a_gate_for_leaving_lets_nobody_in() -> None:
    log = read_text(log_of("time,prefecture,gate", "2026-04-10 09:31:05,13,정문", "2026-04-10 18:31:05,13,출구"))
    assert (list_counts(log), log.no_entry) == ({TENTH: 1}, {NoEntry("gate", "출구", "exit"): 1})


@pytest.mark.parametrize("header", ["날짜,시각,도도부현,게이트", "시각,날짜,도도부현,게이트"])
@pytest.mark.parametrize("clock", ["09:31:05", "오후 3:20", "3:20 PM"])
def test_day_and_clock_may_stand_in_two_columns(header: str, clock: str) -> None:
    cells = {"날짜": "2026-04-10", "시각": clock, "도도부현": "13", "게이트": "정문"}
    log = read_text(log_of(header, *[",".join(cells[title] for title in header.split(","))] * 2))
    assert (list_counts(log), log.wrong_total) == ({TENTH: 2}, 0)


def test_of_a_day_and_a_whole_moment_the_moment_is_read() -> None:
    log = read_text(log_of("입장일,입장일시,도도부현", "2026-04-10,2026-04-10 09:31:05,13"))
    assert (list_counts(log), log.unused) == ({TENTH: 1}, ("입장일",))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_excels_unicode_text_is_read(encoding: str) -> None:
    text = "시각\t도도부현\t게이트\r\n" + "2026-04-10 오전 9:31\t東京都\t정문\r\n" * 3000 + "x\t13\t정문\r\n"
    content = text.encode(encoding)
    if encoding == "utf-16-be":
        content = codecs.BOM_UTF16_BE + content
    log = read_text(content)
    assert (list_counts(log), [row.row for row in log.wrong]) == ({TENTH: 3000}, [3002])


@pytest.mark.parametrize("zeros", [1, 2048, 3 << 20])
def test_zeros_at_the_end_cost_a_row_of_their_own(zeros: int) -> None:
    log = read_text(log_of("시각,도도부현,게이트", "2026-04-10 09:31:05,13,정문").encode() + b"\0" * zeros)
    assert (list_counts(log), [row.row for row in log.wrong]) == ({TENTH: 1}, [3])


@pytest.mark.parametrize("bom", ["", "\ufeff"])
@pytest.mark.parametrize("header", ["시각,도도부현,게이트", "도도부현,시각,게이트", "게이트,도도부현,시각"])
def test_headings_within_a_log_are_no_rows(header: str, bom: str) -> None:
    cells = {"시각": "2026-04-10 09:31:05", "도도부현": "13", "게이트": "정문"}
    row = ",".join(cells[title] for title in header.split(","))
    log = read_text(log_of(header, row, bom + header, row, '"' + '","'.join(header.split(",")) + '"', row))
    assert (list_counts(log), log.wrong_total, log.headings, log.rows_read) == ({TENTH: 3}, 0, 2, 3)


def test_days_moved_back_by_the_old_clock_of_seoul_are_moved_forward() -> None:
    rows = [f"2026-04-{day:02} 23:59:08,13,정문" for day in (9, 9, 10)]
    log = read_text(log_of("날짜,도도부현,게이트", *rows))
    assert (list_counts(log), log.is_day_before) == ({TENTH: 2, ("2026-04-11", "13"): 1}, True)
    late = read_text(log_of("시각,도도부현,게이트", "2026-04-10 09:31:05,13,정문", "2026-04-10 23:59:08,13,정문"))
    assert (list_counts(late), late.is_day_before) == ({TENTH: 2}, False)
