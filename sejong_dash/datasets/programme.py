"""What does Sejong do with Japan?"""

import pandas as pd
import pandera.pandas as pa

from . import columns, prefectures, reading, sources

_FIELD = f"({'|'.join(columns.FIELDS)})"
STATUSES = ("sought", "proposed", "promised", "planned", "in_progress", "held")


class Schema(reading.Table):
    """A row is a project with Japan; `field` holds one or several fields joined by `;`."""

    project_id: str = pa.Field(unique=True)
    field: str = pa.Field(str_matches=f"^{_FIELD}(;{_FIELD})*$", description="; ".join(columns.FIELDS))
    partner_ko: str = columns.text()
    partner_ja: str = columns.text()
    partner_en: str = columns.text()
    jis_code: str = columns.jis_code()
    place_ko: str = columns.text(nullable=True)
    place_ja: str = columns.text(nullable=True)
    place_en: str = columns.text(nullable=True)
    place_basis: str = pa.Field(isin=list(columns.STRENGTH), nullable=True)
    summary_ko: str = columns.text()
    summary_ja: str = columns.text()
    summary_en: str = columns.text()
    status: str = pa.Field(isin=list(STATUSES))
    starts_on: pd.Timestamp = columns.day(nullable=True)
    ends_on: pd.Timestamp = columns.day(nullable=True)
    precision: str = columns.precision(nullable=True)
    amount_krw: pd.Int64Dtype = pa.Field(ge=0, nullable=True)
    amount_kind: str = pa.Field(isin=["estimate"], nullable=True)
    basis: str = columns.basis()
    source_id: str = columns.text()

    @pa.dataframe_check(name="ends_before_start:ends_on")
    def _in_order(cls, table: pd.DataFrame) -> pd.Series:
        return columns.in_order(table, "starts_on", "ends_on")

    @pa.dataframe_check(name="precision_missing:precision")
    def _stated(cls, table: pd.DataFrame) -> pd.Series:
        return columns.stated(table, "precision", "starts_on", "ends_on")

    @pa.dataframe_check(name="precision_broken:starts_on")
    def _honest_start(cls, table: pd.DataFrame) -> pd.Series:
        return columns.honest_start(table, "precision", "starts_on")

    @pa.dataframe_check(name="precision_broken:ends_on")
    def _honest_end(cls, table: pd.DataFrame) -> pd.Series:
        return columns.honest_end(table, "precision", "starts_on", "ends_on")


def load() -> pd.DataFrame:
    """The projects in the order of the file. Raises TableError."""
    return reading.load("programme", Schema, references={"source_id": sources.ids, "jis_code": prefectures.codes})


def ids() -> pd.Series:
    """What `project_id` of another table may name."""
    return load()["project_id"]
