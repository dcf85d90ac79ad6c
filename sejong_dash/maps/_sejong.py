"""Where are the city and the venue, and how large is the venue?"""

import math
from typing import Any

import pandas as pd

from .. import theme
from ..datasets import places
from ..measures.sheet import Place

CITY, VENUE = "sejong-city", "sejong-central-park"


def place(place_id: str) -> pd.Series:
    """The row of a place."""
    return places.load().set_index("place_id").loc[place_id]


def at(place_id: str) -> Place:
    """Longitude and latitude of a place."""
    row = place(place_id)
    return float(row["lon"]), float(row["lat"])


def shown(view: str) -> tuple[str, ...]:
    """The places that a view names: from near the city and the venue, of Japan's middle neither, for both lie far off."""
    return {"venue": (CITY, VENUE), "gardens": ()}.get(view, (CITY,))


def area() -> dict[str, Any]:
    """The venue's area as a circle, to scale: at, fill, edge, radius in metres."""
    size = place(VENUE)["area_m2"]
    radius = round(math.sqrt(float(size) / math.pi)) if pd.notna(size) else 0
    return {"at": at(VENUE), "fill": theme.rgb(theme.GARDEN, 150), "edge": theme.rgb(theme.INK), "radius": radius}
