"""Tests of the booking curve: linear between its points, constant after the last."""

from datetime import date
from itertools import pairwise

import pandas as pd
import pytest

from sejong_dash.datasets import booking_curve
from sejong_dash.datasets.bookings import STAGES
from sejong_dash.measures.bookings_due import days_before, due_share_pct

CURVE = pd.DataFrame({"stage": "lead", "days_before_opening": [0, 60, 30], "share_pct": [50.0, 10.0, 40.0]})


@pytest.mark.parametrize(
    ("days", "share"), [(61, 0), (60, 10), (45, 25), (30, 40), (15, 45), (0, 50), (-1, 50), (-500, 50), (500, 0)]
)
def test_straight_between_points_nothing_before_the_first_the_last_holds(days: int, share: float) -> None:
    assert due_share_pct(CURVE, "lead", days) == pytest.approx(share)


def test_a_stage_without_rows_has_no_share() -> None:
    assert due_share_pct(CURVE, "paid", 10) is None
    assert due_share_pct(CURVE.iloc[:0], "lead", 10) is None


def test_days_before_opening() -> None:
    opens = pd.Timestamp(2026, 4, 10)
    assert [days_before(opens, day) for day in (date(2026, 2, 9), date(2026, 4, 10), date(2026, 5, 6))] == [60, 0, -26]


def test_the_shipped_curve_rises_and_no_stage_stands_above_the_one_before() -> None:
    curve = booking_curve.load()
    assert set(curve["stage"]) == set(STAGES)
    assert set(curve["basis"]) == {"assumption"}
    runs = {stage: [due_share_pct(curve, stage, days) for days in range(200, -80, -1)] for stage in STAGES}
    for shares in zip(*runs.values(), strict=True):
        assert list(shares) == sorted(shares, reverse=True)
    for run in runs.values():
        assert all(before <= after for before, after in pairwise(run))
