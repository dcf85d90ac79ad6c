"""Return the shapes that a map draws, and the files in which a browser gets them, once for all measures, days and languages.

The outlines are most of a map. They are written into files that are named by what is in them, which the server hands out
compressed and a browser keeps for ever; a map names them and sends only what changes. `version` is the snapshot whose outlines
are drawn; blank: those as they are now.
"""

import hashlib
import json
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from typing import Any, NamedTuple

from sejong_dash.datasets import snapshot
from sejong_dash.errors import TableError
from sejong_dash.layout import ground, projection, thinning

_PICKED = 0.06  # degrees: two pixels of the first view
_GAP = 0.08  # degrees
_MOST = 12  # files of earlier states of the data, for pages that are open


class File(NamedTuple):
    """An address below the server's, and what it answers."""

    path: str
    body: bytes


_made: dict[str, tuple[tuple[Any, ...], File]] = {}
_files: dict[str, bytes] = {}


def file(path: str) -> bytes | None:
    """Return what the server answers to an address; None where no map has named it."""
    if path not in _files:
        with suppress(TableError):  # the drawing of the map reports what is wrong with the shapes
            land()  # after a restart an open page asks before anybody draws
            prefectures()
    return _files.get(path)


def land(version: str = "") -> File:
    """Return the file of the land that cannot be pressed; `k` is the kind of a shape.

    In the order of drawing: 0 neighbours, 1 the fading at the ends, 2 Korea, 4 what is around Sejong, 3 Sejong.
    """
    sources = tuple(snapshot(version).shapes(name) for name in ("neighbours", "korea", "sejong"))
    return _file("land", sources, lambda: _land(version))


def prefectures(version: str = "") -> File:
    """Return the file of the 47 prefectures as they are drawn; `i` counts in the order of `codes()`."""
    return _file("prefectures", (snapshot(version).shapes("japan_prefectures"),), lambda: _prefectures(version))


def codes(version: str = "") -> list[str]:
    """Return the JIS codes of the prefectures in their order."""
    return sorted(by_code(version))


def by_code(version: str = "") -> dict[str, dict[str, Any]]:
    """Return code -> outline of each prefecture where it lies."""
    return {shape["id"]: shape["geometry"] for shape in snapshot(version).shapes("japan_prefectures")["features"]}


def outlines(name: str, version: str = "") -> list[dict[str, Any]]:
    """Return the outlines of a file with no more digits than can be seen; of Sejong with more, for it is shown from near."""
    digits = 4 if name == "sejong" else projection.DIGITS
    return [projection.coarse(shape["geometry"], digits) for shape in snapshot(version).shapes(name)["features"]]


def around_sejong(version: str = "") -> dict[str, Any]:
    """Return land around the city, for Korea's coarse borders leave a gap between it and its neighbours."""
    xs, ys = zip(
        *(spot for shape in outlines("sejong", version) for rings in projection.polygons(shape) for spot in rings[0]), strict=True
    )
    ring = ground.ring((min(xs) - _GAP, min(ys) - _GAP, max(xs) + _GAP, max(ys) + _GAP))
    return {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}


def drawn(version: str = "") -> dict[str, dict[str, Any]]:
    """Return code -> outline of each prefecture where it is drawn."""
    return {code: ground.drawn_shape(code, geometry) for code, geometry in by_code(version).items()}


def islets(version: str = "") -> list[projection.Place]:
    """Return where Korea is too small to be seen as a shape and needs a dot: Dokdo."""
    return ground.islets(shape["geometry"] for shape in snapshot(version).shapes("korea")["features"])


def middles(version: str = "") -> dict[str, projection.Place]:
    """Return code -> middle of each prefecture where it is drawn."""
    # not its office: those of Kyoto and Shiga are too close to distinguish them
    return _middles(id(snapshot(version).shapes("japan_prefectures")), version)


@lru_cache(maxsize=4)
def _middles(_of: int, version: str) -> dict[str, projection.Place]:
    return {code: ground.drawn_at(code, projection.centre(geometry)) for code, geometry in by_code(version).items()}


def targets(version: str = "") -> dict[str, dict[str, Any]]:
    """Return code -> outline with few points, for the pointer; these are sent with each map, with their texts."""
    return _thin(id(snapshot(version).shapes("japan_prefectures")), version)


@lru_cache(maxsize=4)
def _thin(_of: int, version: str) -> dict[str, dict[str, Any]]:
    return {code: thinning.thinned(geometry, _PICKED) for code, geometry in drawn(version).items()}


def _file(name: str, sources: tuple[Any, ...], write: Callable[[], dict[str, Any]]) -> File:
    if name not in _made or any(old is not new for old, new in zip(_made[name][0], sources, strict=True)):
        body = json.dumps(write(), separators=(",", ":")).encode()
        made = File(f"shapes/{name}.{hashlib.blake2b(body, digest_size=8).hexdigest()}.json", body)
        _files[made.path] = body
        while len(_files) > _MOST:
            del _files[next(iter(_files))]
        _made[name] = (sources, made)
    return _made[name][1]


def _land(version: str) -> dict[str, Any]:
    parts = [_feature(geometry, k=0) for geometry in outlines("neighbours", version)]
    for rim, hidden in ground.fading():
        ring = {"type": "Polygon", "coordinates": [[*ground.ring(rim), ground.ring(rim)[0]]]}
        parts.append(_feature(ring, k=1, a=round(255 * hidden)))
    parts += [_feature(geometry, k=2) for geometry in outlines("korea", version)] + [_feature(around_sejong(version), k=4)]
    parts += [_feature(geometry, k=3) for geometry in outlines("sejong", version)]
    return {"type": "FeatureCollection", "features": parts}


def _prefectures(version: str) -> dict[str, Any]:
    shown = drawn(version)
    return {"type": "FeatureCollection", "features": [_feature(shown[code], i=i) for i, code in enumerate(codes(version))]}


def _feature(geometry: dict[str, Any], **properties: int) -> dict[str, Any]:
    return {"type": "Feature", "geometry": geometry, "properties": properties}
