"""Forecast the final count of a season, with an interval."""

from dataclasses import dataclass
from datetime import date
from statistics import NormalDist
from typing import TypeAlias

import numpy as np
import pandas as pd

from .season_shape import Expected, Weights, past

Day: TypeAlias = date | pd.Timestamp | str
Array: TypeAlias = np.ndarray

_COLUMNS = ["date", "visitors", "low", "high"]
_TAIL = 0.1  # beyond either end of the interval, which holds 80 %
_Z = np.array([NormalDist().inv_cdf((i + 0.5) / 99) for i in range(99)])
_EDGE = -NormalDist().inv_cdf(_TAIL)

# How the counts are weighed against what is expected.
_NOISE = np.geomspace(0.06, 0.9, 7)  # of a single day
_NOISE_GUESS, _NOISE_DOUBT = np.log(0.2), 0.6
_BEND = np.array([0.25, 0.5, 1.0, 2.0, 3.0])  # multiples of the bend known of seasons of the class
_BEND_DOUBT = 0.6
_TAILS = 4  # degrees of freedom of a day's noise: a typhoon day or a holiday must not bend the season
_ROUGH = 2.5  # the most by which noise that the fit discounts may widen the interval
_SPELL, _SPELL_LEFT = 1.5, 2.0  # adjacent days share their weather: a mean has more noise than of independent days
_FLOOR = 0.05  # of a mean day: the value of a day without visitors in the logarithm
_SMEAR_DAYS = 5  # how many days' worth of lognormal noise the counts must outweigh


@dataclass(frozen=True, slots=True)
class Forecast:
    """The forecast of the final count at the end of as-of, in visitors; nan where there is no forecast.

    `total` is the median and `low` … `high` the 80 % interval of the count on the last day, from what is counted so far
    and the days left. A past day without a count adds nothing until its count comes in; `uncounted` is what such days would
    then add. `daily` has the days left (date, visitors, low, high; visitors sum to
    total - counted, and low … high hold each single day in 80 %); `cumulative` has the same days and columns for
    the count reached at the end of each, and ends at total, low and high.
    """

    total: float
    low: float
    high: float
    counted: float
    uncounted: float
    daily: pd.DataFrame
    cumulative: pd.DataFrame

    @property
    def is_known(self) -> bool:
        """Whether there is a forecast: there is none before opening and before the first count."""
        return bool(np.isfinite(self.total))


def forecast(
    daily: pd.DataFrame,
    opens_on: Day,
    closes_on: Day,
    as_of: Day,
    *,
    day_weights: Weights | None = None,
    reference: pd.DataFrame | None = None,
) -> Forecast:
    """Forecast the final count of a season from the counts up to `as_of`.

    `daily`: date, visitors (any order; rows of one date are summed; missing or nan is not counted, never zero; rows
    outside the season or after as-of are ignored). `day_weights`: how strongly a day draws, on any
    positive scale, by date (Series, mapping, or date, weight); zero is a day closed. `reference`: season, day, days,
    cumulative_share (day from 1 to days, share from 0 to 1) of past seasons of the same kind, few points or many.

    Method, in short: the logarithm of a day's count is a level, a shape over the season, a weekday and noise. The shape
    is expected to be that of the past seasons (or of the plan, or flat with a rush at the end), and may leave it:
    along the lines on which past seasons differ from each other, and freely but slowly, as far as they differ. All of
    it is one linear model with a normal prior, so that what is seen and what is expected are weighed by how sure each
    is; the sizes of the noise and of the bend are averaged over by how well they explain the counts. The more
    past seasons agree, the more their shape holds; the less they do, the more the recent level does. The interval
    is a mixture of lognormals over those sizes. Nothing is drawn by chance: the same rows give the same figures.

    * reference class, and pick-up by share gone: Kahneman & Tversky 1979; Flyvbjerg 2006; Weatherford & Kimes 2003
    * weighing by variance: Bates & Granger 1969; as a normal linear model: Rasmussen & Williams 2006, ch. 2 and 5
    * level, season and damped drift in logarithms: Hyndman & Athanasopoulos, Forecasting: Principles and Practice, ch. 8
    * days off the rule count less: Lange, Little & Taylor 1989; back from logarithms: Duan 1983 (smearing)

    Raises ValueError where the season closes before it opens.
    """
    first, last, today = (pd.Timestamp(day).tz_localize(None).normalize() for day in (opens_on, closes_on, as_of))
    if last < first:
        raise ValueError(f"closes_on {last.date()} is before opens_on {first.date()}")
    days = pd.date_range(first, last, name="date")
    counts = _counts(daily, days)
    gone = int((days <= today).sum())
    seen = np.flatnonzero(np.isfinite(counts[:gone]))
    counted = float(counts[seen].sum())
    if not len(seen):
        return _unknown(days[gone:])
    if not counted:
        return _nobody(days[gone:], len(seen))
    model = _fit(Expected(days, day_weights, past(reference, len(days))), counts, seen)
    return _summarised(model, days[gone:], gone, counted, model.fitted(gone, seen))


