"""Compute what a campaign, a fuller Golden Week or a capacity would change, and the growth needed to reach the goal."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from sejong_dash.choices import Choices, WhatIf

from .forecast import Forecast
from .outlook import OutlookTables, outlook_of
from .season import season_of

RECENT = 14  # days from which a prefecture's share of the visitors is taken


@dataclass(frozen=True)
class Scenario:
    """A forecast and what the planner's measures make of it; every series has the index date.

    `forecast_daily` and `scenario_daily` hold the visitors of each day left, without the measures and with them (at most the
    capacity). `forecast_reached` and `scenario_reached` are their running totals, with what is counted, in whole visitors.
    `factors` holds the growth of every day of the plan, 1 for none.
    """

    forecast: Forecast
    forecast_daily: pd.Series
    scenario_daily: pd.Series
    forecast_reached: pd.Series
    scenario_reached: pd.Series
    factors: pd.Series


def scenario_of(tables: OutlookTables, choices: Choices) -> Scenario | None:
    """Return the forecast of a season with the measures of `choices.what_if`; None where there is nothing to forecast."""
    now = season_of(tables, choices)
    if not len(now.days):
        return None
    expected = outlook_of(tables, choices)
    if not expected.is_known or expected.daily.empty:
        return None
    measures = choices.what_if
    recent = now.days[now.days <= pd.Timestamp(choices.as_of)][-RECENT:]
    growth = factors(now.calendar, measures, share_of(now.known, recent, measures.campaign_place))
    daily, reached = (table.set_index("date")["visitors"] for table in (expected.daily, expected.cumulative))
    with_measures = lifted(daily, growth, measures.capacity)
    return Scenario(
        forecast=expected,
        forecast_daily=daily,
        scenario_daily=with_measures,
        forecast_reached=reached,
        scenario_reached=(reached + (with_measures - daily).cumsum()).round(),
        factors=growth,
    )


def share_of(known: pd.DataFrame, days: pd.DatetimeIndex, place: str | None) -> float:
    """Return the share of the visitors on `days` that came from `place` (JIS X 0401), 0 to 1; 1 for None, all of Japan.

    `known` has date, jis_code, visitors (as `counts_as_of.known`).
    """
    if place is None:
        return 1.0
    inside = known[known["date"].isin(days)]
    total = float(inside["visitors"].sum())
    return float(inside.loc[inside["jis_code"] == place, "visitors"].sum()) / total if total else 0.0


def factors(calendar: pd.DataFrame, measures: WhatIf, share: float) -> pd.Series:
    """Return the factor by which each day of `calendar` (date, day_type) grows, 1 for no growth; index date.

    A campaign lifts the `share` of the visitors that it speaks to; Golden Week lifts the day as a whole, on top of it.
    """
    dates = pd.DatetimeIndex(calendar["date"])
    reached = dates >= pd.Timestamp(measures.campaign_from) if measures.campaign_from else np.ones(len(dates), dtype=bool)
    campaign = 1 + np.where(reached, share * measures.campaign_pct / 100, 0)
    golden = 1 + np.where(calendar["day_type"] == "golden_week", measures.golden_week_pct / 100, 0)
    return pd.Series(campaign * golden, index=dates)


def uplift_for(found: Scenario, goal: float, chance: float, capacity: float | None) -> float | None:
    """Return the smallest share by which every day left must grow for a `chance` (0 to 1) of the goal; as `uplift_needed`.

    The days left are taken as they are where they bring no more than that with probability 1 - chance.
    """
    days = found.forecast_daily * found.factors.reindex(found.forecast_daily.index)
    counted, middle = found.forecast.counted, found.forecast.total - found.forecast.counted
    slow = (found.forecast.quantile(1 - chance) - counted) / middle if middle > 0 else 1.0
    return uplift_needed(days * slow, counted, goal, capacity)


def lifted(ahead: pd.Series, grows: pd.Series, capacity: float | None) -> pd.Series:
    """Return the visitors of each day left (`ahead`, index date) times its factor, at most `capacity` a day."""
    return (ahead * grows.reindex(ahead.index).fillna(1.0)).clip(upper=capacity)


def uplift_needed(ahead: pd.Series, counted: float, goal: float, capacity: float | None) -> float | None:
    """Return the smallest share u by which every day left must grow to reach the goal; 0 where it is reached anyway.

    With a capacity Z a day, u is the least with sum(min(a_i (1 + u), Z)) >= goal - counted. The sum is piecewise linear with a
    bend where a day reaches Z; the piece that contains the goal is found and solved. None where the goal is out of reach: no
    day is left, no day brings visitors, or all days at capacity do not suffice.
    """
    wanted = float(goal) - counted
    days = np.sort(ahead.to_numpy(dtype=float))[::-1]
    days = days[days > 0]
    if wanted <= np.minimum(days, np.inf if capacity is None else capacity).sum():
        return 0.0
    if not len(days) or (capacity is not None and capacity * len(days) < wanted):
        return None
    if capacity is None:
        return float(wanted / days.sum() - 1)
    # the fullest days reach the capacity first: with `full` of them at it, the others must bring the rest
    for full in range(len(days) + 1):
        rest = days[full:].sum()
        grow = (wanted - capacity * full) / rest if rest else capacity / days[-1]
        if full == len(days) or grow * days[full] <= capacity * (1 + 1e-12):
            return float(grow - 1)
    return None
