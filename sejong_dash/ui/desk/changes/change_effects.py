"""Foresee what a change of the counts does beyond them: to the sample, and to the as-of day."""

import streamlit as st

from sejong_dash import clock
from sejong_dash import words as wording
from sejong_dash.datasets import snapshot
from sejong_dash.errors import DashError
from sejong_dash.exhibits import defaults
from sejong_dash.store import counts
from sejong_dash.store.counts import ChangeSet
from sejong_dash.ui.frame import run_state

_KEPT = "_desk_effects"


def effects(change_set: ChangeSet, lang: str) -> list[str]:
    """Return sentences on what applying does to every screen where nobody has chosen otherwise; none where it does nothing."""
    words, choices = wording.of(__file__, lang), run_state.choices()
    key = (id(change_set), counts.version(), choices.plan, clock.today(), lang)
    held = st.session_state.get(_KEPT)
    if held is None or held[0] != key or held[1] is not change_set:
        try:
            after = counts.rows_after(change_set)
        except DashError:  # others have changed the same figures, or the file: applying reports it
            return []
        tables, today = snapshot(), clock.today()
        has_counts = defaults.has_counts(tables)
        sentences = []
        if has_counts != (len(after) > 0):
            sentences.append(words("sample_ends" if len(after) else "sample_returns"))
        day = defaults.day(choices.plan, not has_counts, today, tables)
        next_day = defaults.day(choices.plan, not len(after), today, tables, after if len(after) else None)
        if day != next_day:
            sentences.append(words("day_moves", before=words.date(day), after=words.date(next_day)))
        held = st.session_state[_KEPT] = (key, change_set, sentences)
    return list(held[2])
