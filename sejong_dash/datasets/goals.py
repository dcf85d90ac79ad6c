"""How many visitors does a plan want?"""

import pandas as pd
import pandera.pandas as pa

from . import columns, plans, prefectures, reading, sources

PREFECTURES = 47
SCOPES = ("japan", "abroad", "all", "prefecture")


class Schema(reading.Table):
    """A row is a goal of a plan; `jis_code` stands with scope `prefecture` alone.

    The goals stated for prefectures are parts of the plan's goal for Japan: together never more, and all 47 exactly as many.
    """

    plan_id: str = columns.text()
    scope: str = pa.Field(isin=list(SCOPES))
    jis_code: str = columns.jis_code()
    visitors: pd.Int64Dtype = pa.Field(ge=0)
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
    """Which rows are a prefecture's, what those of their plan add up to so far, and the plan's goal for Japan (or blank)."""
    parts = table["scope"] == "prefecture"
    stated = table["visitors"].where(parts, 0).fillna(0).astype("Int64")
    japan = table[table["scope"] == "japan"].drop_duplicates("plan_id").set_index("plan_id")["visitors"]
    return parts, stated.groupby(table["plan_id"]).cumsum(), table["plan_id"].map(japan).astype("Int64")


def load() -> pd.DataFrame:
    """The goals. Raises TableError."""
    known = {"plan_id": plans.ids, "source_id": sources.ids, "jis_code": prefectures.codes}
    return reading.load("goals", Schema, references=known)
