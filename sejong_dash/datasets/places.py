"""Read the places in Sejong that maps show, the venue among them."""

import pandas as pd
import pandera.pandas as pa

from sejong_dash.errors import Problem, TableError

from . import sources
from .schema import columns, csv_reading


class Schema(csv_reading.Table):
    """A row is a place in Sejong, in degrees and square metres; `coordinates` says whether lat and lon are exact."""

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


def load(version: str = "") -> pd.DataFrame:
    """Return the places in the order of the file, columns as Schema. Raises TableError."""
    return csv_reading.load("places", Schema, version=version, references={"source_id": sources.ids})


def place(places: pd.DataFrame, place_id: str) -> pd.Series:
    """Return the row of a place in the table that `load` returns. Raises TableError where it has no such row."""
    rows = places.set_index("place_id")
    if place_id not in rows.index:
        raise TableError("places", "places.csv", [Problem("missing_row", column="place_id", expected=place_id)])
    return rows.loc[place_id]
