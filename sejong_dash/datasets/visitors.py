"""How many came, day by day?"""

import pandas as pd
import pandera.pandas as pa

from . import columns, prefectures, reading

_OPTIONAL = ("recorded_on",)


class Schema(reading.Table):
    """A row is a count of one day, prefecture and channel.

    A later `recorded_on` corrects an earlier row of the same day, prefecture and channel; blank means the day itself.
    A blank `jis_code` is a visitor whose prefecture is not known.
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


def load(sample: bool) -> pd.DataFrame:
    """The counts: the invented ones or the real ones, never both. Raises TableError."""
    table = reading.load(
        "visitors",
        Schema,
        optional=_OPTIONAL,
        references={"jis_code": prefectures.codes},
        folder="sample" if sample else "",
    )
    return _dated(table)


def parse(content: bytes) -> pd.DataFrame:
    """The counts that a file of this content holds, as `load` gives them. Raises TableError."""
    return _dated(reading.parse(content, "visitors", Schema, optional=_OPTIONAL))


def _dated(table: pd.DataFrame) -> pd.DataFrame:
    return table.assign(recorded_on=table["recorded_on"].fillna(table["date"]))
