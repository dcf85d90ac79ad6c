"""Compute the arrivals in Korea from Japan during the days of an expo, pro rata, from monthly and yearly statistics."""

from calendar import monthrange
from dataclasses import dataclass

import pandas as pd

from sejong_dash.basis import joined, weakest


@dataclass(frozen=True, slots=True)
class Arrivals:
    """Arrivals (persons) of a year during the days of an expo, pro rata, with basis and sources."""

    year: int
    arrivals: float
    basis: str
    source_id: str


def during(benchmarks: pd.DataFrame, days: pd.DatetimeIndex) -> list[Arrivals]:
    """Return the arrivals in the months and days of `days`, for each year with figures, the latest year first.

    `benchmarks` (as `datasets.benchmarks.Schema`) has rows `arrivals-japan-…` of months and years. Each month counts by the share
    of its days, in every year that has all months touched. Where no year has, the latest whole year counts by the share of its
    days, which ignores the seasons and is therefore an assumption. Without days or figures the list is empty.
    """
    rows = benchmarks[(benchmarks["unit"] == "arrivals") & benchmarks["benchmark_id"].str.startswith("arrivals-japan-")]
    stated = rows.drop_duplicates("period").set_index("period")
    if not len(days):
        return []
    touched = pd.Series(1, index=days).groupby(days.month).size()
    years = sorted({int(period[:4]) for period in stated.index if len(period) in (4, 7)}, reverse=True)
    found = []
    for year in years:
        months = stated.reindex([f"{year}-{month:02d}" for month in touched.index])
        if months["value"].notna().all():
            parts = [count / monthrange(year, int(month))[1] for month, count in touched.items()]
            total = sum(value * part for value, part in zip(months["value"], parts, strict=True))
            found.append(Arrivals(year, total, weakest(months["basis"]), joined(months["source_id"])))
    if found:
        return found
    whole = next((year for year in years if str(year) in stated.index), None)
    if whole is None:
        return []
    row, length = stated.loc[str(whole)], 366 if monthrange(whole, 2)[1] == 29 else 365
    return [Arrivals(whole, row["value"] * len(days) / length, weakest([row["basis"], "assumption"]), row["source_id"])]
