"""Find the chosen plan, its days, and the decisions after it."""

from datetime import date

import pandas as pd

from sejong_dash.errors import UnknownPlanError


def chosen(plans: pd.DataFrame, plan_id: str) -> pd.Series:
    """Return the row of `plan_id`. Raises UnknownPlanError (a KeyError) where there is none."""
    rows = plans[plans["plan_id"] == plan_id]
    if rows.empty:
        raise UnknownPlanError(plan_id)
    return rows.iloc[0]


def days(plan: pd.Series) -> pd.DatetimeIndex:
    """Return every day of the expo, both ends included; empty where the plan does not give its dates to the day."""
    if pd.isna(plan["opens_on"]) or pd.isna(plan["closes_on"]) or plan["dates_precision"] != "day":
        return pd.DatetimeIndex([], name="date", dtype="datetime64[ns]")
    return pd.date_range(plan["opens_on"], plan["closes_on"], name="date", unit="ns")


def complete(plans: pd.DataFrame, goals: pd.DataFrame) -> list[str]:
    """Return the plan_id of each plan that has dates to the day and a goal for Japan above zero, in the order of the table."""
    wanted = set(goals.loc[(goals["scope"] == "japan") & (goals["visitors"] > 0), "plan_id"])
    return [row["plan_id"] for _, row in plans.iterrows() if row["plan_id"] in wanted and len(days(row))]


def history(plans: pd.DataFrame) -> pd.DataFrame:
    """Return the plans in the order in which they were decided; one known to the year comes before the days of that year."""
    return plans.sort_values(["decided_on", "plan_id"], kind="stable")


def later(plans: pd.DataFrame, plan_id: str, as_of: date) -> pd.DataFrame:
    """Return the plans decided after `plan_id` and by `as_of`, oldest first.

    A decision known to the year counts from the start of that year, so that no reader misses it. Raises UnknownPlanError.
    """
    since = chosen(plans, plan_id)["decided_on"]
    after = plans[(plans["decided_on"] > since) & (plans["decided_on"] <= pd.Timestamp(as_of)) & (plans["plan_id"] != plan_id)]
    return history(after)


def is_cancelled(plans: pd.DataFrame, plan_id: str, as_of: date) -> bool:
    """Return whether the last decision after `plan_id` that is known at the end of `as_of` is that the expo is not held.

    Such a plan is a scenario: nothing that lags behind it is late. Raises UnknownPlanError.
    """
    after = later(plans, plan_id, as_of)
    return bool(len(after)) and str(after.iloc[-1]["state"]) == "cancelled"
