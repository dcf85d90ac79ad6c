"""What would a campaign, a fuller Golden Week or a bound of capacity change, and what would it take to reach the goal?"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ..choices import Choices, WhatIf
from .forecast import Forecast, forecast
from .season import Season

RECENT = 14  # days that tell from where visitors come


@dataclass(frozen=True)
class Tried:
    """A forecast and what the suppositions make of it: `ahead` the forecast visitors of each day left, `grows` the factor
    of every day of the plan, `scenario` the days left with it, at most the capacity; index date."""

    seen: Forecast
    ahead: pd.Series
    grows: pd.Series
    scenario: pd.Series


def tried(now: Season, choices: Choices, reference: pd.DataFrame) -> Tried | None:
    """The choices' suppositions on the forecast of the season; None where there is nothing to forecast."""
    if not len(now.days):
        return None
    seen = forecast(now.by_day, now.days[0], now.days[-1], choices.as_of, day_weights=now.weights, reference=reference)
    if not seen.known or seen.daily.empty:
        return None
    supposed = choices.what_if
    lately = now.days[now.days <= pd.Timestamp(choices.as_of)][-RECENT:]
    grows = factors(now.calendar, supposed, share_of(now.known, lately, supposed.campaign_place))
    ahead = seen.daily.set_index("date")["visitors"]
    return Tried(seen, ahead, grows, lifted(ahead, grows, supposed.capacity))


def share_of(known: pd.DataFrame, days: pd.DatetimeIndex, place: str | None) -> float:
    """The part of the visitors on `days` that came from `place` (JIS X 0401), 0 to 1; 1 for None, all of Japan.

    `known` has date, jis_code, visitors (as `counts.known`).
    """
    if place is None:
        return 1.0
    inside = known[known["date"].isin(days)]
    total = float(inside["visitors"].sum())
    return float(inside.loc[inside["jis_code"] == place, "visitors"].sum()) / total if total else 0.0


def factors(calendar: pd.DataFrame, supposed: WhatIf, share: float) -> pd.Series:
    """By how much each day of `calendar` (date, day_type) grows, 1 for not at all; index date.

    A campaign lifts the `share` of the visitors that it speaks to; Golden Week lifts the day as a whole, on top of it.
    """
    dates = pd.DatetimeIndex(calendar["date"])
    reached = dates >= pd.Timestamp(supposed.campaign_from) if supposed.campaign_from else np.ones(len(dates), dtype=bool)
    campaign = 1 + np.where(reached, share * supposed.campaign_pct / 100, 0)
    golden = 1 + np.where(calendar["day_type"] == "golden_week", supposed.golden_week_pct / 100, 0)
    return pd.Series(campaign * golden, index=dates)


def lifted(ahead: pd.Series, grows: pd.Series, capacity: float | None) -> pd.Series:
    """The visitors of each day left (`ahead`, index date) grown and, with a capacity a day, cut off at it."""
    return (ahead * grows.reindex(ahead.index).fillna(1.0)).clip(upper=capacity)


def uplift_needed(ahead: pd.Series, counted: float, goal: float, capacity: float | None) -> float | None:
    """The smallest share u by which every day left must grow so that the goal is reached; 0 where it is reached anyway.

    With a capacity Z a day, the least u with sum(min(a_i (1 + u), Z)) >= goal - counted: the sum grows in straight
    pieces that bend where a day comes to Z, so the piece on which the goal lies is found and solved. None where it is out
    of reach: no day is left, none brings anybody, or all days full do not suffice.
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
    # the fullest days come to the capacity first: with k of them full, the others must bring the rest
    for full in range(len(days) + 1):
        rest = days[full:].sum()
        grow = (wanted - capacity * full) / rest if rest else capacity / days[-1]
        if full == len(days) or grow * days[full] <= capacity * (1 + 1e-12):
            return float(grow - 1)
    return None
