"""Choose the default as-of date, at whose end the figures stand."""

from datetime import date

import pandas as pd


def default(visitors: pd.DataFrame, days: pd.DatetimeIndex, today: date, sample_as_of: date | None) -> date:
    """Return the sample's date where it is shown, else today while the expo runs, else the last day with counts or corrections.

    So a recount after the end is seen. Without any counts it is today.

    `visitors` are the counts (date, recorded_on), `days` the plan's days; `sample_as_of` is None where they are real.
    """
    if sample_as_of is not None:
        return sample_as_of
    if len(days) and days[0].date() <= today <= days[-1].date():
        return today
    counted = visitors.loc[visitors["date"].isin(days), ["date", "recorded_on"]]
    return today if counted.empty else min(counted.max().max().date(), today)
