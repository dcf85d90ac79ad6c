"""How does a viewer narrow the programme, zoom the timeline and press one of its items?

A press on the drawing and a choice from the menu are the same: both write the item to the address, so that keys reach every
item and a link shows it.
"""

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

import streamlit as st

from .. import words as wording
from ..choices import ZOOMS
from ..datasets import programme
from ..errors import DashError, TableError
from ..exhibits import caption
from ..measures import partners
from ..words import Words, shared
from . import filters, html, state
from .show import exhibit, release, show

_ROOM = Path(__file__).with_name("room.js")


def programme_filters() -> None:
    """Narrow the page to one field, to one partner."""
    words = shared(state.choices().lang)
    try:
        named = partners.named(programme.load(), words.lang)
    except TableError:
        named = {}  # the charts say what is wrong
    with st.container(horizontal=True, gap="small", key="programme-filters"):
        filters.field_filter()
        chosen = filters.code("partner", named)
        filters.menu("partner", {"": words("every_partner")} | named, chosen, words("partner_label"), width=320)
    state.narrow(partner=chosen or None)


@state.fragment
def zoomed(chart: ModuleType, *tellers: ModuleType) -> None:
    """A timeline under its zoom, drawn for the room that it has; what is pressed is told below by the first of `tellers` (cards
    whose first column names each row) that knows it."""
    words = shared(state.choices().lang)
    labels = {zoom: words(f"zoom.{zoom or 'all'}") for zoom in ZOOMS}
    zoom = filters.code("zoom", ZOOMS[1:])
    filters.menu("zoom", labels, zoom, words("zoom.label"), pills=True, width="content")
    with state.supposing(zoom=zoom, narrow=_narrow()):
        _pressable("item", chart, tellers, words)


@state.fragment
def pressable(chart: ModuleType, *tellers: ModuleType) -> None:
    """A chart whose marks can be pressed, or chosen from a menu, for the card that tells of them."""
    _pressable("project", chart, tellers, shared(state.choices().lang))


def _narrow() -> bool:
    """Whether the page has less room than a wide drawing needs; the browser says so, and again when that changes."""
    with st.container(key="address-room"):
        room = st.components.v2.component("room", js=_ROOM.read_text(encoding="utf-8"), isolate_styles=False)
        return bool(room(key="room", default={"narrow": False}, on_narrow_change=lambda: None).narrow)


def _keep(name: str, item: str) -> None:
    st.session_state[name] = item


def _close(name: str) -> None:
    _keep(name, "")
    release()


def _pressable(name: str, chart: ModuleType, tellers: Iterable[ModuleType], words: Words) -> None:
    """The chart, the menu of all its items, and the card of the one that is chosen there or pressed in the drawing."""
    choices = state.choices()
    show(chart, pressed=partial(_keep, name))
    try:
        drawn = exhibit(chart, chart.__name__, choices, state.data())
        items = {} if drawn.table.empty else chart.items(drawn.table, drawn.words)
        chosen = filters.code(name, items)
        if items:
            filters.menu(name, {"": words("item.none")} | items, chosen, words("item.label"))
        told = next(filter(None, (_card(teller, chosen) for teller in tellers)), "") if chosen else ""
    except DashError:
        return  # the chart has said what is wrong
    if told:
        # it comes to the reader: on the screen's lower edge while the drawing is looked at, in its place below it else
        with st.container(key=f"pressed-{name}"):
            st.button(
                words("item.close"), icon=":material/close:", type="tertiary", on_click=_close, args=(name,), key=f"{name}-close"
            )
            st.html(html.announced(told, words.lang))


def _card(teller: ModuleType, item: str) -> str:
    choices = replace(state.choices(), zoom="", narrow=False)
    table = exhibit(teller, teller.__name__, choices, state.data()).table
    rows = table[table[table.columns[0]] == item]
    if rows.empty:
        return ""
    words = wording.of(str(teller.__file__), choices.lang)
    cards: list[Any] = [replace(card, group="") for card in teller.tell(rows, words)]
    lines = {card.source_id: caption.source_line(card.source_id, words) for card in cards}
    return html.cards(cards, words, lines, "100%")
