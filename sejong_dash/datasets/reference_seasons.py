"""Read the share of its final count that each past expo had reached by the days of its season."""

import pandas as pd
import pandera.pandas as pa

from . import sources
from .schema import columns, csv_reading

KINDS = ("world", "garden", "theme")


class Schema(csv_reading.Table):
    """A row is a day (1 to `days`) at whose end a past season had reached `cumulative_share` (0 to 1) of its final count.

    `kind` is what the event was about, `opens_on` its opening day; `address` where its count is reported, beside the source.
    The rows of a season stand in the order of its days; the days between them are not known.
    """

    season: str = columns.text()
    title_ko: str = columns.text()
    title_ja: str = columns.text()
    title_en: str = columns.text()
    kind: str = pa.Field(isin=list(KINDS), nullable=True)
    opens_on: pd.Timestamp = columns.day(nullable=True)
    day: pd.Int64Dtype = pa.Field(ge=1)
    days: pd.Int64Dtype = pa.Field(ge=1)
    cumulative_share: float = pa.Field(in_range={"min_value": 0, "max_value": 1})
    basis: str = columns.basis()
    source_id: str = columns.text()
    address: str = columns.text(nullable=True)

    @pa.dataframe_check(name="not_rising:cumulative_share")
    def _rising(cls, table: pd.DataFrame) -> pd.Series:
        by_season = table.groupby("season")
        falls = (by_season["day"].diff() <= 0) | (by_season["cumulative_share"].diff() < 0) | (table["day"] > table["days"])
        return ~falls.fillna(False).astype(bool)


def load(version: str = "") -> pd.DataFrame:
    """Return the shares in the order of the file, columns as Schema. Raises TableError."""
    return csv_reading.load(
        "reference_seasons",
        Schema,
        version=version,
        references={"source_id": sources.ids},
        optional=("kind", "opens_on", "address"),
    )
