"""Return where the city and the venue lie, and how large the venue is, in a version of the tables."""

import math
from typing import Any

import pandas as pd

from sejong_dash import theme
from sejong_dash.datasets import places, snapshot
from sejong_dash.layout.projection import Place

_METRES = 111_320.0  # of a degree of latitude
CITY, VENUE = "sejong-city", "sejong-central-park"


def at(place_id: str, version: str) -> Place:
    """Return longitude and latitude of a place."""
    row = places.place(snapshot(version).places(), place_id)
    return float(row["lon"]), float(row["lat"])


def shown(view: str) -> tuple[str, ...]:
    """Return the places that a view names: from near the city and the venue, of Japan's middle neither, for both lie far off."""
    return {"venue": (CITY, VENUE), "gardens": ()}.get(view, (CITY,))


def rim(version: str) -> dict[str, Any]:
    """Return the circle of `area` as an outline in degrees."""
    (lon, lat), up = at(VENUE, version), area(version)["radius"] / _METRES
    across = up / math.cos(math.radians(lat))
    turns = [2 * math.pi * step / 48 for step in range(49)]
    return {"type": "Polygon", "coordinates": [[[lon + across * math.cos(t), lat + up * math.sin(t)] for t in turns]]}


def area(version: str) -> dict[str, Any]:
    """Return the venue's area as a circle, to scale: at, fill, edge, radius in metres."""
    size = places.place(snapshot(version).places(), VENUE)["area_m2"]
    radius = round(math.sqrt(float(size) / math.pi)) if pd.notna(size) else 0
    return {"at": at(VENUE, version), "fill": theme.rgb(theme.GARDEN, 150), "edge": theme.rgb(theme.INK), "radius": radius}
