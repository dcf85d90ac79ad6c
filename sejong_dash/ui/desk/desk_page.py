"""Show the desk, where counts are brought in, corrected and taken back."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from sejong_dash import errors
from sejong_dash import words as wording
from sejong_dash.errors import DashError
from sejong_dash.ui.blocks import markup
from sejong_dash.ui.frame import filters, run_state

from . import entry_grid, receipt_page
from .changes import change_history, change_preview, conflict_choice, lost_counts, signed_change
from .upload import file_review

_WAYS = ("", "type", "history", "receipt")  # a file, the grid, all changes, one figure
_SEEN = "_desk_seen"  # the number of the last change after which the page was drawn anew


@run_state.fragment
def desk() -> None:
    """Show the chosen way to work with the counts. A snapshot is looked at, never written."""
    choices = run_state.choices()
    lang, words = choices.lang, wording.of(__file__, choices.lang)
    figure = filters.text("receipt")
    if choices.data:
        st.html(markup.note(words("frozen"), lang))
        if figure:
            receipt_page.show(figure, lang)
        return
    way = filters.code("do", _WAYS[1:])
    way = way or ("receipt" if figure else "")
    filters.menu(
        "do", {code: words(f"do.{code or 'file'}") for code in _WAYS}, way, words("do.label"), pills=True, width="content"
    )
    lost_counts.show(way, lang)
    if _has_new_change():
        file_review.start_over()
        entry_grid.forget()
        change_preview.forget()
        signed_change.forget_conflict()
        st.rerun()  # the whole page: charts and the mark of the sample follow
    try:
        with st.container(key="desk-outcome"):
            signed_change.show_outcome(lang)
        conflict = signed_change.conflict()
        if conflict is not None:
            conflict_choice.show(conflict, lang)
        else:
            parts: dict[str, Callable[[str], None]] = {
                "type": entry_grid.show,
                "history": change_history.show,
                "receipt": partial(receipt_page.show, figure),
            }
            parts.get(way, file_review.show)(lang)
    except DashError as error:
        st.html(markup.error(error, wording.of(errors.__file__, lang)))
    signed_change.focus_outcome(lang)


def _has_new_change() -> bool:
    """Whether a press has just stored a change, and the page has not been drawn anew since."""
    change = signed_change.last_change()
    if change is None or st.session_state.get(_SEEN) == change.number:
        return False
    st.session_state[_SEEN] = change.number
    return True
