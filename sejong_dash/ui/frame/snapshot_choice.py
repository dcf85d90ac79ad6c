"""Freezes the tables that a page shows, and leads back to those as they are now."""

import streamlit as st

from sejong_dash.access import roles, viewer
from sejong_dash.choices import Choices
from sejong_dash.errors import DashError
from sejong_dash.store import snapshot_list

from . import filters

_ERROR = "_freeze_error"


def freeze(choices: Choices) -> None:
    """Freeze the tables, and put into the address all that would otherwise follow the day on which the link is opened."""
    try:
        viewer.require(roles.FREEZE)
        kept = snapshot_list.create()
    except DashError as error:
        st.session_state[_ERROR] = error
        return
    fixed = {"lang": choices.lang, "plan": choices.plan, "sample": str(choices.sample).lower(), "asof": choices.as_of}
    for name, value in (fixed | {"data": kept}).items():
        filters.choose(name, value)


def thaw(choices: Choices) -> None:
    """Show the tables as they are now."""
    filters.choose("data", "")


def take_error() -> DashError | None:
    """Return why the tables could not be frozen, once."""
    error: DashError | None = st.session_state.pop(_ERROR, None)
    return error
