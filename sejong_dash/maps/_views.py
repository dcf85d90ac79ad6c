"""Where does a map look, and where do its labels go there?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import log2
from typing import Any

from ..measures import label_places, lettering, sheet
from ..measures.sheet import Place

TEXT, PAD = 13, (6, 3)  # pixels
WIDTH, _HEIGHT = 1128, 724  # of a map on paper


@dataclass(frozen=True)
class View:
    """What a screen shows at first, or a sheet of `wide` × `high` pixels. Labels stay inside `room` (its north-western and
    south-eastern corner): what a phone shows of it. `stretch` is how much longer a degree of latitude is than one of
    longitude."""

    lon: float
    lat: float
    zoom: float
    room: tuple[Place, Place]
    stretch: float
    wide: int = WIDTH
    high: int = _HEIGHT

    @property
    def corners(self) -> tuple[Place, Place]:
        """West-south and east-north of a sheet of paper."""
        across = self.wide / sheet.DEGREE / 2**self.zoom / 2
        up = across * self.high / self.wide / self.stretch
        return (self.lon - across, self.lat - up), (self.lon + across, self.lat + up)


# Korea and the four main islands, the four prefectures, Sejong: each in 560 pixels of height and 390 of width
VIEWS = {
    "japan": View(133.75, 38.55, 4.25, ((126.5, 45.9), (141.0, 30.2)), 1.27),
    "gardens": View(137.0, 35.05, 6.25, ((135.2, 36.95), (138.8, 33.2)), 1.22),
    "venue": View(127.27, 36.565, 9.3, ((127.065, 36.8), (127.475, 36.33)), 1.245),
}
SLIDE = (488, 262)  # about what a slide leaves for a map, with letters that are enlarged afterwards
_ON_PAPER = {"japan": 4.77, "gardens": 7.1, "venue": 9.7}  # zoom


def view(name: str) -> View:
    return VIEWS.get(name, VIEWS["japan"])


def on_paper(name: str) -> View:
    """The same of a whole sheet: nearer, and labels may use all of it."""
    return _sheet(name, 0.0, WIDTH, _HEIGHT)


def on_slide(name: str) -> View:
    """The same on the small sheet of a slide."""
    wide, high = SLIDE
    return _sheet(name, log2(high / _HEIGHT), wide, high)


def _sheet(name: str, nearer: float, wide: int, high: int) -> View:
    near = replace(view(name), zoom=_ON_PAPER.get(name, _ON_PAPER["japan"]) + nearer, wide=wide, high=high)
    if name == "japan":
        near = replace(near, lon=133.9, lat=38.0)
    (west, south), (east, north) = near.corners
    return replace(near, room=((west + 0.02 * (east - west), north), (east, south)))


def lay(
    labels: Sequence[dict[str, Any]], where: View, boxes: Iterable[Sequence[Place]], detail: Iterable[Place], rings: Any
) -> list[dict[str, Any]]:
    """`labels` (text, from, and `longest`: what it says at most on any day) with `at`, the middle of each.

    `boxes` are lines around what must not be covered, `detail` and `rings` what is covered only where it is worth it.
    """
    (west, north), (east, south) = (sheet.spot(corner, where.zoom) for corner in where.room)
    seen = [sheet.spot(point, where.zoom) for point in detail] + sheet.spots_inside(rings, where.zoom)
    laid = _laid(
        tuple(sheet.spot(one["from"], where.zoom) for one in labels),
        tuple((lettering.width(one["longest"]) * TEXT + 2 * PAD[0] + 3, TEXT * 1.25 + 2 * PAD[1] + 3) for one in labels),
        (west, north, east, south),
        tuple(_around(line, where.zoom, 6 if len(line) == 1 else 0) for line in boxes),
        tuple(seen),
    )
    return [one | {"at": sheet.place(spot, where.zoom)} for one, spot in zip(labels, laid, strict=True)]


@lru_cache(maxsize=256)
def _laid(points: Any, sizes: Any, room: label_places.Box, taken: Any, detail: Any) -> list[sheet.Spot]:
    """Kept: from day to day the labels stay where they are."""
    return label_places.lay(points, sizes, room, taken=taken, detail=detail)


def _around(line: Sequence[Place], zoom: float, margin: float) -> label_places.Box:
    xs, ys = zip(*(sheet.spot(point, zoom) for point in line), strict=True)
    return min(xs) - margin, min(ys) - margin, max(xs) + margin, max(ys) + margin
