"""What does the viewer suppose, and what comes of it? Sliders that redraw their own part of the page alone."""

from datetime import date, timedelta
from types import ModuleType

import pandas as pd
import streamlit as st

from .. import words as wording
from ..choices import WhatIf
from ..datasets import plans
from ..errors import TableError
from ..measures import calendar, plan
from ..words import Words
from . import filters, offered, state
from .show import show


@state.fragment
def what_if(*shown: ModuleType) -> None:
    """The catch-up planner's menus, and the charts and cards that follow them. What is supposed stands in the address and
    nowhere else."""
    words = wording.shared(state.choices().lang)
    first, last, golden = _left()
    if last is not None:
        with st.expander(words("planner.open"), expanded=True, key="planner"):
            supposed = _ask(words, first, last, golden)
    else:
        supposed = WhatIf()
    state.suppose(supposed)
    with state.supposing(what_if=supposed):
        for one in shown:
            show(one)


def _left() -> tuple[date, date | None, bool]:
    """Tomorrow as seen from as-of, the plan's last day (None: no day is left), and whether Golden Week is still to come."""
    choices = state.choices()
    tomorrow = choices.as_of + timedelta(days=1)
    try:
        days = plan.days(plan.chosen(plans.load(), choices.plan))
    except (TableError, KeyError):
        return tomorrow, None, False  # the charts say what is wrong
    left = days[days > pd.Timestamp(choices.as_of)]
    if not len(left):
        return tomorrow, None, False
    return left[0].date(), left[-1].date(), bool((calendar.calendar(left)["day_type"] == "golden_week").any())


def _ask(words: Words, first: date, last: date, golden: bool) -> WhatIf:
    campaign, since, place, week, bound = st.columns([1.1, 1.4, 1.2, 1.1, 1.1])
    with campaign:
        lift = filters.percent("campaign", words("planner.campaign"), words("planner.campaign_help"))
    with since:
        start = filters.day_between("campaign_from", first, last, words("planner.campaign_from"))
    with place:
        homes = offered.offered(words.lang, state.data()).prefectures
        home = filters.code("campaign_place", homes)
        filters.menu("campaign_place", {"": words("prefecture.all")} | homes, home, words("planner.campaign_place"))
    with week:
        more = filters.percent(
            "golden_week", words("planner.golden_week"), words("planner.golden_week_help"), disabled=not golden
        )
    with bound:
        capacity = filters.whole("capacity", words("planner.capacity"), words("planner.capacity_help"))
    return WhatIf(lift, start if lift else None, home or None if lift else None, more if golden else 0, capacity)
