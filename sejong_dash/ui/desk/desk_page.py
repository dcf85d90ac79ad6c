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

from . import entry_grid, receipt_page, step_bar
from .changes import change_history, change_preview, conflict_choice, lost_counts, signed_change
from .step_bar import StepBar
from .upload import file_review, file_source

_WAYS = ("", "type", "history", "receipt")  # a file, the grid, all changes, one figure
_STEPWISE = ("", "type")
_LOOKS = ("history", "receipt")  # for whoever may not change the counts
_SEEN = "_desk_seen"  # the number of the last change after which the page was drawn anew


@run_state.fragment
def desk() -> None:
    """Show the chosen way to work with the counts. A snapshot is looked at, never written."""
    choices = run_state.choices()
    with file_fields.run():
        _show_way(choices, filters.text("receipt"), wording.of(__file__, choices.lang))


def _show_way(choices: Choices, figure: str, words: Words) -> None:
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
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="desk-head"):
        labels = {code: words(f"do.{code or 'file'}") for code in ways}
        filters.menu("do", labels, way, words("do.label"), pills=True, width="content", is_labelled=False)
        if not way:
            file_source.show_templates(lang)
    if _has_new_change():
        change = signed_change.last_change()
        if not way and change is not None and change.kind == "applied":  # rows that were typed say nothing of a file
            file_review.keep_answers()
        file_review.start_over()
        entry_grid.forget()
        change_preview.forget()
        signed_change.forget_conflict()
        st.rerun()  # the whole page: charts and the mark of the sample follow
    with st.container(key="desk-outcome"):  # there in any case: what is typed below keeps its place
        _show(partial(signed_change.show_outcome, lang), lang)
        lost_counts.show(way, lang)
    if way in _STEPWISE:
        _show_steps(way, lang)
    else:
        parts: dict[str, Callable[[str], None]] = {
            "history": change_history.show,
            "receipt": partial(receipt_page.show, figure),
        }
        _show(partial(parts[way], lang), lang)
    signed_change.focus_outcome(lang)


def _show_steps(way: str, lang: str) -> None:
    """Show the steps from a file, or from rows that are typed, to stored counts, and above them the state of each."""
    bar, place = StepBar(lang, way or "file"), st.container(key="desk-steps")
    conflict = signed_change.conflict()
    if conflict is not None:
        for step in step_bar.STEPS[:-1]:
            bar.set(step, step_bar.DONE)
        bar.set("apply", step_bar.WRONG, "conflict")
        _show(partial(conflict_choice.show, conflict, lang), lang)
    elif not _show(partial(entry_grid.show if way else file_review.show, bar), lang):
        bar.set("read", step_bar.WRONG, "unread")
    step_bar.show(place, bar)


def _show(part: Callable[[], None], lang: str) -> bool:
    """Show a part of the page, or what is wrong where it cannot be shown; return whether it could."""
    try:
        part()
    except DashError as error:
        st.html(markup.error(error, wording.of(errors.__file__, lang)))
        return False
    return True


def _has_new_change() -> bool:
    """Whether a press has just stored a change, and the page has not been drawn anew since."""
    change = signed_change.last_change()
    if change is None or st.session_state.get(_SEEN) == change.number:
        return False
    st.session_state[_SEEN] = change.number
    return True
