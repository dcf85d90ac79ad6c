"""Build the cases that the forecast is tried on, from a folder with real daily counts and running counts.

A case is a season that is over, an as-of day, and the counts that were known at its end. Four sets:

* `one-off`: 45-day stretches of each daily series, handed over as an event of which nothing else is known;
* `yearly`: a stretch of 12 days of each summer, aligned by weekday, with the same stretch of the years before;
* `dated`: short expos and flower shows of which a few running counts are known; the other events are the reference;
* `expos`: the three long expos, each with the other two as reference.

Nothing of the folder is kept in the project but the shares in data/reference_seasons.csv.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from .expos import expo_cases, spread

STRETCH, STEP = 45, 45
SHARES = (0.1, 0.25, 0.5, 0.75, 0.9)
FAIR = 12
LARGEST_POOLS = ("Astoria", "McCarren Park")
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


def one_offs(folder: Path, reference: pd.DataFrame | None = None) -> Iterator[Case]:
    """Yield 45-day stretches of the daily series as events of their own, at several shares of the season."""
    for name, values in daily_series(folder).items():
        for stretch in stretches(values, STRETCH, STEP):
            yield from _cases("one-off", name, stretch, reference)


def _cases(set_name: str, name: str, stretch: pd.Series, reference: pd.DataFrame | None) -> Iterator[Case]:
    dates = pd.DatetimeIndex(stretch.index)
    for share in SHARES:
        gone = min(max(round(share * len(stretch)), 1), len(stretch) - 1)
        counts = pd.DataFrame({"date": dates[:gone], "visitors": stretch.to_numpy()[:gone]})
        final = float(np.nansum(stretch))
        yield Case(set_name, name, share, counts, dates[0], dates[-1], dates[gone - 1], final, reference)


def curve(season: str, stretch: pd.Series, kind: str = "") -> pd.DataFrame:
    """Return a season that is over as the forecast takes it."""
    shares = stretch.fillna(0).cumsum() / stretch.sum()
    number = np.arange(1, len(stretch) + 1)
    return pd.DataFrame(
        {
            "season": season,
            "day": number,
            "days": len(stretch),
            "cumulative_share": shares.to_numpy(),
            "opens_on": stretch.index[0],
            "kind": kind,
        }
    )


def yearly(folder: Path) -> Iterator[Case]:
    """Yield a stretch of 12 days a year, from the same weekday of the same week, each year told from those before.

    Four stretches of the summer for each series; a year needs three before it.
    """
    for name, values in daily_series(folder).items():
        for month, day in ((7, 5), (7, 19), (8, 2), (8, 16)):
            years = [_fair(values, year, month, day) for year in sorted(set(values.index.year))]
            known = [stretch for stretch in years if stretch is not None]
            for i, stretch in enumerate(known):
                if i >= 3:
                    before = pd.concat(curve(f"{name} {other.index[0].year}", other) for other in known[:i])
                    yield from _cases("yearly", name, stretch, before)


def _fair(values: pd.Series, year: int, month: int, day: int) -> pd.Series | None:
    first = pd.Timestamp(year, month, day)
    first += pd.Timedelta(days=(3 - first.day_of_week) % 7)  # a Thursday
    stretch = values.reindex(pd.date_range(first, periods=FAIR))
    return None if stretch.isna().any() or (stretch == 0).mean() >= CLOSED else stretch


def dated(folder: Path) -> Iterator[Case]:
    """Yield each known point of the dated events, the running count spread over the days before it."""
    table = pd.read_csv(folder / "dated_events.csv", parse_dates=["opens", "closes"])
    for event, rows in table.groupby("event", sort=False):
        others = dated_reference(table[table["event"] != event])
        opens, closes = rows["opens"].iloc[0], rows["closes"].iloc[0]
        dates = pd.date_range(opens, closes)
        for row in rows.itertuples():
            points = list(rows.loc[rows["day"] <= row.day, ["day", "cumulative"]].itertuples(index=False, name=None))
            counts = spread(dates, points)
            ends = (opens, closes, dates[row.day - 1])
            yield Case("dated", str(event), row.day / len(dates), counts, *ends, row.final, others, row.kind)


def dated_reference(table: pd.DataFrame) -> pd.DataFrame:
    """Return the dated events as past seasons, with kind and opening date."""
    days = (table["closes"] - table["opens"]).dt.days + 1
    return pd.DataFrame(
        {
            "season": table["event"],
            "day": table["day"],
            "days": days,
            "cumulative_share": table["cumulative"] / table["final"],
            "opens_on": table["opens"],
            "kind": table["kind"],
        }
    )


def cases(folder: Path, reference: pd.DataFrame | None = None) -> list[Case]:
    """Return the cases of all sets."""
    long = [Case(*row) for row in expo_cases(folder, SHARES)]
    return [*one_offs(folder, reference), *yearly(folder), *dated(folder), *long]
