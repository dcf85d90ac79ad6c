"""Where are the city and the venue, and how large is the venue?"""

import math
from typing import Any

import pandas as pd

from .. import theme
from ..datasets import places
from ..measures.sheet import Place

_METRES = 111_320.0  # of a degree of latitude
CITY, VENUE = "sejong-city", "sejong-central-park"


def at(place_id: str) -> Place:
    """Longitude and latitude of a place."""
    row = places.place(place_id)
    return float(row["lon"]), float(row["lat"])


def shown(view: str) -> tuple[str, ...]:
    """The places that a view names: from near the city and the venue, of Japan's middle neither, for both lie far off."""
    return {"venue": (CITY, VENUE), "gardens": ()}.get(view, (CITY,))


def rim() -> dict[str, Any]:
    """The same circle as an outline in degrees."""
    (lon, lat), up = at(VENUE), area()["radius"] / _METRES
    across = up / math.cos(math.radians(lat))
    turns = [2 * math.pi * step / 48 for step in range(49)]
    return {"type": "Polygon", "coordinates": [[[lon + across * math.cos(t), lat + up * math.sin(t)] for t in turns]]}


def area() -> dict[str, Any]:
    """The venue's area as a circle, to scale: at, fill, edge, radius in metres."""
    size = places.place(VENUE)["area_m2"]
    radius = round(math.sqrt(float(size) / math.pi)) if pd.notna(size) else 0
    return {"at": at(VENUE), "fill": theme.rgb(theme.GARDEN, 150), "edge": theme.rgb(theme.INK), "radius": radius}
