"""Tests that each shape of file becomes the rows that it means, with a notice of everything that was done to them."""

import count_files
import pytest
from count_files import TWO_ROWS, list_errors, list_rows, notice_codes, read_counts

SHAPES = {
    "plain": "날짜,도도부현,방문객수\n2026-04-10,도쿄도,1200\n2026-04-11,오사카부,800\n",
    "old Mac": "날짜,도도부현,방문객수\r2026-04-10,도쿄도,1200\r2026-04-11,오사카부,800",
    "tab": "날짜\t도도부현\t방문객수\n2026-04-10\t도쿄도\t1,200\n2026-04-11\t오사카부\t800\n",
    "semicolon": "日付;都道府県;来場者数（人）\n2026-04-10;東京都;1,200\n2026-04-11;大阪府;800\n",
    "declared delimiter": "sep=;\nDate;Prefecture;Visitors\n2026-04-10;Tokyo;1200\n2026-04-11;Osaka;800\n",
    "titles": "방문객 현황,,\n작성: 관광과,,\n\n날짜,도도부현,방문객수\n2026-04-10,도쿄도,1200\n2026-04-11,오사카부,800\n",
    "headings twice": "날짜,도도부현,방문객수\n2026-04-10,도쿄도,1200\n날짜,도도부현,방문객수\n2026-04-11,오사카부,800\n",
    "units below": "날짜,도도부현,방문객수\n,,(명)\n2026-04-10,도쿄도,1200\n2026-04-11,오사카부,800\n",
    "two languages": "날짜,도도부현,방문객수\n日付,都道府県,来場者数\n2026-04-10,도쿄도,1200\n2026-04-11,오사카부,800\n",
    "headings over two rows": "방문,,일본인\n날짜,도도부현,방문객수\n2026-04-10,도쿄도,1200\n2026-04-11,오사카부,800\n",
    "blank rows": "날짜,도도부현,방문객수\n\n2026-04-10,도쿄도,1200\n,,\n , ,\n2026-04-11,오사카부,800\n,,\n",
    "totals": "날짜,도도부현,방문객수\n"
    "2026-04-10,도쿄도,1200\n소계,,1200\n2026-04-11,오사카부,800\n2026-04-11 소계,,800\n합계,,2000\n",
    "total above": "날짜,도도부현,방문객수\n합계,,2000\n2026-04-10,도쿄도,1200\n2026-04-11,오사카부,800\n",
    "total elsewhere": "번호,날짜,도도부현,방문객수\n1,2026-04-10,도쿄도,1200\n2,2026-04-11,오사카부,800\n"
    "총계,,,2000\n평균,,,1000\n",
    "three columns of a day": "년,월,일,도도부현,인원\n2026,4,10,도쿄,1200\n2026,4,11,오사카,800\n",
    "unknown heading": "방문일,어디에서,방문객수\n2026-04-10,도쿄도,1200\n2026-04-11,오사카부,800\n",
    "code and name": "date,jis_code,prefecture,visitors\n2026-04-10,13,Tokyo,1200\n2026-04-11,27,Osaka,800\n",
    "DOS end": "날짜,도도부현,방문객수\n2026-04-10,도쿄도,1200\n2026-04-11,오사카부,800\n\x1a",
    "remarks below": "날짜,도도부현,방문객수\n2026-04-10,도쿄도,1200\n2026-04-11,오사카부,800\n\n※ 잠정치,,\n出典：観光課\n",
    "thousands": "날짜,도도부현,방문객수(천명)\n2026-04-10,도쿄도,1.2\n2026-04-11,오사카부,0.8\n",
    "ten thousands above": "단위: 만 명,,\n日付,都道府県,来場者数\n2026-04-10,東京都,0.12\n2026-04-11,大阪府,0.08\n",
    "thousands below": "날짜,도도부현,방문객수\n,,（千人）\n2026-04-10,도쿄도,1.2\n2026-04-11,오사카부,0.8\n",
    "the heading's unit": "단위: 천명,,\n날짜,도도부현,방문객수(명)\n2026-04-10,도쿄도,1200\n2026-04-11,오사카부,800\n",
}  # fmt: skip
NOTICES = {
    "tab": "delimiter",
    "semicolon": "delimiter",
    "declared delimiter": "delimiter",
    "titles": "skipped_preamble",
    "headings twice": "repeated_header",
    "units below": "second_header",
    "two languages": "second_header",
    "totals": "total_row_skipped",
    "total above": "total_row_skipped",
    "total elsewhere": "average_row_skipped",
    "unknown heading": "column_understood",
    "remarks below": "note_skipped",
    "thousands": "unit_of_heading",
    "ten thousands above": "unit_of_heading",
    "thousands below": "unit_of_heading",
}


@pytest.mark.parametrize("shape", SHAPES)
def test_shapes(shape: str) -> None:
    result = read_counts(SHAPES[shape])
    assert (list_rows(result), result.errors) == (TWO_ROWS, ())
    assert NOTICES.get(shape) in notice_codes(result) | {None}
    assert not notice_codes(result) & {"total_mismatch"}
    if shape == "plain":
        assert (result.outcome, result.encoding) == ("accept", "utf-8")


