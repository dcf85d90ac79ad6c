"""Tests of the forecast: from what was known, wide while little is, never below what was counted, narrower with every day."""

import warnings
from datetime import date

import numpy as np
import pandas as pd
import pytest
from discovery import tables_now
from examples import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from sejong_dash.choices import Choices
from sejong_dash.datasets import reference_seasons, visitors
from sejong_dash.measures.season.forecast import Forecast, forecast
from sejong_dash.measures.season.forecasting.past_seasons import seasons_of
from sejong_dash.measures.season.outlook import outlook
from sejong_dash.measures.season.season import season_of

OPENS = pd.Timestamp("2026-04-10")
KEPT = settings(derandomize=True, deadline=None, max_examples=examples(30))


@pytest.fixture(autouse=True)
def _nothing_is_warned_of():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


def counts(values: list[float], opens_on: pd.Timestamp = OPENS) -> pd.DataFrame:
    return pd.DataFrame({"date": pd.date_range(opens_on, periods=len(values)), "visitors": values})


def day(number: int) -> pd.Timestamp:
    """The date of the season's day, from 1."""
    return OPENS + pd.Timedelta(days=number - 1)


def invented(rng: np.random.Generator, days: int, slope: float, bend: float = 0.05, noise: float = 0.15) -> np.ndarray:
    """A season of visitors: a level, a slope over the season, weekends, a slow drift of its own, noise by day."""
    at = (np.arange(days) + 0.5) / days
    drift = bend * np.sqrt(2) * np.sin(2 * np.pi * (at * rng.uniform(0.5, 2) + rng.uniform()))
    weekend = 0.4 * (pd.date_range(OPENS, periods=days).day_of_week >= 5)
    logarithm = rng.uniform(6, 11) + slope * at + drift + weekend + noise * rng.normal(size=days)
    return np.round(np.exp(logarithm))


def curve(season: str, values: np.ndarray, every: int = 1) -> pd.DataFrame:
    shares = values.cumsum() / values.sum()
    number = np.arange(1, len(values) + 1)
    table = pd.DataFrame({"season": season, "day": number, "days": len(values), "cumulative_share": shares})
    return table[::-every][::-1]


@st.composite
def seasons(draw: st.DrawFn) -> tuple[pd.DataFrame, int, int, dict]:
    """Counts with days missing and of nobody, the season's days, as-of as its day, plan and past seasons or none."""
    days = draw(st.integers(2, 70))
    one = st.none() | st.integers(0, 5) | st.integers(0, 200_000)
    table = counts([np.nan if v is None else float(v) for v in draw(st.lists(one, min_size=days, max_size=days))])
    known: dict = {}
    if draw(st.booleans()):
        weights = draw(st.lists(st.floats(0, 9), min_size=days, max_size=days))
        known["day_weights"] = pd.Series(weights, index=table["date"])
    if number := draw(st.integers(0, 3)):
        rng = np.random.default_rng(draw(st.integers(0, 9)))
        known["reference"] = pd.concat(curve(f"s{i}", invented(rng, 40 + i, 1.0), every=1 + i) for i in range(number))
    return table, days, draw(st.integers(1, days - 1)), known


def finite(told: Forecast) -> bool:
    tables = (told.daily, told.cumulative)
    return told.is_known and all(np.isfinite(table[["visitors", "low", "high"]].to_numpy()).all() for table in tables)


