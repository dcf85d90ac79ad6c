"""Tests of the distribution that an interval stands for: quantiles and chances are each other's inverse."""

import numpy as np
import pandas as pd
import pytest
from discovery import BASE, tables_now

from sejong_dash.measures.season.forecast import Forecast, forecast
from sejong_dash.measures.season.forecasting import interval
from sejong_dash.measures.season.outlook import outlook_of

NOTHING = pd.DataFrame()


@pytest.mark.parametrize("p", [0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99])
def test_a_quantile_is_reached_with_the_rest_of_the_chance(p: float) -> None:
    assert interval.chance(200, 400, 900, interval.quantile(200, 400, 900, p)) == pytest.approx(1 - p)


def test_the_forecast_s_quantiles_are_its_ends() -> None:
    found = outlook_of(tables_now(), BASE)
    assert [found.quantile(p) for p in (0.1, 0.5, 0.9)] == pytest.approx([found.low, found.total, found.high])
    steps = [found.quantile(p) for p in np.arange(0.01, 1, 0.01)]
    assert steps == sorted(steps)
    assert steps[0] > found.counted
    assert found.chance(found.quantile(0.2)) == pytest.approx(0.8)


def test_without_a_forecast_nothing_is_known() -> None:
    unknown = Forecast(np.nan, np.nan, np.nan, 0.0, np.nan, NOTHING, NOTHING)
    assert np.isnan([unknown.quantile(0.5), unknown.chance(100)]).all()


def test_after_the_last_day_every_quantile_is_the_count() -> None:
    over = Forecast(500.0, 500.0, 500.0, 500.0, 0.0, NOTHING, NOTHING)
    assert [over.quantile(p) for p in (0.1, 0.5, 0.9)] == [500.0] * 3


def test_after_days_of_zeros_it_is_a_poisson_s() -> None:
    days = pd.DataFrame({"date": pd.date_range("2026-04-10", periods=4), "visitors": [0, 0, 0, 0]})
    found = forecast(days, "2026-04-10", "2026-05-24", "2026-04-13")
    assert found.quantile(0.9) == pytest.approx(found.high)
    assert found.quantile(0.5) == 0.0
    assert found.quantile(0.99) == pytest.approx(2 * found.high)


def test_the_inner_interval_lies_within_and_holds_half() -> None:
    found = outlook_of(tables_now(), BASE)
    inner, outer = found.inner(), found.cumulative
    assert inner["date"].tolist() == outer["date"].tolist()
    assert (outer["low"] <= inner["low"] + 1).all()
    assert (inner["low"] <= outer["visitors"]).all()
    assert (outer["visitors"] <= inner["high"]).all()
    assert (inner["high"] <= outer["high"] + 1).all()
    assert inner["low"].iloc[-1] == pytest.approx(found.quantile(0.25))
    assert inner["high"].iloc[-1] == pytest.approx(found.quantile(0.75))


def test_a_width_is_cut_to_what_is_allowed() -> None:
    assert interval.fit_width(100, 0.5, 0.5, 1e9) == 1.0
    fits = interval.fit_width(100, 0.5, 0.7, 60)
    assert 100 * (np.exp(0.7 * fits) - np.exp(-0.5 * fits)) == pytest.approx(60)
