"""Compute what past seasons say of the days left: the pick-up of like events, or of the same event in other years.

The pick-up is the visitors of the days left for each visitor of the days counted (Weatherford & Kimes 2003). Years of the
same event are laid over the days by weekday. Of other events each counts by its likeness in length, kind and time of year
(reference class: Kahneman & Tversky 1979, Flyvbjerg 2006). Both spreads are drawn towards that of the pool.
"""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import pandas as pd

from . import calibrated

Array: TypeAlias = np.ndarray

_LEAST = 0.03  # of a mean day: keeps the logarithm of a day without visitors finite
_YEARS = 3  # seasons of like length, known by day, that make an event a repeated one
_DENSE = 0.5  # share of its days known from which a season is known by day
_LIKE_LENGTH = 0.1  # a repeated event keeps its length within a tenth, and its time of year within three weeks
_LIKE_DAYS = 21
_HALF_LENGTH = 0.5  # in logarithms: an event of 0.6 or 1.6 of the length counts a third
_OTHER_KIND = 0.5
_OTHER_MONTHS = 0.5  # of an event half a year away
# Student's t at 90 %, by the inverse of the degrees of freedom: between them the quantile is nearly straight
_INVERSE = np.array([0.0, 1 / 30, 1 / 20, 1 / 12, 1 / 8, 1 / 6, 1 / 5, 1 / 4, 1 / 3, 1 / 2, 1.0])
_QUANTILE = np.array([1.2816, 1.3104, 1.3253, 1.3562, 1.3968, 1.4398, 1.4759, 1.5332, 1.6377, 1.8856, 3.0777])


@dataclass(frozen=True, slots=True)
class PastSeason:
    """A past season: its days, the points that are known (0 to 1, share), and what it was where that is known."""

    days: int
    points: Array
    shares: Array
    opens_on: pd.Timestamp | None
    kind: str

    @property
    def is_dense(self) -> bool:
        """Whether single days are known."""
        return len(self.points) - 2 > _DENSE * (self.days - 1)

    def by_day(self, days: pd.DatetimeIndex) -> Array:
        """Return the share of each of `days`: the season stretched over them, by weekday where its dates are known."""
        n = len(days)
        if not self.is_dense or self.opens_on is None:
            return np.asarray(np.maximum(np.diff(np.interp(np.arange(n + 1) / n, self.points, self.shares)), _LEAST / n))
        own = np.diff(np.interp(np.arange(self.days + 1) / self.days, self.points, self.shares))
        at = np.round((np.arange(n) + 0.5) * self.days / n - 0.5).astype(int)
        weekday = (self.opens_on.day_of_week + at) % 7
        at = at + (days.day_of_week.to_numpy() - weekday + 3) % 7 - 3
        at = np.where(at < 0, at + 7, np.where(at >= self.days, at - 7, at))
        drawn = own[np.clip(at, 0, self.days - 1)]
        return np.asarray(np.maximum(drawn / max(drawn.sum(), 1e-12), _LEAST / n))


@dataclass(frozen=True, slots=True)
class PickUp:
    """The logarithm of the visitors left for each visitor counted, and half its 80 % interval.

    `shape` is the logarithm of a day relative to a mean day in years of the same event; None for other events.
    """

    log_ratio: float
    half: float
    shape: Array | None


def seasons_of(reference: pd.DataFrame | None) -> list[PastSeason]:
    """Return the past seasons with at least a point between their ends.

    `reference`: season, day, days, cumulative_share (0 to 1), and where they are known opens_on and kind. A season is 0 before
    its first day and 1 at the end of its last, and grows evenly between known points. Rows that are blank or outside 0 to
    1 are left out.
    """
    if reference is None or reference.empty:
        return []
    columns = (pd.to_numeric(reference[name], errors="coerce") for name in ("day", "days", "cumulative_share"))
    day, days, share = (column.to_numpy(dtype=float, na_value=np.nan) for column in columns)
    name, names = pd.factorize(reference["season"], sort=True)
    used = (day > 0) & (day < days) & (share >= 0) & (share <= 1)
    opens_on = pd.to_datetime(reference["opens_on"], errors="coerce") if "opens_on" in reference else None
    # by numbers alone: a table is read at each forecast, and pandas takes ten times as long for it
    order = np.lexsort((share, day, name))
    seasons = []
    for i in range(len(names)):
        rows = order[used[order] & (name[order] == i)]
        if not len(rows):
            continue
        rows = rows[np.append(np.diff(day[rows]) > 0, True)]  # of two rows of a day, the higher share
        points = np.concatenate([[0.0], day[rows] / days[rows[0]], [1.0]])
        shares = np.maximum.accumulate(np.concatenate([[0.0], share[rows], [1.0]]))
        opened = pd.NaT if opens_on is None else opens_on.iloc[rows[0]]
        kind = reference["kind"].iloc[rows[0]] if "kind" in reference else None
        known = None if pd.isna(opened) else pd.Timestamp(opened).normalize()
        seasons.append(PastSeason(int(days[rows[0]]), points, shares, known, "" if pd.isna(kind) else str(kind)))
    return seasons


