"""Read the sources that rows of other tables name."""

import pandas as pd
import pandera.pandas as pa

from .schema import columns, csv_reading


class Schema(csv_reading.Table):
    """A row is a source; rows of other tables name it by `source_id`. `title` is the original, which is Korean where a title in
    another language is given."""

    source_id: str = pa.Field(unique=True)
    publisher_ko: str = columns.text()
    publisher_ja: str = columns.text()
    publisher_en: str = columns.text()
    title: str = columns.text(nullable=True)
    title_ja: str = columns.text(nullable=True)
    title_en: str = columns.text(nullable=True)
    note_ko: str = columns.text()
    note_ja: str = columns.text()
    note_en: str = columns.text()
    published_on: pd.Timestamp = columns.day(nullable=True)
    precision: str = columns.precision(nullable=True)
    address: str = columns.text(nullable=True)

    @pa.dataframe_check(name="precision_missing:precision")
    def _has_precision(cls, table: pd.DataFrame) -> pd.Series:
        return columns.has_precision(table, "precision", "published_on")

    @pa.dataframe_check(name="precision_broken:published_on")
    def _start_fits_precision(cls, table: pd.DataFrame) -> pd.Series:
        return columns.start_fits_precision(table, "precision", "published_on")


def load(version: str = "") -> pd.DataFrame:
    """Return the sources in the order of the file, columns as Schema; titles in other languages may be missing from it. Raises
    TableError."""
    return csv_reading.load("sources", Schema, version=version, optional=("title_ja", "title_en"))


def ids(version: str = "") -> pd.Series:
    """Return the values that `source_id` of another table may have. Raises TableError."""
    return load(version)["source_id"]
