"""How does a chart, a map or a set of cards get onto the screen?

`show` is the only way, so that each has its title, message, unit, basis, sources, as-of, screen-reader text and downloads.
What is drawn is kept for as long as neither the data, the choices nor the theme change: a rerun only sends it again.
"""

import logging
from collections.abc import Callable
from functools import partial
from types import ModuleType
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from .. import errors, exhibits, theme
from .. import words as wording
from ..choices import Choices
from ..errors import DashError
from ..exhibits import Exhibit, caption
from . import downloads, filters, html, receipt, state
from .deck import finish

_LOG = logging.getLogger(__name__)
_CLOSED = "_closed"  # how often what was pressed was closed


@st.cache_resource(max_entries=600, show_spinner=False)
def exhibit(_chart: ModuleType, name: str, choices: Choices, data: str) -> Exhibit:
    """A chart for these choices and this state of the data (`data` is its fingerprint).

    Raises DashError where a table that it needs cannot be used.
    """
    return exhibits.exhibit(_chart, choices)


@st.cache_resource(max_entries=600, show_spinner=False)
def _cards(_shown: Exhibit, name: str, choices: Choices, data: str) -> str:
    """The cards of an exhibit as the page has them; what holds for all of them is said once below."""
    lines = {} if _shown.alike else {card.source_id: caption.source_line(card.source_id, _shown.words) for card in _shown.cards}
    return html.cards(_shown.cards, _shown.words, lines, _shown.card_width)


@st.cache_resource(max_entries=600, show_spinner=False)
def dressed(_shown: Exhibit, name: str, choices: Choices, data: str, dark: bool) -> Any:
    """The figure or deck of an exhibit in the colours of the reader's theme."""
    if isinstance(_shown.figure, go.Figure):
        return go.Figure(theme.dress(_shown.figure.to_dict(), dark), skip_invalid=True) if dark else _shown.figure
    return finish(_shown.figure, dark)


def show(chart: ModuleType, pressed: Callable[[str], None] | None = None, *, moving: bool = False) -> None:
    """Put a chart, a map or cards on the page; a table that cannot be used stops this one alone and says why.

    `pressed` is told the customdata of a mark of a figure, or the code of a shape of a map, when the viewer presses it, before
    the page is run again. A map that is `moving` from day to day leaves out what the pointer would meet.
    """
    choices = state.choices()
    name = chart.__name__.rpartition(".")[2]
    with st.container(border=not hasattr(chart, "tell"), key=f"chart-{name}"):
        try:
            drawn = exhibit(chart, chart.__name__, choices, state.data())
        except DashError as trouble:
            _trouble(chart, trouble, choices.lang)
        except Exception as trouble:
            # One chart's fault must not take the page along; the log keeps the whole of it.
            _LOG.exception("%s cannot be drawn", chart.__name__)
            _trouble(chart, DashError("unexpected", what=type(trouble).__name__), choices.lang)
        else:
            _place(drawn, choices, pressed, moving)


@state.fragment
def by_day_or_total(chart: ModuleType) -> None:
    """A chart that can show days or running totals, under the switch for it."""
    running = filters.running()
    with state.supposing(running=running):
        show(chart)


@state.fragment
def on_demand(chart: ModuleType) -> None:
    """A chart that most readers do without: its title with a switch, the chart once it is asked for."""
    name = chart.__name__.rpartition(".")[2]
    if filters.asked(name, wording.of(str(chart.__file__), state.choices().lang)("title")):
        show(chart)


def side_by_side(*charts: ModuleType) -> None:
    """Charts next to each other where the screen is wide enough, below each other where it is not."""
    for column, chart in zip(st.columns(len(charts)), charts, strict=True):
        with column:
            show(chart)


def _place(drawn: Exhibit, choices: Choices, pressed: Callable[[str], None] | None, moving: bool) -> None:
    with st.container(horizontal=True, vertical_alignment="top", gap="small", wrap=False):
        link = html.address(state.address(), drawn.name.rpartition(".")[2])
        st.html(html.head(drawn.words, "" if drawn.quiet else drawn.message, link), width="stretch")
        if not drawn.empty:
            downloads.menu(drawn, choices)
    if drawn.empty:
        st.html(html.empty(drawn.words))
        return
    if drawn.cards:
        st.html(_cards(drawn, drawn.name, choices, state.data()))
    else:
        dark = state.dark()
        figure = dressed(drawn, drawn.name, choices, state.data(), dark)
        if isinstance(figure, go.Figure):
            if drawn.headline:
                st.html(html.headline(drawn.headline, choices.lang))
            config = downloads.picture_button(drawn, choices)
            press: dict[str, Any] = {}
            if pressed:
                press = {"on_select": partial(_press, _key(drawn.name), pressed), "selection_mode": "points"}
            st.plotly_chart(figure, theme=None, key=_key(drawn.name), alt=drawn.message, config=config, **press)
        else:
            _map(drawn, figure.without_pointer() if moving else figure, choices, dark, pressed)
    st.html(html.caption(drawn.words, drawn.alike, receipt.link(drawn) if drawn.asked else ""))


def _map(drawn: Exhibit, figure: Any, choices: Choices, dark: bool, pressed: Callable[[str], None] | None) -> None:
    """A deck under its legend, and beside it (below it on a phone) what it shows as a table."""
    # a sign that stands on the map in ink is its own swatch
    entries = [(theme.dress(colour, dark) if colour != theme.INK else "", said) for colour, said in drawn.legend]
    st.html(html.legend(entries, drawn.words))
    with st.container(key=f"beside-{drawn.name.rpartition('.')[2]}"):
        picture, beside = st.columns([5, 2]) if drawn.listed else (st.container(), st.container())
    press: dict[str, Any] = {"on_select": partial(_press_object, drawn.name, pressed)} if pressed else {}
    with picture:
        st.pydeck_chart(figure, height=560, key=drawn.name, alt=drawn.message, **press)
    if drawn.listed:
        with beside:
            value, query = drawn.words(f"list.{choices.measure}"), st.query_params.to_dict()
            st.html(html.listed(drawn.listed, drawn.words, value, choices.prefecture, query, dark))


def _press_object(name: str, pressed: Callable[[str], None]) -> None:
    """What was pressed on a map, by its code. The press is forgotten at once: the same one after a step back in the browser's
    history would else be no change, and nobody would be told."""
    objects = [one for some in st.session_state[name].selection.objects.values() for one in some]
    said = next((one.get("properties", one).get("jis_code") for one in objects), None)
    if isinstance(said, str) and said != state.choices().prefecture:
        del st.session_state[name]
        pressed(said)


def _key(name: str) -> str:
    return f"{name}-{st.session_state.get(_CLOSED, 0)}"


def release() -> None:
    """Draw anew what can be pressed: a drawing keeps its mark pressed, fades all others and takes the next press on it back."""
    st.session_state[_CLOSED] = st.session_state.get(_CLOSED, 0) + 1


def _press(name: str, pressed: Callable[[str], None]) -> None:
    points = st.session_state[name].selection.points
    said = next((point.get("customdata") for point in points), None)
    said = said[0] if isinstance(said, list | tuple) and said else said
    if isinstance(said, str):
        pressed(said)


def _trouble(chart: ModuleType, trouble: DashError, lang: str) -> None:
    words = wording.of(str(chart.__file__), lang)
    st.html(html.head(words, ""))
    st.html(html.error(trouble, wording.of(errors.__file__, lang)))
