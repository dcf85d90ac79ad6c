"""Puts the exhibits of the overview on one screen, and names below them what they stand on.

Where each stands, at which width, is said in ui/browser/first_screen.css, which this page alone is sent (pages/overview.toml).
"""

from collections.abc import Sequence
from dataclasses import replace
from html import escape

import streamlit as st

from sejong_dash import basis
from sejong_dash import words as wording
from sejong_dash.choices import Choices
from sejong_dash.contracts import ExhibitSource, Map
from sejong_dash.exhibits import Exhibit, figure_address
from sejong_dash.kept import kept
from sejong_dash.ui.frame import run_state

from . import drawing_place, markup
from .show import show


def first_screen(*sources: ExhibitSource, wall: Map) -> None:
    """Put exhibits beside and below each other so that one screen holds them all, with one line of what they stand on.

    A large screen shows the map `wall` beside them, by the gap of each prefecture; no other asks for it.
    """
    with st.container(key="first-screen"):
        shown = [drawn for source in sources if (drawn := show(source)) is not None and not drawn.empty]
        if shown:
            names = tuple(drawn.name for drawn in shown)
            st.html(_wall(wall, shown[0]) + _line(shown, names, shown[0].choices, run_state.data()))


def _wall(source: Map, shown: Exhibit) -> str:
    """Return the place of the map, which links to the page that shows the same."""
    choices = replace(shown.choices, measure="gap", view="japan", day=None)
    words, name = wording.of(__file__, choices.lang), source.__name__.rpartition(".")[2]
    title = words("wall")
    link = "map" + markup.address(run_state.address() | {"measure": choices.measure})
    head = f'<h2 class="sj-wall-title"><a href="{escape(link)}" target="_self">{escape(title)}</a></h2>'
    drawing = figure_address.write(name, choices, run_state.data(), dark=run_state.is_dark())
    return markup.wrap(head + drawing_place.place_of_map(name, drawing, title, words), choices.lang, "sj-wall")


@kept(100)
def _line(_shown: Sequence[Exhibit], names: tuple[str, ...], choices: Choices, data: str) -> str:
    """Return the weakest basis of exhibits, how many sources they have, and as-of."""
    words = wording.of(__file__, choices.lang)
    named = basis.sources(basis.joined(drawn.table["source_id"]) for drawn in _shown)
    weakest = basis.weakest(basis.weakest(drawn.table["basis"]) for drawn in _shown)
    parts = [words("sources", count=words.number(len(named))), _shown[0].words("stamp")]
    spans = "".join(f"<span>{escape(part)}</span>" for part in parts)
    return markup.wrap(f'<p class="sj-stands-on">{markup.mark(words, weakest)}{spans}</p>', words.lang)
