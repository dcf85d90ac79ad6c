"""What is dated?"""

import pandas as pd
import pandera.pandas as pa

from . import columns, prefectures, programme, reading, sources


class Schema(reading.Table):
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
    def _honest_start(cls, table: pd.DataFrame) -> pd.Series:
        return columns.honest_start(table, "precision", "starts_on")

    @pa.dataframe_check(name="precision_broken:ends_on")
    def _honest_end(cls, table: pd.DataFrame) -> pd.Series:
        return columns.honest_end(table, "precision", "starts_on", "ends_on")


def load() -> pd.DataFrame:
    """The milestones in the order of the file. Raises TableError."""
    known = {"project_id": programme.ids, "source_id": sources.ids, "jis_code": prefectures.codes}
    return reading.load("milestones", Schema, references=known)
