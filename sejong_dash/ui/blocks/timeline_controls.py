"""Lets a viewer narrow the programme, zoom the timeline and press one of its items.

A press on the drawing and a choice from the menu do the same: both write the item to the address, so that the keyboard reaches
every item and a link shows it.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import streamlit as st

from sejong_dash import words as wording
from sejong_dash.choices import ZOOMS, Choices
from sejong_dash.contracts import CardSet, ItemChart
from sejong_dash.errors import DashError
from sejong_dash.exhibits import Exhibit, caption
from sejong_dash.exhibits.cached import cached_exhibit
from sejong_dash.kept import kept
from sejong_dash.ui.browser import asset
from sejong_dash.ui.frame import available_choices, filters, run_state
from sejong_dash.words import Words, shared

from . import card_grid, markup
from .show import show


def programme_filters() -> None:
    """Show the menus that narrow the page to one field and to one partner."""
    with _menu_row():
        _narrow_page()


def timeline_filters() -> None:
    """Show the menus of `programme_filters` and beside them the zoom of the timeline (`zoomed`)."""
    words = shared(run_state.choices().lang)
    labels = {zoom: words(f"zoom.{zoom or 'all'}") for zoom in ZOOMS}
    with _menu_row():
        _narrow_page()
        zoom = filters.code("zoom", ZOOMS[1:])
        filters.menu("zoom", labels, zoom, words("zoom.label"), pills=True, width="content", is_labelled=False)


@contextmanager
def _menu_row() -> Iterator[None]:
    with (
        st.container(horizontal=True, vertical_alignment="center", gap="small", key="programme-filters"),
        filters.menus("programme"),
    ):
        yield


def _narrow_page() -> None:
    words = shared(run_state.choices().lang)
    names = available_choices.partner_names(words.lang, run_state.data(), run_state.tables())
    filters.field_filter()
    chosen = filters.code("partner", names)
    filters.menu("partner", {"": words("every_partner")} | names, chosen, words("partner_label"), width=320, is_labelled=False)
    run_state.narrow(partner=chosen or None)


@run_state.fragment
def zoomed(chart: ItemChart, *card_sets: CardSet) -> None:
    """Show a timeline in the zoom of `timeline_filters`, drawn for its width, and below it the card of what is pressed.

    The card is of the first of `card_sets` with a row whose first column is the item.
    """
    words = shared(run_state.choices().lang)
    zoom = filters.code("zoom", ZOOMS[1:])
    with run_state.supposing(zoom=zoom, narrow=_is_narrow()):
        _pressable("item", chart, card_sets, words)


@run_state.fragment
def pressable(chart: ItemChart, *card_sets: CardSet) -> None:
    """Show a chart whose marks can be pressed, or chosen from a menu, and below it the card of the mark."""
    _pressable("project", chart, card_sets, shared(run_state.choices().lang))


def _is_narrow() -> bool:
    """Return whether the page is narrower than a wide drawing needs, as the browser says, again whenever that changes."""
    room = st.components.v2.component("room", js=asset("room.js"), isolate_styles=False)
    return bool(room(key="address-room", default={"narrow": False}, on_narrow_change=lambda: None).narrow)


def _pressable(name: str, chart: ItemChart, card_sets: Iterable[CardSet], words: Words) -> None:
    """Show the chart, the menu of all its items, and the card of the item that is chosen there or pressed in the drawing."""
    choices = run_state.choices()
    show(chart, pressed_as=name, pressed=filters.text(name))
    try:
        drawn = cached_exhibit(chart, choices, run_state.data(), run_state.tables())
        items = _items(chart, drawn, drawn.name, choices, run_state.data())
        chosen = filters.code(name, items)
        if items:
            filters.menu(name, {"": words("item.none")} | items, chosen, words("item.label"))
        card = next(filter(None, (_card(card_set, chosen) for card_set in card_sets)), "") if chosen else ""
    except DashError:
        return  # the chart has said what is wrong
    if card:
        # at the lower edge of the screen while the drawing is in view, else in its place below it
        with st.container(key=f"pressed-{name}"):
            st.button(
                words("item.close"),
                icon=":material/close:",
                type="tertiary",
                on_click=filters.choose,
                args=(name, ""),
                key=f"{name}-close",
            )
            st.html(markup.announced(card, words.lang))
    else:
        # Replaced rather than left out: where another part of the page runs at that moment, a browser may keep what is left out.
        with st.container(key=f"address-{name}-closed"):
            st.empty()
            st.empty()


@kept(64)
def _items(_chart: ItemChart, _drawn: Exhibit, name: str, choices: Choices, data: str) -> dict[str, str]:
    """Return what the menu of a chart's items offers: names by their codes."""
    return {} if _drawn.empty else _chart.items(_drawn.table, _drawn.words)


def _card(card_set: CardSet, item: str) -> str:
    choices = replace(run_state.choices(), zoom="", narrow=False)
    table = cached_exhibit(card_set, choices, run_state.data(), run_state.tables()).table
    rows = table[table[table.columns[0]] == item]
    if rows.empty:
        return ""
    words = wording.of(str(card_set.__file__), choices.lang)
    cards = [replace(card, group="") for card in card_set.cards(rows, words)]
    lines = {card.source_id: caption.source_line(card.source_id, words, run_state.tables()) for card in cards}
    return card_grid.cards(cards, words, lines, "100%")
