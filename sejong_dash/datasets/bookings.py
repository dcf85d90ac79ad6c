"""How many places were booked for which day of visit?"""

import pandas as pd
import pandera.pandas as pa

from . import columns, prefectures, reading

STAGES = ("lead", "quoted", "booked", "paid")


class Schema(reading.Table):
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


def load(sample: bool) -> pd.DataFrame:
    """The bookings: the invented ones or the real ones, never both. Raises TableError."""
    return reading.load("bookings", Schema, references={"jis_code": prefectures.codes}, folder="sample" if sample else "")
