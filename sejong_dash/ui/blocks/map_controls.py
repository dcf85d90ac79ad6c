"""Lets a viewer choose what the map shows, where and at the end of which day, and the prefecture that the page is about."""

from datetime import date, timedelta
from functools import partial

import streamlit as st

from sejong_dash import words as wording
from sejong_dash.choices import MEASURES, VIEWS
from sejong_dash.contracts import ExhibitSource, Map
from sejong_dash.exhibits import defaults
from sejong_dash.measures import prefecture_values
from sejong_dash.ui.browser import asset
from sejong_dash.ui.frame import filters, run_state
from sejong_dash.words import Words

from . import markup, sheet_head
from .show import show

_PLAYING = "_map_playing"  # the day that is shown while the days play; absent while they do not
_SECONDS = 0.9


@run_state.fragment
def explore(chart: Map) -> None:
    """Show a map under its menus. A press on a prefecture chooses it for the whole page, all else redraws the map alone."""
    choices = run_state.choices()
    if filters.is_pending("prefecture"):
        st.rerun()
    words = wording.shared(choices.lang)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="map-menus"):
        with filters.menus("map"):
            measures = {measure: words(f"measure.{measure}") for measure in MEASURES}
            measure = _menu("measure", measures, words("measure.label"))
            view = _menu("view_map", {view: words(f"map_view.{view}") for view in VIEWS}, words("map_view.label"))
        days = defaults.days_so_far(choices, run_state.tables()) if measure in prefecture_values.BY_DAY else []
        # last in the row and in a container of their own: what moves is made anew, and a map would fetch its shapes again
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key="map-days"):
            is_playing = _play_button(days, words)
            day = None if is_playing else _slider(days, words)
    if is_playing:
        _play(chart, days, measure, view)
        return
    with st.container(), run_state.supposing(measure=measure, view=view, day=day):
        st.html(markup.wrap("", words.lang))  # in the place of the day while the days play
        show(chart, _choose)


@partial(run_state.fragment, run_every=_SECONDS)
def _play(chart: Map, days: list[date], measure: str, view: str) -> None:
    """Show the next day of the map; after the last day it stops."""
    shown = st.session_state.get(_PLAYING)
    if shown is None or shown >= days[-1]:
        _stop()
        st.rerun()
    st.session_state[_PLAYING] = shown + timedelta(days=1)
    words = wording.shared(run_state.choices().lang)
    st.html(markup.headline(words.short_date(shown), words.lang))
    with run_state.supposing(measure=measure, view=view, day=shown):
        show(chart, _choose, moving=True)


def profile(*shown: ExhibitSource) -> None:
    """Show the sheet of the chosen prefecture: what is known of it under a letterhead, and a button back; else nothing.

    The sheet is one container in any case, so that the map below it stays at its place among the page's elements: one that moves
    is made anew.
    """
    choices = run_state.choices()
    words = wording.shared(choices.lang)
    with st.container(key="sheet"):
        if choices.prefecture is None:
            return
        sheet_head.show()
        begin = st.components.v2.component("sheet", js=asset("sheet.js"), isolate_styles=False)
        begin(data={"prefecture": choices.prefecture}, key="address-sheet")
        st.button(words("map_back"), icon=":material/arrow_back:", on_click=_choose, args=("",), key="map-back")
        for source in shown:
            show(source)


def overview(*shown: ExhibitSource) -> None:
    """Show what is known of all prefectures, unless one is chosen: its profile says the same of it and more."""
    if run_state.choices().prefecture is None:
        for source in shown:
            show(source)


def _choose(prefecture: str) -> None:
    filters.choose("prefecture", prefecture)


def _menu(name: str, options: dict[str, str], label: str) -> str:
    """Return the chosen option, the first by default, kept in the address under `name`."""
    first, *others = options
    chosen = filters.code(name, others) or first
    filters.menu(name, options, chosen, label, pills=True, width="content", is_labelled=False)
    return chosen


def _play_button(days: list[date], words: Words) -> bool:
    """Show play or pause; return whether the days play."""
    is_playing = _PLAYING in st.session_state
    if len(days) < 2:
        _stop()
        return False
    if is_playing:
        is_pressed = st.button(words("map_play.stop"), icon=":material/pause:", key="map-pause")
    else:
        is_pressed = st.button(words("map_play.start"), icon=":material/play_arrow:", key="map-play")
    if is_pressed:
        if is_playing:
            filters.choose("map_day", st.session_state[_PLAYING])
            _stop()
        else:
            st.session_state[_PLAYING] = days[0]
        st.rerun()
    return is_playing


def _stop() -> None:
    st.session_state.pop(_PLAYING, None)


def _slider(days: list[date], words: Words) -> date | None:
    """Return the day from the slider; None for the last, which is the default."""
    if len(days) < 2:
        return None
    chosen = filters.day_along("map_day", days, words("map_play.day"), words.short_date)
    return None if chosen == days[-1] else chosen
