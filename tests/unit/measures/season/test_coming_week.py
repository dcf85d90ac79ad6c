"""Tests of the coming week: what is needed adds up to the goal, and like is compared with like."""

from dataclasses import replace
from datetime import date

import pytest
from discovery import BASE, tables_now

from sejong_dash.measures import goal
from sejong_dash.measures.season.coming_week import coming_week, more_pct
from sejong_dash.measures.season.season import season_of


def test_the_week_is_the_first_part_of_what_is_missing() -> None:
    now = season_of(tables_now(), BASE)
    week = coming_week(now)
    assert (week.days, week.needed, week.alike) == (7, 25_318, 21_210)
    left = now.weights[now.days > "2026-05-06"]
    assert goal.split(150_000 - 83_787, left).head(7).sum() == week.needed


def test_before_opening_it_is_the_first_week() -> None:
    week = coming_week(season_of(tables_now(), replace(BASE, as_of=date(2026, 4, 1))))
    assert (week.days, week.alike) == (7, None)
    # each day is rounded for itself: here to the largest remainder, in the plan curve to the running total
    assert week.needed == pytest.approx(season_of(tables_now(), BASE).curve["planned"].head(7).sum(), abs=7)


def test_near_the_end_it_has_the_days_left_and_none_after_it() -> None:
    assert coming_week(season_of(tables_now(), replace(BASE, as_of=date(2026, 5, 22)))).days == 2
    over = coming_week(season_of(tables_now(), replace(BASE, as_of=date(2026, 6, 1))))
    assert (over.days, over.needed) == (0, 0)


def test_what_was_not_counted_gives_no_need() -> None:
    assert coming_week(season_of(tables_now(), replace(BASE, sample=False))).needed is None


@pytest.mark.parametrize(("needed", "alike", "more"), [(25_318, 21_210, 19), (50, 100, -50), (0, 10, None), (10, None, None)])
def test_more_is_in_percent_of_like_days(needed: int, alike: int | None, more: int | None) -> None:
    assert more_pct(needed, alike) == more
