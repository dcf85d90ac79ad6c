"""Tests that no column of a wide table loses its numbers without a word."""

import pytest
from count_files import TWO_ROWS, list_errors, list_rows, notice_codes, read_counts

HEAD = "날짜,도도부현,방문객수\n"
ROWS = "2026-04-10,도쿄도,1200\n2026-04-11,오사카부,800\n"


@pytest.mark.parametrize("heading", ["昭和の日", "2026-04-31", "29일", "2026-04-29 예상", "", "4월 29일(수) 행사"])
def test_a_day_that_is_not_understood_loses_no_numbers_in_silence(heading: str) -> None:
    result = read_counts(f"도도부현,2026-04-28,{heading},2026-04-30\n도쿄도,100,900,120\n오사카부,50,400,60\n")
    assert len(result.rows) == 4
    (error,) = result.errors
    assert (error.row, error.column, error.code) == (1, "date", "heading_not_understood")
    assert result.checksum is not None
    assert (result.checksum.sum_as_it_stands, result.checksum.sum_understood) == (1630, 330)


@pytest.mark.parametrize(
    ("heading", "proposal"), [("오사키부", "大阪府"), ("기타", "unknown"), ("한국", None), ("도쿄도(누계)", None)]
)
def test_a_prefecture_that_is_not_understood_loses_no_numbers_in_silence(heading: str, proposal: str | None) -> None:
    result = read_counts(f"날짜,교토부,{heading},나라현\n2026-04-10,1200,300,50\n")
    (error,) = result.errors
    assert (error.column, error.code, error.proposal) == ("prefecture", "heading_not_understood", proposal)


def test_a_column_that_begins_late_in_a_wide_table_loses_no_numbers_in_silence() -> None:
    places = ["교토부", "나라현", "도쿄도", "오사카부"]
    rows = [f"2026-04-{10 + day},{','.join(['10'] * len(places))},{5 if day > 15 else ''}" for day in range(20)]
    many = [f"2026-05-{1 + day:02},{','.join(['10'] * len(places))},7" for day in range(3)]
    result = read_counts("\n".join([f"날짜,{','.join(places)},오사키부", *rows, *many]) + "\n")
    (error,) = result.errors
    assert (error.code, error.fields["count"]) == ("heading_not_understood", 7)


@pytest.mark.parametrize("heading", ["2026/4/29(水・祝)", "2026/4/29(수, 공휴일)", "2026-04-29(祝)"])
def test_a_holiday_beside_a_day_is_understood(heading: str) -> None:
    result = read_counts(f'도도부현,2026-04-28,"{heading}"\n도쿄도,100,900\n')
    assert list_rows(result) == [("2026-04-28", "13", 100), ("2026-04-29", "13", 900)]


@pytest.mark.parametrize(
    ("heading", "code"), [("도쿄도1)", "13"), ("東京都①", "13"), ("도쿄도²⁾", "13"), ("도쿄도*", "13"), ("미상", "")]
)
def test_a_prefecture_with_a_mark_and_one_not_known_are_understood(heading: str, code: str) -> None:
    result = read_counts(f"날짜,{heading},오사카부\n2026-04-10,1200,300\n")
    assert list_rows(result) == [("2026-04-10", code, 1200), ("2026-04-10", "27", 300)]


def test_a_column_of_a_wide_table_may_be_left_out_by_an_answer() -> None:
    sheet = "날짜,도쿄도,오사카부,인구\n2026-04-10,1,2,14000000\n"
    asked = read_counts(sheet)
    (question,) = asked.questions
    assert (question.kind, question.options) == ("heading_not_understood", ("ignore",))
    assert read_counts(sheet, readings={question.key: "ignore"}).errors == ()


@pytest.mark.parametrize(
    ("heading", "value"), [("구성비", "12.5%"), ("예약자수", "1"), ("전년", "900"), ("요일", "금"), ("비고", "전일 대비 5%")]
)
def test_a_column_of_other_numbers_leaves_a_row_as_it_is(heading: str, value: str) -> None:
    result = read_counts(f"날짜,도도부현,방문객수,{heading}\n2026-04-10,도쿄도,1200,{value}\n2026-04-11,오사카부,800,\n")
    assert (list_rows(result), result.errors) == (TWO_ROWS, ())


def test_a_title_in_a_wide_table_ends_it() -> None:
    result = read_counts("날짜,도쿄도,오사카부\n2026-04-28,1,2\n전년 동기,,\n2026-04-29,5,6\n")
    assert [count for _, _, count in list_rows(result)] == [1, 2]
    assert list_errors(result) == {(3, None, "second_table")}


def test_blanks_of_days_to_come_are_no_errors() -> None:
    result = read_counts("도도부현,2026-04-28,2026-04-29,2026-04-30\n도쿄도,100,900,\n오사카부,50,,\n")
    assert list_errors(result) == {(3, "visitors", "missing_value")}
    assert "days_to_come" in notice_codes(result)
