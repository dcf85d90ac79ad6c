"""Build the cases that the forecast is tried on, from a folder with real daily counts and running counts.

A case is a season that is over, an as-of day, and the counts that were known at its end. The sets:

* `one-off N`: stretches of N days of each daily series, handed over as an event of which nothing is known but its counts,
  with the past seasons of the project as reference;
* `fair`: 12 days of each summer, aligned by weekday, with the same days of the years before;
* `summer`: a summer of a pool, the month of a zoo or a ferry, with the other years;
* `dated`: expos and flower shows of which a few running counts are known, each without itself as reference;
* `expos`: the three long expos, each with the other two as reference.

Nothing of the folder is kept in the project but the shares in data/reference_seasons.csv.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd

from .expos import expo_cases, spread

LENGTHS = (45, 20, 90)
SHARES = (0.1, 0.25, 0.5, 0.75, 0.9)
FAIR = 12
FEWEST_YEARS = 3
LARGEST_POOLS = ("Astoria", "McCarren Park")
GROUPS = {"pool": "pools", "pools": "pools", "ferry": "ferry", "zoo": "zoo"}  # by the last word of a series
CLOSED = 0.1  # share of days without a visitor from which a stretch is that of a place that was shut


@dataclass(frozen=True)
class Case:
    """What is known at the end of as-of, and what came.

    `counts`: date, visitors. `reference`: past seasons as `forecast` takes them, or None.
    """

    set_name: str
    series: str
    share: float  # of the days gone
    counts: pd.DataFrame
    opens_on: pd.Timestamp
    closes_on: pd.Timestamp
    as_of: pd.Timestamp
    final: float
    reference: pd.DataFrame | None
    kind: str = ""

    @property
    def group(self) -> str:
        """Return what is left out together: series of the same kind of place, or an event."""
        return GROUPS.get(self.series.split()[-1], self.series)

    @cached_property
    def counted(self) -> float:
        return float(self.counts["visitors"].sum())

    @property
    def dates(self) -> pd.DatetimeIndex:
        return pd.date_range(self.opens_on, self.closes_on)


def daily_series(folder: Path) -> dict[str, pd.Series]:
    """Return each daily series of the folder, index date; the pools of a city added up, and its two largest alone."""
    pools = pd.read_csv(folder / "daily/nyc_outdoor_pools_daily_2017_2022.csv", parse_dates=["date"])
    series = {"New York pools": pools.groupby("date")["visitors"].sum()}
    for pool in LARGEST_POOLS:
        series[f"{pool} pool"] = pools[pools["pool"] == pool].groupby("date")["visitors"].sum()
    for name, file in (
        ("Toronto ferry", "toronto_island_ferry_daily_2023_2025.csv"),
        ("Korkeasaari zoo", "korkeasaari_zoo_daily_2018_2023.csv"),
    ):
        series[name] = pd.read_csv(folder / "daily" / file, parse_dates=["date"]).set_index("date")["visitors"]
    return {name: values.astype(float) for name, values in series.items()}


def stretches(values: pd.Series, days: int, step: int) -> Iterator[pd.Series]:
    """Yield stretches of `days` days without a gap; seasons that are apart are cut one by one."""
    seasons = (values.index.to_series().diff() > pd.Timedelta(days=3)).cumsum()
    for _, season in values.groupby(seasons):
        whole = season.reindex(pd.date_range(season.index[0], season.index[-1]))
        last = len(whole) - days
        starts = list(range(0, last + 1, step))
        if starts and last - starts[-1] > step // 2:
            starts.append(last)
        for start in starts:
            stretch = whole.iloc[start : start + days]
            if stretch.isna().sum() <= 1 and (stretch.fillna(0) == 0).mean() < CLOSED:
                yield stretch


def one_offs(folder: Path, days: int, reference: pd.DataFrame | None) -> Iterator[Case]:
    """Yield stretches of the daily series as events of their own, at several shares of the season."""
    for name, values in daily_series(folder).items():
        for stretch in stretches(values, days, max(days, 45)):
            yield from _cases(f"one-off {days}", name, stretch, reference)


def _cases(set_name: str, name: str, stretch: pd.Series, reference: pd.DataFrame | None) -> Iterator[Case]:
    dates = pd.DatetimeIndex(stretch.index)
    for share in SHARES:
        gone = min(max(round(share * len(stretch)), 1), len(stretch) - 1)
        counts = pd.DataFrame({"date": dates[:gone], "visitors": stretch.to_numpy()[:gone]})
        final = float(np.nansum(stretch))
        yield Case(set_name, name, share, counts, dates[0], dates[-1], dates[gone - 1], final, reference)


def curve(stretch: pd.Series) -> pd.DataFrame:
    """Return a season that is over as the forecast takes it."""
    shares = stretch.fillna(0).cumsum() / stretch.sum()
    table = {"day": np.arange(1, len(stretch) + 1), "days": len(stretch), "cumulative_share": shares.to_numpy()}
    return pd.DataFrame({"season": str(stretch.index[0].date()), **table, "opens_on": stretch.index[0]})


def fairs(folder: Path) -> Iterator[Case]:
    """Yield 12 days of each summer from a Thursday, four times a summer, each year with those before; a year needs three."""
    for name, values in daily_series(folder).items():
        for month, day in ((7, 5), (7, 19), (8, 2), (8, 16)):
            years = [_days_from(values, year, month, day, 3, FAIR) for year in sorted(set(values.index.year))]
            known = [stretch for stretch in years if stretch is not None]
            for i, stretch in enumerate(known):
                if i >= FEWEST_YEARS:
                    yield from _cases("fair", name, stretch, pd.concat(map(curve, known[:i])))


def summers(folder: Path) -> Iterator[Case]:
    """Yield whole seasons of pools, and months of a zoo, each with the other years as reference."""
    for name, values in daily_series(folder).items():
        if name.endswith(("pool", "pools")):
            seasons = [season for _, season in values.groupby(values.index.year)]
            yield from _other_years(name, [s.asfreq("D").fillna(0) for s in seasons if len(s) > 60])
            continue
        for month, days in ((5, 30), (6, 60), (9, 20)):
            years = [_days_from(values, year, month, 1, 5, days) for year in sorted(set(values.index.year))]
            yield from _other_years(name, [stretch for stretch in years if stretch is not None])


def _other_years(name: str, years: list[pd.Series]) -> Iterator[Case]:
    for i, year in enumerate(years):
        others = years[:i] + years[i + 1 :]
        if len(others) >= FEWEST_YEARS:
            yield from _cases("summer", name, year, pd.concat(map(curve, others)))


def _days_from(values: pd.Series, year: int, month: int, day: int, weekday: int, days: int) -> pd.Series | None:
    """Return `days` days from the first `weekday` on or after a day of a year; None where some are unknown or it was shut."""
    first = pd.Timestamp(year, month, day)
    first += pd.Timedelta(days=(weekday - first.day_of_week) % 7)
    stretch = values.reindex(pd.date_range(first, periods=days))
    return None if stretch.isna().any() or (stretch == 0).mean() >= CLOSED else stretch


def dated(folder: Path, reference: pd.DataFrame) -> Iterator[Case]:
    """Yield each known point of the dated events, the running count spread over the days before it."""
    table = pd.read_csv(folder / "dated_events.csv", parse_dates=["opens", "closes"])
    for event, rows in table.groupby("event", sort=False):
        opens, closes = rows["opens"].iloc[0], rows["closes"].iloc[0]
        others = reference[reference["opens_on"] != opens]
        dates = pd.date_range(opens, closes)
        for row in rows.itertuples():
            points = list(rows.loc[rows["day"] <= row.day, ["day", "cumulative"]].itertuples(index=False, name=None))
            ends = (opens, closes, dates[row.day - 1])
            kind = "garden" if row.kind.split()[-2] in ("flower", "garden") else "world" if "world" in row.kind else "theme"
            yield Case("dated", str(event), row.day / len(dates), spread(dates, points), *ends, row.final, others, kind)


def cases(folder: Path, reference: pd.DataFrame) -> list[Case]:
    """Return the cases of all sets; `reference` are the past seasons of the project."""
    stretches_of = [case for days in LENGTHS for case in one_offs(folder, days, reference)]
    long = [Case(*row) for row in expo_cases(folder, SHARES)]
    return [*stretches_of, *fairs(folder), *summers(folder), *dated(folder, reference), *long]
