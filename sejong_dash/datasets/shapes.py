"""What do the coasts and borders look like?"""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from ..errors import Problem, TableError
from ..paths import data_dir


def load(name: str) -> dict[str, Any]:
    """The GeoJSON `name` (japan_prefectures, korea, neighbours, sejong); do not change it. Raises TableError."""
    path = data_dir() / "geo" / f"{name}.geojson"
    if not path.is_file():
        raise TableError(name, path.name, [Problem("file_missing", expected=str(path))])
    return _parsed(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=16)
def _parsed(path: Path, mtime_ns: int) -> dict[str, Any]:
    try:
        shapes = json.loads(path.read_bytes())
    except ValueError as error:
        raise TableError(path.stem, path.name, [Problem("not_json", found=str(error))]) from error
    if not isinstance(shapes, dict) or shapes.get("type") != "FeatureCollection" or not isinstance(shapes.get("features"), list):
        raise TableError(path.stem, path.name, [Problem("not_json", found=str(shapes)[:40])])
    return shapes
