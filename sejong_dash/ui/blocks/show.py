"""Puts a chart, a map or a set of cards on the screen.

`show` is the only way, so that each has its title, message, unit, basis, sources, as-of, screen-reader text and downloads.
What is drawn is kept for as long as neither the data, the choices nor the theme change: a rerun only sends it again.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from sejong_dash import errors, theme
from sejong_dash import words as wording
from sejong_dash.choices import Choices
from sejong_dash.contracts import CardSet, Chart, ExhibitSource
from sejong_dash.errors import DashError
from sejong_dash.exhibits import Exhibit, days_left_out, figure_address, narrowing
from sejong_dash.exhibits.cached import cached_exhibit
from sejong_dash.kept import kept
from sejong_dash.ui.browser.finished_deck import FinishedDeck, finish
from sejong_dash.ui.frame import filters, held_choices, run_state

from . import about_exhibit, bar_sketch, card_grid, drawing_place, markup
from .drawing_place import Press

_LOG = logging.getLogger(__name__)
_PRESSED = "_pressed"  # by drawing: the last mark that was pressed
_HEIGHT = 450  # px, of a figure that states none: Plotly's own
_MOST_OPEN = 12  # cards; more of them would push what follows several screens down


@kept(600)
def _cards(_shown: Exhibit, name: str, choices: Choices, data: str, query: tuple[tuple[str, str], ...] | None) -> str:
    """Return the cards of an exhibit as HTML; sources that hold for all of them stand in the caption, groups of many are closed.

    Their links change `query`, the parameters of the address.
    """
    lines = {} if _shown.has_shared_caption else _shown.brief_source_lines  # in full behind the button
    parameters = None if query is None else dict(query)
    return card_grid.cards(_shown.cards, _shown.words, lines, _shown.card_width, parameters, folds=len(_shown.cards) > _MOST_OPEN)


@kept(100)
def _sketch(_shown: Exhibit, name: str, choices: Choices, data: str, dark: bool) -> str:
    """Return what stands in the place of a chart until it is drawn; blank where that is nothing."""
    return bar_sketch.sketch(_shown.figure, dark=dark)


@kept(600)
def dressed(_shown: Exhibit, name: str, choices: Choices, data: str, dark: bool) -> FinishedDeck:
    """Return the deck of a map in the colours of the reader's theme."""
    return finish(_shown.figure, dark)


def show(
    source: ExhibitSource,
    on_press: Callable[[str], None] | None = None,
    *,
    moving: bool = False,
    pressed_as: str = "",
    pressed: str = "",
) -> Exhibit | None:
    """Put a chart, a map or cards on the page and return it; an error in it stops this exhibit alone and stands in its place.

    `on_press` is called with the code of a shape of a map when the viewer presses it, before the page is run again. A map that is
    `moving` from day to day has nothing that the pointer could meet. A press on a mark of a chart makes the choice `pressed_as`,
    with the mark's customdata as its code; the mark whose code is `pressed` stands out.
    """
    choices = run_state.choices()
    name = source.__name__.rpartition(".")[2]
    with st.container(border=not isinstance(source, CardSet), key=f"chart-{name}"):
        try:
            drawn = cached_exhibit(source, choices, run_state.data(), run_state.tables())
        except DashError as error:
            _show_error(source, error, choices.lang)
        except Exception as error:
            # A fault of one chart must not stop the page; the log has all of it.
            _LOG.exception("%s cannot be drawn", source.__name__)
            _show_error(source, DashError("unexpected", what=type(error).__name__), choices.lang)
        else:
            _place(drawn, choices, on_press, moving, Press(pressed_as, pressed))
            return drawn
    return None


def by_day_or_total(chart: Chart, *beside: ExhibitSource) -> None:
    """Put a chart that can show days or running totals on the page, under a switch between them; others beside it, narrower."""
    if not beside:
        _switched(chart)
        return
    first, *others = st.columns([3, *(2 for _ in beside)])
    with first:
        _switched(chart)
    for column, source in zip(others, beside, strict=True):
        with column:
            show(source)


@run_state.fragment
def _switched(chart: Chart) -> None:
    with run_state.supposing(running=filters.is_running()):
        show(chart)


@run_state.fragment
def on_demand(source: ExhibitSource) -> None:
    """Put a switch with the title of a chart on the page, and the chart once it is switched on."""
    name = source.__name__.rpartition(".")[2]
    if filters.is_switched_on(name, wording.of(str(source.__file__), run_state.choices().lang)("title")):
        show(source)


def side_by_side(*sources: ExhibitSource, widths: Sequence[int] = ()) -> None:
    """Put charts next to each other where the screen is wide enough, else below each other.

    `widths` are their shares of the width (blank: equal).
    """
    for column, source in zip(st.columns(widths or len(sources)), sources, strict=True):
        with column:
            show(source)


def of_day(*sources: ExhibitSource) -> None:
    """Put charts of a single day next to each other once the reader has chosen a day."""
    if run_state.choices().on is not None:
        side_by_side(*sources)


