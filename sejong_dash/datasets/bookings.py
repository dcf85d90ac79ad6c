"""Read the bookings: how many places reached a stage, on which day, for which day of visit."""

import pandas as pd
import pandera.pandas as pa

from . import prefectures
from .schema import columns, csv_reading

STAGES = ("lead", "quoted", "booked", "paid")


class Schema(csv_reading.Table):
    """A row counts the places that entered a stage on `recorded_on` for a visit on `visit_on`."""

    recorded_on: pd.Timestamp = columns.day()
    visit_on: pd.Timestamp = columns.day()
    jis_code: str = columns.jis_code()
    channel: str = columns.text(nullable=True)
    stage: str = pa.Field(isin=list(STAGES))
    visitors: pd.Int64Dtype = pa.Field(ge=0)

    @pa.dataframe_check(name="recorded_too_late:recorded_on")
    def _in_order(cls, table: pd.DataFrame) -> pd.Series:
        return columns.in_order(table, "recorded_on", "visit_on")


def load(sample: bool, version: str = "") -> pd.DataFrame:
    """Return the sample's bookings or the real ones, never both; columns as Schema. Raises TableError."""
    return csv_reading.load(
        "bookings", Schema, version=version, references={"jis_code": prefectures.codes}, folder="sample" if sample else ""
    )
