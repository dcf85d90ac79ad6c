"""How does a chart, a map or a set of cards get onto the screen?

`show` is the only way, so that each has its title, message, unit, basis, sources, as-of, screen-reader text and downloads.
What is drawn is kept for as long as neither the data, the choices nor the theme change: a rerun only sends it again.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from types import ModuleType
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from .. import errors, theme
from .. import words as wording
from ..choices import Choices
from ..errors import DashError
from ..words import Words
from . import caption, downloads, html, state
from .deck import finish

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class Drawing:
    """Everything that the screen and the exports need of one chart; shared between viewers, so never changed."""

    name: str
    table: pd.DataFrame
    words: Words
    message: str = ""
    figure: Any = None  # a Plotly figure or a pydeck deck, in the colours of paper
    paper: Callable[[], go.Figure] | None = None  # the figure for print, or a map's twin
    legend: tuple[tuple[str, str], ...] = ()
    cards: str = ""


@st.cache_resource(max_entries=600, show_spinner=False)
def drawing(_chart: ModuleType, name: str, choices: Choices, data: str) -> Drawing:
    """The drawing of a chart for these choices and this state of the data (`data` is its fingerprint).

    Raises DashError where a table that it needs cannot be used.
    """
    words = wording.of(str(_chart.__file__), choices.lang)
    table = _chart.table(choices)
    if table.empty:
        return Drawing(name, table, words)
    words = words.with_entries(**caption.caption(table, choices, words))
    message = _chart.message(table, words)
    if hasattr(_chart, "tell"):
        told = _chart.tell(table, words)
        lines = {card.source_id: caption.source_line(caption.basis.sources([card.source_id]), words) for card in told}
        return Drawing(name, table, words, message, cards=html.cards(told, words, lines, getattr(_chart, "WIDTH", "15rem")))
    drawn = _chart.draw(table, words)
    if isinstance(drawn, go.Figure):
        return Drawing(name, table, words, message, drawn, lambda: drawn)
    legend = tuple(_chart.legend(table, words))
    return Drawing(name, table, words, message, drawn, partial(_chart.paper, table, words), legend)


@st.cache_resource(max_entries=600, show_spinner=False)
def dressed(_drawn: Drawing, name: str, choices: Choices, data: str, dark: bool) -> Any:
    """The figure or deck of a drawing in the colours of the reader's theme."""
    if isinstance(_drawn.figure, go.Figure):
        return go.Figure(theme.dress(_drawn.figure.to_dict(), dark), skip_invalid=True) if dark else _drawn.figure
    return finish(_drawn.figure, dark)


def show(chart: ModuleType) -> None:
    """Put a chart, a map or cards on the page; a table that cannot be used stops this one alone and says why."""
    choices = state.choices()
    name = chart.__name__.rpartition(".")[2]
    with st.container(border=not hasattr(chart, "tell"), key=f"chart-{name}"):
        try:
            drawn = drawing(chart, chart.__name__, choices, state.data())
        except DashError as trouble:
            _trouble(chart, trouble, choices.lang)
        except Exception as trouble:
            # One chart's fault must not take the page along; the log keeps the whole of it.
            _LOG.exception("%s cannot be drawn", chart.__name__)
            _trouble(chart, DashError("unexpected", what=type(trouble).__name__), choices.lang)
        else:
            _place(drawn, choices)


def side_by_side(*charts: ModuleType) -> None:
    """Charts next to each other where the screen is wide enough, below each other where it is not."""
    for column, chart in zip(st.columns(len(charts)), charts, strict=True):
        with column:
            show(chart)


def _place(drawn: Drawing, choices: Choices) -> None:
    with st.container(horizontal=True, vertical_alignment="top", gap="small", wrap=False):
        st.html(html.head(drawn.words, drawn.message), width="stretch")
        if not drawn.table.empty:
            downloads.menu(drawn, choices)
    if drawn.table.empty:
        st.html(html.empty(drawn.words))
        return
    if drawn.cards:
        st.html(drawn.cards)
    else:
        dark = state.dark()
        figure = dressed(drawn, drawn.name, choices, state.data(), dark)
        if isinstance(figure, go.Figure):
            config = downloads.picture_button(drawn, choices)
            st.plotly_chart(figure, theme=None, key=drawn.name, alt=drawn.message, config=config)
        else:
            st.html(html.legend([(theme.dress(colour, dark), said) for colour, said in drawn.legend], drawn.words))
            st.pydeck_chart(figure, height=560, key=drawn.name, alt=drawn.message)
    st.html(html.caption(drawn.words, bool(drawn.cards)))


def _trouble(chart: ModuleType, trouble: DashError, lang: str) -> None:
    words = wording.of(str(chart.__file__), lang)
    st.html(html.head(words, ""))
    st.html(html.error(trouble, wording.of(errors.__file__, lang)))
