"""Notes whether a page has a field for files, for the server takes files from such a page alone."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from sejong_dash.access import viewer

_IS_SHOWN = "_has_file_field"


@contextmanager
def run() -> Iterator[None]:
    """Surround a run of a page, or of the part that may have the field; a run that is cut off changes nothing."""
    st.session_state[_IS_SHOWN] = False
    yield
    viewer.set_uploader(bool(st.session_state.get(_IS_SHOWN)))


def note() -> None:
    """Note that the run that is under way shows a field for files."""
    st.session_state[_IS_SHOWN] = True
