"""Puts the exhibits of the overview on one screen, and names below them what they stand on.

Where each stands, at which width, is said in ui/browser/first_screen.css, which this page alone is sent.
"""

from collections.abc import Sequence
from html import escape

import streamlit as st

from sejong_dash import basis
from sejong_dash import words as wording
from sejong_dash.contracts import ExhibitSource
from sejong_dash.exhibits import Exhibit
from sejong_dash.ui.browser import asset

from . import markup
from .show import show


def first_screen(*sources: ExhibitSource) -> None:
    """Put exhibits beside and below each other so that one screen holds them all, with one line of what they stand on."""
    st.html(f"<style>{asset('first_screen.css')}</style>")
    with st.container(key="first-screen"):
        shown = [drawn for source in sources if (drawn := show(source)) is not None and not drawn.empty]
        if shown:
            st.html(_line(shown))


def _line(shown: Sequence[Exhibit]) -> str:
    """Return the weakest basis of exhibits, how many sources they have, and as-of."""
    words = wording.of(__file__, shown[0].choices.lang)
    named = basis.sources(basis.joined(drawn.table["source_id"]) for drawn in shown)
    weakest = basis.weakest(basis.weakest(drawn.table["basis"]) for drawn in shown)
    parts = [words("sources", count=words.number(len(named))), shown[0].words("stamp")]
    spans = "".join(f"<span>{escape(part)}</span>" for part in parts)
    return markup.wrap(f'<p class="sj-stands-on">{markup.mark(words, weakest)}{spans}</p>', words.lang)
