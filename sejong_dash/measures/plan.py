"""Which plan is looked at, which days does it span, and what became of it?"""

from datetime import date

import pandas as pd


def chosen(plans: pd.DataFrame, plan_id: str) -> pd.Series:
    """The row of `plan_id`. Raises KeyError where there is none."""
    rows = plans[plans["plan_id"] == plan_id]
    if rows.empty:
        raise KeyError(plan_id)
    return rows.iloc[0]


def days(plan: pd.Series) -> pd.DatetimeIndex:
    """Every day of the expo, both ends included; none where the plan does not know its dates to the day."""
    if pd.isna(plan["opens_on"]) or pd.isna(plan["closes_on"]) or plan["dates_precision"] != "day":
        return pd.DatetimeIndex([], name="date", dtype="datetime64[ns]")
    return pd.date_range(plan["opens_on"], plan["closes_on"], name="date", unit="ns")


def history(plans: pd.DataFrame) -> pd.DataFrame:
    """The plans in the order in which they were decided; those known to the year come before that year's days."""
    return plans.sort_values(["decided_on", "plan_id"], kind="stable")


def later(plans: pd.DataFrame, plan_id: str, as_of: date) -> pd.DataFrame:
    """What was decided after `plan_id` and by `as_of`, oldest first: what a reader of that plan must know.

    A plan decided in a year that is all we know of it counts as decided at its start, so that nothing is kept back.
    """
    since = chosen(plans, plan_id)["decided_on"]
    after = plans[(plans["decided_on"] > since) & (plans["decided_on"] <= pd.Timestamp(as_of)) & (plans["plan_id"] != plan_id)]
    return history(after)
