"""Draws a page again when counts have come in, without a reload."""

import time
from functools import lru_cache

import streamlit as st

from sejong_dash.exhibits import defaults

from . import held_choices, run_state

_EVERY = 1.5  # seconds: a count that is stored is seen within two


@st.fragment(run_every=_EVERY)
def watch() -> None:
    """Run the page again when the tables have changed. What a viewer is typing, has opened or has chosen stays, since their
    browser holds it. An address that the page has lost meanwhile is sent again."""
    held_choices.complete_address(of_part=True)
    if fingerprint(int(time.monotonic() * 4)) != run_state.data():
        st.rerun()


@lru_cache(maxsize=2)
def fingerprint(moment: int) -> str:
    """Return the fingerprint of the tables, read once for all viewers in the same `moment`, a quarter of a second."""
    return defaults.state()
