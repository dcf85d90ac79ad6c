"""Finds the fonts of Streamlit's front end that are sent cut to what the pages show.

Relies on: `static/media/NAME.HASH.woff2` being the icons that `:material/…:` names are drawn with.
Why: the whole icon font has 375 KB, and 46 KB of them are what pages show.
Tried with: Streamlit 1.67.0. `make faces` cuts the font of a new version.
Without it: nothing breaks; the whole font is sent.
Off: `cut_fonts` in SEJONG_BORDER_OFF.
"""

from pathlib import Path

from sejong_dash import border


def cut_fonts(folder: Path, fonts: Path) -> dict[str, bytes]:
    """Return the cut fonts by the name under which the front end in `folder` asks for them.

    They are found by the whole name with its hash: a new version of Streamlit has its own file sent until ours is made anew.
    """
    if border.is_off("cut_fonts"):
        return {}
    ours = [file for file in folder.glob("static/media/*.woff2") if (fonts / file.name).is_file()]
    return {file.relative_to(folder).as_posix(): (fonts / file.name).read_bytes() for file in ours}
