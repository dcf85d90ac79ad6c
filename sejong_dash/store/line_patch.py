"""Describe how the lines of a file become those of another, so that a journal can build it again byte for byte."""

from .hunks import diff

Hunk = tuple[int, int, list[str]]  # from this line (0: the first) so many are removed, and these inserted


def diff_lines(old: bytes, new: bytes) -> tuple[Hunk, ...]:
    """Return how the lines of `old` become those of `new`."""
    hunks = diff(old.splitlines(keepends=True), new.splitlines(keepends=True))
    return tuple((start, gone, [line.decode("utf-8", "surrogateescape") for line in inserted]) for start, gone, inserted in hunks)