@KEPT
@given(seasons())
def test_what_holds_for_every_season(season: tuple) -> None:
    table, days, gone, known = season
    told = forecast(table, OPENS, day(days), day(gone), **known)
    so_far = table["visitors"][:gone].sum()
    assert told.counted == pytest.approx(so_far)
    assert told.daily["date"].tolist() == told.cumulative["date"].tolist() == [day(n) for n in range(gone + 1, days + 1)]
    if table["visitors"][:gone].isna().all():
        assert not told.is_known
        assert np.isnan([told.total, told.low, told.high]).all()
        return
    assert finite(told)
    assert so_far * (1 - 1e-12) <= told.low <= told.total <= told.high
    assert told.uncounted >= 0
    assert told.daily["visitors"].sum() == pytest.approx(told.total - told.counted, abs=1e-6 * (1 + told.total))
    for one in (told.daily, told.cumulative):
        assert (one["low"] <= one["visitors"] * (1 + 1e-12)).all()
        assert (one["visitors"] <= one["high"] * (1 + 1e-12)).all()
        assert (one["low"] >= 0).all()
    end = told.cumulative.iloc[-1]
    assert (end["low"], end["visitors"], end["high"]) == pytest.approx((told.low, told.total, told.high))
    for column in ("low", "visitors", "high"):
        assert told.cumulative[column].diff().dropna().ge(-1e-6).all()


def same(one: Forecast, other: Forecast, times: float = 1.0) -> None:
    assert (other.total, other.low, other.high) == pytest.approx(
        (one.total * times, one.low * times, one.high * times), rel=1e-9, nan_ok=True
    )
    pd.testing.assert_series_equal(other.daily["high"], one.daily["high"] * times)


@KEPT
@given(seasons(), st.randoms(use_true_random=False))
def test_nothing_after_as_of_and_nothing_outside_the_season_is_looked_at_in_any_order(season: tuple, chance) -> None:
    table, days, gone, known = season
    told = forecast(table, OPENS, day(days), day(gone), **known)
    other = table.assign(visitors=table["visitors"].where(table.index < gone, 10**6 * chance.random()))
    other = pd.concat([other, counts([7e5, 7e5], day(-1)), counts([7e5], day(days + 1))])
    order = list(range(len(other)))
    chance.shuffle(order)
    other = other.iloc[order]
    again = forecast(other, OPENS, day(days), day(gone), **known)
    assert (again.total, again.low, again.high) == pytest.approx((told.total, told.low, told.high), rel=0, abs=0, nan_ok=True)
    pd.testing.assert_frame_equal(again.daily, told.daily, check_exact=True)


@KEPT
@given(seasons(), st.sampled_from([0.001, 3.0, 1e6]))
def test_k_times_the_visitors_are_k_times_the_forecast(season: tuple, k: float) -> None:
    table, days, gone, known = season
    if table["visitors"][:gone].sum() > 0:
        once = forecast(table, OPENS, day(days), day(gone), **known)
        same(once, forecast(table.assign(visitors=table["visitors"] * k), OPENS, day(days), day(gone), **known), k)


@KEPT
@given(seasons(), st.integers(0, 30))
def test_a_finished_season_is_its_count(season: tuple, later: int) -> None:
    table, days, _, known = season
    told = forecast(table, OPENS, day(days), day(days + later), **known)
    if table["visitors"].isna().all():
        assert not told.is_known
    else:
        assert told.total == told.low == told.high == pytest.approx(table["visitors"].sum())
    assert told.daily.empty
    assert list(told.daily) == ["date", "visitors", "low", "high"]


def test_rows_of_one_day_are_summed_and_dates_may_be_text() -> None:
    whole = forecast(counts([100, 200, 300]), OPENS, day(45), day(3))
    parts = pd.DataFrame(
        {"date": ["2026-04-12", "2026-04-10", "2026-04-11", "2026-04-12"], "visitors": pd.array([100, 100, 200, 200], "Int64")}
    )
    same(whole, forecast(parts, "2026-04-10", "2026-05-24", "2026-04-12"))
    same(whole, forecast(counts([100, 200, 300]), OPENS.date(), day(45).date(), day(3).date()))


@pytest.mark.parametrize("as_of", [-3, 0, 1])
def test_too_early_is_not_known(as_of: int) -> None:
    table = counts([np.nan, 5.0]) if as_of else counts([])
    told = forecast(table, OPENS, day(45), day(as_of))
    assert not told.is_known
    assert np.isnan([told.total, told.low, told.high]).all()
    assert len(told.daily) == 45 - max(as_of, 0)
    assert told.daily["visitors"].isna().all()


