"""Read the goals of each plan: how many visitors from where, as a number or as a number or more."""

import pandas as pd
import pandera.pandas as pa

from . import plans, prefectures, sources
from .schema import columns, csv_reading

PREFECTURES = 47
BOUNDS = ("at_least",)
SCOPES = ("japan", "abroad", "all", "prefecture")


class Schema(csv_reading.Table):
    """A row is a goal of a plan, in visitors; `jis_code` is set with scope `prefecture` alone. `bound` is `at_least` where the
    goal is reported as so many or more, and blank where it is the number itself.

    The goals of prefectures are parts of the plan's goal for Japan: their sum never exceeds it, and equals it where all 47 have
    one.
    """

    plan_id: str = columns.text()
    scope: str = pa.Field(isin=list(SCOPES))
    jis_code: str = columns.jis_code()
    visitors: pd.Int64Dtype = pa.Field(ge=0)
    bound: str = pa.Field(isin=list(BOUNDS), nullable=True)
    basis: str = columns.basis()
    source_id: str = columns.text()

    @pa.dataframe_check(name="duplicate_row:scope")
    def _once(cls, table: pd.DataFrame) -> pd.Series:
        return ~table.duplicated(["plan_id", "scope", "jis_code"], keep="first")

    @pa.dataframe_check(name="code_misplaced:jis_code")
    def _of_prefecture(cls, table: pd.DataFrame) -> pd.Series:
        return table["jis_code"].notna() == (table["scope"] == "prefecture")

    @pa.dataframe_check(name="parts_above_goal:visitors")
    def _within(cls, table: pd.DataFrame) -> pd.Series:
        parts, running, whole = _parts(table)
        return ~(parts & (running > whole) & (running - table["visitors"].fillna(0) <= whole)).fillna(False).astype(bool)

    @pa.dataframe_check(name="parts_below_goal:visitors")
    def _complete(cls, table: pd.DataFrame) -> pd.Series:
        parts, running, whole = _parts(table)
        last = parts & (parts.groupby(table["plan_id"]).cumsum() == PREFECTURES)
        return ~(last & (running < whole)).fillna(False).astype(bool)


def _parts(table: pd.DataFrame) -> tuple[pd.Series, pd.Series, pd.Series]:
    """Return which rows are a prefecture's, the running sum of those of a plan, and the plan's goal for Japan (or blank)."""
    parts = table["scope"] == "prefecture"
    stated = table["visitors"].where(parts, 0).fillna(0).astype("Int64")
    japan = table[table["scope"] == "japan"].drop_duplicates("plan_id").set_index("plan_id")["visitors"]
    return parts, stated.groupby(table["plan_id"]).cumsum(), table["plan_id"].map(japan).astype("Int64")


def load(version: str = "") -> pd.DataFrame:
    """Return the goals in the order of the file, columns as Schema; `bound` may be missing from it. Raises TableError."""
    known = {"plan_id": plans.ids, "source_id": sources.ids, "jis_code": prefectures.codes}
    return csv_reading.load("goals", Schema, version=version, optional=("bound",), references=known)