def years_of(seasons: list[PastSeason], days: pd.DatetimeIndex) -> list[PastSeason]:
    """Return the seasons that are the same event in other years; none where they are fewer than three."""
    n = len(days)
    like = [
        season
        for season in seasons
        if season.is_dense
        and abs(season.days - n) <= max(1, _LIKE_LENGTH * n)
        and (season.opens_on is None or _apart(season.opens_on, days[0]) <= _LIKE_DAYS)
    ]
    return like if len(like) >= _YEARS else []


def pick_up(seasons: list[PastSeason], days: pd.DatetimeIndex, gone: int, seen: Array, kind: str = "") -> PickUp | None:
    """Return what past seasons say of the days from `gone` on, given the days `seen`; None where there are none."""
    if not seasons or gone >= len(days) or not len(seen):
        return None
    years = years_of(seasons, days)
    drawn = np.array([season.by_day(days) for season in years or seasons])
    ratios = np.log(drawn[:, gone:].sum(axis=1) / drawn[:, seen].sum(axis=1))
    if years:
        return _of_years(ratios, drawn, len(seen), len(days) - gone)
    return _of_class(ratios, np.array([_likeness(season, days, kind) for season in seasons]))


def _of_years(ratios: Array, drawn: Array, seen: int, left: int) -> PickUp:
    """Return the pick-up of the same event: a mean with the quantile of Student's t.

    A few years may agree by chance. Their spread is drawn towards what days that differ as these years' days do would give.
    """
    free, weight = len(ratios) - 1, calibrated.YEAR_WEIGHT
    logs = np.log(drawn * drawn.shape[1])
    apart = logs - logs.mean(axis=0)
    by_day = (apart**2).sum() / (free * max(drawn.shape[1] - 1, 1))
    usual = calibrated.YEAR_NOISE**2 * by_day * (1 / seen + 1 / left)
    variance = (free * ratios.var(ddof=1) + weight * usual) / (free + weight)
    half = _t(free + weight) * np.sqrt(variance * (1 + 1 / len(ratios)))
    shape = logs.mean(axis=0) * len(ratios) / (len(ratios) + 1)
    return PickUp(float(ratios.mean()), float(half), shape - shape.mean())


def _of_class(ratios: Array, likeness: Array) -> PickUp:
    """Return the pick-up of other events, each weighing by its likeness."""
    total, weight = float(likeness.sum()), calibrated.CLASS_WEIGHT
    mean = float(likeness @ ratios) / total
    between = float(likeness @ (ratios - mean) ** 2)
    variance = (between + weight * calibrated.CLASS_SPREAD**2) / (total + weight)
    return PickUp(mean, float(_t(total + weight) * np.sqrt(variance * (1 + weight / total))), None)


def _likeness(season: PastSeason, days: pd.DatetimeIndex, kind: str) -> float:
    """Return how much a season counts, 0 to 1: by its length, its kind and its time of year."""
    alike = float(np.exp(-abs(np.log(season.days / len(days))) / _HALF_LENGTH))
    if not (kind and season.kind == kind):
        alike *= _OTHER_KIND
    away = 182.0 if season.opens_on is None else _apart(season.opens_on, days[0])
    return alike * float(_OTHER_MONTHS ** (away / 182))


def _apart(this: pd.Timestamp, other: pd.Timestamp) -> int:
    """Return how many days of the year lie between two dates, at most 183."""
    days = abs(this.day_of_year - other.day_of_year)
    return int(min(days, 366 - days))


def _t(free: float) -> float:
    """Return the 90 % quantile of Student's t."""
    return float(np.interp(1 / free, _INVERSE, _QUANTILE))
