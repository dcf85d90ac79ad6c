"""Tests that what may mean another number is asked about: words of headings, columns, titles, units, and where a table ends."""

import pytest
from count_files import TWO_ROWS, list_errors, list_rows, notice_codes, read_counts

from sejong_dash import words
from sejong_dash.intake import describe_option, describe_question

HEAD = "날짜,도도부현,방문객수\n"
ROWS = "2026-04-10,도쿄도,1200\n2026-04-11,오사카부,800\n"
OTHER = "2026-04-12,도쿄도,3000\n2026-04-13,오사카부,2500\n"
DOUBTFUL = (
    "방문객수(누계)|방문객수(예상)|방문객수(증감)|방문객수(%)|来場者数（前年）|前年来場者数|방문객수(내국인)|방문객수(성인)|방문객수[목표]|"
    "방문객수 누계|예상방문객수|visitors (booked)|방문객(남)|방문객수 천명|방문객수(수정)|人数（延べ）"
)
PLAIN = (
    "방문객수(명)|방문객수 1)|방문객수¹⁾|来場者数※|방문객수(일본인)|방문객수(일본인, 명)|방문객수(1)|visitors [1]|방문객수(実績)|"
    "来場者数（人）|방문객수(합계)"
)


@pytest.mark.parametrize("heading", DOUBTFUL.split("|"))
def test_a_heading_with_another_word_is_asked_about(heading: str) -> None:
    sheet = f"날짜,도도부현,{heading}\n{ROWS}"
    asked = read_counts(sheet)
    assert (list_rows(asked), list_errors(asked)) == ([], {(1, None, "heading_doubtful")})
    (question,) = asked.questions
    assert asked.headings == ("날짜", "도도부현", heading)
    assert list_rows(read_counts(sheet, readings={question.key: "visitors"})) == TWO_ROWS
    assert not len(read_counts(sheet, readings={question.key: "ignore"}).rows)


@pytest.mark.parametrize("heading", PLAIN.split("|"))
def test_a_heading_with_a_footnote_or_a_unit_is_understood(heading: str) -> None:
    assert list_rows(read_counts(f'날짜,도도부현,"{heading}"\n{ROWS}')) == TWO_ROWS


@pytest.mark.parametrize("heading", ["예약일", "날짜(예약)", "방문예정일", "등록일", "체크인", "날짜(입력일)"])
def test_a_day_that_may_not_be_that_of_the_visit_is_no_date(heading: str) -> None:
    assert not len(read_counts(f"{heading},도도부현,방문객수\n{ROWS}").rows)


@pytest.mark.parametrize("sheet", [f"날짜,도도부현,방문객수\n,,누계\n{ROWS}", f"날짜,도도부현,누계\n,,방문객수\n{ROWS}"])
def test_a_word_over_two_rows_of_headings_is_seen(sheet: str) -> None:
    assert not len(read_counts(sheet).rows)


def test_a_clear_column_is_taken_beside_one_in_doubt() -> None:
    result = read_counts("날짜,도도부현,방문객수,방문객수(누계)\n2026-04-10,도쿄도,1200,1200\n2026-04-11,오사카부,800,2000\n")
    assert (list_rows(result), result.errors) == (TWO_ROWS, ())


def test_a_heading_of_a_channel_gives_its_rows_that_channel() -> None:
    result = read_counts("날짜,도도부현,방문객수(단체)\n2026-04-10,도쿄도,300\n")
    assert result.rows["channel"].tolist() == ["group"]
    assert "channel_of_heading" in notice_codes(result)


@pytest.mark.parametrize(
    "title", ["4월 방문객 예상 현황", "전년 동기 방문객", "방문객 누계", "予約状況", "Visitors (forecast)", "외국인 관람객"]
)
def test_a_title_with_another_word_is_asked_about(title: str) -> None:
    sheet = f"{title},,\n{HEAD}{ROWS}"
    asked = read_counts(sheet)
    assert (1, None, "title_doubtful") in list_errors(asked)
    (question,) = asked.questions
    assert read_counts(sheet, readings={question.key: "counts"}).errors == ()
    assert read_counts(sheet.replace(title, "예약 목록"), readings={question.key: "counts"}).errors != (), "another title"


@pytest.mark.parametrize(
    ("heading", "good", "odd"),
    [
        ("구분", "실적", "예상"),
        ("상태", "완료", "취소"),
        ("국적", "일본", "중국"),
        ("비고", "", "예상치"),
        ("입/퇴장", "입장", "퇴장"),
        ("", "실적", "예상"),
        ("데이터", "당해", "전년"),
        ("区分", "実績", "予想"),
        ("status", "confirmed", "cancelled"),
    ],
)
def test_a_row_that_a_column_calls_something_else_is_no_count(heading: str, good: str, odd: str) -> None:
    result = read_counts(f"날짜,도도부현,{heading},방문객수\n2026-04-10,도쿄도,{good},50\n2026-04-11,도쿄도,{odd},70\n")
    assert (list_rows(result), list_errors(result)) == ([("2026-04-10", "13", 50)], {(3, None, "row_meaning")})


