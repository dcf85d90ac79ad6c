"""Which figures can the goal be held against?"""

import pandas as pd
import pandera.pandas as pa

from . import columns, reading, sources

_DATE = r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?"
_PERIOD = f"^{_DATE}(/{_DATE})?$"
UNITS = ("visitors", "arrivals", "percent", "days")


class Schema(reading.Table):
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


def load() -> pd.DataFrame:
    """The figures in the order of the file. Raises TableError."""
    return reading.load("benchmarks", Schema, references={"source_id": sources.ids})