WIDE = {
    "prefectures across": "날짜,도쿄도,오사카부,합계\n2026-04-10,1,2,3\n2026-04-11,3,4,7\n합계,4,6,10\n",
    "days across": "都道府県,2026/4/10,2026/4/11,合計\n東京都,1,3,4\n大阪府,2,4,6\n合計,3,7,10\n",
    "days across, corner blank": ",2026-04-10,2026-04-11\n도쿄,1,3\n오사카,2,4\n",
    "months over days": "2026년 방문객,,\n도도부현,2026년 4월,\n,10일,11일\n도쿄도,1,3\n오사카부,2,4\n",
}


@pytest.mark.parametrize("shape", WIDE)
def test_wide_tables_become_rows(shape: str) -> None:
    result = read_counts(WIDE[shape])
    want = [("2026-04-10", "13", 1), ("2026-04-10", "27", 2), ("2026-04-11", "13", 3), ("2026-04-11", "27", 4)]
    assert (sorted(list_rows(result)), result.errors) == (want, ())
    assert "wide_table" in notice_codes(result)
    assert "total_mismatch" not in notice_codes(result)


def test_channels_across() -> None:
    result = read_counts("날짜,도도부현,개별,단체\n2026-04-10,도쿄도,1,2\n")
    assert list(result.rows["channel"]) == ["individual", "group"]
    assert list(result.rows["visitors"]) == [1, 2]


def test_days_across_without_a_year_ask_for_it() -> None:
    sheet = "도도부현,4/10,4/11\n도쿄도,1,3\n"
    asked = read_counts(sheet)
    assert (list_errors(asked), asked.outcome) == ({(1, None, "heading_date_year_missing")}, "reject_file")
    assert asked.errors[0].proposal
    assert list_rows(read_counts(sheet, year=2026)) == [("2026-04-10", "13", 1), ("2026-04-11", "13", 3)]


WRONG = {
    "too many cells": (count_files.add_header("2026-04-10,도쿄도,1,200"), {(2, None, "too_many_cells")}, 0),
    "a number cut at its comma": (
        "날짜,도도부현,방문객수,비고\n2026-04-10,도쿄도,1,200\n2026-04-11,도쿄도,5,맑음\n",
        {(2, "visitors", "number_cut")},
        1,
    ),
    "a quoted line break": (
        '날짜,도도부현,방문객수,비고\n2026-04-10,도쿄도,1,"하나\n둘"\n2026-04-11,도쿄도,x,\n',
        {(4, "visitors", "not_a_number")},
        1,
    ),
    "a day given once for several rows": (
        count_files.add_header("2026-04-10,도쿄도,1", ",오사카부,2"),
        {(3, "date", "missing_value")},
        1,
    ),
    "the same row twice": (count_files.add_header("2026-04-10,도쿄도,1", "2026-04-10,東京,1"), {(3, None, "duplicate_row")}, 1),
    "two counts of the same": (
        count_files.add_header("2026-04-10,도쿄도,1", "2026-04-11,도쿄도,1", "2026-04-10,Tokyo,2"),
        {(2, None, "duplicate_conflict"), (4, None, "duplicate_conflict")},
        1,
    ),
    "two columns that disagree": (
        "date,jis_code,prefecture,visitors\n2026-04-10,13,Osaka,1\n2026-04-11,13,Tokyo,2\n",
        {(2, "prefecture", "prefecture_conflict")},
        1,
    ),
    "open quotes": ('날짜,도도부현,방문객수\n2026-04-10,"도쿄도,1\n2026-04-11,도쿄도,2\n', {(2, None, "broken_quotes")}, 0),
    "another file": ("이름,전화번호,주소\n가나다,010,세종\n", {(1, None, "header_missing")}, 0),
    "headings alone": ("날짜,도도부현,방문객수\n", {(1, None, "no_data_rows")}, 0),
    "nothing": ("", {(1, None, "empty_file")}, 0),
    "a mark alone": (b"\xef\xbb\xbf\r\n", {(1, None, "empty_file")}, 0),
    "NUL": (count_files.add_header("2026-04-10,도쿄도,1\x002"), {(2, None, "nul_byte")}, 0),
    "two encodings": (
        count_files.add_header("2026-04-10,도쿄도,1") + "2026-04-11,오사카부,8\r\n".encode("cp949"),
        {(3, None, "encoding_mixed")},
        0,
    ),
    "two encodings, turned": (
        "날짜,도도부현,방문객수\n".encode("cp949") + "2026-04-10,도쿄도,1\n".encode(),
        {(2, None, "encoding_mixed")},
        0,
    ),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", {(1, None, "not_a_table")}, 0),
    "a long line": (count_files.add_header("2026-04-10," + '"' * 200_000), {(2, None, "cell_too_long")}, 0),
}


@pytest.mark.parametrize("kind", WRONG)
def test_an_error_has_its_row_and_column(kind: str) -> None:
    content, errors, good = WRONG[kind]
    result = read_counts(content)
    assert (list_errors(result), len(result.rows)) == (errors, good)
    assert result.outcome == ("partial" if good else "reject_file")