@pytest.mark.parametrize("before", [0, 30, 99])
def test_what_a_row_is_may_stand_in_any_column(before: int) -> None:
    more = "".join(f"메모{number}," for number in range(before))
    blank = "," * before
    result = read_counts(
        f"날짜,도도부현,{more}구분,방문객수\n2026-04-10,도쿄도,{blank}실적,50\n2026-04-11,도쿄도,{blank}예상,70\n"
    )
    assert (list_rows(result), list_errors(result)) == ([("2026-04-10", "13", 50)], {(3, None, "row_meaning")})


def test_a_table_with_more_columns_than_can_be_looked_at_is_refused() -> None:
    more = "".join(f"메모{number}," for number in range(101))
    result = read_counts(f"날짜,도도부현,{more}방문객수\n2026-04-10,도쿄도,{',' * 101}50\n")
    assert (len(result.rows), list_errors(result)) == (0, {(1, None, "too_many_free_columns")})


@pytest.mark.parametrize("heading", ["성별", "연령대", "시간대", "권종", "확정여부"])
def test_a_column_that_divides_the_visitors_is_asked_about(heading: str) -> None:
    values = ("Y", "N") if heading == "확정여부" else ("가", "나")
    sheet = f"날짜,도도부현,{heading},방문객수\n2026-04-10,도쿄도,{values[0]},50\n2026-04-10,도쿄도,{values[1]},50\n"
    asked = read_counts(sheet)
    assert not len(asked.rows)
    (question,) = asked.questions
    added, ignored, first, _ = question.options
    assert list_rows(read_counts(sheet, readings={question.key: added})) == [("2026-04-10", "13", 100)]
    assert list_rows(read_counts(sheet, readings={question.key: first})) == [("2026-04-10", "13", 50)]
    other = f"날짜,도도부현,{heading},방문객수\n2026-04-10,도쿄도,다,50\n2026-04-11,도쿄도,취소,50\n"
    assert "row_meaning" in {code for _, _, code in list_errors(read_counts(other, readings={question.key: ignored}))}, (
        "new values"
    )


def test_equal_rows_that_differ_in_an_unused_column_are_no_duplicates() -> None:
    sheet = "날짜,도도부현,게이트,방문객수\n2026-04-10,도쿄도,정문,50\n2026-04-10,도쿄도,후문,50\n2026-04-11,도쿄도,정문,7\n"
    asked = read_counts(sheet)
    assert list_rows(asked) == [("2026-04-11", "13", 7)]
    assert list_errors(asked) == {(2, None, "rows_split"), (3, None, "rows_split")}
    added = read_counts(sheet, readings={asked.questions[0].key: asked.questions[0].options[0]})
    assert list_rows(added) == [("2026-04-10", "13", 100), ("2026-04-11", "13", 7)]
    assert added.checksum is not None
    assert (added.checksum.sum_understood, added.checksum.differences) == (107, ())


UNITS = {
    '"(단위: 천명, %)"': 1000,
    "（単位：１，０００人）": 1000,
    "(단위 : 천 명)": 1000,
    "단위=천명": 1000,
    '"(단위:만명, 백만원)"': 10_000,
    "（単位：百人）": 100,
    "(단위: 100명)": 100,
    "(in thousands)": 1000,
    '"(단위 : 명, 천원)"': 1,
    "(단위: 명)": 1,
    "방문객 10만명 돌파": 1,
}


@pytest.mark.parametrize("unit", UNITS)
def test_a_unit_above_the_table_is_multiplied(unit: str) -> None:
    result = read_counts(f"방문객 현황,,\n,,{unit}\n{HEAD}2026-04-10,도쿄도,12\n")
    assert list_rows(result) == [("2026-04-10", "13", 12 * UNITS[unit])]


@pytest.mark.parametrize(
    "note", ["※ 단위: 천명", "주) 단위: 천명", "단위: 천명", "(단위: 천명)", "注：単位は千人", "자료: 관광과 (단위: 천명)"]
)
def test_a_unit_below_the_table_is_multiplied(note: str) -> None:
    assert list_rows(read_counts(f"{HEAD}2026-04-10,도쿄도,12\n{note},,\n")) == [("2026-04-10", "13", 12_000)]


@pytest.mark.parametrize("unit", ["방문객수는 천명 단위", "×1000", "단위: ?", "(x1,000)", "인원은 백명 단위로 반올림"])
def test_a_unit_that_is_not_understood_is_asked_about(unit: str) -> None:
    sheet = f'"{unit}",,\n{HEAD}2026-04-10,도쿄도,12\n'
    asked = read_counts(sheet)
    assert (list_rows(asked), list_errors(asked)) == ([], {(None, None, "unit_unclear")})
    assert list_rows(read_counts(sheet, readings={asked.questions[0].key: "1000"})) == [("2026-04-10", "13", 12_000)]
    assert not len(read_counts(sheet.replace(unit, "단위: 그 외"), readings={asked.questions[0].key: "1000"}).rows)


