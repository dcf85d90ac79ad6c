"""Place a map's labels so that none covers another, a point or the edge.

Each label may stand on rings around its point. What each place costs, alone and beside each place of every other label, is
reckoned once; then the labels take turns in choosing the cheapest until none wants to move, from many beginnings, and the
cheapest end of all is taken. Everything is in pixels, y downwards. The same input gives the same places.
"""

from collections.abc import Sequence

import numpy as np

Spot = tuple[float, float]
Box = tuple[float, float, float, float]  # left, top, right, bottom

_ANGLES = np.radians(np.arange(0, 360, 15))
_GAPS = (7, 14, 24, 38, 56, 78, 104, 134)  # between a point and its label's edge
_WAY = np.column_stack([np.cos(_ANGLES), np.sin(_ANGLES)])
_ALONG = np.linspace(0.06, 1, 16)[:, None]  # where a leader is looked at
_BEGINNINGS, _ROUNDS = 1000, 8
_AIR = 2.0  # kept free around a label
# what a fault costs, in pixels of distance that one would go to avoid it
_COVERS_LABEL, _COVERS_POINT, _COVERS_DETAIL, _CROSSES, _PASSES_POINT, _LEAVES = 1000.0, 120.0, 2.0, 1200.0, 60.0, 80.0
# of what a label's own area or another's is covered with, or its leader crosses
_COVERS_OTHER, _HIDES_OTHER, _HIDES_OWN, _PASSES_OTHER = 300.0, 3.0, 15.0, 12.0
GRID = 4.0  # pixels between the points of an area
_NEAR = 5.0  # a leader that passes a point so close seems to be its


def lay(
    points: Sequence[Spot],
    sizes: Sequence[Spot],
    room: Box,
    taken: Sequence[Box] = (),
    detail: Sequence[Spot] = (),
    areas: Sequence[Sequence[Spot]] = (),
) -> list[Spot]:
    """Return the middle of each label: `points` are what they name, `sizes` their width and height, all in pixels.

    `taken` boxes are kept free; `detail` (points along what should be seen) is covered only where it is worth it. `areas` are
    what the labels name, as points on a grid: a label on another's area would seem to name that.
    """
    if not points:
        return []
    spots, half = np.array(points, dtype=float), np.array(sizes, dtype=float) / 2 + _AIR
    blocked, seen = np.array(taken, dtype=float).reshape(-1, 2, 2), np.array(detail, dtype=float).reshape(-1, 2)
    places = np.array([_places(spot, size) for spot, size in zip(spots, half, strict=True)])
    alone = np.array([_alone(i, places[i], spots, half[i], room, blocked, seen) for i in range(len(spots))])
    if areas:
        alone += _on_areas(spots, places, half, [np.array(area, dtype=float).reshape(-1, 2) for area in areas])
    beside = _beside(spots, places, half)
    shuffle = np.random.default_rng(0)
    _, best = min((_settled(shuffle.permutation(len(spots)), alone, beside) for _ in range(_BEGINNINGS)), key=lambda end: end[0])
    return [(float(x), float(y)) for x, y in places[np.arange(len(spots)), best]]


def _settled(order: np.ndarray, alone: np.ndarray, beside: np.ndarray) -> tuple[float, np.ndarray]:
    """Return the cost, and the place each label is left with, when they take turns in `order`."""
    chosen = [-1] * len(order)
    cost = alone.copy()  # of each place, given what the others have chosen
    turns = order.tolist()
    for _ in range(_ROUNDS):
        moved = False
        for i in turns:
            best, before = int(cost[i].argmin()), chosen[i]
            if best != before:
                cost += beside[i, best] - (beside[i, before] if before >= 0 else 0)
                chosen[i], moved = best, True
        if not moved:
            break
    each, places = np.arange(len(order)), np.array(chosen)
    return float((cost[each, places] + alone[each, places]).sum()), places


def _places(spot: np.ndarray, half: np.ndarray) -> np.ndarray:
    """Return middles of a label whose edge is one of the gaps away, in every direction."""
    reach = 1 / np.maximum(np.abs(_WAY[:, 0]) / half[0], np.abs(_WAY[:, 1]) / half[1])  # from the middle to the edge
    return np.concatenate([spot + _WAY * (reach + gap)[:, None] for gap in _GAPS])


