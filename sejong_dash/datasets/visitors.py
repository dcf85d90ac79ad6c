"""Read the counts of visitors by day, prefecture and channel."""

import pandas as pd
import pandera.pandas as pa

from . import prefectures
from .schema import columns, csv_reading, frame_reading

_OPTIONAL = ("recorded_on",)


class Schema(csv_reading.Table):
    """A row counts the visitors of a day, prefecture and channel.

    A row with a later `recorded_on` corrects an earlier one of the same day, prefecture and channel; blank means the day itself.
    A blank `jis_code` stands for visitors whose prefecture is not known.
    """

    date: pd.Timestamp = columns.day()
    jis_code: str = columns.jis_code()
    channel: str = columns.text(nullable=True)
    visitors: pd.Int64Dtype = pa.Field(ge=0)
    recorded_on: pd.Timestamp = columns.day(nullable=True)
    basis: str = columns.basis()
    source_id: str = columns.text(nullable=True)

    @pa.dataframe_check(name="duplicate_row:date")
    def _once(cls, table: pd.DataFrame) -> pd.Series:
        known = table["recorded_on"].fillna(table["date"])
        return ~table.assign(recorded_on=known).duplicated(["date", "jis_code", "channel", "recorded_on"], keep="first")

    @pa.dataframe_check(name="recorded_too_early:recorded_on")
    def _in_order(cls, table: pd.DataFrame) -> pd.Series:
        return columns.in_order(table, "date", "recorded_on")


def load(sample: bool, version: str = "") -> pd.DataFrame:
    """Return the sample's counts or the real ones, never both; columns as Schema, no blank `recorded_on`. Raises TableError."""
    table = csv_reading.load(
        "visitors",
        Schema,
        version=version,
        optional=_OPTIONAL,
        references={"jis_code": prefectures.codes},
        folder="sample" if sample else "",
    )
    return _dated(table)


def parse(content: bytes) -> pd.DataFrame:
    """Return the counts that a file of this content holds, as `load` does. Raises TableError."""
    return _dated(csv_reading.parse(content, "visitors", Schema, optional=_OPTIONAL))


def check(cells: pd.DataFrame) -> pd.DataFrame:
    """Return the counts that a frame of texts holds, as `load` gives them.

    `cells` has the columns of the file (`recorded_on` may be missing); its index are the lines by which problems are reported.
    Raises TableError.
    """
    blank = {name: "" for name in _OPTIONAL if name not in cells}
    return _dated(frame_reading.read(cells.assign(**blank), "visitors", Schema))


def _dated(table: pd.DataFrame) -> pd.DataFrame:
    return table.assign(recorded_on=table["recorded_on"].fillna(table["date"]))
