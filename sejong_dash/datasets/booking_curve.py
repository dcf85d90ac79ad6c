"""Read the share of the goal that bookings should have reached at each stage, by days before opening."""

import pandas as pd
import pandera.pandas as pa

from .bookings import STAGES
from .schema import columns, csv_reading


class Schema(csv_reading.Table):
    """A row is a point of a stage's curve: `share_pct` percent of the goal should have reached the stage by then.

    `days_before_opening` is negative after opening.
    """

    stage: str = pa.Field(isin=list(STAGES))
    days_before_opening: pd.Int64Dtype = pa.Field(in_range={"min_value": -1000, "max_value": 3000})
    share_pct: float = pa.Field(in_range={"min_value": 0, "max_value": 200})
    basis: str = columns.basis()
    source_id: str = columns.text(nullable=True)

    @pa.dataframe_check(name="duplicate_row:days_before_opening")
    def _once(cls, table: pd.DataFrame) -> pd.Series:
        return ~table.duplicated(["stage", "days_before_opening"], keep="first")


def load(version: str = "") -> pd.DataFrame:
    """Return the points in the order of the file, columns as Schema. Raises TableError."""
    return csv_reading.load("booking_curve", Schema, version=version)
