"""How strongly does each kind of day draw visitors, compared with a weekday?"""

import pandas as pd
import pandera.pandas as pa

from . import columns, reading

DAY_TYPES = ("weekday", "weekend", "holiday_kr", "holiday_jp", "golden_week")


class Schema(reading.Table):
    """A row is a kind of day; its weight counts weekdays (2: twice as many as on a weekday)."""

    day_type: str = pa.Field(isin=list(DAY_TYPES), unique=True)
    weight: float = pa.Field(gt=0)
    basis: str = columns.basis()
    source_id: str = columns.text(nullable=True)


def load() -> pd.DataFrame:
    """The weights; a kind of day that has no row weighs as much as a weekday. Raises TableError."""
    return reading.load("day_weights", Schema)
