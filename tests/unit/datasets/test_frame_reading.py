"""A frame of texts is checked as a file with the same cells is, with the same problems on the same lines."""

import csv
import io

import pandas as pd
import pytest

from sejong_dash.datasets import visitors
from sejong_dash.errors import TableError

COLUMNS = ["date", "jis_code", "channel", "visitors", "basis", "source_id"]
SOUND = ["2026-04-10", "13", "group", "120", "reported", ""]


def frame(*rows: list[str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=COLUMNS, index=pd.RangeIndex(2, len(rows) + 2), dtype="str")


def as_file(cells: pd.DataFrame) -> bytes:
    file = io.StringIO(newline="")
    csv.writer(file).writerows([cells.columns, *cells.itertuples(index=False)])
    return file.getvalue().encode()


def test_a_sound_frame_gives_the_table_of_the_file() -> None:
    cells = frame(SOUND, [" 2026-04-11 ", "", "", "0", "reported", "desk"])
    pd.testing.assert_frame_equal(visitors.check(cells), visitors.parse(as_file(cells)), check_index_type=False)


@pytest.mark.parametrize(
    ("column", "text", "code"),
    [
        ("date", "2026.4.10", "not_a_date"),
        ("jis_code", "48", "wrong_code"),
        ("visitors", "-1", "out_of_range"),
        ("visitors", "", "blank"),
        ("channel", "a\x07", "control_character"),
    ],
)
def test_a_broken_cell_is_reported_where_it_stands(column: str, text: str, code: str) -> None:
    cells = frame(SOUND, [text if name == column else cell for name, cell in zip(COLUMNS, SOUND, strict=True)])
    cells.loc[2, "date"] = "2026-04-09"
    with pytest.raises(TableError) as trouble:
        visitors.check(cells)
    problem = trouble.value.problems[0]
    assert (problem.code, problem.line, problem.column) == (code, 3, column)
    with pytest.raises(TableError) as of_file:
        visitors.parse(as_file(cells))
    assert trouble.value.problems == of_file.value.problems


def test_a_cell_that_no_file_could_give_back_is_refused() -> None:
    with pytest.raises(TableError) as trouble:
        visitors.check(frame([*SOUND[:2], "x" * 140_000, *SOUND[3:]]))
    assert [problem.code for problem in trouble.value.problems] == ["cell_too_long"]
