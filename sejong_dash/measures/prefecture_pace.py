"""How many should each prefecture have brought by the end of a day?"""

from datetime import date

import pandas as pd

from .counts import missing
from .goal import split


def asked(curve: pd.DataFrame, by_day: pd.DataFrame) -> pd.Series:
    """What the plan (as `plan_curve`) asks of all of Japan by the end of each day, a running total: index date.

    The days up to as-of that nobody counted (`by_day` as `counts.daily`, for all of Japan) ask for nothing, so that a day
    that is missing among the counts is not held against anybody.
    """
    planned = pd.Series(curve["planned"].to_numpy(), index=pd.DatetimeIndex(curve["date"]))
    return planned.where(~planned.index.isin(missing(by_day)), 0).cumsum()


def by_as_of(asked: pd.Series, as_of: date) -> int:
    """The running total at the end of as-of; 0 before opening, the last one after closing."""
    past = asked[asked.index <= pd.Timestamp(as_of)]
    return int(past.iloc[-1]) if len(past) else 0


def due(total: int, parts: pd.Series) -> pd.Series:
    """What the plan asks of Japan (`total`) over the prefectures by their `parts` of the goal (index jis_code).

    part of the goal × total / whole goal in whole visitors, summing to `total` to the visitor.
    """
    return split(total, parts)
