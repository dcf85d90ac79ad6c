"""Score a forecast of a final count: the median, the ends of the 80 % interval, and what came.

W is the interval score of Winkler (1972) divided by the final count: the width, and ten times what the interval is missed by.
CRPS is the mean pinball loss over 19 quantiles, doubled (Gneiting & Raftery 2007), divided by the final count as well. Lower is
better.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd

from sejong_dash.measures.season.forecasting import interval

from .pool import Case

LEVELS = np.arange(1, 20) / 20
MISS = 2 / (2 * interval.TAIL)
COLUMNS = {"W": "mean", "held": "mean", "width": "median", "CRPS": "mean", "bias": "median", "error": "median"}


class Interval(NamedTuple):
    """Low end, median and high end of the final count."""

    low: float
    median: float
    high: float


def score(case: Case, found: Interval) -> dict[str, float | str]:
    """Return the scores of one forecast."""
    final = case.final
    missed = max(found.low - final, 0.0) + max(final - found.high, 0.0)
    low, middle, high = (max(end - case.counted, 1e-9) for end in found)
    quantiles = np.array([case.counted + interval.quantile(low, middle, high, float(p)) for p in LEVELS])
    pinball = np.maximum(LEVELS * (final - quantiles), (LEVELS - 1) * (final - quantiles))
    return {
        "set": case.set_name,
        "group": case.group,
        "series": case.series,
        "share": case.share,
        "W": (found.high - found.low + MISS * missed) / final,
        "held": float(found.low <= final <= found.high),
        "width": (found.high - found.low) / final,
        "CRPS": 2 * float(pinball.mean()) / final,
        "bias": found.median / final - 1,
        "error": abs(found.median / final - 1),
    }


def summed_up(table: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Return the means (of bias, width and error the medians) of scores for each of `by`, with the number of cases."""
    groups = table.groupby(by, sort=False)
    found = groups.agg(COLUMNS)
    found.insert(0, "cases", groups.size())
    return found
