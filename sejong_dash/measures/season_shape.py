"""What is expected of each day of a season before anything is counted, and how far do past seasons agree on it?

The mean of their shapes is drawn back towards flat as far as they contradict each other (James & Stein 1961, with the
positive part: Efron & Morris 1973).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import pandas as pd

Array: TypeAlias = np.ndarray
Weights: TypeAlias = pd.Series | pd.DataFrame | Mapping

_LEAST = 0.03  # of a mean day: days on which a past season stood still are no minus infinity
_DENSE = 0.8  # of its days known: a past season that tells single days, not stretches only
# What is expected of any season: standard deviations of a day's logarithm, near a share.
_WEEKEND = np.log(1.4)  # what Saturday and Sunday draw against a weekday, before a count says otherwise
_RUSH = 0.2  # of the last days, where no past season tells of them
_TREND, _DRIFT = 1.2, 0.3  # of the bend: from the first day to the last; and how long a drift lasts, of the season
_APART = 0.8  # of how past seasons differ, along the lines on which they do
_PLAN_BEND = 0.3  # how far a season leaves the shape of a plan, where past seasons tell another
# How far a new season bends from what is expected, as the standard deviation of a day's logarithm.
_BEND_ALONE = 0.42  # from flat, with no past season
_BEND_ONE = 0.25  # from the only one known
_BEND_SHARE = 0.75  # of what past seasons differ by: the rest goes along the lines on which they differ
_BEND_DOUBT, _BEND_LEAST = 0.15, 0.03
_BEND_STRANGER = 0.75  # more, the less alike their lengths: a season of half the days is hardly the same event


@dataclass(frozen=True, slots=True)
class Past:
    """The past seasons laid over the N days of a new one, in logarithms of a day's share against a mean day's."""

    seasons: int
    shape: Array  # N: what to expect
    apart: Array  # seasons x N: how each differs from that; empty with fewer than two
    bend: float  # how far a new season may leave all of them, as a share
    daily: Array | None  # N: what is left on single days once the slow shape is taken away; None where only stretches are known
    daily_agree: float  # 0 … 1: how far the seasons agree on that


def past(reference: pd.DataFrame | None, n: int) -> Past:
    """`reference`: season, day, days, cumulative_share. Rows that say nothing (blank, outside 0 … 1) are passed over.

    A season is 0 before its first and 1 at the end of its last day, and grows evenly between the points that are known.
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
    kin = float(np.mean([min(days / n, n / days) for days, _, _ in curves]))  # the same event has much the same length
    stranger = _BEND_STRANGER * (1 - kin)
    free = len(shapes) - 1
    if not free:
        return Past(1, shape * kin, np.zeros((0, n)), float(np.hypot(_BEND_ONE, stranger)), daily, _agree(quick))
    between = ((shapes - shape) ** 2).sum(axis=0) / free
    width = max(7, n // 10)
    doubt = smooth(between, width) / len(shapes) / (smooth(shape**2, width) + 1e-9)
    shape = shape * np.maximum(1 - doubt, 0.0) * kin
    # a season's worth of doubt beside what is seen: two that agree by chance do not settle it
    bend = _BEND_SHARE * np.sqrt((_BEND_DOUBT**2 + free * between.mean()) / (1 + free))
    return Past(len(shapes), shape, shapes - shape, float(np.hypot(bend, _BEND_LEAST + stranger)), daily, _agree(quick))


def _curves(reference: pd.DataFrame | None) -> list[tuple[float, Array, Array]]:
    """Days, points from 0 to 1 and shares of each season of which anything between the ends is known."""
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
    """The same number of values: a mean over `width` days around each, narrower at the ends."""
    half = min(width // 2, max((len(values) - 1) // 2, 0))
    sums = np.concatenate([[0.0], values.cumsum()])
    middle = np.arange(len(values))
    left, right = np.maximum(middle - half, 0), np.minimum(middle + half + 1, len(values))
    return (sums[right] - sums[left]) / (right - left)


def _agree(quick: list[Array]) -> float:
    """The mean correlation of the seasons' single days with each other, not below 0."""
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
            # plan and past seasons are weighed by how far a season is known to leave either; and a plan that tells of the
            # season's shape, not of weekdays and holidays alone, leaves less to chance
            plan = 1.0 if alone else self.bend**2 / (self.bend**2 + _PLAN_BEND**2)
            add(slow - slow.mean() - self.offset, min(0.35, 0.1 + plan) ** 2, mean=plan)
            if alone:
                self.bend = max(_PLAN_BEND, self.bend - float(slow.std()))
        self.columns = np.hstack([one[0] for one in blocks])
        self.mean = np.concatenate([one[1] for one in blocks])
        p = len(self.mean)
        self.fixed, self.bending = np.eye(p) * 1e-6, np.eye(p) * 1e-6
        start = 0
        for columns, _, covariance, bends in blocks:
            to = start + columns.shape[1]
            (self.bending if bends else self.fixed)[start:to, start:to] += covariance
            start = to


def _weights(day_weights: Weights | None, days: pd.DatetimeIndex) -> Array | None:
    """The weight of each day; a day without one has the middle one. None where there is no plan at all."""
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
