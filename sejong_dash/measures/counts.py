"""How many came, as far as it was known at the end of a day?"""

from datetime import date

import pandas as pd

from ..basis import joined, weakest

_OF = ["date", "jis_code", "channel"]


def known(visitors: pd.DataFrame, as_of: date, prefecture: str | None = None) -> pd.DataFrame:
    """The counts as they stood at the end of `as_of`: no later day, no later correction.

    `visitors` has date, jis_code, channel, visitors, recorded_on, basis, source_id. Of several rows for one day,
    prefecture and channel the one recorded last holds; `was` is the figure that it replaced, else missing.
    """
    end = pd.Timestamp(as_of)
    table = visitors[(visitors["date"] <= end) & (visitors["recorded_on"] <= end)]
    if prefecture is not None:
        table = table[table["jis_code"] == prefecture]
    table = table.sort_values("recorded_on", kind="stable")
    table = table.assign(was=table.groupby(_OF, dropna=False)["visitors"].shift())
    return table.drop_duplicates(_OF, keep="last").sort_values("date", kind="stable")


def daily(counts: pd.DataFrame, days: pd.DatetimeIndex, as_of: date) -> pd.DataFrame:
    """One row for each of the plan's `days` up to `as_of`: date, visitors, was, recorded_on, basis, source_id.

    A day on which nothing was counted has no visitors (missing), never zero. `was` and `recorded_on` stand where the
    day's figure was corrected later: what it had been, and when it became what it is.
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
            "basis": by_day["basis"].agg(weakest),
            "source_id": by_day["source_id"].agg(joined),
        }
    ).reindex(past.rename("date"))
    return table.assign(was=table["was"].where(table["recorded_on"].notna())).reset_index()


def missing(by_day: pd.DataFrame) -> pd.DatetimeIndex:
    """The days of `daily` on which nothing was counted."""
    return pd.DatetimeIndex(by_day.loc[by_day["visitors"].isna(), "date"])


def by(counts: pd.DataFrame, days: pd.DatetimeIndex, column: str) -> pd.DataFrame:
    """Visitors on the plan's days by `column` (jis_code, channel): column, visitors, basis, source_id; blanks kept."""
    inside = counts[counts["date"].isin(days)]
    groups = inside.groupby(column, dropna=False)
    table = pd.DataFrame(
        {
            "visitors": groups["visitors"].sum(),
            "basis": groups["basis"].agg(weakest),
            "source_id": groups["source_id"].agg(joined),
        }
    )
    return table.reset_index().sort_values("visitors", ascending=False, kind="stable", ignore_index=True)
