"""Have counts come in since this page was drawn? Then it is drawn again, without anybody's reloading it."""

import time
from functools import lru_cache

import streamlit as st

from ..datasets import reading
from . import state

_EVERY = 1.5  # seconds: a count that is stored is seen within two


@st.fragment(run_every=_EVERY)
def watch() -> None:
    """Looks at the tables now and then. What a viewer is typing, has opened or has chosen stays as it is, since their browser
    keeps it."""
    if fingerprint(int(time.monotonic() * 4)) != state.data():
        st.rerun()


@lru_cache(maxsize=2)
def fingerprint(moment: int) -> str:
    """One look for all who ask in the same quarter of a second."""
    return reading.fingerprint()
