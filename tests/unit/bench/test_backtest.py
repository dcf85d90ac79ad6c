"""Tests of the measuring of the forecast: its scores, its cases, and what is known at an as-of day."""

import numpy as np
import pandas as pd
import pytest

from sejong_dash.measures.season import forecast as method
from tests.bench.backtest import calibrate, methods
from tests.bench.backtest.expos import Expo, spread
from tests.bench.backtest.pool import Case, curve, stretches
from tests.bench.backtest.scores import Interval, score, summed_up

DATES = pd.date_range("2024-06-03", periods=20)


def case(final: float = 2_000.0, share: float = 0.5, series: str = "A zoo") -> Case:
    counts = pd.DataFrame({"date": DATES[:10], "visitors": [100.0] * 10})
    return Case("one-off 20", series, share, counts, DATES[0], DATES[-1], DATES[9], final, None)


def test_the_score_is_the_width_and_ten_times_the_miss() -> None:
    held = score(case(), Interval(1_800, 2_000, 2_400))
    assert (held["W"], held["held"], held["width"]) == (pytest.approx(0.3), 1.0, pytest.approx(0.3))
    missed = score(case(final=2_500), Interval(1_800, 2_000, 2_400))
    assert missed["W"] == pytest.approx((600 + 10 * 100) / 2_500)
    assert (missed["held"], missed["bias"]) == (0.0, pytest.approx(-0.2))
    assert missed["CRPS"] > held["CRPS"] > 0


def test_an_exact_forecast_has_no_loss() -> None:
    exact = score(case(), Interval(2_000, 2_000, 2_000))
    assert exact["W"] == 0
    assert exact["CRPS"] == pytest.approx(0, abs=1e-9)


def test_the_simple_methods_carry_forward_what_was_counted() -> None:
    assert methods.mean_times_days(case()) == pytest.approx(2_000)
    assert methods.weekday_means(case()) == pytest.approx(2_000)
    assert methods.share_median(case()) == pytest.approx(2_000)  # without a reference: the mean
    low, middle, high = methods.ets(case())
    assert low < middle < high
    assert middle == pytest.approx(2_000, rel=0.02)
    assert methods.ets(case()) == (low, middle, high)


def test_an_interval_of_past_errors_does_not_know_its_own_series() -> None:
    cases = [case(series="A zoo"), *(case(final=final, series="B ferry") for final in (1_900.0, 2_000.0, 2_100.0))]
    own = next(iter(methods.conformal(cases, methods.mean_times_days)))
    other = next(iter(methods.conformal([case(final=9_000, series="A zoo"), *cases[1:]], methods.mean_times_days)))
    assert own == other
    assert own.low < 2_000 < own.high


def test_stretches_leave_out_places_that_were_shut_and_gaps() -> None:
    values = pd.Series(100.0, index=pd.date_range("2024-01-01", periods=100))
    assert len(list(stretches(values, 45, 45))) == 2
    values.iloc[50:60] = 0
    assert len(list(stretches(values, 45, 45))) == 1
    apart = pd.concat([values[:50], values[:50].set_axis(pd.date_range("2025-01-01", periods=50))])
    assert {len(stretch) for stretch in stretches(apart, 45, 45)} == {45}


def test_what_is_known_later_is_not_known_at_as_of() -> None:
    expo = Expo("An expo", "world", DATES, [10.0, 20.0], [(1, 10.0), (2, 30.0), (10, 130.0), (20, 300.0)])
    known = expo.known_by(12)
    assert known["visitors"].notna().sum() == 10
    assert known["visitors"].sum() == pytest.approx(130)
    assert known["visitors"][:2].tolist() == [10, 20]
    assert expo.curve()["cumulative_share"].tolist() == pytest.approx([10 / 300, 0.1, 130 / 300, 1])


def test_a_gain_is_spread_over_its_days() -> None:
    counts = spread(DATES, [(5, 50.0), (7, 78.0)])["visitors"]  # a Monday: the sixth and seventh day are a weekend
    assert counts.tolist() == pytest.approx([10] * 5 + [14] * 2)


def test_a_curve_is_what_the_forecast_takes() -> None:
    year = pd.Series(np.full(20, 5.0), index=DATES)
    reference = pd.concat(curve(year.set_axis(DATES - pd.DateOffset(years=ago))) for ago in (1, 2, 3))
    found = method.forecast(case().counts, DATES[0], DATES[-1], DATES[9], reference=reference)
    assert found.mode == "repeated"
    assert found.total == pytest.approx(2_000, rel=0.01)


