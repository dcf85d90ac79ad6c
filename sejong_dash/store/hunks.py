"""Find out how one list of lines became another."""

from collections.abc import Hashable, Sequence
from typing import TypeVar

LineT = TypeVar("LineT", bound=Hashable)


def diff(before: Sequence[LineT], after: Sequence[LineT]) -> list[tuple[int, int, list[LineT]]]:
    """Return how `before` becomes `after`: from this line (0: the first) so many are removed, and these inserted.

    In one pass, since a file may have a hundred thousand lines.
    """
    in_before, in_after = set(before), set(after)
    hunks: list[tuple[int, int, list[LineT]]] = []
    i = j = 0
    while i < len(before) or j < len(after):
        if i < len(before) and j < len(after) and before[i] == after[j]:
            i, j = i + 1, j + 1
            continue
        start = i
        inserted: list[LineT] = []
        while i < len(before) or j < len(after):
            if i < len(before) and j < len(after) and before[i] == after[j]:
                break
            if i < len(before) and (before[i] not in in_after or j == len(after) or after[j] in in_before):
                i += 1
            else:
                inserted.append(after[j])
                j += 1
        hunks.append((start, i - start, inserted))
    return hunks
