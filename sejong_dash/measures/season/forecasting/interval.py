"""Read probabilities from a median and an 80 % interval.

What is still to come is lognormal on either side of its median, each side as wide as the interval is there (a two-piece
distribution, as Wallis 2004 describes those of the Bank of England's fan charts). So a chance agrees with the band as it is
drawn: at its upper end it is 10 %, at the median 50 %, at its lower end 90 %. After days of zeros alone the band is
that of a Poisson count, and its tail falls exponentially.

Source: Wallis, An Assessment of Bank of England and National Institute Inflation Forecast Uncertainties, 2004, box A.
"""

import math
from statistics import NormalDist

import numpy as np

TAIL = 0.1  # beyond either end of the interval, which holds 80 %
EDGE = -NormalDist().inv_cdf(TAIL)
MIDDLE = NormalDist().inv_cdf(0.75)  # where the interval of 50 % ends
_LEAST = 0.5  # whole visitors: below half of one nothing is known
_STEPS = 60  # of halving, to the last digit


def quantile(low: float, middle: float, high: float, p: float) -> float:
    """Return the value that is not exceeded with probability `p`, 0 < p < 1."""
    if high <= 0:
        return 0.0
    if middle <= 0:
        return max(high * math.log(1 - p) / math.log(TAIL), 0.0) if p > 0.5 else 0.0
    edge = high if p > 0.5 else max(low, min(_LEAST, middle))
    return middle * math.exp(abs(NormalDist().inv_cdf(p)) / EDGE * math.log(edge / middle))


def chance(low: float, middle: float, high: float, wanted: float) -> float:
    """Return the probability of `wanted` or more."""
    if wanted <= 0:
        return 1.0
    if high <= 0:
        return 0.0
    if middle <= 0:
        return float(TAIL ** (wanted / high))
    edge = high if wanted > middle else max(low, _LEAST)
    width = math.log(edge / middle) / EDGE * (1 if wanted > middle else -1)
    if width <= 0:
        return 0.0 if wanted > middle else 1.0
    return 1 - NormalDist().cdf(math.log(wanted / middle) / width)


def fit_width(median: float, below: float, above: float, widest: float) -> float:
    """Return the factor, at most 1, of the logarithmic widths below and above at which the interval is no wider than `widest`."""
    if median * (np.exp(above) - np.exp(-below)) <= widest:
        return 1.0
    least, most = 0.0, 1.0
    for _ in range(_STEPS):
        middle = (least + most) / 2
        if median * (np.exp(above * middle) - np.exp(-below * middle)) <= widest:
            least = middle
        else:
            most = middle
    return least
