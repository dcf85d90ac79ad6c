"""Tests of the default as-of date."""

from datetime import date

import pandas as pd
import pytest

from sejong_dash.measures.season.as_of import default

DAYS = pd.date_range("2026-04-10", "2026-05-24", name="date")
NONE = pd.DataFrame({"date": pd.to_datetime([]), "recorded_on": pd.to_datetime([])})


def counted(*days: str) -> pd.DataFrame:
    return pd.DataFrame({"date": pd.to_datetime(list(days)), "recorded_on": pd.to_datetime(list(days))})


@pytest.mark.parametrize(
    ("visitors", "today", "sample_as_of", "expected"),
    [
        (NONE, date(2026, 4, 1), date(2026, 5, 6), date(2026, 5, 6)),  # the sample has its own day
        (counted("2026-04-12"), date(2026, 4, 20), None, date(2026, 4, 20)),  # the expo runs: today, counted or not
        (counted("2026-04-12"), date(2026, 4, 10), None, date(2026, 4, 10)),
        (counted("2026-04-12"), date(2026, 5, 24), None, date(2026, 5, 24)),
        (counted("2026-05-20", "2026-05-24"), date(2026, 7, 1), None, date(2026, 5, 24)),  # over: the last day with counts
        (counted("2026-06-20"), date(2026, 7, 1), None, date(2026, 7, 1)),  # counts of other days do not count
        (NONE, date(2026, 7, 1), None, date(2026, 7, 1)),
        (NONE, date(2025, 1, 1), None, date(2025, 1, 1)),
        (counted("2026-05-01"), date(2026, 1, 1), None, date(2026, 1, 1)),  # a slip of the keeper's pen is not the future
    ],
)
def test_default(visitors: pd.DataFrame, today: date, sample_as_of: date | None, expected: date) -> None:
    assert default(visitors, DAYS, today, sample_as_of) == expected


def test_a_plan_without_days_stands_today() -> None:
    assert default(counted("2026-05-01"), DAYS[:0], date(2026, 3, 1), None) == date(2026, 3, 1)


def test_a_recount_after_the_end_is_seen() -> None:
    recounted = counted("2026-05-23", "2026-05-24").assign(recorded_on=pd.to_datetime(["2026-06-02", "2026-05-24"]))
    assert default(recounted, DAYS, date(2026, 7, 1), None) == date(2026, 6, 2)
