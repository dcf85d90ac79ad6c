"""How many bookings should have reached each stage, so many days before opening?"""

import pandas as pd
import pandera.pandas as pa

from . import columns, reading
from .bookings import STAGES


class Schema(reading.Table):
    """A row is a point of a stage's curve: percent of the goal that should have reached it by then.

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


def load() -> pd.DataFrame:
    """The points in the order of the file. Raises TableError."""
    return reading.load("booking_curve", Schema)
