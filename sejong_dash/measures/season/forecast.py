"""Forecast the final count of a season, with an interval."""

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

import numpy as np
import pandas as pd

from .forecasting import calibrated, interval
from .forecasting.interval import TAIL
from .forecasting.level_model import Design, Remainder, Weights, days_left, fit
from .forecasting.past_seasons import PastSeason, PickUp, pick_up, seasons_of

Day: TypeAlias = date | pd.Timestamp | str
Array: TypeAlias = np.ndarray

ONE_OFF, REPEATED = "one-off", "repeated"
_COLUMNS = ["date", "visitors", "low", "high"]


@dataclass(frozen=True, slots=True)
class Forecast:
    """The forecast of the final count at the end of as-of, in visitors; nan where there is no forecast.

    `total` is the median and `low` … `high` the 80 % interval of the count on the last day, from what is counted so far
    and the days left. A past day without a count adds nothing until its count comes in; `uncounted` is what such days would
    then add. `daily` has the days left (date, visitors, low, high; visitors sum to
    total - counted, and low … high hold each single day in 80 %); `cumulative` has the same days and columns for
    the count reached at the end of each, and ends at total, low and high. `mode` is `repeated` where years of the same event
    are known, else `one-off`.
    """

    total: float
    low: float
    high: float
    counted: float
    uncounted: float
    daily: pd.DataFrame
    cumulative: pd.DataFrame
    mode: str = ONE_OFF

    @property
    def is_known(self) -> bool:
        """Whether there is a forecast: there is none before opening and before the first count."""
        return bool(np.isfinite(self.total))

    def quantile(self, p: float) -> float:
        """Return the final count that is not exceeded with probability `p`, 0 < p < 1; nan where there is no forecast."""
        if not self.is_known:
            return float("nan")
        low, middle, high = (value - self.counted for value in (self.low, self.total, self.high))
        return self.counted + interval.quantile(low, middle, high, p)

    def chance(self, goal: float) -> float:
        """Return the probability that the final count is `goal` or more; nan where there is no forecast."""
        if not self.is_known:
            return float("nan")
        low, middle, high = (value - self.counted for value in (self.low, self.total, self.high))
        return interval.chance(low, middle, high, float(goal) - self.counted)

    def inner(self) -> pd.DataFrame:
        """Return the 50 % interval of the running count: date, low, high for the days of `cumulative`."""
        reached = self.cumulative[["visitors", "low", "high"]].to_numpy(dtype=float) - self.counted
        with np.errstate(divide="ignore", invalid="ignore"):
            sides = reached[:, :1] * (reached[:, 1:] / reached[:, :1]) ** (interval.MIDDLE / interval.EDGE)
        sides = np.where(reached[:, :1] > 0, sides, reached[:, :1]) + self.counted
        return pd.DataFrame({"date": self.cumulative["date"], "low": sides[:, 0], "high": sides[:, 1]})


def forecast(
    daily: pd.DataFrame,
    opens_on: Day,
    closes_on: Day,
    as_of: Day,
    *,
    day_weights: Weights | None = None,
    reference: pd.DataFrame | None = None,
    kind: str = "",
) -> Forecast:
    """Forecast the final count of a season from the counts up to `as_of`.

    `daily`: date, visitors (any order; rows of one date are summed; missing or nan is not counted, never zero; rows
    outside the season or after as-of are ignored). `day_weights`: how strongly a day draws, on any
    positive scale, by date (Series, mapping, or date, weight); zero is a day closed. `reference`: season, day, days,
    cumulative_share (day from 1 to days, share from 0 to 1) of past seasons, few points or many, and opens_on and kind where they
    are known. `kind` is that of this season, as in `reference`; without it and without day weights the season is taken for that
    of a place in the open air, which most people visit in summer.

    Method, in short: the logarithm of a day's count is a level that drifts, a kind of day and noise (`level_model`). Past
    seasons give a second answer, from what came after this point for each visitor before it (`past_seasons`): in `repeated`
    mode from at least three other years of the same event, else from events that are like it. Both are weighed by how certain
    they are (Bates & Granger 1969), as errors that are partly the same, and the interval is never wider than without past
    seasons. The constants were chosen by the loss of Winkler (Gneiting & Raftery 2007) on a pool of real seasons
    (`calibrated`). Nothing is drawn by chance: the same rows give the same figures.

    Raises ValueError where the season closes before it opens.
    """
    first, last, today = (pd.Timestamp(day).tz_localize(None).normalize() for day in (opens_on, closes_on, as_of))
    if last < first:
        raise ValueError(f"closes_on {last.date()} is before opens_on {first.date()}")
    days = pd.date_range(first, last, name="date")
    gone = int((days <= today).sum())
    return forecast_of(counts_of(daily, days), days, gone, seasons_of(reference), day_weights, kind)


