"""Says on a page that it has failed, in the reader's language; what has failed is in the log alone."""

import streamlit as st

from sejong_dash import clock
from sejong_dash import words as wording
from sejong_dash.ui.blocks import markup


def show(error: Exception) -> bool:
    """Show that the page has failed in place of Streamlit's own text; Streamlit has logged the error already."""
    asked = st.query_params.get("lang", "")
    lang = asked if asked in wording.LANGUAGES else wording.LANGUAGES[0]
    sentence = wording.of(__file__, lang)("failed", time=f"{clock.now():%Y-%m-%d %H:%M:%S}")
    st.html(markup.band(sentence, lang))
    return True
