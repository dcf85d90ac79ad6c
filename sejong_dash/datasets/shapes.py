"""Read the outlines of coasts and borders."""

import json
from typing import Any

from sejong_dash import contents
from sejong_dash.errors import Problem, TableError
from sejong_dash.paths import data_dir

from .schema.unread import unread


def load(name: str, version: str = "") -> dict[str, Any]:
    """Return the GeoJSON `name` (japan_prefectures, korea, neighbours, sejong); callers must not change it. Raises TableError."""
    path = data_dir(version) / "geo" / f"{name}.geojson"
    try:
        return _PARSED(path, name)
    except OSError as error:
        raise unread(path, name, error) from error


def _parsed(content: bytes, name: str) -> dict[str, Any]:
    file = f"{name}.geojson"
    try:
        shapes = json.loads(content)
    except ValueError as error:
        raise TableError(name, file, [Problem("not_json", found=str(error))]) from error
    if not isinstance(shapes, dict) or shapes.get("type") != "FeatureCollection" or not isinstance(shapes.get("features"), list):
        raise TableError(name, file, [Problem("not_json", found=str(shapes)[:40])])
    return shapes


_PARSED = contents.Derived(_parsed, 16)
