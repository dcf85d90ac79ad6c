"""Clip outlines and lines to a rectangle."""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

Point = tuple[float, float]
Edges = tuple[float, float, float, float]  # left, top, right, bottom


def ring(points: Sequence[Point], edges: Edges) -> list[Point]:
    """Return the part of an outline inside of `edges`, without corners too near to be seen (Sutherland and Hodgman 1974)."""
    kept = list(points)
    left, top, right, bottom = edges
    if all(left <= x <= right and top <= y <= bottom for x, y in kept):
        return _thinned(kept)
    for axis, limit, sign in ((0, left, 1), (0, right, -1), (1, top, 1), (1, bottom, -1)):
        kept = list(_half(kept, axis, limit, sign))
    return _thinned(kept)


def _half(points: Sequence[Point], axis: int, limit: float, sign: int) -> Iterator[Point]:
    inside: Callable[[Point], bool] = lambda point: sign * (point[axis] - limit) >= 0  # noqa: E731
    for before, point in zip([*points[-1:], *points[:-1]], points, strict=True):
        if inside(before) != inside(point):
            yield _between(before, point, (limit - before[axis]) / (point[axis] - before[axis]))
        if inside(point):
            yield point


def _between(start: Point, other: Point, part: float) -> Point:
    return start[0] + part * (other[0] - start[0]), start[1] + part * (other[1] - start[1])


def _thinned(points: Sequence[Point], least: float = 0.35) -> list[Point]:
    kept: list[Point] = []
    for point in points:
        if not kept or abs(point[0] - kept[-1][0]) + abs(point[1] - kept[-1][1]) > least:
            kept.append(point)
    return kept


def line(points: Sequence[Point], edges: Edges) -> list[list[Point]]:
    """Return the parts of a line inside of `edges`, each as long as it stays there (Liang and Barsky 1984)."""
    left, top, right, bottom = edges
    parts: list[list[Point]] = []
    whole = False
    for start, end in pairwise(points):
        enter, leave = 0.0, 1.0
        for axis, low, high in ((0, left, right), (1, top, bottom)):
            along = end[axis] - start[axis]
            if along == 0:
                if not low <= start[axis] <= high:
                    leave = -1.0
                continue
            near, far = sorted(((low - start[axis]) / along, (high - start[axis]) / along))
            enter, leave = max(enter, near), min(leave, far)
        if enter > leave:
            whole = False
            continue
        if not (whole and enter == 0.0):
            parts.append([_between(start, end, enter)])
        parts[-1].append(_between(start, end, leave))
        whole = leave == 1.0
    return parts
