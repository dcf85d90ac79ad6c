"""How was a file understood, and what else could it be?"""

from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from .. import intake
from .. import words as wording
from ..intake import Intake
from ..words import Words
from . import desk_tables, html

_CHOICES = ("encoding", "sheet", "year")


def chosen(file: str) -> dict[str, Any]:
    """What the reader has chosen for this file otherwise than it was understood."""
    return {name: st.session_state.get(f"_desk_{name}_{file}") for name in _CHOICES}


def told(read: Intake, now: Intake, file: str, lang: str) -> None:
    """How the file was read, its rows beside what stood in it, and what else it could be; `now` is it since it was mended."""
    words = wording.of(__file__, lang)
    steps = [intake.sentence(one, read.filename, lang) for one in read.done]
    notices = [intake.sentence(one, "", lang).strip() for one in read.notices if one.row is not None]
    st.html(html.told(words("understood"), steps, lang))
    _ways(read, file, words)
    if len(now.rows):
        st.html(html.heading(words("first_rows"), lang))
        desk_tables.show(_beside(now, lang), desk_tables.words(lang), "desk-rows")
    if notices:
        with st.expander(words("notices", count=words.number(len(notices)))):
            st.html(html.told("", notices[:200], lang))


def _beside(read: Intake, lang: str) -> pd.DataFrame:
    """The rows in the reader's words, and what stood in the file where that is not the same."""
    said, most = desk_tables.words(lang), 1000
    after, stood = desk_tables.typed(read.rows.head(most), lang), read.source.head(most).reset_index(drop=True)
    found = pd.Series("", index=after.index, dtype="str")
    for name in desk_tables.COLUMNS:
        other = (stood[name].str.strip() != after[name]) & (stood[name].str.strip() != "")
        told = stood[name].map(lambda cell, name=name: said("colon", name=said(f"columns.{name}"), value=cell))
        found = found.where(~other, found + found.map(lambda one: said("join") if one else "") + told)
    numbers = read.rows["visitors"].head(most).reset_index(drop=True)
    return pd.concat([stood["line"], after.assign(visitors=numbers, found=found)], axis="columns")


def _ways(read: Intake, file: str, words: Words) -> None:
    """Other encodings, sheets and years to choose from, where there are any."""
    if len(read.sheets) > 1:
        st.selectbox(words("sheet"), read.sheets, width=320, **_kept("sheet", file))
    if any("year_missing" in one.code for one in read.errors) or chosen(file)["year"]:
        st.number_input(words("year"), 2020, 2040, None, width=320, **_kept("year", file))
    if not read.candidates:
        return
    others = [one.encoding for one in read.candidates]
    unsure = read.outcome == "reject_file" or any(one.code == "encoding_unsure" for one in read.notices)
    with st.expander(words("encodings"), expanded=unsure):
        at = others.index(read.encoding) if read.encoding in others else 0
        st.selectbox(words("encoding"), others, at, format_func=partial(_named, words), width=320, **_kept("encoding", file))
        shown = [others[at], *(one for one in others if one != others[at])][:2]
        for column, name in zip(st.columns(len(shown)), shown, strict=True):
            sample = next(one.sample for one in read.candidates if one.encoding == name)
            column.caption(words("preview_chosen" if name == others[at] else "preview_other", name=_named(words, name)))
            column.code("\n".join(sample.splitlines()[:8]), language=None)


def _kept(name: str, file: str) -> dict[str, Any]:
    """A choice counts once it is made: what a menu shows at first is what was understood."""
    return {"key": f"desk-{name}-{file}", "on_change": _keep, "args": (name, file)}


def _keep(name: str, file: str) -> None:
    st.session_state[f"_desk_{name}_{file}"] = st.session_state[f"desk-{name}-{file}"]


def _named(words: Words, encoding: str) -> str:
    return words(f"named.{encoding}") if words.has(f"named.{encoding}") else encoding
