"""Compute the shape of a season that is expected before any count, from past seasons and the plan.

The mean shape of past seasons is shrunk towards flat as far as they contradict each other (James & Stein 1961, with the
positive part: Efron & Morris 1973).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import pandas as pd

Array: TypeAlias = np.ndarray
Weights: TypeAlias = pd.Series | pd.DataFrame | Mapping[Any, float]

_LEAST = 0.03  # of a mean day: keeps the logarithm of a day without visitors finite
_DENSE = 0.8  # share of its days known from which a past season informs about single days
# What is expected of any season: standard deviations of a day's logarithm (about a share of a day).
_WEEKEND = np.log(1.4)  # Saturday and Sunday against a weekday, before any count
_RUSH = 0.2  # of the last days, without a past season
_TREND, _DRIFT = 1.2, 0.3  # of the bend: from the first day to the last; and how long a drift lasts, of the season
_APART = 0.8  # of the differences of past seasons, along them
_PLAN_BEND = 0.3  # from the shape of a plan, where past seasons have another
# How far a new season departs from what is expected, as the standard deviation of a day's logarithm.
_BEND_ALONE = 0.42  # from flat, with no past season
_BEND_ONE = 0.25  # from the only one known
_BEND_SHARE = 0.75  # of the differences of past seasons: the rest goes along them
_BEND_DOUBT, _BEND_LEAST = 0.15, 0.03
_BEND_STRANGER = 0.75  # in addition, the less alike the lengths: a season of half the days is hardly the same event


@dataclass(frozen=True, slots=True)
class Past:
    """Past seasons laid over the N days of a new season, in logarithms of a day's share relative to a mean day's."""

    seasons: int
    shape: Array  # N: the expected shape
    apart: Array  # seasons x N: the difference of each from it; empty with fewer than two
    bend: float  # standard deviation of a new season around them, about a share of a day
    daily: Array | None  # N: the rest on single days, without the slow shape; None where no single days are known
    daily_agree: float  # 0 … 1: how far the seasons agree on that


def past(reference: pd.DataFrame | None, n: int) -> Past:
    """Return past seasons laid over `n` days. `reference`: season, day, days, cumulative_share (0 to 1).

    A season is 0 before its first day and 1 at the end of its last, and grows evenly between known points. Rows that are blank or
    outside 0 to 1 are left out.
    """
    curves = _curves(reference)
    if not curves:
        return Past(0, np.zeros(n), np.zeros((0, n)), _BEND_ALONE, None, 0.0)
    at = np.arange(n + 1) / n
    slow, quick = [], []
    for days, points, shares in curves:
        drawn = np.maximum(np.diff(np.interp(at, points, shares)) * n, 0)
        level = smooth(drawn, max(7, round(n / 25)) if len(points) > _DENSE * days else max(7, round(n / 12)))
        slow.append(np.log(np.maximum(level, _LEAST)))
        if len(points) > _DENSE * days:
            quick.append(np.clip(np.log(np.maximum(drawn, _LEAST) / np.maximum(level, _LEAST)), -1.5, 1.5))
    shapes = np.array(slow)
    shapes -= shapes.mean(axis=1, keepdims=True)
    shape = shapes.mean(axis=0)
    daily = np.mean(quick, axis=0) if quick else None
    likeness = float(np.mean([min(days / n, n / days) for days, _, _ in curves]))  # an event keeps about the same length
    stranger = _BEND_STRANGER * (1 - likeness)
    free = len(shapes) - 1
    if not free:
        return Past(1, shape * likeness, np.zeros((0, n)), float(np.hypot(_BEND_ONE, stranger)), daily, _agree(quick))
    between = ((shapes - shape) ** 2).sum(axis=0) / free
    width = max(7, n // 10)
    doubt = smooth(between, width) / len(shapes) / (smooth(shape**2, width) + 1e-9)
    shape = shape * np.maximum(1 - doubt, 0.0) * likeness
    # a prior weighing as much as a season: two that agree by chance do not settle it
    bend = _BEND_SHARE * np.sqrt((_BEND_DOUBT**2 + free * between.mean()) / (1 + free))
    return Past(len(shapes), shape, shapes - shape, float(np.hypot(bend, _BEND_LEAST + stranger)), daily, _agree(quick))


def _curves(reference: pd.DataFrame | None) -> list[tuple[float, Array, Array]]:
    """Return days, points (0 to 1) and shares of each season with at least a point between its ends."""
    if reference is None or reference.empty:
        return []
    table = reference[["season", "day", "days", "cumulative_share"]].copy()
    for column in ("day", "days", "cumulative_share"):
        table[column] = pd.to_numeric(table[column], errors="coerce").astype(float)
    table = table[(table["day"] > 0) & (table["day"] < table["days"]) & table["cumulative_share"].between(0, 1)]
    curves = []
    for _, rows in table.groupby("season", sort=True):
        rows = rows.sort_values(["day", "cumulative_share"]).drop_duplicates("day", keep="last")
        points = np.concatenate([[0.0], (rows["day"] / rows["days"]).to_numpy(), [1.0]])
        shares = np.maximum.accumulate(np.concatenate([[0.0], rows["cumulative_share"].to_numpy(), [1.0]]))
        curves.append((float(rows["days"].iloc[0]), points, shares))
    return curves


def smooth(values: Array, width: int) -> Array:
    """Return the moving mean over `width` days around each value, narrower at the ends; same length."""
    half = min(width // 2, max((len(values) - 1) // 2, 0))
    sums = np.concatenate([[0.0], values.cumsum()])
    middle = np.arange(len(values))
    left, right = np.maximum(middle - half, 0), np.minimum(middle + half + 1, len(values))
    return np.asarray((sums[right] - sums[left]) / (right - left))


def _agree(quick: list[Array]) -> float:
    """Return the mean correlation of the seasons' single days with each other, at least 0."""
    if len(quick) < 2:
        return 0.3 if quick else 0.0
    table = np.array(quick)
    spread = table.std(axis=1, keepdims=True)
    if not spread.min() > 1e-9:
        return 0.0
    z = (table - table.mean(axis=1, keepdims=True)) / spread
    r = z @ z.T / table.shape[1]
    return float(np.clip((r.sum() - len(r)) / (len(r) * (len(r) - 1)), 0, 1))