def forecast_of(
    counts: Array,
    days: pd.DatetimeIndex,
    gone: int,
    seasons: list[PastSeason],
    day_weights: Weights | None = None,
    kind: str = "",
) -> Forecast:
    """Return what `forecast` does, from what it reads: the count of each of `days` (nan: none), days gone, and past seasons."""
    seen = np.flatnonzero(np.isfinite(counts[:gone]))
    counted = float(counts[seen].sum())
    if not len(seen):
        return _unknown(days[gone:])
    if not counted:
        return _nobody(days[gone:], len(seen))
    fitted = fit(Design(days, day_weights, kind=kind), counts, seen)
    alone = days_left(fitted, gone, seen)
    if alone is None:
        return _over(days[gone:], counted, fitted.uncounted(gone, seen))
    past = pick_up(seasons, days, gone, seen, kind)
    if past is None:
        return _summarised(alone, alone, days[gone:], counted, ONE_OFF)
    own = alone
    if past.shape is not None:
        own = days_left(fit(Design(days, day_weights, past.shape), counts, seen), gone, seen) or alone
    mode = ONE_OFF if past.shape is None else REPEATED
    return _summarised(_combined(alone, own, past, counted), own, days[gone:], counted, mode)


def counts_of(daily: pd.DataFrame, days: pd.DatetimeIndex) -> Array:
    """Return the count of each day of the season, nan where there is none."""
    visitors = pd.to_numeric(daily["visitors"], errors="coerce").to_numpy(dtype=float, na_value=np.nan)
    at = days.get_indexer(pd.to_datetime(daily["date"]).dt.normalize()) if len(daily) else np.zeros(0, dtype=int)
    inside = (at >= 0) & np.isfinite(visitors)
    counts = np.full(len(days), np.nan)
    counts[at[inside]] = 0.0
    # added in order of size, so that the order of the rows does not change the last digit
    order = np.argsort(visitors[inside], kind="stable")
    np.add.at(counts, at[inside][order], np.maximum(visitors[inside][order], 0))
    return counts


@dataclass(frozen=True, slots=True)
class _Rest:
    """The visitors of the days left: median and 80 % interval."""

    median: float
    low: float
    high: float


def _combined(alone: Remainder, own: Remainder, past: PickUp, counted: float) -> _Rest:
    """Return counts and past seasons in one, no wider than `alone`, the counts without past seasons."""
    below, above = np.log(own.median / own.low), np.log(own.high / own.median)
    trust = past.half**-2
    share = trust / (trust + (0.5 * (below + above)) ** -2)
    median = own.median * (counted * np.exp(past.log_ratio) / own.median) ** share
    below, above = (_mixed(side, past.half, share) for side in (below, above))
    below, above = min(below, np.log(alone.median / alone.low)), min(above, np.log(alone.high / alone.median))
    fits = interval.fit_width(median, below, above, alone.high - alone.low)
    return _Rest(median, median * np.exp(-below * fits), median * np.exp(above * fits))


def _mixed(own: float, past: float, share: float) -> float:
    """Return the spread of a mean of two errors that are partly the same."""
    both = 2 * calibrated.SHARED * share * (1 - share) * own * past
    return float(np.sqrt(share**2 * past**2 + (1 - share) ** 2 * own**2 + both))


def _summarised(rest: _Rest | Remainder, own: Remainder, left: pd.DatetimeIndex, counted: float, mode: str) -> Forecast:
    """Return the forecast: the sum of the days left divided over them, its interval opening as a fan."""
    visitors = rest.median * own.share
    sums = visitors.cumsum()
    total = counted + float(sums[-1])
    # a single day is uncertain but small beside what is counted
    wide = np.minimum(own.spread / own.spread[-1], 1.0)
    below, above = wide * np.log(rest.median / rest.low), wide * np.log(rest.high / rest.median)
    floor, roof = counted + sums * np.exp(-below), counted + sums * np.exp(above)
    floor, roof = (np.maximum.accumulate(np.minimum(edge, edge[-1])) for edge in (floor, roof))
    single = np.exp(interval.EDGE * own.single)
    return Forecast(
        total,
        float(floor[-1]),
        float(roof[-1]),
        counted,
        own.uncounted,
        _table(left, visitors, visitors / single, visitors * single),
        _table(left, np.append((counted + sums)[:-1], total), floor, roof),
        mode,
    )


def _over(left: pd.DatetimeIndex, counted: float, uncounted: float) -> Forecast:
    """Return the forecast of a season that is over, or of which all that is left is closed."""
    none = np.zeros((3, len(left)))
    return Forecast(counted, counted, counted, counted, uncounted, _table(left, *none), _table(left, *none + counted))


def _unknown(left: pd.DatetimeIndex) -> Forecast:
    nothing = np.full((3, len(left)), np.nan)
    return Forecast(np.nan, np.nan, np.nan, 0.0, np.nan, _table(left, *nothing), _table(left, *nothing))


def _nobody(left: pd.DatetimeIndex, counted_days: int) -> Forecast:
    """Return the forecast after n days of zeros: 0, and at most m a day (Poisson: 0.1 = exp(-n m))."""
    most = -np.log(TAIL) / counted_days
    zero, high = np.zeros(len(left)), np.full(len(left), most)
    return Forecast(
        0.0, 0.0, float(most * len(left)), 0.0, 0.0, _table(left, zero, zero, high), _table(left, zero, zero, high.cumsum())
    )


def _table(dates: pd.DatetimeIndex, visitors: Array, low: Array, high: Array) -> pd.DataFrame:
    return pd.DataFrame(dict(zip(_COLUMNS, (dates, visitors, low, high), strict=True)))
