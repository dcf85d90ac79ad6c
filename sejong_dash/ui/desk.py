"""Where are counts brought in, mended, and taken back?"""

from collections.abc import Callable
from functools import partial

import streamlit as st

from .. import errors
from .. import words as wording
from ..errors import DashError
from . import desk_change, desk_conflict, desk_file, desk_grid, desk_history, desk_receipt, filters, html, state

_WAYS = ("", "type", "history", "receipt")  # a file, the grid, all changes, one figure
_SEEN = "_desk_seen"


@state.fragment
def desk() -> None:
    """One of the ways to work with the counts. What is frozen for a meeting is looked at, never written."""
    choices = state.choices()
    lang, words = choices.lang, wording.of(__file__, choices.lang)
    figure = filters.text("receipt")
    if choices.data:
        st.html(html.note(words("frozen"), lang))
        if figure:
            desk_receipt.receipt(figure, lang)
        return
    way = filters.code("do", _WAYS[1:])
    way = way or ("receipt" if figure else "")
    filters.menu("do", {one: words(f"do.{one or 'file'}") for one in _WAYS}, way, words("do.label"), pills=True, width="content")
    if _is_new():
        desk_file.done()
        desk_grid.done()
        desk_change.forget()
        st.rerun()  # the whole page: charts and the mark of the sample follow
    try:
        with st.container(key="desk-outcome"):
            desk_change.outcome(lang)
        clash = desk_change.conflict()
        if clash is not None:
            desk_conflict.settle(clash, lang)
        else:
            parts: dict[str, Callable[[str], None]] = {
                "type": desk_grid.write,
                "history": desk_history.changes,
                "receipt": partial(desk_receipt.receipt, figure),
            }
            parts.get(way, desk_file.bring)(lang)
    except DashError as trouble:
        st.html(html.error(trouble, wording.of(errors.__file__, lang)))


def _is_new() -> bool:
    """Whether a press has just stored something, and nobody has seen it yet."""
    done = desk_change.stored()
    if done is None or st.session_state.get(_SEEN) == done.number:
        return False
    st.session_state[_SEEN] = done.number
    return True
