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


_BLANKS = re.compile(r"\s*;?\s*(})\s*|\s*([{;>])\s*|(?<=[:,])\s+|(?<=[\s(,])0(?=\.)")  # no rule needs them: a seventh of a style


def _text(content: bytes, is_style: bool) -> str:
    text = re.sub(r"/\*.*?\*/", "", content.decode(), flags=re.DOTALL) if is_style else content.decode()
    lines = (line.strip().partition(" // ")[0] for line in text.splitlines())
    filled = selectors.fill("\n".join(line for line in lines if line and not line.startswith("//")))
    return _BLANKS.sub(r"\1\2", filled) if is_style else filled


_TEXT = contents.Lasting(_text, 64)  # more than there are: one that is thrown out would be written anew by each run
