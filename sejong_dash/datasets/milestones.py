"""Read the milestones: what happened or is due, for the expo and for each project."""

import pandas as pd
import pandera.pandas as pa

from . import prefectures, programme, sources
from .schema import columns, csv_reading


class Schema(csv_reading.Table):
    """A row is something that happened or is due; without `project_id` it belongs to the expo itself."""

    milestone_id: str = pa.Field(unique=True)
    project_id: str = columns.text(nullable=True)
    starts_on: pd.Timestamp = columns.day(nullable=True)
    ends_on: pd.Timestamp = columns.day(nullable=True)
    precision: str = columns.precision()
    title_ko: str = columns.text()
    title_ja: str = columns.text()
    title_en: str = columns.text()
    jis_code: str = columns.jis_code()
    basis: str = columns.basis()
    source_id: str = columns.text()

    @pa.dataframe_check(name="ends_before_start:ends_on")
    def _in_order(cls, table: pd.DataFrame) -> pd.Series:
        return columns.in_order(table, "starts_on", "ends_on")

    @pa.dataframe_check(name="precision_broken:starts_on")
    def _start_fits_precision(cls, table: pd.DataFrame) -> pd.Series:
        return columns.start_fits_precision(table, "precision", "starts_on")

    @pa.dataframe_check(name="precision_broken:ends_on")
    def _end_fits_precision(cls, table: pd.DataFrame) -> pd.Series:
        return columns.end_fits_precision(table, "precision", "starts_on", "ends_on")


def load(version: str = "") -> pd.DataFrame:
    """Return the milestones in the order of the file, columns as Schema. Raises TableError."""
    known = {"project_id": programme.ids, "source_id": sources.ids, "jis_code": prefectures.codes}
    return csv_reading.load("milestones", Schema, version=version, references=known)
