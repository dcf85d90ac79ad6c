"""Compute the chance that a season reaches its goal, and judge the forecast against the goal."""

import math
from statistics import NormalDist

from .forecast import Forecast

TAIL = 0.1  # beyond either end of the forecast's interval, which holds 80 %
STEP = 5  # percent: a chance is given no more exactly
NEAR = 0.02  # of the goal: a forecast that is no further from it is on pace
_EDGE = -NormalDist().inv_cdf(TAIL)


def chance(seen: Forecast, goal: float | None) -> float | None:
    """Return the chance, 0 to 1, that the count reaches `goal` visitors by closing; None without a goal or a forecast.

    Method: the visitors still to come are lognormal on either side of their median, each side as wide as the interval is there
    (a two-piece distribution, as Wallis 2004 describes those of the Bank of England's fan charts). So the chance agrees with the
    80 % band as it is drawn: at a goal on its upper end it is 10 %, at the median 50 %, at its lower end 90 %. In between and
    beyond it is within 2 points of the forecast's own mixture of lognormals (tried on each day of the sample's season). After
    days of zeros alone the band is that of a Poisson count, and its tail falls exponentially. A goal that is reached has 1.

    Source: Wallis, An Assessment of Bank of England and National Institute Inflation Forecast Uncertainties, 2004, box A.
    """
    if not goal or not seen.is_known:
        return None
    left, middle, low, high = (value - seen.counted for value in (float(goal), seen.total, seen.low, seen.high))
    if left <= 0:
        return 1.0
    if high <= 0:
        return 0.0
    if middle <= 0:
        return float(TAIL ** (left / high))
    edge = high if left > middle else max(low, 0.5)  # whole visitors: below half of one nothing is known
    width = math.log(edge / middle) / _EDGE * (1 if left > middle else -1)
    if width <= 0:
        return 0.0 if left > middle else 1.0
    return 1 - NormalDist().cdf(math.log(left / middle) / width)


def chance_pct(share: float | None) -> int | None:
    """Return a chance in percent to the nearest 5: 0 stands for less than 5 %, 100 for more than 95 %; None stays None."""
    if share is None:
        return None
    if share < STEP / 100:
        return 0
    if share > 1 - STEP / 100:
        return 100
    return STEP * math.floor(100 * share / STEP + 0.5)


def verdict(expected: float, goal: float) -> str:
    """Return how an expected final count stands against the goal: `ahead`, `on_pace` (within NEAR of it) or `late`."""
    away = (expected - goal) / goal
    return "on_pace" if abs(away) <= NEAR else "ahead" if away > 0 else "late"
