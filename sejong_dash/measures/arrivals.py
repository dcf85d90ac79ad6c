"""How many arrived in Korea from Japan in the days of an expo?"""

from calendar import monthrange
from dataclasses import dataclass

import pandas as pd

from ..basis import joined, weakest


@dataclass(frozen=True, slots=True)
class Arrivals:
    """Arrivals of a year in the days of an expo, pro rata, with what the figure stands on."""

    year: int
    arrivals: float
    basis: str
    source_id: str


def during(benchmarks: pd.DataFrame, days: pd.DatetimeIndex) -> list[Arrivals]:
    """What arrived in `days` of a year, the latest year first; `benchmarks` has rows `arrivals-japan-…` of months and years.

    Each month counts by its part of days, in every year that states all months that are touched. Where none does, the
    latest whole year counts by its part of days, which knows no seasons and is therefore an assumption.
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
