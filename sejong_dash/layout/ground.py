"""Shape the ground of the map: its faded edges, islands too small to be seen, and Okinawa in a frame."""

from collections.abc import Iterable, Iterator
from typing import Any

from .projection import DIGITS, Place, centre, coarse, polygons

Rim = tuple[float, float, float, float]  # west, south, east, north

# The shapes are cut off here. The land fades into the sea before, so that nobody sees the cut.
_WEST, _SOUTH, _EAST, _NORTH = 118.0, 24.0, 150.0, 48.0
_FADE, _STEPS = 3.4, 20
# Okinawa stands in a frame, smaller, as on maps in Japan: its own middle, the frame's middle, by how much smaller.
_FRAMED, _OWN_MIDDLE, _FRAME_MIDDLE = "47", (127.13, 26.27), (138.85, 31.15)
_FRAME_HALF, _SCALE = (2.0, 1.0), (0.43, 0.41)
_SPECK = 0.02  # degrees: an island of two pixels at the nearest zoom


def fading() -> Iterator[tuple[Rim, float]]:
    """Yield strips along the four ends of the shapes, with how much of the land each hides (1: all of it)."""
    for step in range(_STEPS):
        outer, inner = (_FADE * edge / (_STEPS - 1) for edge in (step - 1, step))
        hidden = (1 - step / _STEPS) ** 1.5
        yield (_WEST + outer, _SOUTH, _WEST + inner, _NORTH), hidden
        yield (_EAST - inner, _SOUTH, _EAST - outer, _NORTH), hidden
        yield (_WEST, _NORTH - inner / 2, _EAST, _NORTH - outer / 2), hidden
        yield (_WEST, _SOUTH + outer / 2, _EAST, _SOUTH + inner / 2), hidden


def ring(rim: Rim) -> list[list[float]]:
    """Return the ring of a rim's four corners."""
    west, south, east, north = (round(degrees, 2) for degrees in rim)
    return [[west, south], [east, south], [east, north], [west, north]]


def frame() -> list[Place]:
    """Return the line around what is drawn elsewhere."""
    (x, y), (wide, high) = _FRAME_MIDDLE, _FRAME_HALF
    return [(x - wide, y - high), (x + wide, y - high), (x + wide, y + high), (x - wide, y + high), (x - wide, y - high)]


def drawn_at(jis_code: str, place: Iterable[float]) -> Place:
    """Return where a place of a prefecture is drawn: where it lies, unless it stands in the frame."""
    lon, lat = place
    if jis_code != _FRAMED:
        return lon, lat
    (x, y), (own_x, own_y), (wide, high) = _FRAME_MIDDLE, _OWN_MIDDLE, _SCALE
    return round(x + (lon - own_x) * wide, 3), round(y + (lat - own_y) * high, 3)


def drawn_shape(jis_code: str, geometry: dict[str, Any]) -> dict[str, Any]:
    """Return the shape of a prefecture as it is drawn, with no more points than can be seen."""
    shape = coarse(geometry, DIGITS)
    if jis_code == _FRAMED:
        shape["coordinates"] = [[[drawn_at(jis_code, p) for p in line] for line in polygon] for polygon in shape["coordinates"]]
    return shape


def islets(geometries: Iterable[dict[str, Any]]) -> list[Place]:
    """Return the islands that are too small to be seen as shapes and need a dot: of Korea's, Dokdo."""
    islands = [polygon for geometry in geometries for polygon in polygons(geometry)]
    small = [island for island in islands if max(x for x, _ in island[0]) - min(x for x, _ in island[0]) < _SPECK]
    return [centre({"type": "Polygon", "coordinates": island}) for island in small]
