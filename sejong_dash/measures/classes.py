"""Divide the values of a map into classes with round edges.

Edges are quantiles rounded to two significant digits: they are easy to read, and no class is empty. Two packages were
considered and not used: mapclassify (Fisher-Jenks, head/tail breaks and more; its edges are data values such as 1,437, and it
brings scipy and scikit-learn, 130 MB for a dozen lines) and jenkspy (a compiled wheel for natural breaks alone; with values
spread like Japan's population, natural breaks put Tokyo in one class and forty prefectures in another).
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

MOST = 5


@dataclass(frozen=True, slots=True)
class Classes:
    """Classes by their edges: class i holds values from edges[i] to below edges[i + 1], the last class its upper edge too.

    Edges are multiples of `step`. `middle` is the class around zero of diverging classes, None of ascending ones.
    """

    edges: tuple[float, ...]
    step: float = 1.0  # the smallest difference between two values
    middle: int | None = None

    def __len__(self) -> int:
        return max(len(self.edges) - 1, 0)

    def number(self, value: float) -> int | None:
        """Return the class of a value, from 0; None for a missing value. A value outside the edges gets the nearest class."""
        if not len(self) or value is None or math.isnan(value):
            return None
        return int(
            np.searchsorted(np.array(self.edges[1:-1]), round(value / self.step) * self.step + self.step / 1e6, side="right")
        )

    def bounds(self, number: int) -> tuple[float, float]:
        """Return the lowest and the highest value of a class, both inclusive."""
        last = number == len(self) - 1
        high = self.edges[number + 1] if last else self.edges[number + 1] - self.step
        return self.edges[number], round(high, 10)


def rounded(value: float, digits: int = 2) -> float:
    """Return a value rounded to `digits` significant digits: 1437 -> 1400"""
    if not value or not math.isfinite(value):
        return 0.0
    return float(round(value, digits - 1 - math.floor(math.log10(abs(value)))))


def quantile(values: Iterable[float], most: int = MOST, step: float = 1.0) -> Classes:
    """Return at most `most` classes with about as many values each; fewer where few values differ, so that none is empty."""
    known = _known(values, step)
    if not len(known):
        return Classes((), step)
    low, high = float(known[0]), float(known[-1])
    apart = np.unique(known)
    asked = min(most, len(apart))
    cuts: list[float] = []
    for part in range(1, asked):
        cut = _whole(rounded(float(np.quantile(known, part / asked))), step)
        below = cuts[-1] if cuts else -math.inf
        if cut > low and ((known >= below) & (known < cut)).any() and (known >= cut).any():
            cuts.append(cut)
    return Classes((low, *cuts, high), step)


def diverging(values: Iterable[float], step: float = 1.0) -> Classes:
    """Return five classes around zero, symmetric: far below, below, about zero, above, far above.

    The edges are 15 % and 55 % of the 90th percentile of the distances from zero, rounded. Empty classes at either end are left
    out; the middle one always stays, since the others are relative to it.
    """
    known = _known(values, step)
    if not len(known):
        return Classes((), step, 0)
    far = float(np.quantile(np.abs(known), 0.9))
    near = max(_whole(rounded(0.15 * far), step), 0.0)
    wide = max(_whole(rounded(0.55 * far), step), near + step)
    bounds = [-math.inf, -wide, -near, near + step, wide + step, math.inf]
    held = [i for i in range(5) if ((known >= bounds[i]) & (known < bounds[i + 1])).any()]
    first, last = min(held[0], 2), max(held[-1], 2)
    bounds[0], bounds[-1] = min(float(known[0]), -wide - step), max(float(known[-1]), wide + step)
    return Classes(tuple(round(edge, 10) for edge in _closed(bounds, first, last, step)), step, 2 - first)


def _closed(bounds: list[float], first: int, last: int, step: float) -> list[float]:
    """Return the edges of classes `first` to `last`, closed by the highest value of the last one."""
    return [*bounds[first : last + 1], bounds[last + 1] - (0 if last == 4 else step)]


def _known(values: Iterable[float], step: float) -> np.ndarray:
    known = np.array([float(value) for value in values if value is not None and math.isfinite(float(value))])
    return np.sort(np.round(known / step) * step).round(10)


def _whole(value: float, step: float) -> float:
    return round(round(value / step) * step, 10)
