"""Which shapes does a map draw, and where does a browser get them once for all measures, days and languages?

The outlines are most of a map. They are written into files that are named by what is in them, which the server hands out
compressed and a browser keeps for ever; a map names them and sends only what changes.
"""

import hashlib
import json
from contextlib import suppress
from functools import lru_cache
from typing import Any, NamedTuple

from ..datasets import shapes
from ..errors import TableError
from ..measures import ground, sheet, thinning

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
    """What the server answers to an address; None where no map has named it."""
    if path not in _files:
        with suppress(TableError):  # whoever draws the map says what is wrong with the shapes
            land()  # after a restart an open page asks before anybody draws
            prefectures()
    return _files.get(path)


def land() -> File:
    """What nobody presses, in the order in which it is laid: 0 neighbours, 1 the fading at the ends, 2 Korea, 4 what is
    around Sejong, 3 Sejong."""
    sources = tuple(shapes.load(name) for name in ("neighbours", "korea", "sejong"))
    return _file("land", sources, _land)


def prefectures() -> File:
    """The 47 as they are drawn; `i` counts in the order of `codes()`."""
    return _file("prefectures", (shapes.load("japan_prefectures"),), _prefectures)


def codes() -> list[str]:
    """The JIS code of each shape."""
    return sorted(by_code())


def by_code() -> dict[str, dict[str, Any]]:
    """The outline of each prefecture where it lies."""
    return {shape["id"]: shape["geometry"] for shape in shapes.load("japan_prefectures")["features"]}


def outlines(name: str) -> list[dict[str, Any]]:
    """The outlines of one file with no more digits than can be seen; of Sejong all, for it is looked at from near."""
    digits = 4 if name == "sejong" else sheet.DIGITS
    return [sheet.coarse(shape["geometry"], digits) for shape in shapes.load(name)["features"]]


def around_sejong() -> dict[str, Any]:
    """Land around the city: Korea's coarse borders leave a gap between it and its neighbours."""
    xs, ys = zip(*(p for one in outlines("sejong") for ring in sheet.polygons(one) for p in ring[0]), strict=True)
    ring = ground.ring((min(xs) - _GAP, min(ys) - _GAP, max(xs) + _GAP, max(ys) + _GAP))
    return {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}


def drawn() -> dict[str, dict[str, Any]]:
    """The outline of each prefecture where it is drawn."""
    return {code: ground.drawn_shape(code, geometry) for code, geometry in by_code().items()}


def islets() -> list[sheet.Place]:
    """What of Korea is too small to be seen as a shape and needs a dot: Dokdo."""
    return ground.islets(shape["geometry"] for shape in shapes.load("korea")["features"])


def middles() -> dict[str, sheet.Place]:
    """The middle of each prefecture where it is drawn: the offices of Kyoto and Shiga are too close to tell them apart."""
    return _middles(id(shapes.load("japan_prefectures")))


@lru_cache(maxsize=4)
def _middles(_of: int) -> dict[str, sheet.Place]:
    return {code: ground.drawn_at(code, sheet.centre(geometry)) for code, geometry in by_code().items()}


def pressed() -> dict[str, dict[str, Any]]:
    """The same with few points, for the pointer: these go along with what they say."""
    return _thin(id(shapes.load("japan_prefectures")))


@lru_cache(maxsize=4)
def _thin(_of: int) -> dict[str, dict[str, Any]]:
    return {code: thinning.thinned(geometry, _PICKED) for code, geometry in drawn().items()}


def _file(name: str, sources: tuple[Any, ...], write: Any) -> File:
    if name not in _made or any(old is not new for old, new in zip(_made[name][0], sources, strict=True)):
        body = json.dumps(write(sources), separators=(",", ":")).encode()
        made = File(f"shapes/{name}.{hashlib.blake2b(body, digest_size=8).hexdigest()}.json", body)
        _files[made.path] = body
        while len(_files) > _MOST:
            del _files[next(iter(_files))]
        _made[name] = (sources, made)
    return _made[name][1]


def _land(_sources: tuple[Any, ...]) -> dict[str, Any]:
    parts = [_feature(geometry, k=0) for geometry in outlines("neighbours")]
    for rim, hidden in ground.fading():
        ring = {"type": "Polygon", "coordinates": [[*ground.ring(rim), ground.ring(rim)[0]]]}
        parts.append(_feature(ring, k=1, a=round(255 * hidden)))
    parts += [_feature(geometry, k=2) for geometry in outlines("korea")] + [_feature(around_sejong(), k=4)]
    parts += [_feature(geometry, k=3) for geometry in outlines("sejong")]
    return {"type": "FeatureCollection", "features": parts}


def _prefectures(_sources: tuple[Any, ...]) -> dict[str, Any]:
    shown = drawn()
    return {"type": "FeatureCollection", "features": [_feature(shown[code], i=i) for i, code in enumerate(codes())]}


def _feature(geometry: dict[str, Any], **properties: int) -> dict[str, Any]:
    return {"type": "Feature", "geometry": geometry, "properties": properties}
