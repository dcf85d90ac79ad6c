"""Rows that somebody typed are read as a file with the same cells is, each under the line that its reader sees."""

import csv
import io

import pandas as pd
import pytest

from sejong_dash import intake

ROWS = [
    (2, ["2026.5.6", "오사카", "단체", "1,200명"]),
    (5, ["2026-05-06", "없는현", "단체", "12"]),
    (6, ["2026-05-07", "도쿄도", "버스", "30"]),
    (9, ["합계", "", "", "1229"]),
]


def as_file(rows: list[tuple[int, list[str]]]) -> bytes:
    cells = dict(rows)
    file = io.StringIO(newline="")
    csv.writer(file).writerows([intake.COLUMNS, *(cells.get(line, [""] * 4) for line in range(2, max(cells) + 1))])
    return file.getvalue().encode()


@pytest.mark.parametrize("channels", [None, {"버스": "group"}])
def test_typed_rows_are_read_as_in_a_file(channels: dict[str, str] | None) -> None:
    typed = intake.read_rows(ROWS, "입력", "visitors", channels=channels)
    of_file = intake.read(as_file(ROWS), "입력", "visitors", channels=channels)
    for name in ("rows", "source", "wrong", "totals"):
        pd.testing.assert_frame_equal(getattr(typed, name), getattr(of_file, name))
    assert typed.errors == of_file.errors
    assert typed.notices == of_file.notices
    assert [finding.row for finding in typed.errors] == [5]


def test_a_line_end_in_a_cell_moves_no_line() -> None:
    typed = intake.read_rows([(2, ["2026-05-06", "오사카", "단체\n여행", "1"]), (3, ["x", "도쿄도", "", "2"])], "", "visitors")
    assert [finding.row for finding in typed.errors] == [3]


@pytest.mark.parametrize(("cell", "code"), [("a\0b", "nul_byte"), ("x" * 100_001, "cell_too_long")])
def test_a_cell_that_no_file_can_hold_refuses_the_rows(cell: str, code: str) -> None:
    read = intake.read_rows([*ROWS, (12, ["2026-05-07", "도쿄도", cell, "1"])], "입력", "visitors")
    assert [(finding.code, finding.row) for finding in read.errors] == [(code, 12)]
    assert read.outcome == "reject_file"


def test_no_rows_say_nothing() -> None:
    assert len(intake.read_rows([], "입력", "visitors").rows) == 0