def test_no_cell_of_another_file_is_repeated() -> None:
    result = read_counts("이름,전화번호,주소\n가나다,010-0000-0000,세종\n")
    assert "010" not in str(result.errors)


def test_a_total_that_contradicts_its_parts_is_reported() -> None:
    result = read_counts(count_files.add_header("2026-04-10,도쿄도,1200", "2026-04-11,오사카부,800", "합계,,2100"))
    (contradiction,) = [finding for finding in result.notices if finding.code == "total_mismatch"]
    assert (contradiction.row, dict(contradiction.fields)) == (4, {"found": 2100, "expected": 2000})
    across = read_counts("날짜,도쿄도,오사카부,합계\n2026-04-10,1,2,4\n2026-04-11,3,4,7\n")
    assert [finding.row for finding in across.notices if finding.code == "total_mismatch"] == [2]


@pytest.mark.parametrize(
    "name", ["../../../../etc/cron.d/x.csv", "C:\\x\\y.csv", "a" * 300 + "\0.csv", "", "..", "\u202egnp.exe"]
)
def test_a_name_is_only_shown(name: str) -> None:
    result = read_counts(SHAPES["plain"], name)
    assert list_rows(result) == TWO_ROWS
    assert result.filename
    assert not set(result.filename) & set("/\\\0\u202e")
    assert len(result.filename) <= 100


@pytest.mark.parametrize(
    ("heads", "cells"),
    [
        ("날짜,도도부현,방문객수,인원", "2026-04-10,도쿄도,5,6"),
        ("날짜,방문일,도도부현,방문객수", "2026-04-10,2026-04-11,도쿄도,5"),
        ("날짜,도도부현,경로,채널,방문객수", "2026-04-10,도쿄도,개인,단체,5"),
        ("날짜,도도부현,현,지역,방문객수", "2026-04-10,도쿄도,13,오사카,5"),
    ],
)
def test_two_columns_that_say_the_same_are_refused_by_name(heads: str, cells: str) -> None:
    result = read_counts(f"{heads}\n{cells}\n")
    assert (list_rows(result), list_errors(result)) == ([], {(1, None, "heading_twice")})


def test_channels_are_found_under_a_heading_that_may_mean_anything() -> None:
    result = read_counts("날짜,도도부현,구분,인원\n2026-04-10,도쿄도,개인,1\n2026-04-10,도쿄도,団体,2\n2026-04-10,도쿄도,VIP,3\n")
    assert (result.rows["channel"].tolist(), result.errors) == (["individual", "group", "VIP"], ())
    assert "column_understood" in notice_codes(result)
    other = read_counts("날짜,도도부현,구분,인원\n2026-04-10,도쿄도,맑음,1\n2026-04-11,도쿄도,비,2\n")
    assert other.rows["channel"].isna().all()
    assert "column_ignored" in notice_codes(other)


@pytest.mark.parametrize("cell", ["12명", "1만", "1.200", "0.0005"])
def test_a_number_that_does_not_fit_the_headings_unit_is_asked_for(cell: str) -> None:
    result = read_counts(f"날짜,도도부현,방문객수(천명)\n2026-04-10,도쿄도,{cell}\n2026-04-11,오사카부,2\n")
    assert list_rows(result) == [("2026-04-11", "27", 2000)]
    assert {(row, column) for row, column, _ in list_errors(result)} == {(2, "visitors")}


def test_rows_to_mend_have_their_counts_in_people() -> None:
    result = read_counts("날짜,도도부현,방문객수(천명)\n2026-04-10,없는현,12\n2026-04-11,없는현,1.2\n2026-04-12,없는현,약 3\n")
    assert result.wrong["visitors"].tolist() == ["12000", "1200", "약 3"]
    assert [finding.proposal for finding in result.errors if finding.column == "visitors"] == ["3000"]
    assert [finding.proposal for finding in read_counts("날짜,도도부현,방문객수(천명)\n2026-04-10,도쿄도,1.200\n").errors] == [
        None
    ]


def test_totals_in_the_headings_unit_are_checked() -> None:
    result = read_counts("단위: 천명,,,\n날짜,도쿄도,오사카부,합계\n2026-04-10,1,2,3\n2026-04-11,3,4,8\n")
    assert [count for _, _, count in list_rows(result)] == [1000, 2000, 3000, 4000]
    assert [finding.row for finding in result.notices if finding.code == "total_mismatch"] == [4]


def test_a_sheet_with_two_units_is_refused() -> None:
    assert list_errors(read_counts("단위: 천명,,\n(만명),,\n날짜,도도부현,방문객수\n2026-04-10,도쿄도,1\n")) == {
        (None, None, "unit_unclear")
    }


def test_days_on_which_no_plan_is_open_have_a_notice() -> None:
    result = read_counts("날짜,도도부현,방문객수\n2026-04-10,도쿄도,1200\n2027-01-11,오사카부,800\n")
    assert [(finding.row, finding.column) for finding in result.notices if finding.code == "outside_plans"] == [(3, "date")]
    assert len(result.rows) == 2
