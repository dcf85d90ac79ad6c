"""Where does each place of a figure fall on a sheet? Axes, ticks, and what may be cut where it is too tall for one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from ._canvas import Box
from ._series import plain


def amounts(values: Any) -> np.ndarray:
    """Numbers as they are, days in milliseconds, which is what Plotly adds to them; what is not known is NaN."""
    some = list(values)
    if all(isinstance(one, int | float | np.number) for one in some):
        return np.asarray(some, dtype="float64")
    row = pd.Series(some)
    if pd.api.types.is_datetime64_any_dtype(row) or row.map(lambda one: isinstance(one, pd.Timestamp | str)).any():
        stamps = pd.to_datetime(row)
        return np.where(stamps.isna(), np.nan, stamps.astype("datetime64[ms]").astype("int64").astype("float64"))
    return row.astype("float64").to_numpy()


def amount(value: Any) -> float:
    if isinstance(value, pd.Timestamp):
        return value.timestamp() * 1000
    return float(amounts([value])[0])


@dataclass(frozen=True)
class Plane:
    """A figure's plot on a sheet: `box` holds its paper (0 to 1), `scale` is points for a pixel.

    `held` gives axes ranges and sheets of their own (lower end, upper end, first point, last point), as a native chart has.
    """

    figure: Any
    box: Box
    scale: float
    held: dict[str, tuple[float, float, float, float]] = field(default_factory=dict)

    def axis(self, ref: str) -> Any:
        return self.figure.layout[f"{ref[0]}axis{ref[1:]}"]

    def ends(self, ref: str) -> tuple[float, float, float, float]:
        """The range of an axis and the points where it begins and ends; down the sheet is more."""
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
        """Points along the sheet for values of an axis, of its domain, or of the paper."""
        ref = ref or letter
        if ref == "paper":
            start, stop = (self.box[0], self.box[0] + self.box[2]) if letter == "x" else (self.box[1] + self.box[3], self.box[1])
            return start + np.asarray([float(one) for one in values]) * (stop - start)
        if ref.endswith(" domain"):
            _, _, start, stop = self.ends(ref.split(" ")[0])
            return start + np.asarray([float(one) for one in values]) * (stop - start)
        return self.on(amounts(values), ref)

    def on(self, numbers: np.ndarray, ref: str) -> np.ndarray:
        """Points along the sheet for what `amounts` gave."""
        low, high, start, stop = self.ends(ref)
        return start + (numbers - low) / ((high - low) or 1) * (stop - start)

    def at(self, value: Any, ref: str | None, letter: str) -> float:
        ref = ref or letter
        if ref == "paper" or ref.endswith(" domain"):
            return float(self.along([value], ref, letter)[0])
        low, high, start, stop = self.ends(ref)
        return start + (amount(value) - low) / ((high - low) or 1) * (stop - start)


def axes(figure: Any, letter: str) -> list[str]:
    """The axes of a figure that something stands on."""
    used = dict.fromkeys((getattr(one, f"{letter}axis") or letter) for one in figure.data)
    return list(used)


def ticks(axis: Any) -> list[tuple[float, str]]:
    """Where an axis is labelled, and how."""
    if axis.tickvals is not None:
        said = axis.ticktext if axis.ticktext is not None else [f"{one:g}" for one in axis.tickvals]
        return list(zip(amounts(axis.tickvals).tolist(), map(plain, said), strict=True))
    if axis.type == "date" and axis.dtick:
        return list(_dates(axis))
    return []


def grid(axis: Any) -> list[float]:
    """Where an axis has its lines: a period's label stands in its middle, its line where it begins."""
    if axis.tickvals is None and axis.type == "date" and axis.dtick:
        low, high = amounts(axis.range)
        return [at for at in amounts(_starts(axis)).tolist() if low <= at <= high]
    return [at for at, _ in ticks(axis)]


def _starts(axis: Any) -> pd.DatetimeIndex:
    first, last = (pd.Timestamp(one) for one in axis.range)
    if str(axis.dtick).startswith("M"):
        months = int(str(axis.dtick)[1:])
        return pd.date_range(pd.Timestamp(first.year, 1, 1), last + pd.DateOffset(months=months), freq=f"{months}MS")
    return pd.date_range(pd.Timestamp(axis.tick0 or first), last, freq=pd.Timedelta(milliseconds=float(axis.dtick)))


def _dates(axis: Any) -> Iterator[tuple[float, str]]:
    first, last = (pd.Timestamp(one) for one in axis.range)
    starts = _starts(axis)
    for number, start in enumerate(starts):
        at = start
        if axis.ticklabelmode == "period" and number + 1 < len(starts):
            at = start + (starts[number + 1] - start) / 2
        if first <= at <= last:
            yield amount(at), start.strftime(axis.tickformat or "%Y")


def height(figure: Any) -> float:
    """Pixels of the plot itself."""
    margin = figure.layout.margin
    return float((figure.layout.height or 400) - (margin.t if margin.t is not None else 12) - (margin.b or 8))


def even(taken: Sequence[tuple[float, float]], total: float, most: float, rules: Sequence[float]) -> list[tuple[float, float]]:
    """`cuts`, with as many stretches as it needs, but of about the same height."""
    fewest = cuts(taken, total, most, rules)
    tried = (cuts(taken, total, min(most, total / len(fewest) * of), rules) for of in (1.02, 1.06, 1.12, 1.2))
    return next((some for some in tried if len(some) == len(fewest)), fewest)


def cuts(
    taken: Sequence[tuple[float, float]], total: float, most: float, rules: Sequence[float] = ()
) -> list[tuple[float, float]]:
    """Stretches of at most `most` from 0 to `total`, cut where nothing of `taken` (from, to) stands: at one of the `rules`
    that part rows where there is one in reach, else where most room is."""
    gaps, reached = [], 0.0
    for start, end in sorted(taken):
        if start > reached + 0.5:
            gaps.append((reached, start))
        reached = max(reached, end)
    pages: list[tuple[float, float]] = []
    at = 0.0
    while total - at > most:
        places = [(any(low - 1 <= one <= high + 1 for one in rules), high - low, low, high) for low, high in gaps]
        near = [one for one in places if at + 0.55 * most < one[2] <= at + most] or [one for one in places if one[2] > at + 1]
        if not near:
            break
        ruled = [one for one in near if one[0]]
        widest = max(one[1] for one in near)
        _, _, low, high = (ruled or [one for one in near if one[1] > 0.8 * widest])[-1 if ruled or len(near) > 1 else 0]
        cut = next((one for one in rules if low - 1 <= one <= high + 1), min((low + high) / 2, at + most))
        pages.append((at, cut))
        at = cut
    return [*pages, (at, total)]
