"""Tests of a plan's days and of what was decided since."""

from datetime import date

import pandas as pd
import pytest

from sejong_dash.errors import UnknownPlanError
from sejong_dash.measures import plan

PLANS = pd.DataFrame(
    {
        "plan_id": ["followed", "first", "moved", "cancelled"],
        "decided_on": pd.to_datetime(["2024-01-01", "2022-10-17", "2024-10-31", "2024-12-11"]),
        "opens_on": pd.to_datetime(["2026-04-10", "2025-04-11", "2026-09-01", None]),
        "closes_on": pd.to_datetime(["2026-05-24", "2025-05-25", "2026-11-30", None]),
        "dates_precision": ["day", "day", "season", None],
    }
)


def test_the_expo_has_45_days_both_ends_included() -> None:
    days = plan.days(plan.chosen(PLANS, "followed"))
    assert (len(days), days[0], days[-1]) == (45, pd.Timestamp(2026, 4, 10), pd.Timestamp(2026, 5, 24))
    assert days.name == "date"


@pytest.mark.parametrize("plan_id", ["moved", "cancelled"])
def test_a_plan_without_dates_to_the_day_has_no_days(plan_id: str) -> None:
    days = plan.days(plan.chosen(PLANS, plan_id))
    assert len(days) == 0
    assert days.dtype == plan.days(plan.chosen(PLANS, "followed")).dtype


def test_one_day_is_a_day() -> None:
    assert (
        len(
            plan.days(
                pd.Series(
                    {"opens_on": pd.Timestamp(2026, 4, 10), "closes_on": pd.Timestamp(2026, 4, 10), "dates_precision": "day"}
                )
            )
        )
        == 1
    )


def test_an_unknown_plan_is_a_key_error() -> None:
    with pytest.raises(KeyError) as missing:
        plan.chosen(PLANS, "nobody's")
    assert isinstance(missing.value, UnknownPlanError), "which a page can say to its reader"
    assert (missing.value.key, missing.value.fields) == ("unknown_plan", {"plan": "nobody's"})


def test_history_is_in_the_order_of_decisions() -> None:
    assert plan.history(PLANS)["plan_id"].tolist() == ["first", "followed", "moved", "cancelled"]


@pytest.mark.parametrize(
    ("plan_id", "as_of", "since"),
    [
        ("followed", date(2024, 10, 30), []),
        ("followed", date(2024, 10, 31), ["moved"]),
        ("followed", date(2026, 5, 6), ["moved", "cancelled"]),
        ("first", date(2024, 1, 1), ["followed"]),
        ("cancelled", date(2030, 1, 1), []),
    ],
)
def test_what_was_decided_since_and_by_as_of(plan_id: str, as_of: date, since: list[str]) -> None:
    assert plan.later(PLANS, plan_id, as_of)["plan_id"].tolist() == since


STATES = PLANS.assign(state=["planned", "announced", "moved", "cancelled"])


@pytest.mark.parametrize(("day", "is_cancelled"), [(date(2024, 12, 10), False), (date(2024, 12, 11), True)])
def test_a_plan_is_cancelled_once_that_is_known(day: date, is_cancelled: bool) -> None:
    assert plan.is_cancelled(STATES, "followed", day) is is_cancelled


def test_a_cancellation_that_was_followed_by_a_new_plan_cancels_nothing() -> None:
    revived = STATES.tail(1).assign(plan_id="later", decided_on=pd.Timestamp(2025, 3, 1), state="planned")
    assert not plan.is_cancelled(pd.concat([STATES, revived]), "followed", date(2025, 4, 1))
    assert not plan.is_cancelled(STATES, "cancelled", date(2025, 4, 1))
