"""How are rows typed in or pasted, and a stored day mended?"""

from dataclasses import replace
from datetime import date
from typing import Any, Literal

import pandas as pd
import streamlit as st

from .. import intake
from .. import words as wording
from ..intake import Finding
from ..store import counts
from . import desk_change, desk_tables, desk_understood, html

_EMPTY = 100  # rows that wait to be typed in, or pasted: each has its number, which a row that is added has not
_HIGH = 360
_TYPED = "_desk_typed"


def write(lang: str) -> None:
    """Type rows in or paste them; a day that is chosen shows what stands, to be mended or taken out."""
    words = wording.of(__file__, lang)
    day = st.date_input(words("day"), None, format="YYYY-MM-DD", help=words("day_help"), key="desk-day", width=320)
    held = st.session_state.get(_TYPED)
    if held is None or held["day"] != day:
        held = st.session_state[_TYPED] = _opened(day, lang) | {"round": (held or {}).get("round", 0) + 1}
    st.html(html.note(words("paste"), lang))
    edited = editor(held["base"], f"desk-type-{held['round']}", lang, "dynamic")
    rows = edited[list(desk_tables.COLUMNS)].fillna("").astype("str")
    lines = [(int(at) + 1, list(cells)) for at, *cells in rows.itertuples() if any(map(str.strip, cells))]
    if not lines and held["shown"] is None:
        return
    read = desk_tables.again(lines, words("typed")) if lines else intake.read(b"", "", "visitors")
    if read.errors and lines:
        told = [intake.sentence(_up(one), "", lang).strip() for one in read.errors]
        st.html(html.told(words("errors", count=words.number(len(told))), told[:30], lang, wrong=True))
        return  # what a half-typed row says is stored by nobody
    desk_understood.notices([_up(one) for one in read.notices], lang)
    desk_change.offer(read.rows, words("typed"), ("typed", held["round"], str(lines)), lang, shown=held["shown"])


def done() -> None:
    """What was typed is stored."""
    st.session_state.pop(_TYPED, None)


def _up(one: Finding) -> Finding:
    """The grid has its headings outside: its first row is the second of what is read."""
    fields = dict(one.fields)
    if isinstance(fields.get("first"), int):
        fields["first"] = int(str(fields["first"])) - 1
    if "rows" in fields and one.code == "duplicate_conflict":
        fields["rows"] = " ".join(str(int(line) - 1) for line in str(fields["rows"]).split())
    return replace(one, row=one.row and one.row - 1, fields=fields)


def _opened(day: date | None, lang: str) -> dict[str, Any]:
    """An empty grid, or what stands of a day; `shown` is what its reader saw."""
    if day is None:
        base = pd.DataFrame("", index=pd.RangeIndex(1, _EMPTY + 1), columns=list(desk_tables.COLUMNS), dtype="str")
        return {"day": day, "base": base, "shown": None}
    stands = counts.figures()
    shown = stands.loc[stands["date"] == pd.Timestamp(day), ["date", "jis_code", "channel", "visitors"]].reset_index(drop=True)
    base = desk_tables.typed(shown, lang)
    base.index = pd.RangeIndex(1, len(base) + 1)
    return {"day": day, "base": base, "shown": shown}


def editor(base: pd.DataFrame, key: str, lang: str, rows: Literal["delete", "dynamic"]) -> pd.DataFrame:
    """Rows of text in which a reader can write, paste and delete. Every column is text: into one of numbers the browser lets
    no `1,200명` and says nothing."""
    tables = desk_tables.words(lang)
    texts = {name: st.column_config.TextColumn(tables(f"columns.{name}")) for name in desk_tables.COLUMNS}
    more = {name: st.column_config.Column(tables(f"columns.{name}"), width="small") for name in ("line",) if name in base}
    if "trouble" in base:
        more["trouble"] = st.column_config.TextColumn(tables("columns.trouble"), width="large")
    return st.data_editor(
        base,
        num_rows=rows,
        hide_index=rows != "dynamic",
        height=_HIGH if len(base) == _EMPTY else "auto",
        disabled=["line", "trouble"],
        column_config=texts | more,
        key=key,
        alt=tables("table"),
        placeholder="",
    )
