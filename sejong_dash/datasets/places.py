"""Where is the expo?"""

import pandas as pd
import pandera.pandas as pa

from ..errors import Problem, TableError
from . import columns, reading, sources


class Schema(reading.Table):
    """A row is a place in Sejong; `coordinates` says whether they may be taken at their word."""

    place_id: str = pa.Field(unique=True)
    name_ko: str = columns.text()
    name_ja: str = columns.text()
    name_en: str = columns.text()
    lat: float = pa.Field(in_range={"min_value": 33, "max_value": 39})
    lon: float = pa.Field(in_range={"min_value": 124, "max_value": 132})
    coordinates: str = pa.Field(isin=["exact", "approximate"])
    area_m2: pd.Int64Dtype = pa.Field(gt=0, nullable=True)
    first_phase_m2: pd.Int64Dtype = pa.Field(gt=0, nullable=True)
    first_phase_opened_on: pd.Timestamp = columns.day(nullable=True)
    note_ko: str = columns.text()
    note_ja: str = columns.text()
    note_en: str = columns.text()
    basis: str = columns.basis()
    source_id: str = columns.text()


def load() -> pd.DataFrame:
    """The places in the order of the file. Raises TableError."""
    return reading.load("places", Schema, references={"source_id": sources.ids})


def place(place_id: str) -> pd.Series:
    """The row of a place that is drawn by its name. Raises TableError where it is gone."""
    rows = load().set_index("place_id")
    if place_id not in rows.index:
        raise TableError("places", "places.csv", [Problem("missing_row", column="place_id", expected=place_id)])
    return rows.loc[place_id]
