"""Let a reader choose which of two figures holds, where two people have changed the same figure."""

from functools import partial

import pandas as pd
import streamlit as st

from sejong_dash import errors
from sejong_dash import words as wording
from sejong_dash.store import counts
from sejong_dash.store.counts import Conflict
from sejong_dash.ui.blocks import markup
from sejong_dash.ui.desk import count_tables

from . import change_preview, signed_change


def show(conflict: Conflict, lang: str) -> None:
    """Show both values of every figure in conflict, and the choice which of them is stored."""
    words, tables = wording.of(__file__, lang), count_tables.words(lang)
    with st.container(key="desk-conflict"):
        st.html(markup.error(conflict, wording.of(errors.__file__, lang)))
    figures = conflict.figures
    when = figures["when"].map(lambda at: "" if pd.isna(at) else f"{at:%Y-%m-%d %H:%M}").astype("str")
    table = count_tables.readable(figures.drop(columns="change").assign(when=when, take=False), lang)
    shown = table[["take", "date", "prefecture", "channel", "before", "theirs", "mine", "who", "when"]]
    locked = [name for name in shown.columns if name != "take"]
    take = {"take": st.column_config.CheckboxColumn(tables("columns.take"), pinned=True)}
    config = count_tables.column_config(tables, shown.columns, **take)
    chosen = st.data_editor(
        shown,
        hide_index=True,
        disabled=locked,
        column_config=config,
        key="desk-choice",
        alt=tables("table"),
        placeholder=tables("uncounted"),
    )
    is_all_mine = st.checkbox(words("all_mine"), key="desk-all-mine")
    keys = figures[["date", "jis_code", "channel"]].assign(date=figures["date"].dt.strftime("%Y-%m-%d")).fillna("")
    rows = zip(keys.itertuples(index=False), chosen["take"], strict=True)
    mine = [tuple(key) for key, is_mine in rows if is_mine or is_all_mine]
    signed_change.show_form(
        lang, words("settle"), "desk-settle", partial(counts.apply, conflict.resolved(mine)), about=conflict.number
    )
    st.button(words("leave"), key="desk-leave", on_click=_leave)


def _leave() -> None:
    change_preview.forget()
    signed_change.forget_conflict()
