"""Scripts, styles and what a page relies on inside Streamlit, one file each (docs/streamlit_border.md)."""

import re
from pathlib import Path

from sejong_dash import border, contents

from . import selectors


def asset(name: str) -> str:
    """Return the text of a style or script of this folder, read again when it changes, without the comments and the indentation
    that are for whoever reads it here.

    A script that is a reliance of its own is blank where it is switched off.
    """
    stem = name.partition(".")[0]
    return (
        "" if stem in border.RELIANCES and border.is_off(stem) else _TEXT(Path(__file__).with_name(name), name.endswith(".css"))
    )


def _text(content: bytes, is_style: bool) -> str:
    text = _SPACE.sub(r"\1", re.sub(r"/\*.*?\*/", "", content.decode(), flags=re.DOTALL)) if is_style else content.decode()
    lines = (line.strip() for line in text.splitlines())
    return selectors.fill("\n".join(line for line in lines if line and not line.startswith("//")))


# Room beside the signs of a style that mean the same without it; that before a colon is kept, for it begins a selector.
_SPACE = re.compile(r" ?([{};,]|:(?= )) ?")
_TEXT = contents.Lasting(_text, 16)
