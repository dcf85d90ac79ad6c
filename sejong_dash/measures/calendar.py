"""What kind of day is each day, for people in Japan who may come to Korea?

The holidays are those of the package `holidays` (https://holidays.readthedocs.io), worked out by rule: the moon's feasts,
substitute holidays and elections included, for any year and without a network.
"""

from datetime import date, timedelta
from functools import lru_cache

import holidays
import pandas as pd


def calendar(days: pd.DatetimeIndex) -> pd.DataFrame:
    """One row for each of `days`: date, day_type, holiday_kr, holiday_jp.

    `day_type` is the first that holds of golden_week, holiday_jp (there), weekend, holiday_kr (here), weekday: visitors
    come from Japan, so what is a day off there moves more of them than a holiday here alone. The holidays are named in
    English as in the package, several joined by "; "; blank where there is none.
    """
    years = sorted({int(year) for year in days.year})
    korea, japan, golden = _korea(*years), _japan(*years), _golden_weeks(*years)
    rows = []
    for day in days.date:
        here, there = korea.get(day, ""), japan.get(day, "")
        kinds = (("golden_week", day in golden), ("holiday_jp", there), ("weekend", day.weekday() >= 5), ("holiday_kr", here))
        rows.append((pd.Timestamp(day), next((kind for kind, holds in kinds if holds), "weekday"), here, there))
    return pd.DataFrame(rows, columns=["date", "day_type", "holiday_kr", "holiday_jp"])


@lru_cache(maxsize=32)
def _korea(*years: int) -> dict[date, str]:
    return dict(holidays.country_holidays("KR", years=years, language="en_US"))


@lru_cache(maxsize=32)
def _japan(*years: int) -> dict[date, str]:
    return dict(holidays.country_holidays("JP", years=years, language="en_US"))


@lru_cache(maxsize=32)
def _golden_weeks(*years: int) -> frozenset[date]:
    """From Showa Day to the last holiday in a row in May, and the weekends that touch either end."""
    run: set[date] = set()
    for year in years:
        free = _japan(year)
        first, last = date(year, 4, 29), date(year, 5, 5)
        one = timedelta(days=1)
        while last + one in free or (last + one).weekday() >= 5:
            last += one
        while (first - one).weekday() >= 5 or first - one in free:
            first -= one
        run |= {first + i * one for i in range((last - first).days + 1)}
    return frozenset(run)
