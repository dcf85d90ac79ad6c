"""Which of two figures holds, where two people have changed the same one?"""

from functools import partial

import pandas as pd
import streamlit as st

from .. import errors
from .. import words as wording
from ..store import counts
from ..store.counts import Conflict
from . import desk_change, desk_tables, html


def settle(conflict: Conflict, lang: str) -> None:
    """Both figures, and the choice which of them holds."""
    words, tables = wording.of(__file__, lang), desk_tables.words(lang)
    st.html(html.error(conflict, wording.of(errors.__file__, lang)))
    figures = conflict.figures
    when = figures["when"].map(lambda at: "" if pd.isna(at) else f"{at:%Y-%m-%d %H:%M}").astype("str")
    told = desk_tables.readable(figures.drop(columns="change").assign(when=when, take=False), lang)
    shown = told[["take", "date", "prefecture", "channel", "before", "theirs", "mine", "who", "when"]]
    locked = [name for name in shown.columns if name != "take"]
    take = {"take": st.column_config.CheckboxColumn(tables("columns.take"), pinned=True)}
    config = desk_tables.config(tables, shown.columns, **take)
    chosen = st.data_editor(
        shown, hide_index=True, disabled=locked, column_config=config, key="desk-choice", alt=tables("table"), placeholder=""
    )
    whole = st.checkbox(words("all_mine"), key="desk-all-mine")
    keys = figures[["date", "jis_code", "channel"]].assign(date=figures["date"].dt.strftime("%Y-%m-%d")).fillna("")
    mine = [tuple(key) for key, ours in zip(keys.itertuples(index=False), chosen["take"], strict=True) if ours or whole]
    desk_change.signed(lang, words("settle"), "desk-settle", partial(counts.apply, conflict.settled(mine)))
    st.button(words("leave"), key="desk-leave", on_click=desk_change.forget)
