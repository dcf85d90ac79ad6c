"""Show the changes of the counts, who made them and when; a change is undone here."""

from contextlib import suppress

import pandas as pd
import streamlit as st

from sejong_dash import words as wording
from sejong_dash.access import roles, viewer
from sejong_dash.errors import DashError
from sejong_dash.store import counts, history, journal
from sejong_dash.store.counts import Change
from sejong_dash.ui.blocks import markup
from sejong_dash.ui.desk import count_tables
from sejong_dash.words import Words

from . import signed_change


def show(lang: str) -> None:
    """Show all changes, the last first, the figures of the chosen change, and its undo."""
    words = wording.of(__file__, lang)
    changes = history.history()
    with suppress(DashError):  # what cannot be recorded now is recorded by the next change
        if changes and counts.record_outside_edit() is not None:  # the file was edited by hand since
            changes = history.history()
    if not changes:
        st.html(markup.note(words("none"), lang))
        return
    count_tables.show(_change_table(changes, words), count_tables.words(lang), "desk-changes")
    by_number = {change.number: change for change in changes}
    number = st.selectbox(
        words("choose"), list(by_number), format_func=lambda number: _label(by_number[number], words), key="desk-change"
    )
    chosen = by_number[number]
    figures = history.figure_history(change=number)
    if len(figures):
        table = count_tables.readable(figures[["date", "jis_code", "channel", "before", "after"]], lang)
        count_tables.show(table, count_tables.words(lang), "desk-change-figures")
    st.caption(words("version", version=chosen.version))
    if chosen.kind == "begun":
        st.html(markup.note(words("begun_note"), lang))
    elif chosen.undone_by is not None:
        st.html(markup.note(words("undone_by", number=words.number(journal.ordinal(chosen.undone_by))), lang))
    elif viewer.current().may(roles.CHANGE):
        signed_change.show_undo(number, lang)


def _change_table(changes: list[Change], words: Words) -> pd.DataFrame:
    rows = [
        (
            str(change.ordinal or ""),
            f"{change.when:%Y-%m-%d %H:%M}",
            change.who,
            _summary(change, words),
            change.why,
            change.file,
        )
        for change in changes
    ]
    return pd.DataFrame(rows, columns=["change", "when", "who", "what", "why", "file"])


def _summary(change: Change, words: Words) -> str:
    """What a change did: its kind, and how many figures it touched."""
    parts = [words(f"kind.{change.kind}", number=words.number(journal.ordinal(change.undoes or 1)))]
    figures = {name: getattr(change, name) for name in ("new", "changed", "removed")}
    parts += [words(name, count=words.number(count)) for name, count in figures.items() if count]
    parts += [words("undone_by", number=words.number(journal.ordinal(change.undone_by)))] if change.undone_by else []
    return words("join").join(parts)


def _label(change: Change, words: Words) -> str:
    when = f"{change.when:%Y-%m-%d %H:%M}"
    if change.kind == "begun":
        return words("named_begun", when=when)
    return words("named", number=words.number(change.ordinal), when=when, who=change.who or words("nobody"))
