"""Tests that a gate log comes to what is counted row by row with Python's csv module."""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from examples import examples
from gate_reading import list_counts, read
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from sejong_dash.intake.gate_log import gate_counts

CLOCKED = "2026-04-10 09:31:05/2026-04-10T23:59/2026-05-24 00:00:00/2024-02-29 12:00/2026-02-29 12:00/2026-04-10/2026-04-1"
ODD = (
    "2026-04-10 09:31:05.1/2026-04-10T09:31:05+09:00/2026-04-10 25:00:00/3026-04-10 10:10// 2026-04-10 10:10 /2026-04-10 09-31-05"
)
TIMES = st.sampled_from([*CLOCKED.split("/"), *ODD.split("/")])
PLACES = st.sampled_from(["01", "13", "47", "48", "도쿄도", "大阪", "Aichi", "KR", "미국", "", "?", "  13 "])
GATES = st.one_of(st.sampled_from(["정문", "동문", "", "a,b", 'a "b"', "정\n문"]), st.text("가나xyz,'\" \t", max_size=6))
ROWS = st.lists(
    st.one_of(st.tuples(TIMES, PLACES, GATES), st.lists(st.sampled_from(["", "13", "2026-04-10 10:10"]), max_size=5)), max_size=40
)
PLACE = {"01": "01", "13": "13", "47": "47", "도쿄도": "13", "大阪": "27", "Aichi": "23", "KR": "KR", "미국": "US"}


@given(
    rows=ROWS,
    end=st.sampled_from(["\n", "\r\n"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    block=st.sampled_from([50, 300, 9999]),
)
@settings(max_examples=examples(150), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(rows=[("2026-04-10 09:31:05", "13", "")] * 3, end="\n", quoting=csv.QUOTE_MINIMAL, block=50)
def test_a_log_comes_to_what_is_counted_by_hand(
    rows: list, end: str, quoting: int, block: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator=end, quoting=quoting)
    writer.writerow(["time", "prefecture", "gate"])
    writer.writerows(rows)
    monkeypatch.setattr(gate_counts, "_BLOCK_SIZE", block)
    log = read(tmp_path, text.getvalue())
    counted, wrong = count_by_hand(text.getvalue())
    assert [row.row for row in log.wrong] == wrong
    elsewhere = {(f"{row.date:%Y-%m-%d}", row.country): row.visitors for row in log.elsewhere.itertuples()}
    assert list_counts(log) | elsewhere == counted


def count_by_hand(text: str) -> tuple[dict[tuple[str, str], int], list[int]]:
    counted: Counter[tuple[str, str]] = Counter()
    wrong = []
    for line, row in number_rows(text):
        if not any(cell.strip() for cell in row):
            continue
        day = row[0].strip()[:10]
        if len(row) == 3 and row[1].strip() in PLACE and is_real(row[0].strip()):
            counted[day, PLACE[row[1].strip()]] += 1
        else:
            wrong.append(line)
    return counted, wrong


def number_rows(text: str) -> Iterator[tuple[int, list[str]]]:
    rows = csv.reader(io.StringIO(text, newline=""))
    next(rows)
    line = rows.line_num + 1
    for row in rows:
        yield line, row
        line = rows.line_num + 1


def is_real(time: str) -> bool:
    try:
        day = date.fromisoformat(time[:10])
    except ValueError:
        return False
    return 2000 <= day.year < 2100 and " 25:" not in time and "-31-" not in time
