"""Read how many visitors a day of each kind draws, compared with a weekday."""

import pandas as pd
import pandera.pandas as pa

from .schema import columns, csv_reading

DAY_TYPES = ("weekday", "weekend", "holiday_kr", "holiday_jp", "golden_week")


class Schema(csv_reading.Table):
    """A row is a kind of day; `weight` 2 means twice as many visitors as on a weekday."""

    day_type: str = pa.Field(isin=list(DAY_TYPES), unique=True)
    weight: float = pa.Field(gt=0)
    basis: str = columns.basis()
    source_id: str = columns.text(nullable=True)


def load(version: str = "") -> pd.DataFrame:
    """Return the weights, columns as Schema; a kind of day without a row weighs 1, as a weekday does. Raises TableError."""
    return csv_reading.load("day_weights", Schema, version=version)
