"""Make the files in `fonts/`.

`make faces` writes the icons, which depend on what the project and Streamlit's front end show; `make faces ARGS=--text`
writes the letters too, from the Noto Sans CJK collections of Debian's package fonts-noto-cjk, in some minutes.
"""

import argparse
import re
from collections.abc import Iterable, Iterator
from itertools import product
from pathlib import Path
from typing import Any

import streamlit
from fontTools import subset
from fontTools.ttLib import TTCollection, TTFont

from sejong_dash.exports.pictures.faces import SLICES, WEIGHTS, file_name
from sejong_dash.paths import FONTS, PROJECT

STATIC = Path(streamlit.__file__).parent / "static" / "static"
ICONS = next(STATIC.glob("media/MaterialSymbols-Rounded.*.woff2"))
_COLLECTIONS = {400: "NotoSansCJK-Regular.ttc", 700: "NotoSansCJK-Bold.ttc"}
_TWO_BYTES = range(0xA1, 0xFF)
# What neither standard has: accents, typographic marks, arrows, signs, shapes, every Hangul syllable and half-width forms.
_MARKS = (
    range(0x20, 0x7F),
    range(0xA0, 0x180),
    range(0x2010, 0x2040),
    range(0x20A0, 0x20C0),
    range(0x2190, 0x2200),
    range(0x2200, 0x2300),
    range(0x2460, 0x2500),
    range(0x25A0, 0x2670),
    range(0x3000, 0x3100),
    range(0x3130, 0x3190),
    range(0x31F0, 0x3200),
    range(0xAC00, 0xD7A4),
    range(0xFF01, 0xFFE7),
)


def inside(ranges: str) -> set[int]:
    """The characters of a CSS unicode-range."""
    pairs = [one.strip().removeprefix("U+").split("-") for one in ranges.split(",")]
    return {code for first, last in pairs for code in range(int(first, 16), int(last, 16) + 1)}


def standard(coding: str) -> set[int]:
    """The characters that an EUC coding writes in two bytes."""
    pairs = (bytes([row, cell]).decode(coding, "ignore") for row in _TWO_BYTES for cell in _TWO_BYTES)
    return {ord(letter) for pair in pairs for letter in pair}


def wanted() -> set[int]:
    """KS X 1001 but for its kanji, JIS X 0208 whole, every Hangul syllable, and the marks."""
    korean = {code for code in standard("euc_kr") if not 0x3400 <= code <= 0x9FFF and not 0xF900 <= code <= 0xFAFF}
    return korean | standard("euc_jp") | {code for marks in _MARKS for code in marks}


def _options(**more: Any) -> subset.Options:
    return subset.Options(flavor="woff2", hinting=False, notdef_outline=True, **more)


def write_text(folder: Path) -> Iterator[Path]:
    """The letters, cut by script. Han characters have their Japanese shapes."""
    for weight, (part, ranges) in product(WEIGHTS, SLICES.items()):
        font = TTCollection(folder / _COLLECTIONS[weight], lazy=True).fonts[0]
        assert font["name"].getDebugName(1) == "Noto Sans CJK JP"
        options = _options(layout_features=["kern", "ccmp", "liga"], desubroutinize=True, name_IDs=[0, 1, 2, 5, 13, 14])
        options.drop_tables += ["vhea", "vmtx", "VORG"]
        yield _write(font, options, FONTS / file_name(part, weight), unicodes=inside(ranges) & wanted())


def icons_named(files: Iterable[Path], pattern: str) -> set[str]:
    return {name for file in files for name in re.findall(pattern, file.read_text("utf-8"))}


def icons_wanted() -> set[str]:
    """Every name that the project's pages show, and every word in Streamlit's scripts that could be one."""
    ours = [file for kind in ("py", "toml") for room in ("pages", "sejong_dash") for file in PROJECT.glob(f"{room}/**/*.{kind}")]
    shown = icons_named(ours, r":material/([a-z0-9_]+):")
    return shown | icons_named(STATIC.glob("js/*.js"), r"""["'`](?::material/)?([a-z0-9_]{3,}):?["'`]""")


def ligatures(font: TTFont) -> Iterator[tuple[str, list[Any], Any]]:
    """Each icon's name with the list that holds its ligature."""
    letters = {glyph: chr(code) for code, glyph in font.getBestCmap().items()}
    for lookup in font["GSUB"].table.LookupList.Lookup:
        for table in lookup.SubTable:
            for first, found in getattr(getattr(table, "ExtSubTable", table), "ligatures", {}).items():
                for one in list(found):
                    yield "".join(letters[glyph] for glyph in (first, *one.Component)), found, one


def write_icons() -> Path:
    """Streamlit's icons under the name that its style sheet asks for: a hash, so that they never stand for another version."""
    font, names = TTFont(ICONS), icons_wanted()
    for name, found, one in ligatures(font):
        if name not in names:
            found.remove(one)
    letters = {code for code in font.getBestCmap() if 0x20 <= code < 0x7F}
    return _write(font, _options(layout_features=["*"], name_IDs=["*"]), FONTS / ICONS.name, unicodes=letters)


def _write(font: TTFont, options: subset.Options, file: Path, unicodes: set[int]) -> Path:
    font.recalcTimestamp = False
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=unicodes)
    cutter.subset(font)
    subset.save_font(font, str(file), options)
    return file


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--text", action="store_true", help="the letters too")
    asked.add_argument("--from", dest="folder", type=Path, default=Path("/usr/share/fonts/opentype/noto"))
    given = asked.parse_args()
    for file in [write_icons(), *(write_text(given.folder) if given.text else ())]:
        print(f"{file.name}\t{file.stat().st_size:,} bytes", flush=True)


if __name__ == "__main__":
    main()
