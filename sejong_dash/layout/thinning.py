"""Thin outlines to the points whose absence would be seen."""

from typing import Any

import numpy as np

from .projection import DIGITS, polygons


def thinned(geometry: dict[str, Any], within: float) -> dict[str, Any]:
    """Return outer rings with the points that lie more than `within` degrees off the line (Douglas and Peucker 1973).

    Islands smaller than that are left out, but for the largest; holes too.
    """
    rings = [np.array(polygon[0], dtype=float) for polygon in polygons(geometry)]
    spans = [float(np.ptp(ring, axis=0).max()) for ring in rings]
    kept = [_kept(ring, within) for ring, span in zip(rings, spans, strict=True) if span > 3 * within or span == max(spans)]
    return {"type": "MultiPolygon", "coordinates": [[np.round(ring, DIGITS).tolist()] for ring in kept]}


def _kept(ring: np.ndarray, within: float) -> np.ndarray:
    far = int(np.hypot(*(ring - ring[0]).T).argmax())
    keep = np.zeros(len(ring), dtype=bool)
    keep[[0, far, -1]] = True
    spans = [(0, far), (far, len(ring) - 1)]
    while spans:
        first, last = spans.pop()
        if last - first < 2:
            continue
        (x, y), way = ring[first], ring[last] - ring[first]
        off = ring[first + 1 : last] - (x, y)
        length = float(np.hypot(*way))
        away = np.abs(way[0] * off[:, 1] - way[1] * off[:, 0]) / length if length else np.hypot(*off.T)
        most = int(away.argmax())
        if away[most] > within:
            keep[first + 1 + most] = True
            spans += [(first, first + 1 + most), (first + 1 + most, last)]
    return ring[keep] if keep.sum() > 3 else ring
