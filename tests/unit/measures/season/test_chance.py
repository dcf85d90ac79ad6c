"""Tests of the chance to reach a goal: it agrees with the forecast's interval, and is given no more exactly than it is known."""

from dataclasses import replace
from datetime import date
from statistics import NormalDist

import numpy as np
import pandas as pd
import pytest
from discovery import BASE, tables_now

from sejong_dash.measures.season.chance import band, band_of_pct, chance, chance_pct, verdict
from sejong_dash.measures.season.forecast import Forecast, forecast
from sejong_dash.measures.season.outlook import outlook_of

NOTHING = pd.DataFrame()


def seen(total: float, low: float, high: float, counted: float = 0.0) -> Forecast:
    return Forecast(total, low, high, counted, 0.0, NOTHING, NOTHING)


@pytest.mark.parametrize("day", [date(2026, 4, 14), date(2026, 5, 6), date(2026, 5, 23)])
def test_the_ends_of_the_interval_have_ten_and_ninety_percent(day: date) -> None:
    found = outlook_of(tables_now(), replace(BASE, as_of=day))
    assert chance(found, found.high) == pytest.approx(0.1)
    assert chance(found, found.low) == pytest.approx(0.9)
    assert chance(found, found.total) == pytest.approx(0.5)


def test_between_them_it_is_lognormal() -> None:
    found = seen(total=1_000 + 400, low=1_000 + 200, high=1_000 + 800, counted=1_000)
    width = np.log(2) / NormalDist().inv_cdf(0.9)  # both sides: half, and twice, the median
    for goal in (1_100, 1_300, 1_500, 2_000):
        expected = 1 - NormalDist(np.log(400), width).cdf(np.log(goal - 1_000))
        assert chance(found, goal) == pytest.approx(expected)
    assert chance(found, 1_600) == pytest.approx(1 - NormalDist().cdf(np.log(1.5) / width))


def test_it_falls_as_the_goal_rises() -> None:
    found = outlook_of(tables_now(), BASE)
    chances = [chance(found, goal) for goal in range(80_000, 400_000, 5_000)]
    assert chances == sorted(chances, reverse=True)
    assert chances[0] == 1.0  # 83,787 are counted
    assert chances[-1] < 0.01


def test_without_a_forecast_or_a_goal_there_is_none() -> None:
    assert chance(seen(float("nan"), float("nan"), float("nan")), 150_000) is None
    assert chance(seen(1.0, 1.0, 1.0), None) is None
    assert chance(seen(1.0, 1.0, 1.0), 0) is None


def test_after_the_last_day_it_is_known() -> None:
    over = seen(142_726, 142_726, 142_726, 142_726)
    assert chance(over, 150_000) == 0.0
    assert chance(over, 142_726) == 1.0


def test_an_interval_of_few_visitors_gives_a_chance_too() -> None:
    width = np.log(4) / NormalDist().inv_cdf(0.9)  # the lower end is that of half a visitor
    assert chance(seen(32, 30, 35, counted=30), 31) == pytest.approx(1 - NormalDist().cdf(np.log(1 / 2) / width))
    assert chance(seen(32, 32, 32, counted=30), 33) == 0.0
    assert chance(seen(32, 32, 32, counted=30), 31) == 1.0


def test_after_days_of_zeros_it_is_that_of_the_interval() -> None:
    days = pd.DataFrame({"date": pd.date_range("2026-04-10", periods=4), "visitors": [0, 0, 0, 0]})
    found = forecast(days, "2026-04-10", "2026-05-24", "2026-04-13")
    assert found.total == 0.0
    assert chance(found, found.high) == pytest.approx(0.1)
    assert chance(found, 2 * found.high) == pytest.approx(0.01)


@pytest.mark.parametrize(
    ("share", "percent"),
    [(0.0, 0), (0.049, 0), (0.05, 5), (0.1, 10), (0.124, 10), (0.126, 15), (0.4, 40), (0.95, 95), (0.951, 100), (1.0, 100)],
)
def test_it_is_given_to_the_nearest_five_percent(share: float, percent: int) -> None:
    assert chance_pct(share) == percent


@pytest.mark.parametrize(
    ("share", "word"),
    [
        (0.0, "very_unlikely"),
        (0.1, "unlikely"),
        (0.3, "unlikely"),
        (0.5, "open"),
        (0.65, "likely"),
        (0.9, "very_likely"),
        (1.0, "very_likely"),
    ],
)
def test_it_is_said_by_band(share: float, word: str) -> None:
    assert band(share) == word
    assert band_of_pct(chance_pct(share)) == word


def test_an_unknown_chance_stays_unknown() -> None:
    assert chance_pct(None) is None


@pytest.mark.parametrize(
    ("expected", "word"), [(97_999, "late"), (98_000, "on_pace"), (100_000, "on_pace"), (102_000, "on_pace"), (102_001, "ahead")]
)
def test_two_percent_of_the_goal_are_on_pace(expected: float, word: str) -> None:
    assert verdict(expected, 100_000) == word


@pytest.mark.parametrize(("expected", "word"), [(0.0, "on_pace"), (0.4, "ahead"), (150_000.0, "ahead")])
def test_a_goal_of_zero_is_compared_without_dividing_by_it(expected: float, word: str) -> None:
    assert verdict(np.float64(expected), np.float64(0)) == word