class Expected:
    """What may be said of each of the N days before anything is counted: columns of a linear model and its prior.

    `columns` is N x p, `mean` p, `fixed` and `bending` p x p: the covariance is fixed + s² bending, s the bend.
    `offset` is N: the shape expected, in logarithms. `open` is N: false on days of weight zero.
    """

    def __init__(self, days: pd.DatetimeIndex, day_weights: Weights | None, known: Past) -> None:
        n = len(days)
        at = (np.arange(n) + 0.5) / n
        weights = _weights(day_weights, days)
        self.open = np.ones(n, dtype=bool) if weights is None else weights > 0
        self.offset, self.bend = known.shape.copy(), known.bend
        blocks: list[tuple[Array, Array, Array, bool]] = []

        def add(columns: Array, covariance: Array | float, mean: float = 0.0, bends: bool = False) -> None:
            columns = columns.reshape(n, -1)
            p = columns.shape[1]
            spread = covariance if isinstance(covariance, np.ndarray) else np.eye(p) * covariance
            blocks.append((columns, np.full(p, mean), spread, bends))

        alone = not known.seasons
        add(np.ones(n), 3.0**2)
        add(at - 0.5, _TREND**2, bends=True)
        add(np.exp(-at / 0.05), 1.0, bends=True)
        add(np.clip(1 - (1 - at) / 0.15, 0, None), 1.0, mean=_RUSH if alone else 0.0, bends=True)
        knots = np.linspace(0, 1, min(24, n))
        hats = np.clip(1 - np.abs(at[:, None] - knots) * max(len(knots) - 1, 1), 0, None)
        add(hats, np.exp(-np.abs(knots[:, None] - knots) / _DRIFT), bends=True)
        weekday = days.day_of_week.to_numpy()
        add((weekday[:, None] == np.arange(7)).astype(float), 0.12**2)
        add((weekday >= 5).astype(float), 0.3**2, mean=_WEEKEND * (1 - known.daily_agree) if weights is None else 0.0)
        if len(known.apart):
            add(known.apart.T, _APART / (len(known.apart) - 1))
        if known.daily is not None:
            add(known.daily, 0.4**2, mean=known.daily_agree * (1.0 if weights is None else 0.4))
        if weights is not None:
            middle = np.median(weights[self.open])
            drawn = np.log(np.clip(np.where(self.open, weights, middle) / middle, 1e-3, 1e3))
            slow = smooth(drawn, 15)
            add(drawn - slow, 0.3**2, mean=1.0)
            # plan and past seasons are weighed by how far a season is known to depart from either; a plan with a shape over the
            # season, not of weekdays and holidays alone, leaves less to chance
            plan = 1.0 if alone else self.bend**2 / (self.bend**2 + _PLAN_BEND**2)
            add(slow - slow.mean() - self.offset, min(0.35, 0.1 + plan) ** 2, mean=plan)
            if alone:
                self.bend = max(_PLAN_BEND, self.bend - float(slow.std()))
        self.columns = np.hstack([block[0] for block in blocks])
        self.mean = np.concatenate([block[1] for block in blocks])
        p = len(self.mean)
        self.fixed, self.bending = np.eye(p) * 1e-6, np.eye(p) * 1e-6
        start = 0
        for columns, _, covariance, bends in blocks:
            to = start + columns.shape[1]
            (self.bending if bends else self.fixed)[start:to, start:to] += covariance
            start = to


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