def _counts(daily: pd.DataFrame, days: pd.DatetimeIndex) -> Array:
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
class _Model:
    """The fitted season in G variants, each with a size of bend and of noise."""

    season: Expected
    weight: Array  # G, sums to 1
    coefficients: Array  # G x p
    covariance: Array  # G x p x p
    noise: Array  # G, of a day's logarithm
    scale: Array  # G: from exp(logarithm) to visitors

    def expected(self) -> Array:
        """Return the expected visitors of each day, G x N."""
        season = self.season
        return np.asarray(self.scale[:, None] * np.exp(season.offset + self.coefficients @ season.columns.T) * season.open)

    def fitted(self, gone: int, seen: Array) -> float:
        """Return the visitors expected on the days gone that were not counted."""
        missing = np.setdiff1d(np.arange(gone), seen)
        return float(self.weight @ self.expected()[:, missing].sum(axis=1))


def _fit(season: Expected, counts: Array, seen: Array) -> _Model:
    rows = seen[season.open[seen]] if season.open[seen].any() else seen
    mean_day = counts[rows].mean() or counts[seen].mean()
    y = np.log(np.maximum(counts[rows], _FLOOR * mean_day)) - np.log(mean_day) - season.offset[rows]
    x = season.columns[rows]
    bend = np.repeat(_BEND, len(_NOISE))
    noise = np.tile(_NOISE, len(_BEND))
    doubt = (np.log(bend) / _BEND_DOUBT) ** 2 + ((np.log(noise) - _NOISE_GUESS) / _NOISE_DOUBT) ** 2
    prior = season.fixed + (_BEND * season.bend)[:, None, None] ** 2 * season.bending
    precision = np.repeat(np.linalg.inv(prior), len(_NOISE), axis=0)
    size = np.repeat(np.linalg.slogdet(prior)[1], len(_NOISE))
    off = y - x @ season.mean
    trust = np.ones(len(rows))
    for _ in range(3):
        share = trust / (noise[:, None] ** 2 * _SPELL)
        posterior = precision + (x.T * trust) @ x / (noise**2 * _SPELL)[:, None, None]
        pull = (share * off) @ x
        covariance = np.linalg.inv(posterior)
        moved = np.einsum("gpq,gq->gp", covariance, pull)
        explained = (share * off**2).sum(axis=1) - (pull * moved).sum(axis=1)
        loss = explained + size + np.linalg.slogdet(posterior)[1] + 2 * len(rows) * np.log(noise) / _SPELL + doubt
        weight = np.exp(-0.5 * (loss - loss.min()))
        weight /= weight.sum()
        left = off - moved @ x.T
        best = int(weight.argmax())
        trust = (_TAILS + 1) / (_TAILS + (left[best] / noise[best]) ** 2)
    # days that the fit discounts as outliers will occur again, so they belong to the noise of the days left
    rough = (weight @ (left**2).mean(axis=1) + 0.01) / (weight @ (left**2 * trust / trust.mean()).mean(axis=1) + 0.01)
    coefficients = season.mean + moved
    modelled = np.exp(season.offset[rows] + coefficients @ x.T) * mean_day
    lift = np.exp(noise**2 / 2)
    typical = modelled.mean(axis=1) * _SMEAR_DAYS
    scale = mean_day * (counts[rows].sum() + typical * lift) / (modelled.sum(axis=1) + typical)
    kept = weight > 1e-4 * weight.max()
    noise_ahead = noise * np.sqrt(min(rough, _ROUGH))
    weight = weight[kept] / weight[kept].sum()
    return _Model(season, weight, coefficients[kept], covariance[kept], noise_ahead[kept], scale[kept])


