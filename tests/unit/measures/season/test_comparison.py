"""Two weeks are compared where all their days were counted in full, and days of another kind are counted."""

from datetime import date

import pandas as pd
import pytest

from sejong_dash.measures.season.comparison import Comparison, with_last_week

DAYS = pd.date_range(date(2026, 4, 10), periods=16)


def by_day(**changes: object) -> pd.DataFrame:
    table = pd.DataFrame({"date": DAYS, "visitors": pd.array(range(100, 116), dtype="Int64"), "state": "counted"})
    for at, value in changes.items():
        column, row = at.rsplit("_", 1)
        table.loc[int(row), column] = value
    return table


def kinds(**changes: str) -> pd.Series:
    table = pd.Series("weekday", index=DAYS)
    for row, kind in changes.items():
        table.iloc[int(row.lstrip("_"))] = kind
    return table


def test_the_last_fourteen_days_are_two_weeks() -> None:
    change = with_last_week(by_day(), kinds())
    assert change == Comparison(sum(range(109, 116)), sum(range(102, 109)))
    assert change.difference == 49


def test_days_of_another_kind_are_counted() -> None:
    change = with_last_week(by_day(), kinds(_9="golden_week", _10="golden_week"))
    assert change is not None
    assert change.unlike == 2


def test_a_day_to_come_is_left_out() -> None:
    change = with_last_week(by_day(visitors_15=pd.NA, state_15="missing"), kinds())
    assert change == Comparison(sum(range(108, 115)), sum(range(101, 108)))


@pytest.mark.parametrize(
    "table",
    [by_day(state_5="partial"), by_day(visitors_8=pd.NA, state_8="missing"), by_day().head(13), by_day().head(0)],
    ids=["partial", "missing", "thirteen days", "none"],
)
def test_what_is_not_alike_is_not_compared(table: pd.DataFrame) -> None:
    assert with_last_week(table, kinds()) is None