def _place(drawn: Exhibit, choices: Choices, on_press: Callable[[str], None] | None, moving: bool, press: Press) -> None:
    link = markup.address(run_state.address(), drawn.name.rpartition(".")[2])
    is_map = not drawn.empty and not drawn.cards and not isinstance(drawn.figure, go.Figure)
    if drawn.empty:
        other = markup.address(run_state.address() | {"plan": drawn.other_plan}) if drawn.other_plan else ""
        head = markup.head(drawn.words, "", about_exhibit.link_alone(drawn, link))
        st.html(markup.stacked(head, markup.empty(drawn.words, other)))
        return
    about = about_exhibit.menu(drawn, run_state.data(), link)
    message = "" if drawn.has_message_inside or is_map else _stated_once(drawn)
    scope = narrowing.scope(drawn.choices, choices, drawn.words)
    head = markup.head(drawn.words, message, about, drawn.words("basis"), scope)
    if drawn.cards:
        query = tuple(held_choices.address().items()) if any(card.link for card in drawn.cards) else None
        st.html(markup.stacked(head, _cards(drawn, drawn.name, choices, run_state.data(), query)))
        return
    dark = run_state.is_dark()
    if isinstance(drawn.figure, go.Figure):
        headline = markup.headline(drawn.headline, choices.lang) if drawn.headline else ""
        source = figure_address.write(drawn.name, drawn.choices, run_state.data(), dark=dark)
        sketch = _sketch(drawn, drawn.name, choices, run_state.data(), dark)
        described = replace(drawn, message=message or drawn.message)
        place = drawing_place.place(described, source, drawn.figure.layout.height or _HEIGHT, press, sketch)
        st.html(markup.stacked(head, headline, place))
        return
    figure = dressed(drawn, drawn.name, choices, run_state.data(), dark)
    # a map comes first: what it says in words stands below it
    st.html(markup.around(markup.stacked(head, _legend(drawn, dark)), markup.message(drawn.message, choices.lang)))
    _map(drawn, figure.without_pointer() if moving else figure, choices, dark, on_press)


def _stated_once(drawn: Exhibit) -> str:
    """Return the message of an exhibit without what another one of the page has said of days that are left out."""
    kinds = days_left_out.kinds(drawn.message, drawn.words)
    repeated = [kind for kind in kinds if not run_state.is_first_to_state(kind, drawn.name)]
    return days_left_out.without(drawn.message, drawn.words, repeated)


def _legend(drawn: Exhibit, dark: bool) -> str:
    # a sign that stands on the map in ink is its own swatch
    entries = [(theme.dress(colour, dark) if colour != theme.INK else "", meaning) for colour, meaning in drawn.legend]
    return markup.legend(entries, drawn.words)


def _map(drawn: Exhibit, figure: Any, choices: Choices, dark: bool, on_press: Callable[[str], None] | None) -> None:
    """Show a deck, and beside it (below it on a phone) what it shows as a table."""
    with st.container(key=f"beside-{drawn.name.rpartition('.')[2]}"):
        picture, beside = st.columns([5, 2]) if drawn.listed else (st.container(), st.container())
    press: dict[str, Any] = {}
    if on_press:
        _await_press(drawn.name)
        press = {"on_select": partial(_press_shape, drawn.name, on_press)}
    with picture:
        st.pydeck_chart(figure, height=560, key=drawn.name, alt=drawn.message, **press)
    if drawn.listed:
        with beside:
            value, query = drawn.words(f"list.{choices.measure}"), held_choices.address()
            st.html(markup.listed(drawn.listed, drawn.words, value, choices.prefecture, query, dark))


def _press_shape(name: str, on_press: Callable[[str], None]) -> None:
    """Hand on the code of the shape that was pressed on a map. A selection comes with every later message too, but Streamlit
    calls this only where it has changed."""
    selection = run_state.component_value(name, "selection")
    objects = [thing for things in selection.objects.values() for thing in things] if selection else []
    code = next((thing.get("properties", thing).get("jis_code") for thing in objects), None)
    _hand_on(name, code, on_press)


def _hand_on(key: str, code: Any, on_press: Callable[[str], None]) -> None:
    """Hand on a press, unless a late message repeats one in a drawing that has gone since, which Streamlit takes for new."""
    last = st.session_state.setdefault(_PRESSED, {})
    is_new, last[key] = code != last.get(key), code
    if is_new and isinstance(code, str):
        on_press(code)


def _await_press(key: str) -> None:
    """Forget the press in a drawing that is about to be made for the first time, or anew."""
    if key not in st.session_state:
        st.session_state.setdefault(_PRESSED, {}).pop(key, None)


def _show_error(source: ExhibitSource, error: DashError, lang: str) -> None:
    words = wording.of(str(source.__file__), lang)
    st.html(markup.stacked(markup.head(words, ""), markup.error(error, wording.of(errors.__file__, lang))))
