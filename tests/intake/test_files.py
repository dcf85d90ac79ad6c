"""Does each shape of file become the rows that it means, with everything said that was done to them?"""

import pytest
import written
from written import TWO, noticed, rows, taken, told

from sejong_dash.intake.encoding import OFFERED

SHAPES = {
    "plain": "날짜,도도부현,방문객수\n2026-04-10,도쿄도,1200\n2026-04-11,오사카부,800\n",
    "old Mac": "날짜,도도부현,방문객수\r2026-04-10,도쿄도,1200\r2026-04-11,오사카부,800",
    "tab": "날짜\t도도부현\t방문객수\n2026-04-10\t도쿄도\t1,200\n2026-04-11\t오사카부\t800\n",
    "semicolon": "日付;都道府県;来場者数（人）\n2026-04-10;東京都;1,200\n2026-04-11;大阪府;800\n",
    "told delimiter": "sep=;\nDate;Prefecture;Visitors\n2026-04-10;Tokyo;1200\n2026-04-11;Osaka;800\n",
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
SAYING = {
    "tab": "delimiter",
    "semicolon": "delimiter",
    "told delimiter": "delimiter",
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
    made = taken(SHAPES[shape])
    assert (rows(made), made.errors) == (TWO, ())
    assert SAYING.get(shape) in noticed(made) | {None}
    assert not noticed(made) & {"total_mismatch"}
    if shape == "plain":
        assert (made.outcome, made.encoding) == ("accept", "utf-8")


WIDE = {
    "prefectures across": "날짜,도쿄도,오사카부,합계\n2026-04-10,1,2,3\n2026-04-11,3,4,7\n합계,4,6,10\n",
    "days across": "都道府県,2026/4/10,2026/4/11,合計\n東京都,1,3,4\n大阪府,2,4,6\n合計,3,7,10\n",
    "days across, corner blank": ",2026-04-10,2026-04-11\n도쿄,1,3\n오사카,2,4\n",
    "months over days": "2026년 방문객,,\n도도부현,2026년 4월,\n,10일,11일\n도쿄도,1,3\n오사카부,2,4\n",
}


@pytest.mark.parametrize("shape", WIDE)
def test_wide_tables_become_rows(shape: str) -> None:
    made = taken(WIDE[shape])
    want = [("2026-04-10", "13", 1), ("2026-04-10", "27", 2), ("2026-04-11", "13", 3), ("2026-04-11", "27", 4)]
    assert (sorted(rows(made)), made.errors) == (want, ())
    assert "wide_table" in noticed(made)
    assert "total_mismatch" not in noticed(made)


def test_channels_across() -> None:
    made = taken("날짜,도도부현,개별,단체\n2026-04-10,도쿄도,1,2\n")
    assert list(made.rows["channel"]) == ["individual", "group"]
    assert list(made.rows["visitors"]) == [1, 2]


def test_days_across_without_a_year_ask_for_it() -> None:
    sheet = "도도부현,4/10,4/11\n도쿄도,1,3\n"
    asked = taken(sheet)
    assert (told(asked), asked.outcome) == ({(1, None, "heading_date_year_missing")}, "reject_file")
    assert asked.errors[0].proposal
    assert rows(taken(sheet, year=2026)) == [("2026-04-10", "13", 1), ("2026-04-11", "13", 3)]


WRONG = {
    "too many cells": (written.text("2026-04-10,도쿄도,1,200"), {(2, None, "too_many_cells")}, 0),
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
    "a day said once for several rows": (written.text("2026-04-10,도쿄도,1", ",오사카부,2"), {(3, "date", "missing_value")}, 1),
    "the same row twice": (written.text("2026-04-10,도쿄도,1", "2026-04-10,東京,1"), {(3, None, "duplicate_row")}, 1),
    "two truths": (
        written.text("2026-04-10,도쿄도,1", "2026-04-11,도쿄도,1", "2026-04-10,Tokyo,2"),
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
    "NUL": (written.text("2026-04-10,도쿄도,1\x002"), {(2, None, "nul_byte")}, 0),
    "two encodings": (
        written.text("2026-04-10,도쿄도,1") + "2026-04-11,오사카부,8\r\n".encode("cp949"),
        {(3, None, "encoding_mixed")},
        0,
    ),
    "two encodings, turned": (
        "날짜,도도부현,방문객수\n".encode("cp949") + "2026-04-10,도쿄도,1\n".encode(),
        {(2, None, "encoding_mixed")},
        0,
    ),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", {(1, None, "not_a_table")}, 0),
    "a long line": (written.text("2026-04-10," + '"' * 200_000), {(2, None, "cell_too_long")}, 0),
}


@pytest.mark.parametrize("kind", WRONG)
def test_what_is_wrong_is_told_where_it_stands(kind: str) -> None:
    content, errors, good = WRONG[kind]
    made = taken(content)
    assert (told(made), len(made.rows)) == (errors, good)
    assert made.outcome == ("partial" if good else "reject_file")


def test_no_cell_of_another_file_is_repeated() -> None:
    made = taken("이름,전화번호,주소\n가나다,010-0000-0000,세종\n")
    assert "010" not in str(made.errors)


def test_a_total_that_contradicts_its_parts_is_told() -> None:
    made = taken(written.text("2026-04-10,도쿄도,1200", "2026-04-11,오사카부,800", "합계,,2100"))
    (contradiction,) = [one for one in made.notices if one.code == "total_mismatch"]
    assert (contradiction.row, dict(contradiction.fields)) == (4, {"found": 2100, "expected": 2000})
    across = taken("날짜,도쿄도,오사카부,합계\n2026-04-10,1,2,4\n2026-04-11,3,4,7\n")
    assert [one.row for one in across.notices if one.code == "total_mismatch"] == [2]


def test_what_changed_can_be_shown_row_by_row() -> None:
    made = taken(written.text('2026.4.10,동경,"1,200"', "2026-04-11,27,800"))
    changed = made.changes()
    assert list(changed.itertuples(index=False, name=None)) == [
        (2, "date", "2026.4.10", "2026-04-10"),
        (2, "prefecture", "동경", "13"),
        (2, "visitors", "1,200", "1200"),
    ]
    assert made.rows["date"].dtype.kind == "M"


@pytest.mark.parametrize(
    "name", ["../../../../etc/cron.d/x.csv", "C:\\x\\y.csv", "a" * 300 + "\0.csv", "", "..", "\u202egnp.exe"]
)
def test_a_name_is_only_shown(name: str) -> None:
    made = taken(SHAPES["plain"], name)
    assert rows(made) == TWO
    assert made.filename
    assert not set(made.filename) & set("/\\\0\u202e")
    assert len(made.filename) <= 100


def test_encodings_are_weighed() -> None:
    """Of 150 files of every encoding, with headings in English too, none is misread."""
    for seed in range(150):
        file = written.file(seed)
        made = taken(file.content)
        assert (sorted(rows(made)), made.errors) == (sorted(file.want), ()), (seed, file.encoding, made.encoding)


def test_the_reader_may_choose_another_encoding() -> None:
    content = "日付,都道府県,来場者数\n2026-04-10,東京都,1\n".encode("euc_jp")
    made = taken(content)
    assert made.encoding == "euc_jp"
    assert "東京都" in made.candidates[0].sample
    assert len(made.candidates) > 1
    assert set(OFFERED) >= {one.encoding for one in made.candidates}
    other = taken(content, encoding="cp949")
    assert (other.outcome, other.encoding) == ("reject_file", "cp949")
    assert taken(content, encoding="utf-8").errors[0].code == "encoding_broken"
    assert taken(content, encoding="no such").errors[0].code == "encoding_unknown"


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
    made = taken(f"{heads}\n{cells}\n")
    assert (rows(made), told(made)) == ([], {(1, None, "heading_twice")})


def test_channels_are_found_under_a_heading_that_may_mean_anything() -> None:
    made = taken("날짜,도도부현,구분,인원\n2026-04-10,도쿄도,개인,1\n2026-04-10,도쿄도,団体,2\n2026-04-10,도쿄도,VIP,3\n")
    assert (made.rows["channel"].tolist(), made.errors) == (["individual", "group", "VIP"], ())
    assert "column_understood" in noticed(made)
    other = taken("날짜,도도부현,구분,인원\n2026-04-10,도쿄도,맑음,1\n2026-04-11,도쿄도,비,2\n")
    assert other.rows["channel"].isna().all()
    assert "column_ignored" in noticed(other)


@pytest.mark.parametrize("cell", ["12명", "1만", "1.200", "0.0005"])
def test_a_number_that_does_not_fit_the_headings_unit_is_asked_for(cell: str) -> None:
    made = taken(f"날짜,도도부현,방문객수(천명)\n2026-04-10,도쿄도,{cell}\n2026-04-11,오사카부,2\n")
    assert rows(made) == [("2026-04-11", "27", 2000)]
    assert {(row, column) for row, column, _ in told(made)} == {(2, "visitors")}


def test_rows_to_mend_have_their_counts_in_people() -> None:
    made = taken("날짜,도도부현,방문객수(천명)\n2026-04-10,없는현,12\n2026-04-11,없는현,1.2\n2026-04-12,없는현,약 3\n")
    assert made.wrong["visitors"].tolist() == ["12000", "1200", "약 3"]
    assert [one.proposal for one in made.errors if one.column == "visitors"] == ["3000"]
    assert [one.proposal for one in taken("날짜,도도부현,방문객수(천명)\n2026-04-10,도쿄도,1.200\n").errors] == [None]


def test_totals_in_the_headings_unit_are_checked() -> None:
    made = taken("단위: 천명,,,\n날짜,도쿄도,오사카부,합계\n2026-04-10,1,2,3\n2026-04-11,3,4,8\n")
    assert [count for _, _, count in rows(made)] == [1000, 2000, 3000, 4000]
    assert [one.row for one in made.notices if one.code == "total_mismatch"] == [4]


def test_a_sheet_with_two_units_is_refused() -> None:
    assert told(taken("단위: 천명,,\n(만명),,\n날짜,도도부현,방문객수\n2026-04-10,도쿄도,1\n")) == {(None, None, "unit_unclear")}


def test_days_on_which_no_plan_is_open_are_said() -> None:
    made = taken("날짜,도도부현,방문객수\n2026-04-10,도쿄도,1200\n2027-01-11,오사카부,800\n")
    assert [(one.row, one.column) for one in made.notices if one.code == "outside_plans"] == [(3, "date")]
    assert len(made.rows) == 2
