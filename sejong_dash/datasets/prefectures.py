"""Read the 47 prefectures of Japan and the part each of them plays."""

import pandas as pd
import pandera.pandas as pa

from . import sources
from .schema import columns, csv_reading

ROLES = ("garden", "partner", "none")


class Schema(csv_reading.Table):
    """A row is one of the 47 prefectures by its JIS X 0401 code."""

    jis_code: str = columns.jis_code(nullable=False, unique=True)
    name_ko: str = columns.text()
    name_ja: str = columns.text()
    name_en: str = columns.text()
    office_lat: float = pa.Field(in_range={"min_value": 20, "max_value": 50})
    office_lon: float = pa.Field(in_range={"min_value": 120, "max_value": 155})
    population_2020: pd.Int64Dtype = pa.Field(gt=0)
    role: str = pa.Field(isin=list(ROLES))
    basis: str = columns.basis()
    source_id: str = columns.text()


def load(version: str = "") -> pd.DataFrame:
    """Return the prefectures in the order of their codes, columns as Schema. Raises TableError."""
    return csv_reading.load("prefectures", Schema, version=version, references={"source_id": sources.ids}).sort_values("jis_code")


def codes(version: str = "") -> pd.Series:
    """Return the values that `jis_code` of another table may have. Raises TableError."""
    return load(version)["jis_code"]