def test_the_loss_weighs_sets_alike_and_punishes_what_is_too_wide() -> None:
    rows = [("one-off 45", "zoo", 2.0), ("one-off 45", "ferry", 0.5), ("dated", "dated", 0.5), ("dated", "dated", 1.5)]
    table = pd.DataFrame(rows, columns=["set", "group", "W"]).assign(held=1.0, widest=2.0)
    assert calibrate.loss(table) == pytest.approx(0)
    assert calibrate.loss(table.assign(widest=4.0)) > 0
    assert calibrate.loss(table.assign(held=0.5)) > 0


def scores_of(constants: dict[str, float]) -> pd.DataFrame:
    """Scores that are best with a bend of 0.8 at a zoo, and of 0.3 at a ferry."""
    away = [abs(np.log(constants["BEND"] / best)) + 1 for best in (0.8, 0.3)]
    return pd.DataFrame({"set": "one-off 45", "group": ["zoo", "ferry"], "W": away, "held": 1.0, "widest": 2.0})


def test_the_search_finds_the_constants_with_the_least_loss() -> None:
    asked: list[dict[str, float]] = []

    def scores(wanted: list[dict[str, float]]) -> list[pd.DataFrame]:
        asked.extend(wanted)
        return [scores_of(constants) for constants in wanted]

    tables = calibrate.remembered(scores)
    zoo_alone = calibrate.search(tables, without="ferry")
    assert zoo_alone["BEND"] == pytest.approx(0.8, rel=0.2)
    assert calibrate.search(tables, without="zoo")["BEND"] == pytest.approx(0.3, rel=0.2)
    assert {name for name in zoo_alone if zoo_alone[name] != calibrate.START[name]} == {"BEND"}
    assert len(asked) == len({tuple(constants.values()) for constants in asked})  # none is tried twice
    before = len(asked)
    assert calibrate.search(tables, without="ferry") == zoo_alone
    assert len(asked) == before


def test_what_was_chosen_without_a_kind_is_tried_on_it() -> None:
    tables = calibrate.remembered(lambda wanted: map(scores_of, wanted))
    chosen = {**calibrate.START, "BEND": 0.8}
    zoo, ferry = (calibrate.left_out(tables, chosen, kind, tables).loc["one-off 45"] for kind in ("zoo", "ferry"))
    away = 1 + np.log(0.8 / 0.3)
    assert (zoo["W"].item(), zoo["W_without"].item()) == (pytest.approx(1), pytest.approx(away, rel=0.15))
    assert (ferry["W"].item(), ferry["W_without"].item()) == (pytest.approx(away), pytest.approx(away, rel=0.15))


def test_of_a_thinned_pool_every_second_season_is_whole() -> None:
    pool = [case(share=share, series=f"{name} zoo") for name in "ABC" for share in (0.1, 0.5)]
    assert [c.series for c in calibrate.thinned(pool)] == ["A zoo", "A zoo", "C zoo", "C zoo"]


def test_a_step_stays_within_what_a_constant_can_be() -> None:
    up, down = calibrate.neighbours({**calibrate.START, "SHARED": 0.9}, "SHARED", 1.5)
    assert (up["SHARED"], down["SHARED"]) == (0.98, 0.6)
    up, down = calibrate.neighbours(calibrate.START, "YEAR_PEAK", 1.5)
    assert (up["YEAR_PEAK"], down["YEAR_PEAK"]) == (210, 190)  # days of the year


def test_the_written_constants_are_those_found() -> None:
    constants = {name: 0.25 for name in calibrate.START}
    found: dict[str, float] = {}
    exec(calibrate.written(constants, [case()], 0.1), found)
    assert {name: found[name] for name in calibrate.START} == constants
    shipped = {name for name in vars(calibrate.calibrated) if name.isupper()}
    assert set(calibrate.MEANINGS) == set(calibrate.START) == shipped


def test_scores_are_summed_up_by_set() -> None:
    rows = [score(case(), Interval(1_800, 2_000, 2_400)), score(case(), Interval(1_900, 2_000, 2_100))]
    found = summed_up(pd.DataFrame(rows), ["set"])
    assert found.loc["one-off 20", "cases"] == 2
    assert found.loc["one-off 20", "W"] == pytest.approx(0.2)
