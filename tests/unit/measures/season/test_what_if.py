"""Tests of the planner: measures change the days that they name, and the uplift is the smallest that reaches the goal."""

from datetime import date

import pandas as pd
import pytest
from discovery import BASE, tables_now
from hypothesis import given, settings
from hypothesis import strategies as st

from sejong_dash.choices import WhatIf
from sejong_dash.measures import calendar
from sejong_dash.measures.season import what_if

DAYS = pd.date_range("2026-05-04", "2026-05-10", name="date")
KINDS = calendar.calendar(DAYS)
days_left = st.lists(st.integers(0, 9000), min_size=1, max_size=60)


def ahead(visitors: list[int]) -> pd.Series:
    return pd.Series(visitors, index=pd.date_range("2026-05-07", periods=len(visitors), name="date"), dtype="float64")


def test_a_campaign_lifts_its_share_from_its_day_on() -> None:
    grows = what_if.factors(KINDS, WhatIf(campaign_pct=20, campaign_from=date(2026, 5, 8)), share=0.25)
    assert list(grows.round(4)) == [1, 1, 1, 1, 1.05, 1.05, 1.05]


def test_golden_week_lifts_its_days_alone_and_on_top() -> None:
    grows = what_if.factors(KINDS, WhatIf(campaign_pct=10, golden_week_pct=50), share=1)
    assert list(grows.round(4)) == [1.65, 1.65, 1.65, 1.1, 1.1, 1.1, 1.1]


def test_no_day_holds_more_than_the_capacity() -> None:
    grown = what_if.lifted(ahead([100, 300]), pd.Series(dtype="float64"), 200)
    assert list(grown) == [100, 200]


def test_the_share_of_a_prefecture() -> None:
    known = pd.DataFrame({"date": [DAYS[0], DAYS[0], DAYS[1]], "jis_code": ["40", None, "40"], "visitors": [30, 50, 20]})
    assert what_if.share_of(known, DAYS[:1], "40") == pytest.approx(0.375)
    assert what_if.share_of(known, DAYS[:1], None) == 1
    assert what_if.share_of(known, DAYS[3:], "40") == 0


def test_out_of_reach() -> None:
    assert what_if.uplift_needed(ahead([100, 100]), 0, 500, 200) is None
    assert what_if.uplift_needed(ahead([0, 0]), 0, 500, None) is None
    assert what_if.uplift_needed(ahead([100, 100]), 400, 500, None) == 0


@settings(derandomize=True, deadline=None)
@given(days_left, st.integers(0, 100_000), st.one_of(st.none(), st.integers(1, 12_000)))
def test_the_smallest_uplift(visitors: list[int], goal: int, capacity: int | None) -> None:
    days = ahead(visitors)
    more = what_if.uplift_needed(days, 0, goal, capacity)

    def reached(grows: float) -> float:
        return float((days * (1 + grows)).clip(upper=capacity).sum())

    if more is None:
        assert reached(1e9) < goal or not days.any()
        return
    assert more >= 0
    assert reached(more) >= goal - 1e-6 * max(goal, 1)
    if more > 1e-9:
        assert reached(more * (1 - 1e-6) - 1e-9) < goal


def test_the_uplift_for_a_chance_gives_that_chance() -> None:
    found = what_if.scenario_of(tables_now(), BASE)
    assert found is not None
    even, safe = (what_if.uplift_for(found, 150_000, chance, None) for chance in (0.5, 0.8))
    assert even is not None
    assert safe is not None
    assert 0 < even < safe
    counted = found.forecast.counted
    for uplift, chance in ((even, 0.5), (safe, 0.8)):
        # every day left grows alike, and so do all quantiles of what is left
        assert found.forecast.chance(counted + (150_000 - counted) / (1 + uplift)) == pytest.approx(chance, abs=1e-3)
    assert what_if.uplift_for(found, 150_000, 0.8, 3_000) is None
    assert what_if.uplift_for(found, 90_000, 0.8, None) == 0
