"""Which prefectures lie next to each other?"""

from typing import Any

import pandas as pd

from .sheet import polygons

_NEAREST = 2  # of an island


def bordering(features: list[dict[str, Any]], jis_code: str) -> list[str]:
    """The codes of those that share a stretch of border, by the points that both outlines have."""
    corners = {one["id"]: _corners(one["geometry"]) for one in features}
    own = corners.get(jis_code, set())
    return sorted(code for code, some in corners.items() if code != jis_code and len(own & some) > 1)


def neighbours(features: list[dict[str, Any]], places: pd.DataFrame, jis_code: str) -> list[str]:
    """Those that border on it; of an island the two whose offices are nearest. `places`: jis_code, office_lat, office_lon."""
    found = [code for code in bordering(features, jis_code) if code in set(places["jis_code"])]
    if found or jis_code not in set(places["jis_code"]):
        return found
    office = places.set_index("jis_code")[["office_lat", "office_lon"]]
    away = ((office - office.loc[jis_code]) ** 2).sum(axis=1).drop(jis_code)
    return sorted(away.nsmallest(_NEAREST).index)


def _corners(geometry: dict[str, Any]) -> set[tuple[float, float]]:
    return {(round(lon, 4), round(lat, 4)) for one in polygons(geometry) for ring in one for lon, lat in ring}
