"""Is what the plan asks of Japan asked of the prefectures to the visitor, and is a missing day held against nobody?"""

from datetime import date

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from sejong_dash.measures import prefecture_pace

DAYS = pd.date_range("2026-04-10", periods=4)
CURVE = pd.DataFrame({"date": DAYS, "planned": [10, 20, 30, 40]})


def by_day(*visitors: int | None) -> pd.DataFrame:
    return pd.DataFrame({"date": DAYS[: len(visitors)], "visitors": pd.array(visitors, dtype="Int64")})


def test_days_not_counted_ask_for_nothing_and_days_to_come_for_all() -> None:
    assert prefecture_pace.asked(CURVE, by_day(5, None)).tolist() == [10, 10, 40, 80]
    assert prefecture_pace.asked(CURVE, by_day()).tolist() == [10, 30, 60, 100]
    assert prefecture_pace.asked(CURVE, by_day(None, None, None, None)).tolist() == [0, 0, 0, 0]


def test_by_as_of_before_opening_and_after_closing() -> None:
    asked = prefecture_pace.asked(CURVE, by_day(5, None, 1, 1))
    assert [prefecture_pace.by_as_of(asked, date(2026, 4, day)) for day in (9, 10, 11, 12, 13, 30)] == [0, 10, 10, 40, 80, 80]


@given(total=st.integers(0, 10**6), parts=st.lists(st.integers(0, 10**5), min_size=1, max_size=47))
def test_what_is_due_sums_to_the_visitor_and_follows_the_parts(total: int, parts: list[int]) -> None:
    due = prefecture_pace.due(total, pd.Series(parts))
    assert due.sum() == total
    if sum(parts):
        assert all(abs(of - part * total / sum(parts)) < 1 for of, part in zip(due, parts, strict=True))
