"""Tests of the pace: ahead or behind, by how much, what each day left must bring, and when no verdict is given."""

from datetime import date

import pandas as pd
import pytest
from examples import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from sejong_dash.measures.season.pace import Pace, pace
from sejong_dash.measures.season.plan_curve import plan_curve

DAYS = pd.date_range("2026-04-10", "2026-05-24", name="date")
EVEN = pd.Series(1.0, index=DAYS)


def by_day(*visitors: int | None, partial: dict[int, float] | None = None) -> pd.DataFrame:
    """Counts from the first day on; `partial` gives the share that was counted of the days with these numbers (from 0)."""
    table = pd.DataFrame({"date": DAYS[: len(visitors)], "visitors": pd.array(visitors, dtype="Int64")})
    share = table["visitors"].notna().astype(float)
    for day, part in (partial or {}).items():
        share[day] = part
    state = share.map(lambda part: "counted" if part == 1 else "partial" if part else "missing").astype("str")
    return table.assign(share=share, state=state)


def now(
    *visitors: int | None,
    goal: int | None = 45_000,
    weights: pd.Series = EVEN,
    as_of: date | None = None,
    partial: dict[int, float] | None = None,
) -> Pace:
    end = as_of or (DAYS[0] + pd.Timedelta(days=len(visitors) - 1)).date()
    curve = None if goal is None else plan_curve(goal, weights)
    table = by_day(*visitors, partial=partial)
    if curve is not None:
        table["due"] = (curve["planned"].head(len(table)).to_numpy() * table["share"]).cumsum().round().astype("int64")
    return pace(table, curve, weights, end)


def test_behind_after_nine_days_with_one_not_counted() -> None:
    stands = now(500, 500, None, 900, 900, 900, 900, 900, 900)
    assert (stands.counted, stands.days_gone, stands.days_left, stands.days_missing) == (6400, 9, 36, 1)
    assert (stands.due, stands.due_missing, stands.gap) == (8000, 1000, -1600)  # eight days of 1000, not nine
    assert stands.gap_days == pytest.approx(-1.6)
    assert stands.share_pct == 14.2
    assert stands.needed == 1073  # 38,600 on 36 days, rounded up
    assert stands.recent == pytest.approx(900)  # of the last seven days six were counted
    assert (stands.recent_days, stands.alike) == (6, pytest.approx(900))
    assert stands.state == "running"


def test_a_day_on_which_nobody_came_is_not_a_day_without_a_count() -> None:
    assert now(1000, 0, 1000).gap == -1000
    assert now(1000, None, 1000).gap == 0


def test_ahead_in_days() -> None:
    assert now(1500, 1500).gap_days == pytest.approx(1.0)


def test_the_recent_level_is_that_of_a_day_of_weight_one() -> None:
    weights = EVEN.where(EVEN.index.day_of_week < 5, 2.0)
    stands = now(*[1000, 2000, 2000, 1000, 1000, 1000, 1000], weights=weights, goal=18_000)
    assert stands.level == pytest.approx(1000)
    assert stands.alike == pytest.approx(1000 * weights.iloc[7:].mean())


def test_a_partial_day_is_compared_for_its_part_and_tells_nothing_of_the_level() -> None:
    stands = now(1000, 1000, 60, 1000, partial={2: 0.06})
    assert (stands.counted, stands.due, stands.due_missing, stands.gap) == (3060, 3060, 940, 0)
    assert (stands.days_partial, stands.days_missing) == (1, 0)
    assert (stands.level, stands.recent, stands.recent_days) == (pytest.approx(1000), pytest.approx(1000), 3)
    whole = now(1000, 1000, 60, 1000)
    assert (whole.gap, whole.recent) == (-940, pytest.approx(765))


def test_no_verdict_where_too_much_is_missing() -> None:
    stands = now(*[300] * 5, *[None] * 26)
    assert stands.state == "withheld"
    assert (stands.gap, stands.gap_days, stands.gap_goal, stands.share_pct, stands.needed) == (None,) * 5
    assert (stands.counted, stands.due, stands.days_missing) == (1500, 5000, 26)
    assert now(*[900] * 20, None, None, 900, 900).state == "running"  # two of 24
    assert now(*[900] * 10, *[None] * 3).state == "withheld"  # three of 13: more than a fifth
    assert now(*[900] * 13, *[None] * 3).state == "stale"  # three of 16: less


def test_one_day_missing_at_the_opening_is_half_of_all_and_no_reason() -> None:
    assert now(900, None).state == "running"
    assert now(None, 900).state == "running"
    assert now(None).state == "uncounted"


def test_after_closing_a_twentieth_may_be_missing_and_a_goal_that_is_reached_is_reached() -> None:
    end = date(2026, 6, 1)
    assert now(*[900] * 43, None, None, as_of=end).state == "over"
    assert now(*[900] * 42, None, None, None, as_of=end).state == "withheld"
    reached = now(*[2000] * 30, *[None] * 15, as_of=end)
    assert (reached.state, reached.gap_goal) == ("over", 15_000)
    assert now(*[None] * 45, as_of=end).state == "uncounted"


def test_before_the_opening() -> None:
    stands = now(as_of=date(2026, 4, 9))
    assert (stands.counted, stands.days_gone, stands.days_left, stands.due, stands.gap, stands.recent) == (0, 0, 45, 0, 0, None)
    assert (stands.needed, stands.state) == (1000, "before")


@pytest.mark.parametrize("as_of", [date(2026, 5, 24), date(2026, 6, 30)])
def test_when_no_day_is_left_nothing_can_be_needed(as_of: date) -> None:
    stands = now(*[900] * 45, as_of=as_of)
    assert (stands.days_gone, stands.days_left, stands.needed) == (45, 0, None)
    assert (stands.gap, stands.gap_goal) == (-4500, -4500)


def test_without_a_goal_or_with_a_goal_of_zero() -> None:
    stands = now(100, goal=None)
    assert (stands.goal, stands.due, stands.gap, stands.gap_days, stands.share_pct, stands.needed) == (None,) * 6
    nothing = now(100, goal=0)
    assert (nothing.due, nothing.gap, nothing.gap_days, nothing.share_pct, nothing.needed) == (0, 100, None, None, 0)


def test_a_plan_without_days() -> None:
    none = pd.DatetimeIndex([], dtype="datetime64[ns]")
    stands = pace(by_day(), None, pd.Series(dtype="float64", index=none), date(2026, 5, 1))
    assert (stands.counted, stands.days_gone, stands.days_left, stands.level) == (0, 0, 0, None)


@settings(derandomize=True, deadline=None, max_examples=examples(60))
@given(st.lists(st.one_of(st.none(), st.integers(0, 50_000)), max_size=45), st.integers(0, 500_000))
def test_what_always_holds(visitors: list[int | None], goal: int) -> None:
    stands = now(*visitors, goal=goal)
    past = plan_curve(goal, EVEN)["planned"].head(len(visitors)).sum()
    assert (stands.due or 0) + (stands.due_missing or 0) == past
    assert stands.counted == sum(one or 0 for one in visitors)
    assert stands.days_gone + stands.days_left == len(DAYS)
    assert 0 <= stands.missing_share <= 1
    assert (stands.gap is None) == stands.is_withheld
    if stands.needed is not None and visitors:
        assert stands.needed * stands.days_left >= goal - stands.counted