def test_nobody_so_far_is_nobody_with_room_above() -> None:
    few, many = (forecast(counts([0.0] * n), OPENS, day(45), day(n)) for n in (2, 20))
    assert few.total == few.low == few.daily["visitors"].sum() == 0
    assert few.high == pytest.approx(2.302585 / 2 * 43)  # so many would stay away altogether once in ten
    assert 0 < many.high < few.high < np.inf


def test_one_day_says_little() -> None:
    told = forecast(counts([1000]), OPENS, day(45), OPENS, kind="garden")
    assert finite(told)
    assert 20_000 < told.total < 90_000
    assert told.high / told.low > 2


def test_a_season_that_closes_before_it_opens_is_refused() -> None:
    with pytest.raises(ValueError, match="before opens_on"):
        forecast(counts([1]), OPENS, day(0), OPENS)


def test_a_day_that_was_not_counted_does_not_drag_the_rate_down() -> None:
    values = [1000.0] * 20
    whole = forecast(counts(values), OPENS, day(45), day(20))
    values[9] = np.nan
    less = forecast(counts(values), OPENS, day(45), day(20))
    assert less.counted == whole.counted - 1000
    assert less.daily["visitors"].sum() == pytest.approx(whole.daily["visitors"].sum(), rel=0.05)
    assert (less.uncounted, whole.uncounted) == (pytest.approx(1000, rel=0.3), 0)
    assert forecast(counts(values[:15] + [np.nan] * 5), OPENS, day(45), day(20)).total > 38_000


def test_the_plan_says_which_days_draw_and_which_are_closed() -> None:
    weights = {day(n): 0.0 if n % 7 == 0 else 3.0 if n > 40 else 1.0 for n in range(1, 46)}
    table = counts([0.0 if n % 7 == 0 else 1000.0 for n in range(1, 21)])
    told = forecast(table, OPENS, day(45), day(20), day_weights=weights)
    by_day = told.daily.set_index("date")["visitors"]
    assert by_day[[day(21), day(28), day(42)]].tolist() == [0, 0, 0]
    assert by_day[day(45)] > 2 * by_day[day(33)]
    as_table = pd.DataFrame({"date": list(weights), "weight": [7 * one for one in weights.values()]})
    same(told, forecast(table, OPENS, day(45), day(20), day_weights=as_table))
    shut = forecast(table, OPENS, day(21), day(20), day_weights=weights)
    assert shut.total == shut.low == shut.high == table["visitors"].sum()


def test_years_that_agree_tell_the_rest_closely_and_unlike_ones_do_not() -> None:
    rng = np.random.default_rng(5)
    now = invented(rng, 60, 1.5)
    years = pd.concat(curve(f"y{i}", invented(rng, 60, 1.5)) for i in range(4))
    unlike = pd.concat(curve(f"u{i}", invented(rng, 60, slope)) for i, slope in enumerate((2.0, -2.0, 0.0)))
    close, loose = (forecast(counts(now.tolist()), OPENS, day(60), day(20), reference=one) for one in (years, unlike))
    assert close.total == pytest.approx(now.sum(), rel=0.1)
    assert close.low <= now.sum() <= close.high
    assert (close.high - close.low) / close.total < 0.5 < (loose.high - loose.low) / loose.total


def test_past_seasons_may_be_partial() -> None:
    rng = np.random.default_rng(6)
    whole = curve("a", invented(rng, 50, 1.0))
    blank = pd.DataFrame(
        {"season": ["b", "c", "c"], "day": [9, np.nan, 3], "days": [50, 50, 50], "cumulative_share": [None, 0.4, 7]}
    )
    table = counts(invented(rng, 30, 1.0)[:10].tolist())
    alone = forecast(table, OPENS, day(30), day(10), reference=whole)
    same(alone, forecast(table, OPENS, day(30), day(10), reference=pd.concat([whole, blank.astype({"cumulative_share": float})])))
    assert finite(forecast(table, OPENS, day(30), day(10), reference=pd.concat([whole, whole.head(4).assign(season="d")])))
    nothing = forecast(table, OPENS, day(30), day(10))
    same(nothing, forecast(table, OPENS, day(30), day(10), reference=whole.head(0)))
    assert not seasons_of(whole.tail(1))  # the end alone says nothing


