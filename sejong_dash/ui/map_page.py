"""What does the map show, of where, at the end of which day, and of which prefecture does the page tell?"""

from datetime import date, timedelta
from functools import partial
from types import ModuleType

import pandas as pd
import streamlit as st

from .. import words as wording
from ..choices import MEASURES, VIEWS
from ..datasets import plans
from ..errors import TableError
from ..measures import plan, prefecture_values
from ..words import Words
from . import filters, html, state
from .show import show

_PLAYING = "_map_playing"  # the day that is shown while the days run; not there while they stand
_SECONDS = 0.9


@state.fragment
def explore(chart: ModuleType) -> None:
    """A map under its menus. A press on a prefecture chooses it for the whole page, all else redraws the map alone."""
    choices = state.choices()
    if filters.is_asked("prefecture"):
        st.rerun()
    words = wording.shared(choices.lang)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        measures = {one: words(f"measure.{one}") for one in MEASURES}
        measure = _one_of("measure", measures, words("measure.label"))
        view = _one_of("view_map", {one: words(f"map_view.{one}") for one in VIEWS}, words("map_view.label"))
    days = _days() if measure in prefecture_values.BY_DAY else []
    # there for every measure: what moves on the page is made anew, and a map would fetch its shapes again
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium", key="map-days"):
        playing = _button(days, words)
        day = None if playing else _slider(days, words)
    if playing:
        _moving(chart, days, measure, view)
        return
    with st.container(), state.supposing(measure=measure, view=view, day=day):
        st.html(html.wrap("", words.lang))  # where the day stands while the days run
        show(chart, _choose)


@partial(state.fragment, run_every=_SECONDS)
def _moving(chart: ModuleType, days: list[date], measure: str, view: str) -> None:
    """The next day of the map; after the last one it stands still."""
    shown = st.session_state.get(_PLAYING)
    if shown is None or shown >= days[-1]:
        _stop()
        st.rerun()
    st.session_state[_PLAYING] = shown + timedelta(days=1)
    words = wording.shared(state.choices().lang)
    st.html(html.headline(words.short_date(shown), words.lang))
    with state.supposing(measure=measure, view=view, day=shown):
        show(chart, _choose, moving=True)


def profile(*shown: ModuleType) -> None:
    """What is known of the chosen prefecture, and the way back; without one, how to choose."""
    choices = state.choices()
    words = wording.shared(choices.lang)
    if choices.prefecture is None:
        st.html(html.note(words("map_invite"), words.lang))
        return
    st.button(words("map_back"), icon=":material/arrow_back:", on_click=_choose, args=("",), key="map-back")
    for one in shown:
        show(one)


def overview(*shown: ModuleType) -> None:
    """What there is to tell of all prefectures; where one is chosen, its profile says the same of it and more."""
    if state.choices().prefecture is None:
        for one in shown:
            show(one)


def _choose(prefecture: str) -> None:
    filters.ask("prefecture", prefecture)


def _one_of(name: str, options: dict[str, str], label: str) -> str:
    """One of the options, the first by default, in the address under `name`."""
    first, *others = options
    chosen = filters.code(name, others) or first
    filters.menu(name, options, chosen, label, pills=True, width="content")
    return chosen


def _days() -> list[date]:
    """From opening up to as-of."""
    choices = state.choices()
    try:
        days = plan.days(plan.chosen(plans.load(), choices.plan))
    except (TableError, KeyError):
        return []  # the map says what is wrong
    return [day.date() for day in days[days <= pd.Timestamp(choices.as_of)]]


def _button(days: list[date], words: Words) -> bool:
    """Play, or pause: whether the days run."""
    playing = _PLAYING in st.session_state
    if len(days) < 2:
        _stop()
        return False
    if playing:
        pressed = st.button(words("map_play.stop"), icon=":material/pause:", key="map-pause")
    else:
        pressed = st.button(words("map_play.start"), icon=":material/play_arrow:", key="map-play")
    if pressed:
        if playing:
            st.session_state["map_day"] = st.session_state[_PLAYING]
            _stop()
        else:
            st.session_state[_PLAYING] = days[0]
        st.rerun()
    return playing


def _stop() -> None:
    st.session_state.pop(_PLAYING, None)


def _slider(days: list[date], words: Words) -> date | None:
    """The day to look at, the last by default."""
    if len(days) < 2:
        return None
    chosen = filters.day_along("map_day", days, words("map_play.day"), words.short_date)
    return None if chosen == days[-1] else chosen
