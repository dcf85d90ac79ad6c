"""Is it said rightly whether we are ahead, by how much, and what each day left must bring?"""

from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sejong_dash.measures.pace import Pace, pace
from sejong_dash.measures.plan_curve import plan_curve

DAYS = pd.date_range("2026-04-10", "2026-05-24", name="date")
EVEN = pd.Series(1.0, index=DAYS)


def by_day(*visitors: int | None) -> pd.DataFrame:
    return pd.DataFrame({"date": DAYS[: len(visitors)], "visitors": pd.array(visitors, dtype="Int64")})


def now(*visitors: int | None, goal: int | None = 45_000, weights: pd.Series = EVEN, as_of: date | None = None) -> Pace:
    end = as_of or (DAYS[0] + pd.Timedelta(days=len(visitors) - 1)).date()
    return pace(by_day(*visitors), None if goal is None else plan_curve(goal, weights), weights, end)


def test_behind_after_nine_days_with_one_not_counted() -> None:
    stands = now(500, 500, None, 900, 900, 900, 900, 900, 900)
    assert (stands.counted, stands.days_gone, stands.days_left, stands.days_missing) == (6400, 9, 36, 1)
    assert (stands.due, stands.due_missing, stands.gap) == (8000, 1000, -1600)  # eight days of 1000, not nine
    assert stands.gap_days == pytest.approx(-1.6)
    assert stands.share == pytest.approx(6400 / 45_000)
    assert stands.needed == pytest.approx(38_600 / 36)
    assert stands.recent == pytest.approx(900)  # of the last seven days six were counted
    assert stands.reached_on is None
    assert stands.at_close == pytest.approx(6400 + 36 * 900)


def test_a_day_on_which_nobody_came_is_not_a_day_without_a_count() -> None:
    assert now(1000, 0, 1000).gap == -1000
    assert now(1000, None, 1000).gap == 0


def test_ahead_in_days() -> None:
    assert now(1500, 1500).gap_days == pytest.approx(1.0)


def test_the_goal_falls_at_the_level_of_the_last_days() -> None:
    weights = EVEN.where(EVEN.index.day_of_week < 5, 2.0)
    stands = now(*[1000, 2000, 2000, 1000, 1000, 1000, 1000], weights=weights, goal=18_000)
    assert stands.level == pytest.approx(1000)
    assert stands.reached_on == pd.Timestamp("2026-04-23")  # 9000 so far: 1, 2, 2, 1, 1, 1, 1 thousand
    assert now(20_000, goal=18_000).reached_on == DAYS[0]


def test_before_the_opening() -> None:
    stands = now(as_of=date(2026, 4, 9))
    assert (stands.counted, stands.days_gone, stands.days_left, stands.due, stands.gap, stands.recent) == (0, 0, 45, 0, 0, None)
    assert stands.needed == pytest.approx(1000)
    assert (stands.reached_on, stands.at_close) == (None, None)


@pytest.mark.parametrize("as_of", [date(2026, 5, 24), date(2026, 6, 30)])
def test_when_no_day_is_left_nothing_can_be_needed(as_of: date) -> None:
    stands = now(*[900] * 45, as_of=as_of)
    assert (stands.days_gone, stands.days_left, stands.needed) == (45, 0, None)
    assert stands.gap == -4500


def test_without_a_goal_or_with_a_goal_of_zero() -> None:
    stands = now(100, goal=None)
    assert (stands.goal, stands.due, stands.gap, stands.gap_days, stands.share, stands.needed) == (None,) * 6
    nothing = now(100, goal=0)
    assert (nothing.due, nothing.gap, nothing.gap_days, nothing.share, nothing.needed) == (0, 100, None, None, 0)


def test_a_plan_without_days() -> None:
    none = pd.DatetimeIndex([], dtype="datetime64[ns]")
    stands = pace(by_day(), None, pd.Series(dtype="float64", index=none), date(2026, 5, 1))
    assert (stands.counted, stands.days_gone, stands.days_left, stands.reached_on) == (0, 0, 0, None)


@settings(derandomize=True, deadline=None, max_examples=60)
@given(st.lists(st.one_of(st.none(), st.integers(0, 50_000)), max_size=45), st.integers(0, 500_000))
def test_what_always_holds(visitors: list[int | None], goal: int) -> None:
    stands = pace(by_day(*visitors), plan_curve(goal, EVEN), EVEN, (DAYS[0] + pd.Timedelta(days=len(visitors) - 1)).date())
    past = plan_curve(goal, EVEN)["planned"].head(len(visitors)).sum()
    assert (stands.due or 0) + (stands.due_missing or 0) == past
    assert stands.counted == sum(one or 0 for one in visitors)
    assert stands.days_gone + stands.days_left == len(DAYS)
    if stands.at_close is not None:
        assert stands.at_close >= stands.counted
    if stands.reached_on is not None:
        assert DAYS[0] <= stands.reached_on <= DAYS[-1]
