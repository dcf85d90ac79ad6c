"""Tests of the estimate before opening: from bookings, or a reason why there is none."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from sejong_dash.measures.season.forecasting.before_opening import EVENTS_SPREAD, before_opening
from sejong_dash.measures.season.forecasting.interval import EDGE

DAYS = pd.date_range("2026-04-10", periods=45)
CURVE = pd.DataFrame(
    {
        "stage": ["lead", "lead", "paid", "paid"],
        "days_before_opening": [100, 0, 100, 0],
        "share_pct": [0, 50, 0, 20],
    }
)


def bookings(**stages: int) -> pd.DataFrame:
    rows = [("2026-03-01", "2026-04-20", "14", stage, visitors) for stage, visitors in stages.items()]
    table = pd.DataFrame(rows, columns=["recorded_on", "visit_on", "jis_code", "stage", "visitors"])
    return table.astype({"recorded_on": "datetime64[ns]", "visit_on": "datetime64[ns]"})


def test_what_is_booked_is_divided_by_what_is_due() -> None:
    found = before_opening(bookings(lead=1_000), CURVE, DAYS, date(2026, 4, 10))
    assert (found.median, found.reason) == (pytest.approx(2_000), "")
    assert found.high / found.median == pytest.approx(found.median / found.low)
    assert np.log(found.high / found.median) == pytest.approx(EDGE * EVENTS_SPREAD)


def test_stages_that_disagree_widen_it() -> None:
    one, both = (
        before_opening(bookings(**known), CURVE, DAYS, date(2026, 4, 10))
        for known in ({"lead": 1_000}, {"lead": 1_000, "paid": 800})
    )
    assert both.median == pytest.approx(np.sqrt(2_000 * 4_000))
    assert both.high / both.low > one.high / one.low


def test_it_says_why_there_is_none() -> None:
    assert before_opening(bookings(), CURVE, DAYS, date(2026, 4, 1)).reason == "no_bookings"
    assert before_opening(bookings(lead=10), CURVE, DAYS, date(2026, 2, 1)).reason == "no_bookings"  # recorded later
    early = bookings(lead=10).assign(recorded_on=pd.Timestamp("2025-12-01"))
    assert before_opening(early, CURVE, DAYS, date(2026, 1, 5)).reason == "too_early"
    assert before_opening(bookings(lead=10), CURVE, DAYS, date(2026, 4, 1), place="13").reason == "no_bookings"
