"""Which plans were there for the expo, and what became of them?"""

import pandas as pd
import pandera.pandas as pa

from . import columns, reading, sources

STATES = ("announced", "postponed", "planned", "approved", "moved", "cancelled")


class Schema(reading.Table):
    """A row is a state of the plan; the dates are blank where a decision leaves none."""

    plan_id: str = pa.Field(unique=True, str_matches=r"^[A-Za-z0-9-]+$", description="A–Z a–z 0–9 -")
    decided_on: pd.Timestamp = columns.day()
    decided_precision: str = columns.precision()
    opens_on: pd.Timestamp = columns.day(nullable=True)
    closes_on: pd.Timestamp = columns.day(nullable=True)
    dates_precision: str = columns.precision(nullable=True)
    state: str = pa.Field(isin=list(STATES))
    title_ko: str = columns.text()
    title_ja: str = columns.text()
    title_en: str = columns.text()
    note_ko: str = columns.text()
    note_ja: str = columns.text()
    note_en: str = columns.text()
    basis: str = columns.basis()
    source_id: str = columns.text()

    @pa.dataframe_check(name="ends_before_start:closes_on")
    def _in_order(cls, table: pd.DataFrame) -> pd.Series:
        return columns.in_order(table, "opens_on", "closes_on")

    @pa.dataframe_check(name="precision_missing:dates_precision")
    def _stated(cls, table: pd.DataFrame) -> pd.Series:
        return columns.stated(table, "dates_precision", "opens_on", "closes_on")

    @pa.dataframe_check(name="precision_broken:opens_on")
    def _honest_start(cls, table: pd.DataFrame) -> pd.Series:
        return columns.honest_start(table, "dates_precision", "opens_on")

    @pa.dataframe_check(name="precision_broken:closes_on")
    def _honest_end(cls, table: pd.DataFrame) -> pd.Series:
        return columns.honest_end(table, "dates_precision", "opens_on", "closes_on")

    @pa.dataframe_check(name="precision_broken:decided_on")
    def _decided(cls, table: pd.DataFrame) -> pd.Series:
        return columns.honest_start(table, "decided_precision", "decided_on")


def load() -> pd.DataFrame:
    """The plans in the order of the file: the first is the one that is followed. Raises TableError."""
    return reading.load("plans", Schema, references={"source_id": sources.ids})


def ids() -> pd.Series:
    """What `plan_id` of another table may name."""
    return load()["plan_id"]
