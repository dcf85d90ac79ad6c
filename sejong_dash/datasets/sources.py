"""Where do the rows come from?"""

import pandas as pd
import pandera.pandas as pa

from . import columns, reading


class Schema(reading.Table):
    """A row is a source that rows of other tables name by `source_id`."""

    source_id: str = pa.Field(unique=True)
    publisher_ko: str = columns.text()
    publisher_ja: str = columns.text()
    publisher_en: str = columns.text()
    title: str = columns.text(nullable=True)
    note_ko: str = columns.text()
    note_ja: str = columns.text()
    note_en: str = columns.text()
    published_on: pd.Timestamp = columns.day(nullable=True)
    precision: str = columns.precision(nullable=True)
    address: str = columns.text(nullable=True)

    @pa.dataframe_check(name="precision_missing:precision")
    def _stated(cls, table: pd.DataFrame) -> pd.Series:
        return columns.stated(table, "precision", "published_on")

    @pa.dataframe_check(name="precision_broken:published_on")
    def _honest(cls, table: pd.DataFrame) -> pd.Series:
        return columns.honest_start(table, "precision", "published_on")


def load() -> pd.DataFrame:
    """The sources, in the order of the file. Raises TableError."""
    return reading.load("sources", Schema)


def ids() -> pd.Series:
    """What `source_id` of another table may name."""
    return load()["source_id"]
