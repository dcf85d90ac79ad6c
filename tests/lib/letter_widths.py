"""Measures text in the letters of `fonts/`, independently of the estimate in `sejong_dash.layout.text_width`.

Advance widths of Noto Sans, without kerning, which would only draw letters together.
"""

from functools import cache

from fontTools.ttLib import TTFont

from sejong_dash.exports.pictures.faces import SLICES, file_name
from sejong_dash.paths import FONTS


@cache
def _advances(weight: int) -> dict[str, float]:
    """Return the width of each letter in em."""
    widths: dict[str, float] = {}
    for part in SLICES:
        font = TTFont(FONTS / file_name(part, weight), lazy=True)
        em, advances = font["head"].unitsPerEm, font["hmtx"]
        for code, glyph in font.getBestCmap().items():
            widths.setdefault(chr(code), advances[glyph][0] / em)
    return widths


def measure_width(text: str, weight: int) -> float:
    """Return the width of one line in em; a letter that no font has raises KeyError."""
    return sum(_advances(weight)[letter] for letter in text)


@cache
def measure_line_height(weight: int) -> float:
    """Return the height of a line in em: the greatest of the fonts."""
    lines = (TTFont(FONTS / file_name(part, weight), lazy=True)["hhea"] for part in SLICES)
    return max(line.ascent - line.descent for line in lines) / 1000
