"""Is it said rightly whether we are ahead, and what each day left must bring?"""

from datetime import date

import pandas as pd
import pytest

from sejong_dash.measures.pace import pace

DAYS = pd.date_range("2026-04-10", "2026-05-24", name="date")


def by_day(*visitors: int | None) -> pd.DataFrame:
    return pd.DataFrame({"date": DAYS[: len(visitors)], "visitors": pd.array(visitors, dtype="Int64")})


def test_behind_after_nine_days() -> None:
    now = pace(by_day(1000, 2000, None, 3000, 3000, 3000, 3000, 3000, 3000), DAYS, date(2026, 4, 18), 150_000)
    assert (now.counted, now.days_gone, now.days_left, now.days_missing) == (21_000, 9, 36, 1)
    assert (now.due, now.gap) == (30_000, -9_000)
    assert now.share == pytest.approx(0.14)
    assert now.needed == pytest.approx(129_000 / 36)
    assert now.recent == 3000  # of the last seven days six were counted


def test_before_the_opening() -> None:
    now = pace(by_day(), DAYS, date(2026, 4, 9), 150_000)
    assert (now.counted, now.days_gone, now.days_left, now.due, now.gap, now.recent) == (0, 0, 45, 0, 0, None)
    assert now.needed == pytest.approx(150_000 / 45)


@pytest.mark.parametrize("as_of", [date(2026, 5, 24), date(2026, 6, 30)])
def test_when_no_day_is_left_nothing_can_be_needed(as_of: date) -> None:
    now = pace(by_day(*[3000] * 45), DAYS, as_of, 150_000)
    assert (now.days_gone, now.days_left, now.needed) == (45, 0, None)
    assert now.gap == 135_000 - 150_000


def test_a_goal_that_is_reached_needs_nothing_more() -> None:
    now = pace(by_day(200_000), DAYS, date(2026, 4, 10), 150_000)
    assert now.needed == 0
    assert now.gap == pytest.approx(200_000 - 150_000 / 45)


def test_without_a_goal_only_the_count_is_told() -> None:
    now = pace(by_day(5), DAYS, date(2026, 4, 10), None)
    assert (now.counted, now.goal, now.due, now.gap, now.share, now.needed) == (5, None, None, None, None, None)


def test_a_goal_of_nobody_has_no_share() -> None:
    now = pace(by_day(5), DAYS, date(2026, 4, 10), 0)
    assert (now.share, now.needed, now.due) == (None, 0, 0)


def test_a_plan_without_days() -> None:
    now = pace(by_day(), DAYS[:0], date(2026, 4, 10), 150_000)
    assert (now.days_gone, now.days_left, now.due, now.needed) == (0, 0, None, None)


def test_lately_looks_at_seven_days_and_no_further() -> None:
    assert pace(by_day(*[100] * 3, *[10] * 7), DAYS, date(2026, 4, 19), None).recent == 10
    assert pace(by_day(100, *[None] * 7), DAYS, date(2026, 4, 17), None).recent is None
