"""Tells of the run that is under way which page it draws, whether it draws a part alone, and whether the history asked for it.

Relies on: `get_script_run_ctx()` of `streamlit.runtime.scriptrunner` and its `page_script_hash`, `session_id`,
`is_history_navigation` and `fragment_ids_this_run`. `st.context` says none of the last three.
Why: what a message of a browser means depends on it (ui/frame/held_choices.py). A step back in the history is to be followed,
where a late message with the same address is not.
Tried with: Streamlit 1.67.0.
Without it: a step back in the history is told from a late message by the numbers of the answers alone, and to another page not at
all; and a part of a page that runs alone may take back what was chosen elsewhere at the same moment.
Off: `script_run` in SEJONG_BORDER_OFF.
"""

from dataclasses import dataclass

import streamlit as st

from sejong_dash import border


@dataclass(frozen=True)
class ScriptRun:
    """A run of the script: the page that it draws, whether a step in the history asked for it, and whether for a part alone."""

    page: str
    is_history: bool | None  # None: it is not known
    is_part: bool


def current_run() -> ScriptRun | None:
    """Return the run that is under way; None outside of one."""
    if border.is_off("script_run"):
        return ScriptRun((st.context.url or "").partition("?")[0], is_history=None, is_part=False)
    from streamlit.runtime.scriptrunner import get_script_run_ctx

    context = get_script_run_ctx()
    if context is None:
        return None
    return ScriptRun(context.page_script_hash, context.is_history_navigation, bool(context.fragment_ids_this_run))


def session() -> str:
    """Return the identity of the session whose run is under way; blank outside of one."""
    if border.is_off("script_run"):
        return ""
    from streamlit.runtime.scriptrunner import get_script_run_ctx

    context = get_script_run_ctx(suppress_warning=True)
    return "" if context is None else context.session_id
