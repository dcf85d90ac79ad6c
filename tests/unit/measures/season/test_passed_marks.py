"""Tests of crossings: reported on the day on which they were passed, the lag only when it lasts."""

import pandas as pd

from sejong_dash.measures.season.passed_marks import behind_since, crossings

DAYS = pd.date_range("2026-04-10", periods=6, name="date")


def by_day(*visitors: int | None) -> pd.DataFrame:
    table = pd.DataFrame({"date": DAYS[: len(visitors)], "visitors": pd.array(visitors, dtype="Int64")})
    return table.assign(due=10 * table["visitors"].notna().cumsum())


def test_marks_are_passed_on_the_day_that_reaches_them() -> None:
    passed = crossings(by_day(9, 1, None, 40, 60), 100)
    assert list(passed["mark_pct"]) == [10, 25, 50, 75, 90, 100]
    assert list(passed["date"].dt.day) == [11, 13, 13, 14, 14, 14]
    assert list(passed["visitors"]) == [10, 50, 50, 110, 110, 110]


def test_nothing_is_passed_without_a_count() -> None:
    assert crossings(by_day(None, None), 100).empty
    assert crossings(by_day(), 100).empty


def test_three_days_behind_in_a_row_are_told() -> None:
    assert behind_since(by_day(20, 0, 5, 2)) is None  # 20, 20, 25, 27 against 10, 20, 30, 40: behind for two
    since = behind_since(by_day(20, 0, 5, None, 2, 2))
    assert since == (DAYS[2], 3)


def test_who_has_caught_up_is_not_behind() -> None:
    assert behind_since(by_day(0, 0, 0, 40)) is None
    assert behind_since(by_day()) is None
