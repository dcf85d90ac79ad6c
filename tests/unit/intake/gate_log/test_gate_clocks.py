"""Tests that moments are read as gates, Excel and people write them, and that the engine reads what Python reads."""

import ibis
import pyarrow as pa
import pytest
from examples import examples
from gate_reading import assert_same, read_text
from hypothesis import given, settings
from hypothesis import strategies as st

from sejong_dash.intake.gate_log import gate_days, gate_query, gate_time

GOOD = (
    "2026-04-10 9:31",
    "2026-04-10 9:31:05",
    "2026-04-10 09:31:05.123",
    "2026-04-10T09:31:05+09:00",
    "2026/04/10 09:31",
    "2026/4/10 9:31:05",
    "2026.04.10 09:31:05",
    "2026. 4. 10. 오전 9:31:05",
    "2026-04-10 오후 3:20:11",
    "2026-04-10 午後3:20",
    "2026-04-10 3:20:11 PM",
    "2026/4/10 12:05 a.m.",
    "2026-04-10 AM 9:31",
    "2026년 4월 10일 9시 31분 5초",
    "2026年4月10日 9時31分",
    "2026-04-10(금) 09:31",
    "2026/04/10 (金) 09:31",
    "20260410093105",
    "20260410 093105",
    "2026-04-10  09:31",
    " 2026-04-10 09:31 ",
    "2026-04-10",
    "2026/4/10",
)
WRONG = (
    "10/04/2026 09:31",  # day or month first
    "4/10/2026 9:31 AM",
    "26-04-10 09:31",
    "2026-04-1",  # cut off
    "2026-4-10 09:31",
    "2026-02-29 09:31",
    "2026/13/10 09:31",
    "2026-04-10 24:00",
    "2026-04-10 오후 13:20",
    "2026-04-10 09:31 UTC",
    "2026-04-10 9:31:5+09",
    "2026-04-10 09:31:05-05:00",
    "2026-04-10 09:31:05Z",
    "2026-04-10 09:3",
    "1926-04-10 09:31:05",
    "2126-04-10 09:31:05",
    "46122.396",
    "1775781065",
    "20260410093",
    "２０２６-04-10 09:31",
    "9:31",
    "",
)


@pytest.fixture(scope="module")
def engine() -> ibis.BaseBackend:
    return ibis.duckdb.connect()


def days_of(engine: ibis.BaseBackend, times: list[str]) -> list[str]:
    """Return the days as the engine reads them."""
    rows = ibis.memtable(pa.table({"row": range(len(times)), "time": pa.array(times, "string")}))
    days = engine.to_pyarrow(rows.mutate(day=gate_query.read_day(rows["time"])).order_by("row"))["day"].to_pylist()
    return ["" if day is None else str(day) for day in days]


def test_each_moment_is_of_the_tenth_of_april(engine: ibis.BaseBackend) -> None:
    assert [gate_time.day_of(text) for text in GOOD] == [("2026-04-10", "")] * len(GOOD)
    assert days_of(engine, list(GOOD)) == ["2026-04-10"] * len(GOOD)


def test_what_could_be_another_day_is_no_moment(engine: ibis.BaseBackend) -> None:
    assert all(day == "" and code for day, code in map(gate_time.day_of, WRONG))
    assert days_of(engine, list(WRONG)) == [""] * len(WRONG)


TEXTS = st.one_of(
    st.sampled_from(GOOD + WRONG),
    st.from_regex(gate_time.MOMENT),
    st.text("0123456789-/: T년월일오후+Z.", max_size=22),
)


@pytest.mark.thorough
@given(texts=st.lists(TEXTS, min_size=1))
@settings(max_examples=examples(60), deadline=None)
def test_the_engine_reads_what_python_reads(texts: list[str], engine: ibis.BaseBackend) -> None:
    times = [text.strip() for text in texts]
    assert days_of(engine, times) == [gate_time.day_of(text)[0] for text in times]


@pytest.mark.parametrize("repeats", [1, 40])
def test_the_engine_reads_the_days_that_are_read_at_once(repeats: int, monkeypatch: pytest.MonkeyPatch) -> None:
    usual = [f"2026-04-{day:02}{sign}{clock}" for day in (9, 10, 31) for sign in " T" for clock in ("09:31:05", "23:59", "24:00")]
    usual += [text.replace("-", sign) for text in usual for sign in "/."] + ["2026/04.10 09:31:05", "2026-04/10 09:31:05"]
    cells = [*usual * repeats, *GOOD, *WRONG, "2026-02-29 10:00:00", "2026-04-10 29:00:00", "2099-12-31 00:00"]
    rows = [f'"{time}",{place},{gate}' for time in cells for place in ("13", "KR", "?", "東京") for gate in "ab"]
    text = "\n".join(("time,prefecture,gate", *rows)) + "\n"
    at_once = read_text(text)
    assert at_once.from_japan > 10 * repeats
    monkeypatch.setattr(gate_days, "read", lambda *cells: None)
    assert_same(read_text(text), at_once)
