"""Classify each day by whether all who usually report have reported: counted, partial or missing.

The rule, applied to one day after the other:

- A day without any row is `missing`.
- Each other day is compared with the last 14 days before it that were counted in full; at the start, where there are fewer
  than seven of them, the days after it are taken in addition.
- A prefecture or a channel is usual if it has a row on at least three quarters of those days. A row that leaves the prefecture
  or the channel blank stands for all of them.
- The day is `partial` if a usual prefecture or channel that brings ten visitors or more has no row (where ten are expected,
  none at all comes by chance once in twenty thousand days), or if those with a row bring less than nine tenths of the usual
  visitors. With only one or two days to compare with, it is partial if they bring less than half.
- What has had no row for seven days is no longer usual, if all of it together brought less than a quarter.
- All other days are `counted`.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

BASE = 14  # days counted in full with which a day is compared
USUAL = 0.75  # of those days, on which a usual prefecture or channel has a row
CERTAIN = 10  # visitors a day: a usual prefecture or channel of so many has no day without any by chance
WHOLE = 0.9  # of the usual visitors, below which a day is partial
_FEW, _ENOUGH = 3, 7  # days to compare with: fewer than _FEW allow no more than _START; up to _ENOUGH later days are added
_START = 0.5  # of the usual visitors, below which a day at the start is partial
_GONE, _MATTERS = 7, 0.25  # days of silence after which a unit is usual no longer, if silent ones bring less than this share
_UNITS = ("jis_code", "channel")


@dataclass(frozen=True)
class Coverage:
    """What of each day up to as-of was counted.

    `days`: one row a day, index date: state (counted, partial, missing), share (0 to 1: the part of the usual visitors that was
    counted), prefectures and channels (with a row), usual_prefectures, usual_channels. `shares`: index date, a column for each
    prefecture (JIS X 0401): the same share of that prefecture alone; 0 where nothing is known of it.
    """

    days: pd.DataFrame
    shares: pd.DataFrame


def coverage(known: pd.DataFrame, days: pd.DatetimeIndex, as_of: date, parts: pd.Series) -> Coverage:
    """Return what of the plan's `days` up to `as_of` was counted.

    `known` are the counts of all prefectures (as `counts_as_of.known`). `parts` weighs the prefectures (index jis_code; the
    goal's parts or the population): a partial day's share is the weight of the prefectures that reported, times the usual part
    of the channels that did.
    """
    past = days[days <= pd.Timestamp(as_of)]
    inside = known[known["date"].isin(past)]
    places, channels = (_Unit.of(inside, past, column) for column in _UNITS)
    rows, full = [], list[int]()
    shares = np.zeros((len(past), len(parts)))
    weight = (parts / max(parts.sum(), 1)).to_numpy(dtype=float)
    for day in range(len(past)):
        here, by_channel = places.judge(day, full), channels.judge(day, full)
        if not places.has_row[day].any():
            state, share = "missing", 0.0
        elif here.is_whole and by_channel.is_whole:
            state, share = "counted", 1.0
            full.append(day)
            shares[day] = 1.0
        else:
            state = "partial"
            named = places.names[places.has_row[day]]
            shares[day] = (parts.index.isin(named) | here.is_whole) * by_channel.share
            share = min(here.share, by_channel.share) if _is_total(places, day) else float(shares[day] @ weight)
        rows.append((state, share, here.number, by_channel.number, here.usual, by_channel.usual))
        if state == "counted" and _is_total(places, day):  # a total says nothing of a single prefecture
            shares[day] = 0.0
    columns = ["state", "share", "prefectures", "channels", "usual_prefectures", "usual_channels"]
    table = pd.DataFrame(rows, columns=columns, index=past).astype({"state": "str", "share": "float64"})
    return Coverage(table, pd.DataFrame(shares, index=past, columns=parts.index))


@dataclass(frozen=True, slots=True)
class _Judgement:
    """A day's result: whether all usual units have a row, the share of the usual visitors they bring, and their numbers."""

    is_whole: bool
    share: float
    number: int
    usual: int


@dataclass(frozen=True)
class _Unit:
    """Visitors by day (rows) and prefecture, or channel (columns): 0 where there is no row."""

    names: np.ndarray
    visitors: np.ndarray
    has_row: np.ndarray

    @classmethod
    def of(cls, inside: pd.DataFrame, past: pd.DatetimeIndex, column: str) -> "_Unit":
        # three times as fast as a pivot table, of which a season needs two
        where, names = pd.factorize(inside[column].fillna("").to_numpy(dtype=object), sort=True)
        at = past.get_indexer(pd.DatetimeIndex(inside["date"])), where
        visitors, has_row = np.zeros((len(past), len(names))), np.zeros((len(past), len(names)), dtype=bool)
        np.add.at(visitors, at, inside["visitors"].to_numpy(dtype=float, na_value=0.0))
        has_row[at] = True
        return cls(names, visitors, has_row)

    def judge(self, day: int, full: list[int]) -> _Judgement:
        """Compare a day with those that were counted in full (`full`, their numbers)."""
        has_row = self.has_row[day]
        base = full[-BASE:]
        if len(base) < _ENOUGH:
            later = (day + 1 + np.flatnonzero(self.has_row[day + 1 :].any(axis=1))).tolist()
            base = base + later[: _ENOUGH - len(base)]
        weight = self._usual(base, day, full)
        number, usual = (int((self.names[which] != "").sum()) for which in (has_row, weight > 0))
        if not weight.any():
            return _Judgement(True, 1.0, number, usual)
        share = float(weight @ has_row / weight.sum())
        if has_row[self.names == ""].any() and not has_row[self.names != ""].any():  # a count of all together
            mean = self.visitors[base].sum() / max(len(base), 1)
            share = min(float(self.visitors[day].sum()) / mean, 1.0) if mean else 1.0
            return _Judgement(share >= _START, share, number, usual)
        if len(base) < _FEW:
            return _Judgement(share >= _START, share, number, usual)
        lacks = bool(((weight >= CERTAIN) & ~has_row).any())
        return _Judgement(share >= WHOLE and not lacks, share, number, usual)

    def _usual(self, base: list[int], day: int, full: list[int]) -> np.ndarray:
        """Return the mean visitors of each usual unit on the days on which it has a row; 0 for the others."""
        some = self.has_row[base].sum(axis=0)
        means = self.visitors[base].sum(axis=0) / np.maximum(some, 1)
        weight = np.where((some >= USUAL * len(base)) & (some > 0), means, 0.0)
        if (weight[self.names != ""] > 0).any():
            weight = np.where(self.names == "", 0.0, weight)  # a row of unknown prefecture is never required
        if len(full) >= _GONE:
            silent = ~self.has_row[max(day - _GONE, 0) : day].any(axis=0)
            if weight[silent].sum() < _MATTERS * weight.sum():
                weight = np.where(silent, 0.0, weight)
        return weight


def _is_total(places: _Unit, day: int) -> bool:
    """Return whether a day was counted for all of Japan together and for no prefecture."""
    return set(places.names[places.has_row[day]]) == {""}