def _summarised(model: _Model, left: pd.DatetimeIndex, gone: int, counted: float, uncounted: float) -> Forecast:
    """Return the forecast: the days left summed in each variant, and median and interval over all variants."""
    columns = model.season.columns[gone:]
    expected = model.expected()[:, gone:]
    if not expected.any():  # the season is over, or what is left of it is closed
        none = np.zeros((3, len(left)))
        return Forecast(counted, counted, counted, counted, uncounted, _table(left, *none), _table(left, *none + counted))
    reached = expected.cumsum(axis=1)
    reached = np.maximum(reached, 1e-9 * reached[:, -1:])  # where the first days left are closed
    noise = model.noise[:, None]
    mean_column = (expected[:, :, None] * columns).cumsum(axis=1) / reached[:, :, None]
    spread = (mean_column @ model.covariance * mean_column).sum(axis=2)
    # the bend is in the covariance already, for as many days as are left
    spread += _SPELL_LEFT * noise**2 * (expected**2).cumsum(axis=1) / reached**2
    rest = np.log(reached)
    many = np.exp(rest[:, -1:] + np.sqrt(spread[:, -1:]) * _Z).ravel()
    low, middle, high = _quantiles(many, np.repeat(model.weight, len(_Z)), (_TAIL, 0.5, 1 - _TAIL))
    share = model.weight @ (expected / reached[:, -1:])
    visitors = middle * share / share.sum()
    each = (columns @ model.covariance * columns).sum(axis=2) + noise**2
    by_day = np.sqrt(_over(model.weight, np.log(np.maximum(expected, 1e-9 * reached[:, -1:])), each))
    sums = visitors.cumsum()
    so_far = np.sqrt(_over(model.weight, rest, spread))
    # a single day is uncertain but small beside what is counted: the interval opens as a fan
    wide = np.minimum(so_far / so_far[-1], 1.0)
    below = wide * np.log(middle / low)
    above = wide * np.log(high / middle)
    total = counted + float(sums[-1])
    floor, roof = counted + sums * np.exp(-below), counted + sums * np.exp(above)
    floor, roof = (np.maximum.accumulate(np.minimum(edge, edge[-1])) for edge in (floor, roof))
    return Forecast(
        total,
        float(floor[-1]),
        float(roof[-1]),
        counted,
        uncounted,
        _table(left, visitors, visitors * np.exp(-_EDGE * by_day), visitors * np.exp(_EDGE * by_day)),
        _table(left, np.append((counted + sums)[:-1], total), floor, roof),
    )


def _quantiles(values: Array, weights: Array, at: tuple[float, ...]) -> Array:
    """Return quantiles of weighted values."""
    order = np.argsort(values, kind="stable")
    reached = np.cumsum(weights[order]) - 0.5 * weights[order]
    return np.asarray(np.interp(np.array(at) * weights.sum(), reached, values[order]))


def _over(weight: Array, means: Array, variances: Array) -> Array:
    """Return the variance of a mixture: within each variant and between them."""
    middle = weight @ means
    return np.asarray(weight @ (variances + (means - middle) ** 2))


def _unknown(left: pd.DatetimeIndex) -> Forecast:
    nothing = np.full((3, len(left)), np.nan)
    return Forecast(np.nan, np.nan, np.nan, 0.0, np.nan, _table(left, *nothing), _table(left, *nothing))


def _nobody(left: pd.DatetimeIndex, counted_days: int) -> Forecast:
    """Return the forecast after n days of zeros: 0, and at most m a day (Poisson: 0.1 = exp(-n m))."""
    most = -np.log(_TAIL) / counted_days
    zero, high = np.zeros(len(left)), np.full(len(left), most)
    return Forecast(
        0.0, 0.0, float(most * len(left)), 0.0, 0.0, _table(left, zero, zero, high), _table(left, zero, zero, high.cumsum())
    )


def _table(dates: pd.DatetimeIndex, visitors: Array, low: Array, high: Array) -> pd.DataFrame:
    return pd.DataFrame(dict(zip(_COLUMNS, (dates, visitors, low, high), strict=True)))
