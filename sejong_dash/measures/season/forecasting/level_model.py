"""Fit a level, a drift in days, day types and noise to the counts of a season, and say what they mean for the days left.

One linear model with a normal prior in logarithms (Rasmussen & Williams 2006, ch. 2 and 5). The drift is an
Ornstein-Uhlenbeck process (Uhlenbeck & Ornstein 1930): how far the level may move depends on the days, not on shares of a
season, and the slope grows with the root of the length. The sizes of noise and drift are averaged over by how well they
explain the counts. Where nothing but dates and counts is known of a place, it is treated as an open-air place, whose visitors
follow the year: a cosine of the day of the year (Harvey 1989, ch. 2). Expos and garden shows did not (docs/forecast.md).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import NormalDist
from typing import Any, TypeAlias

import numpy as np
import pandas as pd

from . import calibrated
from .interval import TAIL

Array: TypeAlias = np.ndarray
Weights: TypeAlias = pd.Series | pd.DataFrame | Mapping[Any, float]

_Z = np.array([NormalDist().inv_cdf((i + 0.5) / 99) for i in range(99)])
_LENGTH = 45  # days of the season that the constants are for
_KNOTS = 24  # of the drift
_YEAR = 365.25  # days

_NOISES = np.geomspace(0.08, 0.9, 6)  # of a single day
_NOISE_DOUBT = 0.45
_BENDS = np.array([0.5, 1.0, 2.0])  # multiples
_BEND_DOUBT = 0.2
_OPENING, _OPENING_DAYS = 0.2, 4  # of the first days
_WEEKDAY = 0.2
_WEEKEND, _WEEKEND_DOUBT = 0.45, 0.3  # Saturday and Sunday against a weekday, where no plan says it
_PLAN_DOUBT = 0.35  # of the day weights of a plan, as their exponent
_TAILS = 8  # degrees of freedom of a day's noise: a typhoon day or a holiday must not bend the season
_ROUGH = 2.5  # the most by which noise that the fit discounts may widen the interval
_SPELL = 1.2  # adjacent days share their weather: a mean has more noise than of independent days
_FLOOR = 0.05  # of a mean day: the value of a day without visitors in the logarithm
_SMEAR_DAYS = 3  # how many days' worth of lognormal noise the counts must outweigh (Duan 1983)


@dataclass(frozen=True, slots=True)
class Remainder:
    """What the counts say of the days left, in G variants; arrays over the days left.

    `median`, `low`, `high` are of their sum: its median and the ends of the 80 % interval. `share` is each day's part of the
    sum; `spread` the standard deviation of the logarithm of the running sum, `single` of the day itself. `uncounted` are
    the visitors expected on the days gone that were not counted.
    """

    median: float
    low: float
    high: float
    share: Array
    spread: Array
    single: Array
    uncounted: float


class Design:
    """The columns of the model over the N days of a season and the prior of their coefficients.

    `columns` is N x p, `mean` p, `fixed` and `bending` p x p: the covariance is fixed + s² bending, s the bend.
    `open` is N: false on days of weight zero. `shape` is N: what past years of the event had, in logarithms. Where there is
    neither, and no kind, nothing is known of the event, and its days follow the year.
    """

    def __init__(self, days: pd.DatetimeIndex, day_weights: Weights | None, shape: Array | None = None, kind: str = "") -> None:
        n = len(days)
        at = np.arange(n) + 0.5
        weights = _weights(day_weights, days)
        self.open = np.ones(n, dtype=bool) if weights is None else weights > 0
        self.days = n
        weekday = days.day_of_week.to_numpy()
        knots = np.linspace(0.5, n - 0.5, min(_KNOTS, n))
        hats = np.clip(1 - np.abs(at[:, None] - knots) / (knots[1] - knots[0] if n > 1 else 1.0), 0, None)
        drift = np.exp(-np.abs(knots[:, None] - knots) / calibrated.DRIFT_DAYS)
        self._blocks: list[tuple[Array, Array, float, bool]] = []
        self._add(np.ones(n), 3.0**2)
        self._add((at / n - 0.5) * np.sqrt(n / _LENGTH), calibrated.SLOPE**2, bends=True)
        self._add(np.exp(-at / _OPENING_DAYS), _OPENING**2, bends=True)
        self._add(hats, drift, bends=True)
        if weights is None and shape is None and not kind:
            from_peak = (days.day_of_year.to_numpy() - calibrated.YEAR_PEAK) / _YEAR
            self._add(np.cos(2 * np.pi * from_peak), 0.0, mean=calibrated.YEAR_SWING)
        self._add((weekday[:, None] == np.arange(7)).astype(float), _WEEKDAY**2)
        knows_kinds = weights is not None or shape is not None
        self._add((weekday >= 5).astype(float), _WEEKEND_DOUBT**2, mean=0.0 if knows_kinds else _WEEKEND)
        if weights is not None:
            middle = np.median(weights[self.open])
            drawn = np.log(np.clip(np.where(self.open, weights, middle) / middle, 1e-3, 1e3))
            self._add(drawn, _PLAN_DOUBT**2, mean=1.0 if shape is None else 0.0)
        if shape is not None:
            self._add(shape, _PLAN_DOUBT**2, mean=1.0)
        self.columns = np.hstack([block[0] for block in self._blocks])
        self.mean = np.concatenate([np.full(block[0].shape[1], block[2]) for block in self._blocks])
        p = len(self.mean)
        self.fixed, self.bending = np.eye(p) * 1e-8, np.eye(p) * 1e-8
        start = 0
        for columns, covariance, _, bends in self._blocks:
            to = start + columns.shape[1]
            (self.bending if bends else self.fixed)[start:to, start:to] += covariance
            start = to

    def _add(self, columns: Array, covariance: Array | float, mean: float = 0.0, bends: bool = False) -> None:
        columns = columns.reshape(self.days, -1)
        spread = covariance if isinstance(covariance, np.ndarray) else np.eye(columns.shape[1]) * covariance
        self._blocks.append((columns, spread, mean, bends))


@dataclass(frozen=True, slots=True)
class Fit:
    """The fitted season in G variants, each with a size of bend and of noise."""

    design: Design
    weight: Array  # G, sums to 1
    coefficients: Array  # G x p
    covariance: Array  # G x p x p
    noise: Array  # G, of a day's logarithm
    scale: Array  # G: from exp(logarithm) to visitors

    def expected(self) -> Array:
        """Return the expected visitors of each day, G x N."""
        design = self.design
        return np.asarray(self.scale[:, None] * np.exp(self.coefficients @ design.columns.T) * design.open)

    def uncounted(self, gone: int, seen: Array) -> float:
        """Return the visitors expected on the days gone that were not counted."""
        missing = np.setdiff1d(np.arange(gone), seen)
        return float(self.weight @ self.expected()[:, missing].sum(axis=1))


def fit(design: Design, counts: Array, seen: Array) -> Fit:
    """Return the model fitted to the counts of the days `seen` (positions); at least one of them has visitors."""
    rows = seen[design.open[seen]] if design.open[seen].any() else seen
    mean_day = counts[rows].mean() or counts[seen].mean()
    y = np.log(np.maximum(counts[rows], _FLOOR * mean_day)) - np.log(mean_day)
    x = design.columns[rows]
    bend = np.repeat(_BENDS, len(_NOISES))
    noise = np.tile(_NOISES, len(_BENDS))
    doubt = (np.log(bend) / _BEND_DOUBT) ** 2 + (np.log(noise / calibrated.NOISE) / _NOISE_DOUBT) ** 2
    prior = design.fixed + (_BENDS * calibrated.BEND)[:, None, None] ** 2 * design.bending
    precision = np.repeat(np.linalg.inv(prior), len(_NOISES), axis=0)
    size = np.repeat(np.linalg.slogdet(prior)[1], len(_NOISES))
    off = y - x @ design.mean
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
    coefficients = design.mean + moved
    modelled = np.exp(coefficients @ x.T) * mean_day
    typical = modelled.mean(axis=1) * _SMEAR_DAYS
    scale = mean_day * (counts[rows].sum() + typical * np.exp(noise**2 / 2)) / (modelled.sum(axis=1) + typical)
    kept = weight > 1e-4 * weight.max()
    weight = weight[kept] / weight[kept].sum()
    ahead = noise[kept] * np.sqrt(min(rough, _ROUGH))
    return Fit(design, weight, coefficients[kept], covariance[kept], ahead, scale[kept])


def days_left(fitted: Fit, gone: int, seen: Array) -> Remainder | None:
    """Return what the model says of the days from `gone` on; None where all of them are closed or the season is over."""
    design, weight = fitted.design, fitted.weight
    expected, columns = fitted.expected()[:, gone:], design.columns[gone:]
    if not expected.any():
        return None
    reached = expected.cumsum(axis=1)
    reached = np.maximum(reached, 1e-9 * reached[:, -1:])  # where the first days left are closed
    noise = fitted.noise[:, None]
    column = (expected[:, :, None] * columns).cumsum(axis=1) / reached[:, :, None]
    spread = (column @ fitted.covariance * column).sum(axis=2)
    spread += _SPELL * noise**2 * (expected**2).cumsum(axis=1) / reached**2
    n = design.days
    spread += calibrated.AHEAD**2 * ((n - gone) / n) ** calibrated.AHEAD_POWER * n / _LENGTH
    rest = np.log(reached)
    many = np.exp(rest[:, -1:] + np.sqrt(spread[:, -1:]) * _Z).ravel()
    low, middle, high = _quantiles(many, np.repeat(weight, len(_Z)), (TAIL, 0.5, 1 - TAIL))
    share = weight @ (expected / reached[:, -1:])
    each = (columns @ fitted.covariance * columns).sum(axis=2) + noise**2
    single = np.sqrt(_over(weight, np.log(np.maximum(expected, 1e-9 * reached[:, -1:])), each))
    so_far = np.sqrt(_over(weight, rest, spread))
    return Remainder(middle, low, high, share / share.sum(), so_far, single, fitted.uncounted(gone, seen))


def _quantiles(values: Array, weights: Array, at: tuple[float, ...]) -> list[float]:
    """Return quantiles of weighted values."""
    order = np.argsort(values, kind="stable")
    reached = np.cumsum(weights[order]) - 0.5 * weights[order]
    return [float(value) for value in np.interp(np.array(at) * weights.sum(), reached, values[order])]


def _over(weight: Array, means: Array, variances: Array) -> Array:
    """Return the variance of a mixture: within each variant and between them."""
    middle = weight @ means
    return np.asarray(weight @ (variances + (means - middle) ** 2))


def _weights(day_weights: Weights | None, days: pd.DatetimeIndex) -> Array | None:
    """Return the weight of each day, the median where a day has none; None without any positive weight."""
    if day_weights is None:
        return None
    if isinstance(day_weights, pd.DataFrame):
        day_weights = day_weights.set_index("date")["weight"]
    series = pd.Series(day_weights, dtype=float)
    series.index = pd.to_datetime(series.index).normalize()
    weights = series.groupby(level=0).mean().reindex(days).to_numpy()
    weights = np.where(np.isfinite(weights) & (weights >= 0), weights, np.nan)
    drawing = weights[weights > 0]
    return np.where(np.isnan(weights), np.median(drawing), weights) if len(drawing) else None
