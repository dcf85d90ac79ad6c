"""Show where the expo is to be held, and how large the places are."""

import pandas as pd

from sejong_dash.choices import Choices
from sejong_dash.datasets import Tables
from sejong_dash.words import Words

from . import Card

WIDTH = "20rem"
_CITY = "sejong-city"  # whose park is the venue


def table(choices: Choices, tables: Tables) -> pd.DataFrame:
    """Return one row for each place, the largest first.

    Columns: place_id, name, lat, lon, coordinates, area_m2, first_phase_m2, first_phase_opened_on, note, basis, source_id.
    """
    rows = tables.places()
    rows = rows.assign(name=rows[f"name_{choices.lang}"], note=rows[f"note_{choices.lang}"])
    rows = rows.sort_values("area_m2", ascending=False, na_position="last", kind="stable").reset_index(drop=True)
    size = ["area_m2", "first_phase_m2", "first_phase_opened_on"]
    return rows[["place_id", "name", "lat", "lon", "coordinates", *size, "note", "basis", "source_id"]]


def cards(table: pd.DataFrame, words: Words) -> list[Card]:
    """Return a card for each place."""
    return [_card(row, words) for _, row in table.iterrows()]


def message(table: pd.DataFrame, words: Words) -> str:
    """Return the largest place and its area."""
    known = table[table["area_m2"].notna()]
    if known.empty:
        return words("message_without_area", names=words("comma").join(table["name"]))
    row = known.iloc[0]
    return words("message", name=row["name"], area=_area(row["area_m2"], words))


def _card(row: pd.Series, words: Words) -> Card:
    facts = [(words(size), _area(row[f"{size}_m2"], words)) for size in ("area", "first_phase") if pd.notna(row[f"{size}_m2"])]
    if pd.notna(row["first_phase_opened_on"]):
        facts.append((words("first_phase_opened"), words.date(row["first_phase_opened_on"])))
    # as many digits as the table has: an approximate place must not look exact
    where = words(f"coordinates_{row['coordinates']}", lat=f"{row['lat']:g}", lon=f"{row['lon']:g}")
    facts.append((words("coordinates"), where))
    return Card(
        title=words("city" if row["place_id"] == _CITY else "place"),
        value=row["name"],
        text=row["note"],
        facts=tuple(facts),
        basis=row["basis"],
        source_id=row["source_id"],
    )


def _area(square_metres: float, words: Words) -> str:
    return words("amount.area_m2", value=words.number(square_metres))
