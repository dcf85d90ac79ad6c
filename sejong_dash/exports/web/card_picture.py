"""Draw the small picture of a card as boxes of HTML, whose classes the style sheets colour.

No SVG, since Streamlit takes it out of the HTML of a page; a line is a box that is cut to its shape.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from sejong_dash.contracts import CardPicture

_TICK = 0.8  # percent: the width of a tick
_MIDDLE = 30.0, 40.0  # percent of the height: where a bar that is alone begins, and how high it is


class Shape(NamedTuple):
    """A box by left, top, width and height, in percent of the picture; `kind` is its class.

    `points` (x and y in percent of the box) make it a line; `area` the ground between that line and zero.
    """

    kind: str
    box: tuple[float, float, float, float] = (0.0, 0.0, 100.0, 100.0)
    points: Sequence[tuple[float, float]] = ()
    area: Sequence[tuple[float, float]] = ()


def shapes(picture: CardPicture) -> list[Shape]:
    """Return the shapes of a picture, from behind to before."""
    return _DRAWN[picture.kind](picture.numbers)


def _bar(kind: str, since: float, until: float, rows: tuple[float, float] = _MIDDLE) -> Shape:
    """Return a horizontal bar between two shares of the width; `rows` are its top and its height."""
    left, right = (100 * min(max(share, 0.0), 1.0) for share in (since, until))
    return Shape(kind, (round(left, 2), rows[0], round(max(right - left, 0.0), 2), rows[1]))


def _tick(kind: str, at: float) -> Shape:
    left = min(max(100 * at - _TICK / 2, 0.0), 100.0 - _TICK)
    return Shape(kind, (round(left, 2), 5.0, _TICK, 90.0))


def _progress(numbers: Sequence[float]) -> list[Shape]:
    done, due, whole = numbers
    parts = [_bar("rest", 0, 1), _bar("bar", 0, done / whole)]
    return parts if math.isnan(due) else [*parts, _tick("tick", due / whole)]


def _line(numbers: Sequence[float]) -> list[Shape]:
    high, low = max(*numbers, 0.0), min(*numbers, 0.0)
    room = (high - low) or 1.0
    zero = round(4 + 92 * high / room, 2)
    steps = max(len(numbers) - 1, 1)
    points = [(round(100 * at / steps, 2), round(4 + 92 * (high - value) / room, 2)) for at, value in enumerate(numbers)]
    ground = [(points[0][0], zero), *points, (points[-1][0], zero)]
    return [Shape("ground", area=ground), Shape("zero", points=[(0.0, zero), (100.0, zero)]), Shape("bar", points=points)]


def _interval(numbers: Sequence[float]) -> list[Shape]:
    known = [value for value in numbers if not math.isnan(value)]
    first, room = min(known), (max(known) - min(known)) or 1.0
    low, middle, high, goal = (0.03 + 0.94 * (value - first) / room for value in numbers)
    parts = [_bar("rest", 0, 1, (46.0, 8.0)), _bar("soft", low, high), _tick("bar", middle)]
    return parts if math.isnan(goal) else [*parts, _tick("tick", goal)]


def _bars(numbers: Sequence[float]) -> list[Shape]:
    most = max(*numbers, 1.0)
    needed, alike = (value / most for value in numbers)
    return [_bar("bar", 0, needed, (8.0, 36.0)), _bar("still", 0, alike, (56.0, 36.0))]


def _gap(numbers: Sequence[float]) -> list[Shape]:
    value, most = numbers
    return [_bar("bar", 0, abs(value) / (abs(most) or 1.0), (12.0, 76.0))]


_DRAWN: Mapping[str, Callable[[Sequence[float]], list[Shape]]] = {
    "progress": _progress,
    "line": _line,
    "interval": _interval,
    "bars": _bars,
    "gap": _gap,
}
