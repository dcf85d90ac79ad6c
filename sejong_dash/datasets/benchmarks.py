"""Read the figures that the goal is compared with, such as arrivals from Japan."""

import pandas as pd
import pandera.pandas as pa

from . import sources
from .schema import columns, csv_reading

_DATE = r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?"
_PERIOD = f"^{_DATE}(/{_DATE})?$"
UNITS = ("visitors", "arrivals", "percent", "days")


class Schema(csv_reading.Table):
    """A row is a figure to compare with; `period` is a year, a month or a span in ISO 8601."""

    benchmark_id: str = pa.Field(unique=True)
    what_ko: str = columns.text()
    what_ja: str = columns.text()
    what_en: str = columns.text()
    period: str = pa.Field(str_matches=_PERIOD, description="2026, 2026-05, 2026-05-06, 2026-04-10/2026-05-24")
    value: float = pa.Field(ge=0)
    unit: str = pa.Field(isin=list(UNITS))
    basis: str = columns.basis()
    source_id: str = columns.text()


def load(version: str = "") -> pd.DataFrame:
    """Return the figures in the order of the file, columns as Schema. Raises TableError."""
    return csv_reading.load("benchmarks", Schema, version=version, references={"source_id": sources.ids})
