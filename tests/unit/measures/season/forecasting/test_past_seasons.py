"""Tests of past seasons: years of an event by weekday, other events by likeness, and no interval that a reference widens."""

import numpy as np
import pandas as pd
import pytest
from examples import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from sejong_dash.datasets import reference_seasons
from sejong_dash.measures.season.forecast import Forecast, forecast
from sejong_dash.measures.season.forecasting.past_seasons import pick_up, seasons_of, years_of

OPENS = pd.Timestamp("2026-04-10")
KEPT = settings(derandomize=True, deadline=None, max_examples=examples(60))


def season(name: str, values: np.ndarray, opens_on: str | None = None, every: int = 1, kind: str | None = None) -> pd.DataFrame:
    number = np.arange(1, len(values) + 1)
    shares = values.cumsum() / values.sum()
    table = pd.DataFrame({"season": name, "day": number, "days": len(values), "cumulative_share": shares})[::-every][::-1]
    return table.assign(opens_on=pd.Timestamp(opens_on) if opens_on else pd.NaT, kind=kind)


def drawn(rng: np.random.Generator, days: int, slope: float, noise: float) -> np.ndarray:
    return np.exp(8 + slope * np.linspace(-0.5, 0.5, days) + noise * rng.normal(size=days))


@st.composite
def seasons(draw: st.DrawFn) -> tuple[pd.DataFrame, int, int, pd.DataFrame]:
    """Counts of a season, its days, the days gone, and one to six past seasons of any length and kind."""
    rng = np.random.default_rng(draw(st.integers(0, 10_000)))
    days = draw(st.integers(4, 90))
    gone = draw(st.integers(1, days - 1))
    values = drawn(rng, days, draw(st.floats(-2, 2)), draw(st.floats(0, 0.6)))
    counts = pd.DataFrame({"date": pd.date_range(OPENS, periods=gone), "visitors": values[:gone].round()})
    past = []
    for number in range(draw(st.integers(1, 6))):
        length = days if draw(st.booleans()) else draw(st.integers(5, 214))
        shape = drawn(rng, length, draw(st.floats(-4, 4)), draw(st.floats(0, 0.8)))
        opened = draw(st.sampled_from([None, "2019-04-12", "2016-09-30"]))
        past.append(season(f"s{number}", shape, opened, draw(st.integers(1, 9)), draw(st.sampled_from([None, "garden"]))))
    return counts, days, gone, pd.concat(past)


def width(found: Forecast) -> tuple[float, float, float]:
    """The width in visitors, against the forecast, and as the ratio of its ends in what is left."""
    return (
        found.high - found.low,
        (found.high - found.low) / found.total,
        (found.high - found.counted) / max(found.low - found.counted, 1e-9),
    )


@KEPT
@given(seasons())
def test_a_reference_never_widens_the_interval(drawn_season: tuple) -> None:
    counts, days, _, reference = drawn_season
    ends = (OPENS, OPENS + pd.Timedelta(days=days - 1), counts["date"].iloc[-1])
    for kind in ("", "garden"):
        alone = forecast(counts, *ends, kind=kind)
        with_past = forecast(counts, *ends, reference=reference, kind=kind)
        for mine, without in zip(width(with_past), width(alone), strict=True):
            assert mine <= without * (1 + 1e-6) + 1e-3


def test_the_shipped_past_seasons_do_not_widen_it_either() -> None:
    counts = pd.DataFrame({"date": pd.date_range(OPENS, periods=27), "visitors": 3_000.0})
    ends = (OPENS, OPENS + pd.Timedelta(days=44), counts["date"].iloc[-1])
    alone, with_past = (forecast(counts, *ends, reference=past, kind="garden") for past in (None, reference_seasons.load()))
    assert with_past.mode == "one-off"
    assert with_past.high - with_past.low <= alone.high - alone.low


def years(number: int, days: int = 12, noise: float = 0.05) -> pd.DataFrame:
    """Years of a fair that opens on the last Thursday but one of August, each with the same weekdays."""
    tables = []
    for year in range(2014, 2014 + number):
        opens_on = pd.Timestamp(year, 8, 20)
        opens_on += pd.Timedelta(days=(3 - opens_on.day_of_week) % 7)
        rng = np.random.default_rng(year)
        weekend = 1 + 0.8 * (pd.date_range(opens_on, periods=days).day_of_week >= 5)
        tables.append(season(str(year), weekend * np.exp(noise * rng.normal(size=days)), str(opens_on.date())))
    return pd.concat(tables)


def test_three_years_of_an_event_make_it_a_repeated_one() -> None:
    days = pd.date_range("2026-08-20", periods=12)
    counts = pd.DataFrame({"date": days[:5], "visitors": [100.0, 100, 180, 180, 100]})
    modes = [forecast(counts, days[0], days[-1], days[4], reference=years(number)).mode for number in (2, 3, 12)]
    assert modes == ["one-off", "repeated", "repeated"]
    assert not years_of(seasons_of(years(12)), pd.date_range("2026-01-15", periods=12))  # another time of year
    assert not years_of(seasons_of(years(12)), pd.date_range("2026-08-20", periods=20))  # another length


def test_the_more_years_the_closer() -> None:
    days = pd.date_range("2026-08-20", periods=12)
    counts = pd.DataFrame({"date": days[:5], "visitors": [100.0, 100, 180, 180, 100]})
    three = years(3)
    again = pd.concat(three.assign(season=three["season"] + f" {number}") for number in range(4))  # the same spread
    references = (three, again)
    widths = [width(forecast(counts, days[0], days[-1], days[4], reference=reference))[0] for reference in references]
    assert widths[1] < widths[0]
    alone = forecast(counts, days[0], days[-1], days[4])
    assert widths[0] < alone.high - alone.low


def test_years_are_laid_over_the_days_by_weekday() -> None:
    moved = pd.date_range("2026-08-22", periods=12)  # a Saturday, where the years began on a Thursday
    found = pick_up(seasons_of(years(5, noise=0.0)), moved, 2, np.arange(2))
    assert found is not None
    weekend = 1 + 0.8 * (moved.day_of_week >= 5)
    assert found.log_ratio == pytest.approx(np.log(weekend[2:].sum() / weekend[:2].sum()), abs=0.02)


def test_like_events_count_more() -> None:
    early, late = np.r_[np.full(20, 3.0), np.ones(25)], np.r_[np.ones(20), np.full(25, 3.0)]
    days = pd.date_range(OPENS, periods=45)

    def ratio(first: pd.DataFrame, second: pd.DataFrame, kind: str = "") -> float:
        found = pick_up(seasons_of(pd.concat([first, second])), days, 20, np.arange(20), kind)
        assert found is not None
        return found.log_ratio

    even = ratio(season("a", early, "2019-04-12", 5), season("b", late, "2019-04-12", 5))
    garden = season("a", early, "2019-04-12", 5, "garden")
    assert ratio(garden, season("b", late, "2019-04-12", 5, "theme"), "garden") < even
    assert ratio(season("a", early, "2019-04-12", 5), season("b", late, "2019-10-12", 5)) < even
    long = season("b", np.repeat(late, 4), "2019-04-12", 20)
    assert ratio(season("a", early, "2019-04-12", 5), long) < even
