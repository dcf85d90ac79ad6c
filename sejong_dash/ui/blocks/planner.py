"""Shows the catch-up planner: sliders for what the viewer supposes, which redraw their own part of the page alone."""

import streamlit as st

from sejong_dash import words as wording
from sejong_dash.choices import WhatIf
from sejong_dash.contracts import ExhibitSource
from sejong_dash.exhibits import defaults
from sejong_dash.exhibits.defaults import DaysLeft
from sejong_dash.ui.frame import available_choices, filters, run_state
from sejong_dash.words import Words

from .show import show


@run_state.fragment
def what_if(*shown: ExhibitSource) -> None:
    """Show the planner's menus, and the charts and cards that follow them. What is supposed is kept in the address alone."""
    words = wording.shared(run_state.choices().lang)
    left = defaults.days_left(run_state.choices(), run_state.tables())
    if left is not None:
        with st.expander(words("planner.open"), expanded=True, key="planner"):
            supposed = _menus(words, left)
    else:
        supposed = WhatIf()
    run_state.suppose(supposed)
    with run_state.supposing(what_if=supposed):
        for source in shown:
            show(source)


def _menus(words: Words, left: DaysLeft) -> WhatIf:
    with st.container(horizontal=True, key="planner-menus"), filters.menus("planner"):
        lift = filters.percent("campaign", words("planner.campaign"), words("planner.campaign_help"))
        start = filters.day_between("campaign_from", left.first, left.last, words("planner.campaign_from"))
        homes = available_choices.menus(words.lang, run_state.data(), run_state.tables()).prefectures
        home = filters.code("campaign_place", homes)
        filters.menu("campaign_place", {"": words("prefecture.all")} | homes, home, words("planner.campaign_place"))
        more = filters.percent(
            "golden_week", words("planner.golden_week"), words("planner.golden_week_help"), disabled=not left.has_golden_week
        )
        capacity = filters.whole("capacity", words("planner.capacity"), words("planner.capacity_help"))
    return left.supposing(lift, start, home, more, capacity)
