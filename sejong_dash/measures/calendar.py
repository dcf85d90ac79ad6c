"""Classify days by what they mean to people in Japan who may come to Korea: Golden Week, holidays, weekends, weekdays.

The holidays are those of the package `holidays` (https://holidays.readthedocs.io), which computes them by rule for any year,
lunar and substitute holidays and elections included, without a network.
"""

from datetime import date, timedelta
from functools import lru_cache

import holidays
import pandas as pd


def calendar(days: pd.DatetimeIndex) -> pd.DataFrame:
    """Return one row for each of `days`: date, day_type, holiday_kr, holiday_jp.

    `day_type` is the first that holds of golden_week, holiday_jp, weekend, holiday_kr, weekday: a day off in Japan moves more
    visitors from Japan than a holiday in Korea alone. The holidays have their English names of the package, several joined by
    "; "; blank where there is none.
    """
    years = sorted({int(year) for year in days.year})
    korea, japan, golden = _korea(*years), _japan(*years), _golden_weeks(*years)
    rows = []
    for day in days.date:
        in_korea, in_japan = korea.get(day, ""), japan.get(day, "")
        kinds = {"golden_week": day in golden, "holiday_jp": in_japan, "weekend": day.weekday() >= 5, "holiday_kr": in_korea}
        rows.append((pd.Timestamp(day), next((kind for kind, holds in kinds.items() if holds), "weekday"), in_korea, in_japan))
    return pd.DataFrame(rows, columns=["date", "day_type", "holiday_kr", "holiday_jp"])


@lru_cache(maxsize=32)
def _korea(*years: int) -> dict[date, str]:
    return dict(holidays.country_holidays("KR", years=years, language="en_US"))


@lru_cache(maxsize=32)
def _japan(*years: int) -> dict[date, str]:
    return dict(holidays.country_holidays("JP", years=years, language="en_US"))


@lru_cache(maxsize=32)
def _golden_weeks(*years: int) -> frozenset[date]:
    """Return the days from Showa Day (29 April) to the last of the holidays in a row in May, with adjoining weekends."""
    run: set[date] = set()
    for year in years:
        free = _japan(year)
        first, last = date(year, 4, 29), date(year, 5, 5)
        day = timedelta(days=1)
        while last + day in free or (last + day).weekday() >= 5:
            last += day
        while (first - day).weekday() >= 5 or first - day in free:
            first -= day
        run |= {first + i * day for i in range((last - first).days + 1)}
    return frozenset(run)
