"""Return what part of the earth a map shows, and lay out its labels there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import log2
from typing import Any

from sejong_dash.layout import label_places, projection, text_width
from sejong_dash.layout.projection import Place

TEXT, PAD = 13, (6, 3)  # pixels
WIDTH, _HEIGHT = 1128, 724  # of a map on paper


@dataclass(frozen=True)
class View:
    """What a screen shows at first, or a sheet of `wide` × `high` pixels, around a middle in degrees.

    Labels stay inside `room` (its north-western and south-eastern corner): what a phone shows of it. `stretch` is how much
    longer a degree of latitude is than a degree of longitude.
    """

    lon: float
    lat: float
    zoom: float
    room: tuple[Place, Place]
    stretch: float
    wide: int = WIDTH
    high: int = _HEIGHT

    @property
    def corners(self) -> tuple[Place, Place]:
        """The south-western and north-eastern corner of a sheet of paper."""
        across = self.wide / projection.DEGREE / 2**self.zoom / 2
        up = across * self.high / self.wide / self.stretch
        return (self.lon - across, self.lat - up), (self.lon + across, self.lat + up)


# Korea and the four main islands, the four prefectures, Sejong: each in 560 pixels of height and 390 of width
VIEWS = {
    "japan": View(133.75, 38.55, 4.25, ((126.5, 45.9), (141.0, 30.2)), 1.27),
    "gardens": View(137.0, 35.05, 6.25, ((135.2, 36.95), (138.8, 33.2)), 1.22),
    "venue": View(127.27, 36.565, 9.3, ((127.065, 36.8), (127.475, 36.33)), 1.245),
}
SLIDE = (488, 262)  # about what a slide leaves for a map, with letters that are enlarged afterwards
COLUMN, _COLUMN_DEGREES = (460, 530), 19.4  # pixels of a map in a column of the page, and degrees from its west to its east
_FOR_FRAME = 0.14  # degrees: the line around the islands that are drawn elsewhere stands on the slide, too
_ON_PAPER = {"japan": 4.77, "gardens": 7.1, "venue": 9.7}  # zoom


def view(name: str) -> View:
    """Return the view of that name on a screen; of all Japan where there is none."""
    return VIEWS.get(name, VIEWS["japan"])


def on_paper(name: str) -> View:
    """Return the view on a whole sheet: nearer, and labels may use all of it."""
    return _sheet(name, 0.0, WIDTH, _HEIGHT)


def on_slide(name: str) -> View:
    """Return the view on the small sheet of a slide."""
    wide, high = SLIDE
    near = _sheet(name, log2(high / _HEIGHT), wide, high)
    return replace(near, lat=near.lat - _FOR_FRAME) if name == "japan" else near


def in_column() -> View:
    """Return the view of Japan and Sejong in a column of the page."""
    wide, high = COLUMN
    near = View(
        137.1, 37.35, log2(wide / projection.DEGREE / _COLUMN_DEGREES), VIEWS["japan"].room, VIEWS["japan"].stretch, wide, high
    )
    (west, south), (east, north) = near.corners
    return replace(near, room=((west + 0.02 * (east - west), north), (east, south)))


def _sheet(name: str, nearer: float, wide: int, high: int) -> View:
    near = replace(view(name), zoom=_ON_PAPER.get(name, _ON_PAPER["japan"]) + nearer, wide=wide, high=high)
    if name == "japan":
        near = replace(near, lon=133.9, lat=38.0)
    (west, south), (east, north) = near.corners
    return replace(near, room=((west + 0.02 * (east - west), north), (east, south)))


def lay(
    labels: Sequence[dict[str, Any]],
    where: View,
    boxes: Iterable[Sequence[Place]],
    detail: Iterable[Place],
    rings: Sequence[Sequence[Sequence[Place]]],
) -> list[dict[str, Any]]:
    """Return `labels` (text, from, and `longest`: the longest text on any day) with `at`, the middle of each.

    `boxes` are lines around what must not be covered, `detail` is what is covered only where there is no better place. `rings`
    are those of the area of each label: none lies on another's where there is room.
    """
    (west, north), (east, south) = (projection.spot(corner, where.zoom) for corner in where.room)
    seen = [projection.spot(point, where.zoom) for point in detail]
    laid = _laid(
        tuple(projection.spot(label["from"], where.zoom) for label in labels),
        tuple((text_width.width(label["longest"]) * TEXT + 2 * PAD[0] + 3, TEXT * 1.25 + 2 * PAD[1] + 3) for label in labels),
        (west, north, east, south),
        tuple(_around(line, where.zoom, 6 if len(line) == 1 else 0) for line in boxes),
        tuple(seen),
        tuple(tuple(projection.spots_inside(area, where.zoom, label_places.GRID)) for area in rings),
    )
    return [label | {"at": projection.place(spot, where.zoom)} for label, spot in zip(labels, laid, strict=True)]


@lru_cache(maxsize=256)
def _laid(points: Any, sizes: Any, room: label_places.Box, taken: Any, detail: Any, areas: Any) -> list[projection.Spot]:
    """Return the middles of the labels; kept, for from day to day they stay where they are."""
    return label_places.lay(points, sizes, room, taken=taken, detail=detail, areas=areas)


def _around(line: Sequence[Place], zoom: float, margin: float) -> label_places.Box:
    xs, ys = zip(*(projection.spot(point, zoom) for point in line), strict=True)
    return min(xs) - margin, min(ys) - margin, max(xs) + margin, max(ys) + margin
