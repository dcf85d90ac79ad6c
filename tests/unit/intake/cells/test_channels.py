"""Tests that unknown channels are asked about, and that an answer holds for the whole file."""

from pathlib import Path

import pytest
from count_files import list_errors, read_counts

from sejong_dash.intake import Intake, list_channels
from sejong_dash.intake.reader_messages import ReadRequest
from sejong_dash.ui.desk.upload import reader_process

HEADER = "날짜,도도부현,경로,방문객수\n"
BUSES = HEADER + "2026-04-10,도쿄도,버스,10\n2026-04-10,나라현,단체,20\n2026-04-11,도쿄도, 버스 ,30\n2026-04-12,도쿄도,견학,5\n"


def list_channel_names(result: Intake) -> list[str]:
    return result.rows["channel"].fillna("").tolist()


def test_an_unknown_channel_is_a_question_with_its_rows() -> None:
    result = read_counts(BUSES)
    assert result.unknown_channels == {"버스": 2, "견학": 1}
    assert [(finding.row, finding.column) for finding in result.notices if finding.code == "channel_unknown"] == [
        (2, "channel"),
        (5, "channel"),
    ]
    assert read_counts(HEADER + "2026-04-10,도쿄도,여행사,10\n2026-04-10,나라현,,20\n").unknown_channels == {}


@pytest.mark.parametrize("name", ["버스", "ＢＵＳ", "bus"])
def test_an_answer_holds_for_the_whole_file(name: str) -> None:
    text = BUSES.replace("버스", name)
    known = read_counts(text, channels={name: "group", "견학": "견학"})
    assert known.unknown_channels == {}
    assert list_channel_names(known) == ["group", "group", "group", "견학"]
    new = read_counts(text, channels={name: name, "견학": "exchange"})
    assert new.unknown_channels == {}
    assert list_channel_names(new) == [name, "group", name, "exchange"]


def test_two_rows_that_an_answer_makes_the_same_figure_are_not_added_up_in_silence() -> None:
    text = HEADER + "2026-04-10,도쿄도,버스,10\n2026-04-10,도쿄도,단체,20\n"
    assert list_errors(read_counts(text)) == set()
    result = read_counts(text, channels={"버스": "group"})
    assert list_errors(result) == {(2, None, "duplicate_conflict"), (3, None, "duplicate_conflict")}
    assert len(result.rows) == 0


def test_what_is_stored_is_known_and_keeps_its_name(data_copy: Path) -> None:
    assert "셔틀버스" not in list_channels()
    file = data_copy / "visitors.csv"
    file.write_text(file.read_text("utf-8") + "2026-04-09,13,셔틀버스,7,,reported,\n", "utf-8")
    assert list_channels()[-1] == "셔틀버스"
    result = read_counts(HEADER + "2026-04-10,도쿄도,셔틀 버스,10\n")
    assert result.unknown_channels == {}
    assert list_channel_names(result) == ["셔틀버스"]


@pytest.mark.thorough
def test_a_reading_in_another_process_asks_and_takes_the_answer(data_copy: Path) -> None:
    def read(channels: dict[str, str] | None) -> Intake:
        answer = reader_process.read(ReadRequest(BUSES.encode(), "a.csv", {"channels": channels}), lambda *step: None)
        assert answer.table is not None
        return answer.table

    first = read(None)
    assert first.unknown_channels == {"버스": 2, "견학": 1}
    answers = {"버스": "group", "견학": "견학"}
    answered = read(answers)
    assert list_channel_names(answered) == ["group", "group", "group", "견학"]


TOTALS = {
    "of a day that could not be read": (
        HEADER + "2026-04-10,도쿄도,단체,많음\n2026-04-10 소계,,,400\n",
        {(3, "total_alone", None)},
    ),
    "of nothing that could be read": (HEADER + "2026-04-10,없는현,단체,1\n합계,,,400\n", {(3, "total_alone", None)}),
    "of rows that say otherwise": (HEADER + "2026-04-10,도쿄도,단체,1\n합계,,,400\n", {(3, "total_mismatch", 1)}),
    "of a counted zero": (HEADER + "2026-04-10,도쿄도,단체,0\n합계,,,400\n", {(3, "total_mismatch", 0)}),
    "of a part between others": (
        HEADER + "2026-04-10,도쿄도,단체,1\n소계,,,1\n2026-04-11,없는현,단체,2\n소계,,,400\n2026-04-12,나라현,단체,3\n소계,,,3\n",
        {(5, "total_alone", None)},
    ),
}


@pytest.mark.parametrize("kind", TOTALS)
def test_a_total_without_a_row_that_could_be_read_is_not_held_against_zero(kind: str) -> None:
    text, expected = TOTALS[kind]
    result = read_counts(text)
    assert {
        (finding.row, finding.code, finding.fields.get("expected"))
        for finding in result.notices
        if finding.code.startswith("total_") and finding.column
    } == expected
