"""Draws a page again when the tables have changed, without a reload.

The browser is sent the fingerprint that its page was drawn with, learns from the server what holds now, and asks for a run where
that is something else (ui/browser/live_updates.js).
"""

import streamlit as st

from sejong_dash.exhibits import defaults

from . import run_state

_IS_ASKED = "_is_asked_anew"


def drawn_with(version: str) -> str:
    """Return what the browser compares with; blank for a frozen version of the tables, which nothing changes."""
    return "" if version else run_state.data()


def remember_asked() -> None:
    """Keep that the browser has found its page behind, or its address (ui/browser/lost_address.js)."""
    st.session_state[_IS_ASKED] = True


def draw_if_behind() -> None:
    """Run the whole page again where the browser has asked for it and is right: a run may have come first."""
    if st.session_state.pop(_IS_ASKED, False) and defaults.state() != run_state.data():
        st.rerun()