def _alone(
    i: int, places: np.ndarray, spots: np.ndarray, half: np.ndarray, room: Box, blocked: np.ndarray, seen: np.ndarray
) -> np.ndarray:
    """Return what each place of a label costs whatever the others do."""
    low, high = places - half, places + half
    cost = np.hypot(*np.maximum(np.maximum(low - spots[i], spots[i] - high), 0).T)  # the leader's length
    cost += _LEAVES * (np.maximum(np.array(room[:2]) - low, 0) + np.maximum(high - np.array(room[2:]), 0)).sum(axis=1)
    cost += _COVERS_LABEL * _overlap(low, high, blocked[:, 0], blocked[:, 1]).sum(axis=1)
    cost += _COVERS_POINT * _inside(spots, low - 3, high + 3).sum(axis=1)
    leader = spots[i] + (places - spots[i])[:, None] * _ALONG
    others = np.delete(spots, i, axis=0)
    near = (np.hypot(*np.moveaxis(leader[:, :, None] - others, 3, 0)) < _NEAR).any(axis=1).sum(axis=1)
    return cost + _PASSES_POINT * near + _COVERS_DETAIL * _inside(seen, low, high).sum(axis=1)


def _on_areas(spots: np.ndarray, places: np.ndarray, half: np.ndarray, areas: Sequence[np.ndarray]) -> np.ndarray:
    """Return what each place costs because its label or leader lies on areas: [label, its place]."""
    cost = np.zeros(places.shape[:2])
    owner = {cell: number for number, area in enumerate(areas) for cell in _cells(area)}
    for i, middles in enumerate(places):
        for j, area in enumerate(areas):
            hidden = _inside(area, middles - half[i], middles + half[i]).sum(axis=1)
            cost[i] += _HIDES_OWN * hidden if i == j else _COVERS_OTHER * (hidden > 0) + _HIDES_OTHER * hidden
        leader = spots[i] + (middles - spots[i])[:, None] * _ALONG
        met = [[owner.get(cell, i) != i for cell in _cells(samples)] for samples in leader]
        cost[i] += _PASSES_OTHER * np.sum(met, axis=1)
    return cost


def _cells(points: np.ndarray) -> list[tuple[int, int]]:
    """Return the cell of the grid of areas in which each point lies."""
    return [(int(x), int(y)) for x, y in np.rint(points / GRID)]


def _beside(spots: np.ndarray, places: np.ndarray, half: np.ndarray) -> np.ndarray:
    """Return what two labels cost each other: [label, its place, other label, the other's place]."""
    count, choices = places.shape[:2]
    cost = np.zeros((count, choices, count, choices), dtype=np.float32)
    low, high = places - half[:, None], places + half[:, None]
    leaders = spots[:, None, None] + (places - spots[:, None])[:, :, None] * _ALONG  # label, place, sample, xy
    for i in range(count):
        for j in range(i):
            if np.abs(spots[i] - spots[j]).max() > 2 * (_GAPS[-1] + max(half[i].max(), half[j].max())):
                continue  # too far apart to meet
            faults = _runs_through(leaders[i], low[j], high[j]).T.astype(np.float32)
            faults += _runs_through(leaders[j], low[i], high[i])
            faults += _crossing(spots[i], places[i][:, None], spots[j], places[j][None])
            pair = _CROSSES * faults + _COVERS_LABEL * _overlap(low[i], high[i], low[j], high[j])
            cost[i, :, j], cost[j, :, i] = pair, pair.T
    return cost


def _overlap(low: np.ndarray, high: np.ndarray, other_low: np.ndarray, other_high: np.ndarray) -> np.ndarray:
    """Return 0 for each pair of boxes that are apart, else more for a deeper overlap."""
    depth = (np.minimum(high[:, None], other_high) - np.maximum(low[:, None], other_low)).min(axis=2)
    return np.where(depth > 0, 1 + depth / 10, 0)


def _inside(points: np.ndarray, low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """Return for each box and each point whether it lies inside."""
    x, y = points[:, 0], points[:, 1]
    return (x > low[:, :1]) & (x < high[:, :1]) & (y > low[:, 1:]) & (y < high[:, 1:])


def _runs_through(leaders: np.ndarray, low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """Return for each box and each leader whether one of the leader's samples lies inside."""
    met = np.zeros((len(low), len(leaders)), dtype=bool)
    for samples in np.moveaxis(leaders, 1, 0):  # one after the other: small tables stay in the processor's cache
        met |= _inside(samples, low, high)
    return met


def _crossing(start: np.ndarray, end: np.ndarray, other_start: np.ndarray, other_end: np.ndarray) -> np.ndarray:
    """Return whether two leaders cross."""

    def turn(a: np.ndarray, b: np.ndarray, c: np.ndarray) -> np.ndarray:
        return (b[..., 0] - a[..., 0]) * (c[..., 1] - a[..., 1]) > (b[..., 1] - a[..., 1]) * (c[..., 0] - a[..., 0])

    apart = turn(other_start, other_end, start) != turn(other_start, other_end, end)
    return apart & (turn(start, end, other_start) != turn(start, end, other_end))
