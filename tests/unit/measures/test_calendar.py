"""Tests of the kinds of days: each as people in Japan and Korea know it."""

import pandas as pd
import pytest

from sejong_dash.measures.calendar import calendar
from sejong_dash.measures.season.plan_curve import plan_curve, weigh

WEIGHTS = pd.DataFrame({"day_type": ["weekday", "weekend", "golden_week"], "weight": [1.0, 1.4, 1.9]})


def kind(day: str) -> str:
    return str(calendar(pd.DatetimeIndex([day]))["day_type"].iloc[0])


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-04-10", "weekday"),
        ("2026-04-11", "weekend"),
        ("2026-04-29", "golden_week"),  # Showa Day
        ("2026-04-30", "golden_week"),  # between holidays
        ("2026-05-06", "golden_week"),  # a substitute, for the 3rd was a Sunday
        ("2026-05-07", "weekday"),
        ("2026-05-25", "holiday_kr"),  # substitute for Buddha's Birthday
        ("2026-05-24", "weekend"),  # Buddha's Birthday on a Sunday
        ("2026-07-20", "holiday_jp"),  # Marine Day
        ("2025-05-06", "golden_week"),
        ("2027-05-01", "golden_week"),
        ("2027-05-06", "weekday"),
        ("2028-05-06", "golden_week"),  # the weekend that touches it
        ("2028-05-08", "weekday"),
    ],
)
def test_the_kind_of_a_day(day: str, expected: str) -> None:
    assert kind(day) == expected


def test_both_countries_holidays_are_named() -> None:
    row = calendar(pd.DatetimeIndex(["2026-05-05"])).iloc[0]
    assert (row["holiday_kr"], row["holiday_jp"]) == ("Children's Day", "Children's Day")


def test_no_days_no_rows() -> None:
    assert list(calendar(pd.DatetimeIndex([], dtype="datetime64[ns]")).columns) == [
        "date",
        "day_type",
        "holiday_kr",
        "holiday_jp",
    ]


def test_the_plan_curve_ends_at_the_goal_to_the_visitor() -> None:
    days = pd.date_range("2026-04-10", "2026-05-24")
    weights = weigh(calendar(days), WEIGHTS)
    curve = plan_curve(150_000, weights)
    assert int(curve["planned"].sum()) == 150_000 == int(curve["planned_cumulative"].iloc[-1])
    assert curve["straight_cumulative"].iloc[-1] == pytest.approx(150_000)
    by_kind = curve.assign(kind=calendar(days)["day_type"]).groupby("kind")["planned"].mean()
    assert by_kind["golden_week"] / by_kind["weekday"] == pytest.approx(1.9, abs=0.01)
    assert by_kind["weekend"] / by_kind["weekday"] == pytest.approx(1.4, abs=0.01)


def test_a_kind_without_a_row_weighs_as_a_weekday() -> None:
    assert list(weigh(calendar(pd.DatetimeIndex(["2026-05-25"])), WEIGHTS)) == [1.0]