def test_the_interval_narrows_as_the_season_goes_on() -> None:
    now = invented(np.random.default_rng(7), 90, 0.5)
    told = [forecast(counts(now.tolist()), OPENS, day(90), day(n)) for n in (5, 20, 45, 70, 88)]
    width = [one.high - one.low for one in told]
    assert width == sorted(width, reverse=True)


@pytest.mark.thorough
def test_repeated_years_are_told_twice_as_well_as_by_the_mean_and_held_in_about_80_of_100() -> None:
    rng = np.random.default_rng(8)
    off: list[tuple[float, float, bool]] = []
    for case in range(42):
        days, slope = (30, 60, 120)[case % 3], (-1.2, 1.0, 1.8)[case // 3 % 3]
        years = [invented(rng, days, slope + 0.1 * rng.normal(), bend=0.08, noise=0.25) for _ in range(5)]
        now, reference = years[0], pd.concat(curve(f"y{i}", one) for i, one in enumerate(years[1:]))
        for gone in (days // 4, days // 2):
            told = forecast(counts(now.tolist()), OPENS, day(days), day(gone), reference=reference)
            plain = now[:gone].mean() * days
            off.append((abs(told.total / now.sum() - 1), abs(plain / now.sum() - 1), told.low <= now.sum() <= told.high))
    error, mean, held = (np.array(column) for column in zip(*off, strict=True))
    assert np.median(error) < np.median(mean) / 2
    assert 0.7 <= held.mean() <= 0.95


@st.composite
def openings(draw: st.DrawFn) -> tuple[list[float], int, dict]:
    """The first counts of a season, its days, plan and past seasons or none."""
    rng = np.random.default_rng(draw(st.integers(0, 999)))
    days = draw(st.integers(8, 60))
    gone = draw(st.integers(2, days - 2))
    known: dict = {}
    if draw(st.booleans()):
        weights = np.exp(0.3 * rng.normal(size=days))
        known["day_weights"] = pd.Series(weights, index=pd.date_range(OPENS, periods=days))
    if number := draw(st.integers(0, 2)):
        known["reference"] = pd.concat(curve(f"s{i}", invented(rng, 40 + 60 * i, 1.0), every=1 + i) for i in range(number))
    slope, noise = draw(st.floats(-1, 1)), draw(st.floats(0.05, 0.5))
    return list(invented(rng, days, slope, noise=noise)[:gone]), days, known


@settings(derandomize=True, deadline=None, max_examples=examples(15))
@given(openings())
def test_the_interval_never_widens_while_days_come_as_expected(opening: tuple[list[float], int, dict]) -> None:
    values, days, known = opening
    width = np.inf
    for gone in range(len(values), days):
        told = forecast(counts(values), OPENS, day(days), day(gone), **known)
        assert told.high - told.low <= width * (1 + 1e-9), gone
        width = told.high - told.low
        values = [*values, told.daily["visitors"].iloc[0]]
    last = told.daily.iloc[0]
    assert width <= 1.5 * (last["high"] - last["low"])  # with one day left the season is as sure as that day


def test_the_sample_s_interval_narrows_to_the_size_of_a_day() -> None:
    widths = []
    for as_of in ("2026-05-06", "2026-05-12", "2026-05-17", "2026-05-20", "2026-05-22", "2026-05-23"):
        choices = Choices("en", "reports-2024", date.fromisoformat(as_of), True)
        told = outlook(season_of(tables_now(), choices), reference_seasons.load())
        widths.append(told.high - told.low)
    assert widths == sorted(widths, reverse=True)
    record = visitors.load(True).groupby("date")["visitors"].sum().max()
    assert widths[-1] < record  # 7,181: one day is left
