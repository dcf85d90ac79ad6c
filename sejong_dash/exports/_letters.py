"""How much room does a text take, and in which size does it fit?

Estimated from the width of its letters: no font is at hand when a slide is written, and whoever opens it has others.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

LINE = 1.25  # from line to line, in sizes of the letters
_NARROW, _LEFT = 0.6, 0.33
# what may not begin a line in Japanese, and pulls the letter before it along
_CLINGS = "、。，．・：；？！）」』】〉》ー%％"


def ems(text: str) -> float:
    """The width of one line, in sizes of its letters."""
    return sum(_width(letter) for letter in text)


@lru_cache(maxsize=4096)
def _width(letter: str) -> float:
    if unicodedata.east_asian_width(letter) in "WFA":
        return 1.0
    return _LEFT if letter in " .,:;'|il()" else 0.64 if letter.isdigit() else 0.85 if letter in "mwMW%" else _NARROW


@lru_cache(maxsize=4096)
def lines(text: str, most: float) -> tuple[str, ...]:
    """`text` in lines of at most `most` ems, broken between words, and inside of one only where it is too long (Japanese: any
    letter)."""
    found = []
    for part in text.split("\n"):
        line, wide = "", 0.0
        for piece in re.findall(
            r"[\u3040-\u30ff\u4e00-\u9fff、。「」（）・：]|[^\s\u3040-\u30ff\u4e00-\u9fff、。「」（）・：]+|\s+", part
        ):
            room = ems(piece)
            if line and wide + room > most and not piece.isspace() and piece not in _CLINGS:
                found.append(line.rstrip())
                line, wide = "", 0.0
            while room > most:
                cut = next(n for n in range(1, len(piece) + 1) if n == len(piece) or ems(piece[: n + 1]) > most)
                found.append(piece[:cut])
                piece, room = piece[cut:], ems(piece[cut:])
            line, wide = line + piece, wide + room
        found.append(line.rstrip())
    return tuple(found)


def height(text: str, size: float, wide: float, bold: bool = False) -> float:
    """How high `text` stands in points, in letters of `size` points and lines of at most `wide` points."""
    return len(lines(text, wide / size * (0.92 if bold else 0.97))) * size * LINE


def fitting(text: str, wide: float, high: float, sizes: Sequence[float], bold: bool = False) -> float:
    """The first of `sizes` (from large to small) in which `text` fits; the last where none does."""
    return next((size for size in sizes if height(text, size, wide, bold) <= high), sizes[-1])


def cut(text: str, size: float, wide: float, most: int) -> str:
    """`text`, ended by an ellipsis where it takes more than `most` lines."""
    found = lines(text, wide / size * 0.97)
    return text if len(found) <= most else " ".join(found[:most])[:-1].rstrip() + "…"
