"""Read the plans for the expo and the decisions about them."""

import pandas as pd
import pandera.pandas as pa

from . import sources
from .schema import columns, csv_reading

STATES = ("announced", "postponed", "planned", "approved", "moved", "cancelled")


class Schema(csv_reading.Table):
    """A row is a decision and the plan as it stood after it; the dates are blank where the decision leaves none."""

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
    def _has_precision(cls, table: pd.DataFrame) -> pd.Series:
        return columns.has_precision(table, "dates_precision", "opens_on", "closes_on")

    @pa.dataframe_check(name="precision_broken:opens_on")
    def _start_fits_precision(cls, table: pd.DataFrame) -> pd.Series:
        return columns.start_fits_precision(table, "dates_precision", "opens_on")

    @pa.dataframe_check(name="precision_broken:closes_on")
    def _end_fits_precision(cls, table: pd.DataFrame) -> pd.Series:
        return columns.end_fits_precision(table, "dates_precision", "opens_on", "closes_on")

    @pa.dataframe_check(name="precision_broken:decided_on")
    def _decision_fits_precision(cls, table: pd.DataFrame) -> pd.Series:
        return columns.start_fits_precision(table, "decided_precision", "decided_on")


def load(version: str = "") -> pd.DataFrame:
    """Return the plans in the order of the file, columns as Schema; the first is the default. Raises TableError."""
    return csv_reading.load("plans", Schema, version=version, references={"source_id": sources.ids})


def ids(version: str = "") -> pd.Series:
    """Return the values that `plan_id` of another table may have. Raises TableError."""
    return load(version)["plan_id"]
