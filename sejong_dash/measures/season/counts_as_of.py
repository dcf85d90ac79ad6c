"""Return the counts as they were known at the end of a day."""

from collections.abc import Callable
from datetime import date

import pandas as pd

from sejong_dash.basis import joined, weakest
from sejong_dash.latest import latest

_OF = ["date", "jis_code", "channel"]


def known(visitors: pd.DataFrame, as_of: date, prefecture: str | None = None) -> pd.DataFrame:
    """Return the counts as known at the end of `as_of`: no later day, no later correction.

    `visitors` has date, jis_code, channel, visitors, recorded_on, basis, source_id; the result has `was` in addition. Of several
    rows of a day, prefecture and channel the latest holds (`latest`); `was` is the count that it replaced, else missing.
    """
    end = pd.Timestamp(as_of)
    table = visitors[(visitors["date"] <= end) & (visitors["recorded_on"] <= end)]
    if prefecture is not None:
        table = table[table["jis_code"] == prefecture]
    table = table.sort_values("recorded_on", kind="stable")
    table = table.assign(was=table.groupby(_OF, dropna=False)["visitors"].shift())
    return latest(table, _OF, "recorded_on").sort_values("date", kind="stable")


def daily(counts: pd.DataFrame, days: pd.DatetimeIndex, as_of: date) -> pd.DataFrame:
    """Return one row for each of the plan's `days` up to `as_of`: date, visitors, was, recorded_on, basis, source_id.

    `counts` is as `known`. A day without any count has missing visitors, never zero. Where the day's figure was corrected later,
    `was` is the figure before and `recorded_on` the day of the last correction; elsewhere both are missing.
    """
    past = days[days <= pd.Timestamp(as_of)]
    inside = counts[counts["date"].isin(past)]
    late = inside["was"].notna()
    before = inside["visitors"].where(~late, inside["was"])
    by_day = inside.assign(before=before).groupby("date")
    table = pd.DataFrame(
        {
            "visitors": by_day["visitors"].sum().astype("Int64"),
            "was": by_day["before"].sum().astype("Int64"),
            "recorded_on": inside[late].groupby("date")["recorded_on"].max(),
            "basis": _combined(inside, "basis", "date", weakest),
            "source_id": _combined(inside, "source_id", "date", joined),
        }
    ).reindex(past.rename("date"))
    return table.assign(was=table["was"].where(table["recorded_on"].notna())).reset_index()


def missing(by_day: pd.DataFrame) -> pd.DatetimeIndex:
    """Return the days of `daily` without any count."""
    return pd.DatetimeIndex(by_day.loc[by_day["visitors"].isna(), "date"])


def by(counts: pd.DataFrame, days: pd.DatetimeIndex, column: str) -> pd.DataFrame:
    """Return the visitors on the plan's days by `column` (jis_code or channel), the most first.

    Columns: `column`, visitors, basis, source_id. Counts without a value in `column` are a row of their own.
    """
    inside = counts[counts["date"].isin(days)]
    groups = inside.groupby(column, dropna=False)
    table = pd.DataFrame(
        {
            "visitors": groups["visitors"].sum(),
            "basis": _combined(inside, "basis", column, weakest),
            "source_id": _combined(inside, "source_id", column, joined),
        }
    )
    return table.reset_index().sort_values("visitors", ascending=False, kind="stable", ignore_index=True)


def _combined(counts: pd.DataFrame, column: str, by: str, combine: Callable[["pd.Series[str]"], str]) -> "pd.Series[str]":
    """Return what the cells of `column` combine to for each value of `by`; those that are alike throughout are combined once."""
    groups = counts.groupby(by, dropna=False)[column]
    if counts[column].nunique(dropna=False) == 1:
        return pd.Series(combine(counts[column]), index=groups.size().index, dtype="str")
    return groups.agg(combine)
