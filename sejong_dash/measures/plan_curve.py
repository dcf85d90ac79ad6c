"""How many of the goal's visitors should each day bring, and how many should have come by its end?"""

import pandas as pd

from .goal import straight_line


def weigh(calendar: pd.DataFrame, weights: pd.DataFrame) -> pd.Series:
    """The weight of each day of `calendar` (date, day_type) by `weights` (day_type, weight); 1 for a kind without a row.

    Index: date.
    """
    of_kind = weights.set_index("day_type")["weight"]
    return pd.Series(calendar["day_type"].map(of_kind).fillna(1.0).to_numpy(), index=pd.DatetimeIndex(calendar["date"]))


def plan_curve(total: int, weights: pd.Series) -> pd.DataFrame:
    """`total` visitors over the days of `weights` (index date): date, planned, planned_cumulative, straight_cumulative.

    Whole visitors: the running share is rounded, so that no day's end is more than half a visitor off and the last
    `planned_cumulative` is the goal to the visitor. (The largest-remainder method would give a small goal's visitors to the
    first days.) `straight_cumulative` is what an equal number on every day would have brought.
    """
    share = weights.cumsum() / weights.sum() if len(weights) else weights
    running = (total * share).round().astype("int64")
    return pd.DataFrame(
        {
            "date": weights.index,
            "planned": running.diff().fillna(running.head(1)).astype("int64").to_numpy(),
            "planned_cumulative": running.to_numpy(),
            "straight_cumulative": straight_line(total, pd.DatetimeIndex(weights.index)).to_numpy(),
        }
    )
