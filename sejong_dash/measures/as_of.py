"""At the end of which day do the figures stand if nobody says otherwise?"""

from datetime import date

import pandas as pd


def default(visitors: pd.DataFrame, days: pd.DatetimeIndex, today: date, sample_as_of: date | None) -> date:
    """The sample's own day while it is on; today while the expo runs; else the last day on which counts came in or were
    corrected, so that a recount after the end is seen; else today.

    `visitors` are the counts (date, recorded_on), `days` the plan's days; `sample_as_of` is None where they are real.
    """
    if sample_as_of is not None:
        return sample_as_of
    if len(days) and days[0].date() <= today <= days[-1].date():
        return today
    counted = visitors.loc[visitors["date"].isin(days), ["date", "recorded_on"]]
    return today if counted.empty else min(counted.max().max().date(), today)
