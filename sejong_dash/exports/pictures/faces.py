"""Give files that are made on the server their fonts.

Such a machine may have none for Korean and Japanese. `css()` gives any page that its Chrome shows, for a picture or for
print, the ones of `fonts/`, under the names that `theme.PRINTED` asks for. They are cut by script and fetched by need.
"""

from functools import cache
from itertools import product

from sejong_dash import theme
from sejong_dash.paths import FONTS

# Which characters are looked up in which file. Marks that stand in Korean text as well are not with the kanji.
SLICES = {
    "latin": "U+0-10FF, U+1E00-303F, U+3200-33FF, U+FF00-FFEF",
    "hangul": "U+1100-11FF, U+3130-318F, U+A960-A97F, U+AC00-D7FF",
    "japanese": "U+3040-312F, U+3190-31FF, U+3400-A95F, U+F900-FAFF",
}
WEIGHTS = (400, 700)


def file_name(part: str, weight: int) -> str:
    """Return the name of the file that holds a slice of a weight."""
    return f"noto-sans-{part}-{weight}.woff2"


@cache
def css() -> str:
    """Return rules that name every face and fetch none; only a page that is a file itself may read them."""
    return "\n".join(
        f"@font-face {{ font-family: '{family}'; font-weight: {weight}; unicode-range: {SLICES[part]};"
        f" src: url('{(FONTS / file_name(part, weight)).as_uri()}') format('woff2'); }}"
        for family, weight, part in product(sorted(set(theme.PRINTED_FACES.values())), WEIGHTS, SLICES)
    )
