"""Chooses a few cases in which everything that must be tried is tried once."""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

T = TypeVar("T")


def covering(rows: Sequence[T], demands: Callable[[T], Iterable[object]]) -> list[T]:
    """Return a small choice of `rows` in which every demand of any row is met; always the same one."""
    number: dict[object, int] = {}
    masks = [sum(1 << number.setdefault(one, len(number)) for one in set(demands(row))) for row in rows]
    left, taken = (1 << len(number)) - 1, []
    while left:
        best = max(range(len(rows)), key=lambda i: (masks[i] & left).bit_count())
        taken.append(rows[best])
        left &= ~masks[best]
    return taken
