"""Map each place of a figure to points of a slide: axes, ticks, and cuts of what is too tall for a slide."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from .series import plain

Box = tuple[float, float, float, float]  # left, top, width, height, in points


def amounts(values: Any) -> np.ndarray:
    """Return numbers as they are and days in milliseconds, to which Plotly adds; what is not known is NaN."""
    some = list(values)
    if all(isinstance(value, int | float | np.number) for value in some):
        return np.asarray(some, dtype="float64")
    row = pd.Series(some)
    if pd.api.types.is_datetime64_any_dtype(row) or row.map(lambda value: isinstance(value, pd.Timestamp | str)).any():
        stamps = pd.to_datetime(row)
        return np.where(stamps.isna(), np.nan, stamps.astype("datetime64[ms]").astype("int64").astype("float64"))
    return row.astype("float64").to_numpy()


def amount(value: Any) -> float:
    """Return a number as it is and a day in milliseconds."""
    if isinstance(value, pd.Timestamp):
        return value.timestamp() * 1000
    return float(amounts([value])[0])


@dataclass(frozen=True)
class Plane:
    """A figure's plot on a slide: `box` holds its paper (0 to 1), `scale` is points for a pixel.

    `held` gives axes their own ranges and points (lower end, upper end, first point, last point), as a native chart has.
    """

    figure: Any
    box: Box
    scale: float
    held: dict[str, tuple[float, float, float, float]] = field(default_factory=dict)

    def axis(self, ref: str) -> Any:
        """Return the axis of a name as x or y2."""
        return self.figure.layout[f"{ref[0]}axis{ref[1:]}"]

    def ends(self, ref: str) -> tuple[float, float, float, float]:
        """Return the range of an axis and the points where it begins and ends; down the slide is more."""
        if ref not in self.held:
            self.held[ref] = self._ends(ref)
        return self.held[ref]

    def _ends(self, ref: str) -> tuple[float, float, float, float]:
        axis, (left, top, wide, high) = self.axis(ref), self.box
        low, high_end = amounts(axis.range) if axis.range is not None else (0.0, 1.0)
        start, stop = axis.domain or (0, 1)
        if ref[0] == "x":
            return float(low), float(high_end), left + start * wide, left + stop * wide
        return float(low), float(high_end), top + (1 - start) * high, top + (1 - stop) * high

    def along(self, values: Any, ref: str | None, letter: str) -> np.ndarray:
        """Return points along the slide for values of an axis, of its domain, or of the paper."""
        ref = ref or letter
        if ref == "paper":
            start, stop = (self.box[0], self.box[0] + self.box[2]) if letter == "x" else (self.box[1] + self.box[3], self.box[1])
            return start + np.asarray([float(value) for value in values]) * (stop - start)
        if ref.endswith(" domain"):
            _, _, start, stop = self.ends(ref.split(" ")[0])
            return start + np.asarray([float(value) for value in values]) * (stop - start)
        return self.on(amounts(values), ref)

    def on(self, numbers: np.ndarray, ref: str) -> np.ndarray:
        """Return points along the slide for what `amounts` returned."""
        low, high, start, stop = self.ends(ref)
        return start + (numbers - low) / ((high - low) or 1) * (stop - start)

    def at(self, value: Any, ref: str | None, letter: str) -> float:
        """Return the point of a single value, as `along` does."""
        ref = ref or letter
        if ref == "paper" or ref.endswith(" domain"):
            return float(self.along([value], ref, letter)[0])
        low, high, start, stop = self.ends(ref)
        return start + (amount(value) - low) / ((high - low) or 1) * (stop - start)


def axes(figure: Any, letter: str) -> list[str]:
    """Return the axes of a figure that a trace stands on."""
    used = dict.fromkeys((getattr(trace, f"{letter}axis") or letter) for trace in figure.data)
    return list(used)


def ticks(axis: Any) -> list[tuple[float, str]]:
    """Return where an axis is labelled, and how."""
    if axis.tickvals is not None:
        texts = axis.ticktext if axis.ticktext is not None else [f"{at:g}" for at in axis.tickvals]
        return list(zip(amounts(axis.tickvals).tolist(), map(plain, texts), strict=True))
    if axis.type == "date" and axis.dtick:
        return list(_dates(axis))
    return []


def grid(axis: Any) -> list[float]:
    """Return where an axis has its lines: a period's label stands in its middle, its line where it begins."""
    if axis.tickvals is None and axis.type == "date" and axis.dtick:
        low, high = amounts(axis.range)
        return [at for at in amounts(_starts(axis)).tolist() if low <= at <= high]
    return [at for at, _ in ticks(axis)]


def _starts(axis: Any) -> pd.DatetimeIndex:
    first, last = (pd.Timestamp(end) for end in axis.range)
    if str(axis.dtick).startswith("M"):
        months = int(str(axis.dtick)[1:])
        return pd.date_range(pd.Timestamp(first.year, 1, 1), last + pd.DateOffset(months=months), freq=f"{months}MS")
    return pd.date_range(pd.Timestamp(axis.tick0 or first), last, freq=pd.Timedelta(milliseconds=float(axis.dtick)))


def _dates(axis: Any) -> Iterator[tuple[float, str]]:
    first, last = (pd.Timestamp(end) for end in axis.range)
    starts = _starts(axis)
    for number, start in enumerate(starts):
        at = start
        if axis.ticklabelmode == "period" and number + 1 < len(starts):
            at = start + (starts[number + 1] - start) / 2
        if first <= at <= last:
            yield amount(at), start.strftime(axis.tickformat or "%Y")


def height(figure: Any) -> float:
    """Return the height of the plot itself in pixels."""
    margin = figure.layout.margin
    return float((figure.layout.height or 400) - (margin.t if margin.t is not None else 12) - (margin.b or 8))


def even(taken: Sequence[tuple[float, float]], total: float, most: float, rules: Sequence[float]) -> list[tuple[float, float]]:
    """Return `cuts` with as many stretches as they need, of about the same height."""
    fewest = cuts(taken, total, most, rules)
    attempts = (cuts(taken, total, min(most, total / len(fewest) * of), rules) for of in (1.02, 1.06, 1.12, 1.2))
    return next((some for some in attempts if len(some) == len(fewest)), fewest)


def cuts(
    taken: Sequence[tuple[float, float]], total: float, most: float, rules: Sequence[float] = ()
) -> list[tuple[float, float]]:
    """Return stretches of at most `most` from 0 to `total`, cut where nothing of `taken` (from, to) stands.

    A cut is at one of the `rules` that part rows where there is one in reach, else where most room is.
    """
    gaps, reached = [], 0.0
    for start, end in sorted(taken):
        if start > reached + 0.5:
            gaps.append((reached, start))
        reached = max(reached, end)
    pages: list[tuple[float, float]] = []
    at = 0.0
    while total - at > most:
        places = [(any(low - 1 <= rule <= high + 1 for rule in rules), high - low, low, high) for low, high in gaps]
        near = [place for place in places if at + 0.55 * most < place[2] <= at + most] or [
            place for place in places if place[2] > at + 1
        ]
        if not near:
            break
        ruled = [place for place in near if place[0]]
        widest = max(place[1] for place in near)
        _, _, low, high = (ruled or [place for place in near if place[1] > 0.8 * widest])[-1 if ruled or len(near) > 1 else 0]
        cut = next((rule for rule in rules if low - 1 <= rule <= high + 1), min((low + high) / 2, at + most))
        pages.append((at, cut))
        at = cut
    return [*pages, (at, total)]
