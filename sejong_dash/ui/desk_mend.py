"""How are the rows of a file that cannot be used mended: here, or by whoever wrote them?"""

import pandas as pd
import streamlit as st

from .. import intake
from .. import words as wording
from ..exports import template
from ..intake import Finding, Intake
from . import desk_grid, desk_tables, html

_MOST = 2000  # rows in the grid
_TAKEN = "_desk_taken"


def mend(read: Intake, key: str, lang: str) -> Intake | None:
    """The wrong rows in a grid; what the file says with them mended, once the reader asks for it. A row that is deleted is left
    out."""
    words, tables = wording.of(__file__, lang), desk_tables.words(lang)
    told = _told(read, lang)
    trouble = read.wrong["line"].map(lambda line: tables.sentences(told.get(int(line), [])))
    wrong = read.wrong.assign(trouble=trouble.astype("str"))[["line", *desk_tables.COLUMNS, "trouble"]].head(_MOST)
    if not len(wrong):
        return None
    st.html(html.heading(words("mend"), lang, words("paste")))
    place = f"{_TAKEN}-{key}"
    base = _with_proposals(wrong, read.errors, lang) if st.session_state.get(place) else wrong
    edited = desk_grid.editor(base, f"desk-mend-{key}-{bool(st.session_state.get(place))}", lang, "delete")
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


def sheet(read: Intake, lang: str) -> bytes:
    """Every row that cannot be used, with what is wrong with it, to send to whoever wrote it. Mended, it is dropped like any
    other file."""
    words, said = wording.of(__file__, lang), desk_tables.words(lang)
    told = _told(read, lang)
    marked = {(one.row, name) for one in read.errors for name in ([one.column] if one.column else desk_tables.COLUMNS)}
    rows = [
        template.Wrong(
            int(line), cells, [name for name in desk_tables.COLUMNS if (line, name) in marked], "\n".join(told.get(int(line), []))
        )
        for line, *cells in read.wrong[["line", *desk_tables.COLUMNS]].itertuples(index=False)
    ]
    columns = ("line", *desk_tables.COLUMNS, "trouble")
    return template.mending(words("sheet_said", file=read.filename), columns, rows, *desk_tables.offered(lang), said)


def _told(read: Intake, lang: str) -> dict[int, list[str]]:
    """What is wrong with each row, for a reader who sees the row."""
    said = desk_tables.words(lang)
    told: dict[int, list[str]] = {}
    for one in read.errors:
        if one.row is not None:
            what = intake.without_place(one, lang)
            named = said("colon", name=said(f"columns.{one.column}"), value=what) if one.column else what
            told.setdefault(one.row, []).append(named)
    return told


def _take(place: str) -> None:
    st.session_state[place] = True


def _proposed(one: Finding) -> bool:
    """Whether there is one proposal for this cell: of several, a person chooses."""
    return bool(one.row and one.column and one.proposal and " / " not in one.proposal)


def _with_proposals(wrong: pd.DataFrame, errors: tuple[Finding, ...], lang: str) -> pd.DataFrame:
    filled = wrong.copy()
    for one in errors:
        if _proposed(one):
            filled.loc[filled["line"] == one.row, one.column] = intake.proposed(one, lang)
    return filled
