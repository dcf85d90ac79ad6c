"""Gives the sentences that Streamlit writes in English alone, and the reader's in their place.

Relies on: Streamlit writing each letter by letter; translate.js looks for them in the page and replaces them.
Why: Streamlit has no languages (no setting of 1.67.0 gives labels of tables, calendars or menus).
Tried with: Streamlit 1.67.0.
Without it: labels of tables, calendars, menus and the place for files are English.
Off: `translations` in SEJONG_BORDER_OFF.
"""

from functools import lru_cache

from sejong_dash import border
from sejong_dash import words as wording

_OURS = "streamlit."


def table(lang: str) -> list[tuple[str, str]]:
    """Return Streamlit's own sentences with the reader's; `{name}` stands for what differs. None are needed in English."""
    return [] if lang == "en" or border.is_off("translations") else _table(lang)


@lru_cache(maxsize=len(wording.LANGUAGES))
def _table(lang: str) -> list[tuple[str, str]]:
    words, theirs = wording.of(__file__, lang), wording.of(__file__, "en")
    return [(theirs(key), words(key)) for key in theirs if key.startswith(_OURS)]
