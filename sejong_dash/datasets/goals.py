"""How many visitors does a plan want?"""

import pandas as pd
import pandera.pandas as pa

from . import columns, plans, prefectures, reading, sources

SCOPES = ("japan", "abroad", "all", "prefecture")


class Schema(reading.Table):
    """A row is a goal of a plan; `jis_code` stands with scope `prefecture` alone."""

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


def load() -> pd.DataFrame:
    """The goals. Raises TableError."""
    known = {"plan_id": plans.ids, "source_id": sources.ids, "jis_code": prefectures.codes}
    return reading.load("goals", Schema, references=known)
