"""Who changed which counts, and how is a change taken back?"""

import pandas as pd
import streamlit as st

from .. import words as wording
from ..store import counts, history
from ..store.counts import Change
from ..words import Words
from . import desk_change, desk_tables, html


def changes(lang: str) -> None:
    """All changes, the last one first; the figures of the one that is chosen, and its undo."""
    words = wording.of(__file__, lang)
    known = history.history()
    if known and counts.notice() is not None:  # the file was edited by hand since
        known = history.history()
    if not known:
        st.html(html.note(words("none"), lang))
        return
    desk_tables.show(_listed(known, words), desk_tables.words(lang), "desk-changes")
    numbers = {one.number: one for one in known}
    number = st.selectbox(words("choose"), list(numbers), format_func=lambda one: _named(numbers[one], words), key="desk-change")
    chosen = numbers[number]
    figures = history.receipt(change=number)
    if len(figures):
        told = desk_tables.readable(figures[["date", "jis_code", "channel", "before", "after"]], lang)
        desk_tables.show(told, desk_tables.words(lang), "desk-change-figures")
    if chosen.kind == "begun":
        st.html(html.note(words("begun_note"), lang))
    elif chosen.undone_by is not None:
        st.html(html.note(words("undone_by", number=words.number(chosen.undone_by)), lang))
    else:
        desk_change.undo(number, lang)


def _listed(known: list[Change], words: Words) -> pd.DataFrame:
    rows = [(one.number, f"{one.when:%Y-%m-%d %H:%M}", one.who, _what(one, words), one.why, one.file) for one in known]
    return pd.DataFrame(rows, columns=["change", "when", "who", "what", "why", "file"])


def _what(one: Change, words: Words) -> str:
    parts = [words(f"kind.{one.kind}", number=words.number(one.undoes or 0))]
    parts += [words(name, count=words.number(getattr(one, name))) for name in ("new", "changed", "removed") if getattr(one, name)]
    parts += [words("undone_by", number=words.number(one.undone_by))] if one.undone_by else []
    return words("join").join(parts)


def _named(one: Change, words: Words) -> str:
    return words("named", number=words.number(one.number), when=f"{one.when:%Y-%m-%d %H:%M}", who=one.who or words("nobody"))
