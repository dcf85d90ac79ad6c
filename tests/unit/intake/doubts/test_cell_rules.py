"""Tests that one answer holds for all cells with the same doubt, and for no other cell."""

import io

import openpyxl
import pytest
from examples import examples
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from sejong_dash import intake
from sejong_dash.intake import Intake

HEAD = "날짜,도도부현,경로,방문객 수"


def read(*counts: str, first: int = 6, **readings: str) -> Intake:
    rows = (f'2026-05-{first + at:02},오사카부,단체,"{count}"' for at, count in enumerate(counts))
    answers = {key.replace("__", ":"): answer for key, answer in readings.items()}
    return intake.read("\n".join((HEAD, *rows, "")).encode(), "a.csv", "visitors", readings=answers)


def numbers(table: Intake) -> dict[int, int]:
    return dict(zip(table.source["line"].tolist(), table.rows["visitors"].tolist(), strict=True))


@pytest.mark.parametrize(
    ("kind", "counts", "taken"),
    [
        ("cells__mark_in_cell", ("1,200¹", "70", "800*", "30①"), {2: 1200, 3: 70, 4: 800, 5: 30}),
        ("cells__perhaps_none__-", ("-", "70"), {2: 0, 3: 70}),
        ("cells__point_of_thousands", ("1.234", "70"), {2: 1234, 3: 70}),
    ],
)
def test_an_answer_holds_for_all_such_cells_and_stands_in_view(kind: str, counts: tuple[str, ...], taken: dict[int, int]) -> None:
    key = kind.replace("__", ":")
    asked = read(*counts)
    (question,) = asked.questions
    assert (question.key, question.options, question.row) == (key, ("take", "each"), 2)
    assert numbers(asked) == {3: 70}, "nothing is guessed"
    answered = read(*counts, **{kind: "take"})
    assert (numbers(answered), answered.errors, answered.questions) == (taken, (), ())
    (change,) = [change for change in answered.changes if change.kind == "taken_by_answer"]
    assert [(cell.before, cell.after) for cell in change.cells] == [
        (text, str(number)) for text, number in zip(counts, taken.values(), strict=True) if text != str(number)
    ]
    assert answered.source["visitors"].tolist() == list(counts), "what stood in the file is shown"
    assert answered.checksum is not None
    assert answered.checksum.sum_understood == sum(taken.values())
    each = read(*counts, **{kind: "each"})
    assert (each.errors, numbers(each)) == (asked.errors, {3: 70})


def test_an_answer_holds_for_no_other_doubt() -> None:
    table = read("1,200¹", "-", "약 70", "120 130", "7", cells__mark_in_cell="take")
    assert numbers(table) == {2: 1200, 6: 7}
    assert [question.key for question in table.questions] == ["cells:perhaps_none:-"]
    assert numbers(read("없음", "7", **{"cells__perhaps_none__-": "take"})) == {3: 7}, "another word is asked about"


@pytest.mark.parametrize("counts", [("70", "-", "80", "-", "-"), ("70", "-", "80", "-", "")])
def test_no_day_to_come_is_counted_as_a_day_without_visitors(counts: tuple[str, ...]) -> None:
    table = read(*counts, **{"cells__perhaps_none__-": "take"})
    assert numbers(table) == {2: 70, 3: 0, 4: 80}
    assert "days_to_come" in [change.kind for change in table.changes]


def test_a_0_with_a_mark_is_a_day_without_visitors() -> None:
    assert numbers(read("70", "0¹", cells__mark_in_cell="take")) == {2: 70, 3: 0}


@pytest.mark.parametrize("count", ["5/6/2026", "26-05-06"])
def test_what_a_single_cell_may_mean_is_no_rule(count: str) -> None:
    rows = f"{HEAD}\n{count},오사카부,단체,12\n2026-05-07,오사카부,단체,7\n"
    assert intake.read(rows.encode(), "a.csv", "visitors").questions == ()


CELLS = st.sampled_from(
    ["1200", "1,200", "1,200¹", "1200*", "12①", "1.234", "1.5", "-", "없음", "약 100", "120 130", "", "70 1)", "x"]
)
KEYS = ("cells__mark_in_cell", "cells__perhaps_none__-", "cells__point_of_thousands")


@given(counts=st.lists(CELLS, min_size=1, max_size=8), given_keys=st.sets(st.sampled_from(KEYS)))
@settings(max_examples=examples(40), deadline=None)
def test_an_answer_changes_no_row_that_it_is_not_about(counts: list[str], given_keys: set[str]) -> None:
    before, after = read(*counts), read(*counts, **dict.fromkeys(given_keys, "take"))
    assert numbers(before).items() <= numbers(after).items()
    proposals = {error.row: error.proposal for error in before.errors}
    assert all(str(number) == proposals[line] for line, number in numbers(after).items() if line not in numbers(before))
    assert {question.key for question in after.questions} == {question.key for question in before.questions} - {
        key.replace("__", ":") for key in given_keys
    }


def workbook(*cells: object) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(HEAD.split(","))
    for at, cell in enumerate(cells):
        sheet.append([f"2026-05-{6 + at:02}", "오사카부", "단체", cell])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_marks_and_strokes_of_a_workbook_are_rules_of_their_own() -> None:
    raised = CellRichText("1200", TextBlock(InlineFont(vertAlign="superscript"), "1"))
    struck = CellRichText(TextBlock(InlineFont(strike=True), "1200"), " 1500")
    content = workbook(raised, struck, 70)
    asked = intake.read(content, "a.xlsx", "visitors")
    assert numbers(asked) == {4: 70}
    assert [question.key for question in asked.questions] == ["cells:mark_in_cell", "cells:struck_out"]
    for key, taken in (("cells:mark_in_cell", {2: 1200}), ("cells:struck_out", {3: 1500})):
        table = intake.read(content, "a.xlsx", "visitors", readings={key: "take"})
        assert numbers(table) == {4: 70} | taken
        assert len(table.errors) == 1