ENDS = [
    "날짜,도도부현,예약자수\n",
    ",,\n날짜,도도부현,방문객수(예약)\n",
    "[예약 현황],,\n",
    "예약 현황,,\n날짜,도도부현,방문객수\n",
    "전년,,\n",
    "도도부현,날짜,방문객수\n",
    "예약일,도도부현,인원\n",
    "날짜,국적,방문객수\n",
    "date,prefecture,bookings\n",
    "날짜,도도부현,누계\n",
    "날짜,도도부현,방문객수(천명)\n",
    "※ 아래는 예상치,,\n",
    "작년 같은 기간,,\n일자,지역,인원\n",
]


@pytest.mark.parametrize("between", ENDS)
def test_another_table_below_is_not_read(between: str) -> None:
    result = read_counts(HEAD + ROWS + between + OTHER)
    assert list_rows(result) == TWO_ROWS
    assert "second_table" in {code for _, _, code in list_errors(result)}
    assert result.checksum is not None
    assert {difference.kind: difference.amount for difference in result.checksum.differences} == {"second_table": -5500}


def test_the_reader_may_say_that_the_rows_below_belong_to_the_table() -> None:
    sheet = f"{HEAD}{ROWS}날짜,도도부현,유입 인원\n{OTHER}"
    asked = read_counts(sheet)
    assert len(read_counts(sheet, readings={asked.questions[0].key: "read"}).rows) == 4


@pytest.mark.parametrize("between", ["날짜,도도부현,방문객수\n", "日付,都道府県,来場者数\n", "날짜,도도부현,인원\n"])
def test_the_same_headings_again_end_nothing(between: str) -> None:
    assert len(read_counts(HEAD + ROWS + between + OTHER).rows) == 4


def test_a_table_beside_the_counts_is_not_read() -> None:
    result = read_counts(
        "날짜,도도부현,방문객수,,도도부현,누계\n2026-04-10,도쿄도,1200,,도쿄도,5000\n2026-04-11,오사카부,800,,홋카이도,9\n"
    )
    assert (list_rows(result), result.errors) == (TWO_ROWS, ())


@pytest.mark.parametrize("channel", ["예약", "취소", "キャンセル", "예상치", "no-show"])
def test_a_channel_that_is_no_visit_is_an_error(channel: str) -> None:
    result = read_counts(f"날짜,도도부현,경로,방문객수\n2026-04-10,도쿄도,{channel},1\n2026-04-10,도쿄도,단체,5\n")
    assert (list_rows(result), list_errors(result)) == ([("2026-04-10", "13", 5)], {(2, "channel", "channel_doubtful")})


def test_every_question_has_its_words() -> None:
    sheets = [
        f"날짜,도도부현,방문객수(누계)\n{ROWS}",
        f"예상,,\n날짜,도도부현,성별,방문객수\n2026-04-10,도쿄도,남,50\n{HEAD}전년,,\n{OTHER}",
        f"×1000,,\n{HEAD}{ROWS}",
        "날짜,도도부현,게이트,방문객수\n2026-04-10,도쿄도,정문,50\n2026-04-10,도쿄도,후문,50\n",
        f"{HEAD}{ROWS}[예약],,\n{OTHER}",
    ]
    questions = [question for sheet in sheets for question in read_counts(sheet).questions]
    assert {question.kind for question in questions} >= {
        *("heading_doubtful", "row_meaning", "unit_unclear", "rows_split", "second_table", "title_doubtful"),
    }
    for question in questions:
        for lang in words.LANGUAGES:
            assert question.found in describe_question(question, lang)
            texts = [describe_option(question, option, lang) for option in question.options]
            assert len(set(texts)) == len(texts) > 0


def test_what_was_changed_or_dropped_is_listed_worst_first_with_counts() -> None:
    rows = '2026.4.10,13,12,a\n2026-04-11,27,"1,000",b\n2026-04-12,27,x,c\n합계,,13,\n'
    result = read_counts(f"(단위: 백명),,,\n날짜,도도부현,방문객수,메모\n{rows}")
    found = {change.kind: (change.severity, change.count) for change in result.changes}
    assert found["not_a_number"] == (3, 1)
    assert found["unit_of_heading"] == (2, 1)
    assert found["total_row_skipped"] == (2, 1)
    assert found["unit_expanded"] == (2, 2)
    assert found["column_ignored"] == (2, 1)
    assert [change.severity for change in result.changes] == sorted((change.severity for change in result.changes), reverse=True)
    first = result.changes[0]
    assert first.example is not None
    assert (first.cells[0].line, first.example.code in {"not_a_number", "total_mismatch"}) == (first.example.row, True)
    assert result.checksum is not None
    amounts = {difference.kind: difference.amount for difference in result.checksum.differences}
    assert (result.checksum.sum_as_it_stands, result.checksum.sum_understood) == (1025, 101_200)
    assert amounts == {"total_row_skipped": -13, "unit_of_heading": 101_200 - 1012}
