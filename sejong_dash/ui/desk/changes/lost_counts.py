"""Lead from counts that are gone to the change that took them out, where it can be undone."""

from contextlib import suppress

import streamlit as st

from sejong_dash import words as wording
from sejong_dash.errors import DashError
from sejong_dash.store import counts, missing_counts
from sejong_dash.ui.blocks import markup
from sejong_dash.ui.frame import filters


def show(way: str, lang: str) -> None:
    """Show, where counts are gone, a button that opens the history at the change that took them out; `way` is what is open."""
    found = missing_counts.find()
    if found is None or found.stood_at is None or way == "history":
        return
    words = wording.of(__file__, lang)
    st.html(markup.note(words("explained"), lang))
    st.button(words("open"), icon=":material/restore:", key="desk-bring-back", on_click=_open_history)


def _open_history() -> None:
    """Open the history at the change that took the counts out; an edit past the dashboard is recorded as one first."""
    with suppress(DashError):  # the history reports what is wrong
        counts.record_outside_edit()
    found = missing_counts.find()
    filters.choose("do", "history")
    if found is not None and found.change is not None:
        st.session_state["desk-change"] = found.change
