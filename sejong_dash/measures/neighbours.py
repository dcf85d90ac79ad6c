"""Find the prefectures that border on a prefecture."""

from typing import Any

import pandas as pd

from sejong_dash.layout.projection import polygons

_NEAREST = 2  # neighbours of an island


def bordering(features: list[dict[str, Any]], jis_code: str) -> list[str]:
    """Return the codes of the prefectures that share a border with `jis_code`, sorted.

    `features` are GeoJSON features with an id. Two share a border where their outlines have more than one point in common.
    """
    corners = {feature["id"]: _corners(feature["geometry"]) for feature in features}
    own = corners.get(jis_code, set())
    return sorted(code for code, points in corners.items() if code != jis_code and len(own & points) > 1)


def neighbours(features: list[dict[str, Any]], places: pd.DataFrame, jis_code: str) -> list[str]:
    """Return the codes of the bordering prefectures; for an island, of the two whose offices are nearest in degrees.

    `places` has jis_code, office_lat, office_lon.
    """
    found = [code for code in bordering(features, jis_code) if code in set(places["jis_code"])]
    if found or jis_code not in set(places["jis_code"]):
        return found
    office = places.set_index("jis_code")[["office_lat", "office_lon"]]
    away = ((office - office.loc[jis_code]) ** 2).sum(axis=1).drop(jis_code)
    return sorted(away.nsmallest(_NEAREST).index)


def _corners(geometry: dict[str, Any]) -> set[tuple[float, float]]:
    return {(round(lon, 4), round(lat, 4)) for polygon in polygons(geometry) for ring in polygon for lon, lat in ring}
