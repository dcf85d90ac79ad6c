"""Spread a goal over the days of a plan by the weight of each day."""

import numpy as np
import pandas as pd

from sejong_dash.measures.goal import apportion, straight_line


def weigh(calendar: pd.DataFrame, weights: pd.DataFrame) -> pd.Series:
    """Return the weight of each day of `calendar` (date, day_type) by `weights` (day_type, weight); index date.

    A kind of day without a row weighs 1.
    """
    of_kind = weights.set_index("day_type")["weight"]
    return pd.Series(calendar["day_type"].map(of_kind).fillna(1.0).to_numpy(), index=pd.DatetimeIndex(calendar["date"]))


def plan_curve(total: int, weights: pd.Series) -> pd.DataFrame:
    """Return `total` visitors spread over the days of `weights` (index date): date, planned and two running totals.

    Whole visitors: the running share is rounded, so that no day's end is more than half a visitor off and the last
    `planned_cumulative` is the goal to the visitor. (The largest-remainder method would give a small goal's visitors to the
    first days.) `straight_cumulative` is the running total of an equal number on every day.
    """
    share = weights.cumsum() / weights.sum() if len(weights) else weights
    running = (total * share).round().astype("int64")
    return _curve(running, total)


def part_curve(japan: pd.DataFrame, parts: pd.Series, place: str) -> pd.DataFrame:
    """Return the plan curve of one prefecture: its part, by `parts` (index jis_code), of what all of Japan is to bring by the end
    of each day (`japan`, as `plan_curve`)."""
    weights = pd.DataFrame(np.tile(parts.to_numpy(), (len(japan), 1)), index=pd.DatetimeIndex(japan["date"]), columns=parts.index)
    return _curve(apportion(japan["planned_cumulative"].to_numpy(), weights)[place], int(parts[place]))


def _curve(running: pd.Series, total: int) -> pd.DataFrame:
    """Return the columns of a plan curve from its running total (index date)."""
    return pd.DataFrame(
        {
            "date": running.index,
            "planned": running.diff().fillna(running.head(1)).astype("int64").to_numpy(),
            "planned_cumulative": running.to_numpy(),
            "straight_cumulative": straight_line(total, pd.DatetimeIndex(running.index)).to_numpy(),
        }
    )
