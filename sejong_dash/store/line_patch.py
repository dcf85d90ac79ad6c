"""Describe how the lines of a file become those of another, so that a journal can build it again byte for byte."""

Hunk = tuple[int, int, list[str]]  # from this line (0: the first) so many are removed, and these inserted


def diff_lines(old: bytes, new: bytes) -> tuple[Hunk, ...]:
    """Return how the lines of `old` become those of `new`; in one pass, since a file may have a hundred thousand."""
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    in_before, in_after = set(before), set(after)
    hunks: list[Hunk] = []
    i = j = 0
    while i < len(before) or j < len(after):
        if i < len(before) and j < len(after) and before[i] == after[j]:
            i, j = i + 1, j + 1
            continue
        start, inserted = i, []
        while i < len(before) or j < len(after):
            if i < len(before) and j < len(after) and before[i] == after[j]:
                break
            if i < len(before) and (before[i] not in in_after or j == len(after) or after[j] in in_before):
                i += 1
            else:
                inserted.append(after[j].decode("utf-8", "surrogateescape"))
                j += 1
        hunks.append((start, i - start, inserted))
    return tuple(hunks)
