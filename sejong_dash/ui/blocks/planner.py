"""Shows the catch-up planner: sliders for what the viewer supposes, which redraw their own part of the page alone."""

from datetime import date, timedelta

import pandas as pd
import streamlit as st

from sejong_dash import words as wording
from sejong_dash.choices import WhatIf
from sejong_dash.contracts import ExhibitSource
from sejong_dash.errors import TableError
from sejong_dash.measures import calendar, plan
from sejong_dash.ui.frame import available_choices, filters, run_state
from sejong_dash.words import Words

from .show import show


@run_state.fragment
def what_if(*shown: ExhibitSource) -> None:
    """Show the planner's menus, and the charts and cards that follow them. What is supposed is kept in the address alone."""
    words = wording.shared(run_state.choices().lang)
    first, last, has_golden_week = _days_left()
    if last is not None:
        with st.expander(words("planner.open"), expanded=True, key="planner"):
            supposed = _menus(words, first, last, has_golden_week)
    else:
        supposed = WhatIf()
    run_state.suppose(supposed)
    with run_state.supposing(what_if=supposed):
        for source in shown:
            show(source)


def _days_left() -> tuple[date, date | None, bool]:
    """Return the day after as-of, the plan's last day (None: no day is left), and whether Golden Week is still to come."""
    choices = run_state.choices()
    tomorrow = choices.as_of + timedelta(days=1)
    try:
        days = plan.days(plan.chosen(run_state.tables().plans(), choices.plan))
    except (TableError, KeyError):
        return tomorrow, None, False  # the charts say what is wrong
    left = days[days > pd.Timestamp(choices.as_of)]
    if not len(left):
        return tomorrow, None, False
    return left[0].date(), left[-1].date(), bool((calendar.calendar(left)["day_type"] == "golden_week").any())


def _menus(words: Words, first: date, last: date, has_golden_week: bool) -> WhatIf:
    with st.container(horizontal=True, key="planner-menus"), filters.menus("planner"):
        lift = filters.percent("campaign", words("planner.campaign"), words("planner.campaign_help"))
        start = filters.day_between("campaign_from", first, last, words("planner.campaign_from"))
        homes = available_choices.menus(words.lang, run_state.data(), run_state.tables()).prefectures
        home = filters.code("campaign_place", homes)
        filters.menu("campaign_place", {"": words("prefecture.all")} | homes, home, words("planner.campaign_place"))
        more = filters.percent(
            "golden_week", words("planner.golden_week"), words("planner.golden_week_help"), disabled=not has_golden_week
        )
        capacity = filters.whole("capacity", words("planner.capacity"), words("planner.capacity_help"))
    return WhatIf(lift, start if lift else None, home or None if lift else None, more if has_golden_week else 0, capacity)
