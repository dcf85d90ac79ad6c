"""Project places onto a sheet, and bow lines between them.

The sheet is web Mercator at one zoom, in pixels to the right and down, so that what is laid out in pixels (labels) can be
handed back as places.
"""

import math
from collections.abc import Iterable
from typing import Any

import numpy as np

Place = tuple[float, float]  # longitude, latitude
Spot = tuple[float, float]  # pixels
_TILE = 512
DEGREE = _TILE / 360  # pixels of a degree of longitude at zoom 0
DIGITS = 2  # of a degree: within a pixel at the nearest zoom


def spot(place: Place, zoom: float) -> Spot:
    """Return the spot of a place, in pixels."""
    size = _TILE * 2**zoom
    north = math.log(math.tan(math.pi / 4 + math.radians(place[1]) / 2))
    return (place[0] + 180) / 360 * size, (1 - north / math.pi) / 2 * size


def place(spot: Spot, zoom: float) -> Place:
    """Return the place of a spot, to a ten-thousandth of a degree."""
    size = _TILE * 2**zoom
    north = math.pi * (1 - 2 * spot[1] / size)
    return round(spot[0] / size * 360 - 180, 4), round(math.degrees(2 * math.atan(math.exp(north)) - math.pi / 2), 4)


def bow(start: Place, end: Place, height: float = 0.115, steps: int = 20) -> list[Place]:
    """Return a line that bows to the north by `height` of its length, so that lines to neighbours can be told apart."""
    (x0, y0), (x1, y1) = start, end
    side = 1 if x1 >= x0 else -1
    mid_x, mid_y = (x0 + x1) / 2 - side * (y1 - y0) * height * 2, (y0 + y1) / 2 + side * (x1 - x0) * height * 2
    line = []
    for step in range(steps + 1):
        t = step / steps
        line.append(
            (
                round((1 - t) ** 2 * x0 + 2 * t * (1 - t) * mid_x + t**2 * x1, 3),
                round((1 - t) ** 2 * y0 + 2 * t * (1 - t) * mid_y + t**2 * y1, 3),
            )
        )
    return line


def spots_inside(rings: Iterable[Iterable[Place]], zoom: float, every: float = 6.0) -> list[Spot]:
    """Return spots on a grid, `every` pixels apart, that lie in one of the rings."""
    found: list[Spot] = []
    for ring in rings:
        x, y = np.array([spot((lon, lat), zoom) for lon, lat in ring]).T
        grid = np.stack(
            np.meshgrid(*(np.arange(side.min() // every, side.max() // every + 1) * every for side in (x, y))), -1
        ).reshape(-1, 2)
        above = (y[:-1] > grid[:, 1:]) != (y[1:] > grid[:, 1:])
        with np.errstate(divide="ignore", invalid="ignore"):
            left = grid[:, :1] < (x[1:] - x[:-1]) * (grid[:, 1:] - y[:-1]) / (y[1:] - y[:-1]) + x[:-1]
        found += [(float(a), float(b)) for a, b in grid[(above & left).sum(axis=1) % 2 == 1]]
    return found


def coarse(geometry: dict[str, Any], digits: int) -> dict[str, Any]:
    """Return a polygon's geometry with rounded points, each once; an island that would vanish keeps its own points."""
    return {
        "type": "MultiPolygon",
        "coordinates": [[_rounded(ring, digits) for ring in polygon] for polygon in polygons(geometry)],
    }


def polygons(geometry: dict[str, Any]) -> list[list[list[list[float]]]]:
    """Return the polygons of a geometry, each a list of rings."""
    return [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]


def _rounded(ring: list[list[float]], digits: int) -> list[list[float]]:
    points: list[list[float]] = []
    for lon, lat in ring:
        point = [round(lon, digits), round(lat, digits)]
        if not points or points[-1] != point:
            points.append(point)
    return points if len(points) > 3 else ring


def centre(geometry: dict[str, Any]) -> Place:
    """Return the centre of gravity of a geometry's largest polygon."""
    weighed = []
    for polygon in polygons(geometry):
        x, y = np.array(polygon[0], dtype=float).T
        x0, y0 = x[0], y[0]
        x, y = x - x0, y - y0  # near the origin, where a tiny island keeps its digits
        cross = x[:-1] * y[1:] - x[1:] * y[:-1]
        area = cross.sum() / 2
        middle = (((x[:-1] + x[1:]) * cross).sum() / 6 / area + x0, ((y[:-1] + y[1:]) * cross).sum() / 6 / area + y0)
        weighed.append((abs(area), middle))
    lon, lat = max(weighed)[1]
    return round(float(lon), 3), round(float(lat), 3)
