"""How was a file understood, and what else could it be?"""

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from typing import Any
from unicodedata import normalize

import pandas as pd
import streamlit as st

from .. import intake
from .. import words as wording
from ..intake import Finding, Intake
from ..words import Words
from . import desk_tables, html

_CHOICES = ("encoding", "sheet", "year", "order")
_ORDERS = ("", "mdy", "dmy")


def chosen(file: str) -> dict[str, Any]:
    """What the reader has chosen for this file otherwise than it was understood."""
    return {name: st.session_state.get(f"_desk_{name}_{file}") for name in _CHOICES}


def told(read: Intake, now: Intake, file: str, lang: str) -> None:
    """How the file was read, its rows beside what stood in it, and what else it could be; `now` is it since it was mended."""
    words = wording.of(__file__, lang)
    steps = [intake.without_place(one, lang) for one in read.done]
    st.html(html.told(words("understood"), steps, lang))
    _ways(read, file, words)
    if len(now.rows):
        st.html(html.heading(words("first_rows"), lang))
        desk_tables.show(_beside(now, lang), desk_tables.words(lang), "desk-rows")
    notices(read.notices, lang)


def notices(found: Iterable[Finding], lang: str) -> None:
    """What to know about single rows. That a row says what the desk's own templates and menus say is not worth a word."""
    words = wording.of(__file__, lang)
    told = [intake.sentence(_named_as_shown(one, lang), "", lang).strip() for one in found if one.row and not _own(one, lang)]
    if told:
        with st.expander(words("notices", count=words.number(len(told)))):
            st.html(html.told("", told[:200], lang))


def _named_as_shown(one: Finding, lang: str) -> Finding:
    """A channel by its name in the tables here, not by its code."""
    if one.code != "channel_named":
        return one
    return replace(one, fields={**one.fields, "value": desk_tables.channel(str(one.fields["value"]), desk_tables.words(lang))})


def _own(one: Finding, lang: str) -> bool:
    """Whether a cell, or a heading, stands as the desk itself writes it."""
    if one.code == "headings_japanese":
        return lang == "ja"
    if one.code == "column_ignored":  # of the sheet with the rows to mend
        own = {desk_tables.words(each)(f"columns.{name}") for each in wording.LANGUAGES for name in ("line", "trouble")}
        return str(one.fields["found"]) in own
    if one.code not in ("channel_named", "prefecture_not_known"):
        return False
    key = f"channel.{one.fields['value']}" if one.code == "channel_named" else "unknown"
    tables = map(desk_tables.words, wording.LANGUAGES)
    called = {normalize("NFKC", table(key)) for table in tables if table.has(key)}
    return normalize("NFKC", str(one.fields["found"])) in called


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
    if any("date_ambiguous" in one.code for one in read.errors) or chosen(file)["order"]:
        orders = {one: words(f"order.{one or 'none'}") for one in _ORDERS}
        st.selectbox(words("order.label"), orders, format_func=orders.__getitem__, width=320, **_kept("order", file))
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
