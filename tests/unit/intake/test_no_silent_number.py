"""Tests by property that no number comes out that does not stand in the file: no digit and no sum is added, whatever the kind."""

import io
from typing import Any

import xlsxwriter
from count_files import list_rows, read_counts
from examples import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from sejong_dash.intake import Intake
from sejong_dash.intake.cells.spelling import load_vocabulary

HEADER = ["날짜", "도도부현", "방문객수"]
COUNTS = st.integers(0, 99_999)
DOUBTS = st.sampled_from(load_vocabulary()["doubt"]["words"])
PLACES = ["도쿄도", "오사카부", "교토부", "지바현", "나라현", "효고현"]


def build(rows: list[list[Any]], merges: list[tuple[int, int, int, int]] = []) -> bytes:  # noqa: B006
    """Return a workbook; a list in a cell is a rich text of (is raised, letters)."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet, raised, plain = book.add_worksheet(), book.add_format({"font_script": 1}), book.add_format({"bold": True})
        for line, row in enumerate(rows):
            for column, cell in enumerate(row):
                if isinstance(cell, list):
                    parts = [part for is_raised, text in cell for part in ((raised if is_raised else plain), text)]
                    sheet.write_rich_string(line, column, *parts)
                else:
                    sheet.write(line, column, cell)
        for first, last, column, number in merges:
            sheet.merge_range(first, column, last, column, number, plain)
    return file.getvalue()


def read_book(rows: list[list[Any]], merges: list[tuple[int, int, int, int]] = []) -> Intake:  # noqa: B006
    return read_counts(build(rows, merges), "x.xlsx")


@settings(max_examples=examples(60), deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.integers(0, 99).map(str)), min_size=2, max_size=4), COUNTS)
def test_a_rich_text_with_a_mark_never_is_a_number(runs: list[tuple[bool, str]], other: int) -> None:
    result = read_book([HEADER, ["2026-04-10", "도쿄도", runs], ["2026-04-11", "오사카부", other]])
    rows = list_rows(result)
    if any(is_raised for is_raised, _ in runs):
        assert rows == [("2026-04-11", "27", other)]
        assert {(error.row, error.column) for error in result.errors} == {(2, "visitors")}
    else:
        assert rows == [("2026-04-10", "13", int("".join(text for _, text in runs))), ("2026-04-11", "27", other)]


@settings(max_examples=examples(60), deadline=None)
@given(st.lists(COUNTS, min_size=4, max_size=8), st.integers(1, 3), st.integers(1, 3))
def test_a_merged_number_counts_for_no_row(counts: list[int], first: int, more: int) -> None:
    rows = [
        ["2026-04-10", PLACES[at % 6], count] if at < 6 else ["2026-04-11", PLACES[at % 6], count]
        for at, count in enumerate(counts)
    ]
    last = min(first + more, len(counts))
    for at in range(first, last + 1):
        rows[at - 1][2] = ""
    merges = [(first, last, 2, 7)] if last > first else []
    result = read_book([HEADER, *rows], merges)
    kept = sum(count for at, count in enumerate(counts, start=1) if not first <= at <= last)
    assert int(result.rows["visitors"].sum()) == kept
    assert {error.row for error in result.errors} >= set(range(first + 1, last + 2))


@settings(max_examples=examples(80), deadline=None)
@given(DOUBTS, st.sampled_from(["방문객수({})", "{} 방문객수", "방문객수 {}", "来場者数（{}）", "visitors [{}]"]), COUNTS)
def test_a_heading_with_a_word_in_doubt_gives_no_number(word: str, shape: str, count: int) -> None:
    result = read_counts(f'날짜,도도부현,"{shape.format(word)}"\n2026-04-10,도쿄도,{count}\n')
    assert (list_rows(result), len(result.errors)) == ([], 1)


@settings(max_examples=examples(80), deadline=None)
@given(DOUBTS, st.sampled_from(["구분", "비고", "상태", "X", ""]), COUNTS, COUNTS)
def test_a_row_with_a_word_in_doubt_gives_no_number(word: str, heading: str, count: int, other: int) -> None:
    result = read_counts(f"날짜,도도부현,{heading},방문객수\n2026-04-10,도쿄도,{word},{count}\n2026-04-11,도쿄도,,{other}\n")
    assert list_rows(result) == [("2026-04-11", "13", other)]
    assert {error.row for error in result.errors} == {2}


@settings(max_examples=examples(80), deadline=None)
@given(
    DOUBTS,
    st.sampled_from(["[{}],,\n", "{} 현황,,\n날짜,도도부현,방문객수\n", "날짜,도도부현,방문객수({})\n", "※ 아래는 {},,\n"]),
    COUNTS,
)
def test_what_stands_below_a_title_in_doubt_is_not_read(word: str, shape: str, count: int) -> None:
    result = read_counts(f"날짜,도도부현,방문객수\n2026-04-10,도쿄도,5\n{shape.format(word)}2026-04-11,도쿄도,{count}\n")
    assert list_rows(result) == [("2026-04-10", "13", 5)]
    assert result.errors


HEADINGS = st.one_of(st.text("도쿄도오사카부0123456789월일/(水祝)년-.계", min_size=1, max_size=8), DOUBTS)


@settings(max_examples=examples(100), deadline=None)
@given(HEADINGS, st.integers(1, 9999), st.booleans())
def test_a_column_of_a_wide_table_counts_or_has_a_word(heading: str, count: int, is_days: bool) -> None:
    if is_days:
        sheet = f'도도부현,2026-04-28,"{heading}",2026-04-30\n도쿄도,100,{count},120\n'
    else:
        sheet = f'날짜,교토부,"{heading}",나라현\n2026-04-28,100,{count},120\n'
    result = read_counts(sheet)
    counts = [number for _, _, number in list_rows(result)]
    said = {notice.code for notice in result.notices} & {"column_ignored", "total_mismatch"}
    assert count in counts or result.errors or said or sum(counts) == count  # a total of the row that agrees
    assert set(counts) <= {100, 120, count}


UNITS = st.sampled_from([("천명", 1000), ("백명", 100), ("만명", 10_000), ("千人", 1000), ("百人", 100), ("명", 1), ("人", 1)])
PLACES_OF_UNITS = st.sampled_from(["above", "heading", "below", "list"])


@settings(max_examples=examples(80), deadline=None)
@given(UNITS, PLACES_OF_UNITS, st.integers(0, 999))
def test_a_unit_is_multiplied_wherever_it_stands(unit: tuple[str, int], place: str, count: int) -> None:
    word, factor = unit
    head = f"방문객수({word})" if place == "heading" else "방문객수"
    above = {"above": f"(단위: {word}),,\n", "list": f'"(단위: {word}, %)",,\n'}.get(place, "")
    below = f"※ 단위: {word},,\n" if place == "below" else ""
    result = read_counts(f"{above}날짜,도도부현,{head}\n2026-04-10,도쿄도,{count}\n{below}")
    assert list_rows(result) == [("2026-04-10", "13", count * factor)]
    assert result.checksum is not None
    assert (result.checksum.sum_as_it_stands, result.checksum.sum_understood) == (count, count * factor)


@settings(max_examples=examples(60), deadline=None)
@given(COUNTS, st.one_of(st.just(0), COUNTS))
def test_a_formula_that_nobody_calculated_gives_no_number(other: int, stored: int) -> None:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADER)
        sheet.write_row(1, 0, ["2026-04-10", "도쿄도"])
        sheet.write_formula(1, 2, "=1+1", None, stored)
        sheet.write_row(2, 0, ["2026-04-11", "도쿄도", other])
    assert list_rows(read_counts(file.getvalue(), "x.xlsx")) == [("2026-04-11", "13", other)]
