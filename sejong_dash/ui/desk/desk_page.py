"""Show the desk, where counts are brought in, corrected and taken back."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from sejong_dash import errors
from sejong_dash import words as wording
from sejong_dash.access import roles, viewer
from sejong_dash.choices import Choices
from sejong_dash.errors import DashError
from sejong_dash.ui.blocks import markup
from sejong_dash.ui.entrance import file_fields
from sejong_dash.ui.frame import filters, run_state
from sejong_dash.words import Words

from . import change_history, change_preview, conflict_choice, entry_grid, lost_counts, receipt_page, signed_change
from .upload import file_review

_WAYS = ("", "type", "history", "receipt")  # a file, the grid, all changes, one figure
_LOOKS = ("history", "receipt")  # for whoever may not change the counts
_SEEN = "_desk_seen"  # the number of the last change after which the page was drawn anew


@run_state.fragment
def desk() -> None:
    """Show the chosen way to work with the counts. A snapshot is looked at, never written."""
    choices = run_state.choices()
    with file_fields.run():
        _show(choices, filters.text("receipt"), wording.of(__file__, choices.lang))


def _show(choices: Choices, figure: str, words: Words) -> None:
    lang = choices.lang
    if choices.data:
        st.html(markup.note(words("frozen"), lang))
        if figure:
            receipt_page.show(figure, lang)
        return
    ways = _WAYS if viewer.current().may(roles.CHANGE) else _LOOKS
    way = filters.code("do", _WAYS[1:])
    way = way if way in ways and (way or not figure) else "receipt" if figure else ways[0]
    if ways is _LOOKS:
        st.html(markup.note(words("looks_alone"), lang))
    filters.menu(
        "do", {code: words(f"do.{code or 'file'}") for code in ways}, way, words("do.label"), pills=True, width="content"
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
