"""How are rows mended, typed in or pasted, and read again?"""

from dataclasses import replace
from datetime import date
from typing import Any, Literal

import pandas as pd
import streamlit as st

from .. import intake
from .. import words as wording
from ..intake import Finding, Intake
from ..store import counts
from ..words import Words
from . import desk_change, desk_tables, desk_understood, html

_MOST = 2000  # rows in the grid
_EMPTY = 100  # rows that wait to be typed in, or pasted: each has its number, which a row that is added has not
_HIGH = 360
_TYPED, _TAKEN = "_desk_typed", "_desk_taken"


def wrong_rows(read: Intake, lang: str) -> pd.DataFrame:
    """The rows that cannot be used, as text, with what is wrong with each."""
    told: dict[int, list[str]] = {}
    for one in read.errors:
        if one.row is not None:
            told.setdefault(one.row, []).append(intake.sentence(one, "", lang).strip())
    tables = desk_tables.words(lang)
    trouble = read.wrong["line"].map(lambda line: tables.sentences(told.get(int(line), [])))
    return read.wrong.assign(trouble=trouble.astype("str"))[["line", *desk_tables.COLUMNS, "trouble"]]


def mend(read: Intake, key: str, lang: str) -> Intake | None:
    """The wrong rows in a grid; what the file says with them mended, once the reader asks for it. A row that is deleted is left
    out."""
    words = wording.of(__file__, lang)
    wrong = wrong_rows(read, lang).head(_MOST)
    if not len(wrong):
        return None
    st.html(html.heading(words("mend"), lang, words("paste")))
    place = f"{_TAKEN}-{key}"
    base = _with_proposals(wrong, read.errors) if st.session_state.get(place) else wrong
    edited = _editor(base, f"desk-mend-{key}-{bool(st.session_state.get(place))}", words, "delete")
    with st.container(horizontal=True, gap="small"):
        again = st.button(words("read_again"), type="primary", icon=":material/refresh:", key="desk-read-again")
        if any(_proposed(one) for one in read.errors) and not st.session_state.get(place):
            st.button(words("take"), key="desk-take", on_click=_take, args=(place,))
    if not again:
        return None
    good = read.source.assign(**desk_tables.typed(read.rows, lang).to_dict("series"))
    rows = pd.concat([good, edited, read.wrong.iloc[_MOST:]])[["line", *desk_tables.COLUMNS]]
    lines = rows.sort_values("line", kind="stable").fillna("").astype({"line": "int64"})
    return desk_tables.again([(int(line), list(cells)) for line, *cells in lines.itertuples(index=False)], read.filename)


def _take(place: str) -> None:
    st.session_state[place] = True


def _proposed(one: Finding) -> bool:
    """Whether there is one proposal for this cell: of several, a person chooses."""
    return bool(one.row and one.column and one.proposal and " / " not in one.proposal)


def _with_proposals(wrong: pd.DataFrame, errors: tuple[Finding, ...]) -> pd.DataFrame:
    filled = wrong.copy()
    for one in errors:
        if _proposed(one):
            filled.loc[filled["line"] == one.row, one.column] = one.proposal
    return filled


def write(lang: str) -> None:
    """Type rows in or paste them; a day that is chosen shows what stands, to be mended or taken out."""
    words = wording.of(__file__, lang)
    day = st.date_input(words("day"), None, format="YYYY-MM-DD", help=words("day_help"), key="desk-day", width=320)
    held = st.session_state.get(_TYPED)
    if held is None or held["day"] != day:
        held = st.session_state[_TYPED] = _opened(day, lang) | {"round": (held or {}).get("round", 0) + 1}
    st.html(html.note(words("paste"), lang))
    edited = _editor(held["base"], f"desk-type-{held['round']}", words, "dynamic")
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


def _editor(base: pd.DataFrame, key: str, words: Words, rows: Literal["delete", "dynamic"]) -> pd.DataFrame:
    tables = desk_tables.words(words.lang)
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
