"""What was understood of a file that somebody dropped, and what in it must be mended?"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import streamlit as st

from .. import intake
from .. import words as wording
from ..exports import template
from ..intake import Intake
from ..store.counts import Plan
from ..words import Words
from . import desk_change, desk_gate, desk_mend, desk_reading, desk_source, desk_tables, desk_understood, html
from .desk_source import Source

_DRAFT, _ROUND = "_desk_draft", "_desk_round"
_TOLD = 30  # errors told one by one; the sheet has them all


@dataclass
class Draft:
    """A file as it was read (`first`) and as it reads since its rows were mended (`now`)."""

    key: tuple[Any, ...]
    first: Intake
    now: Intake


def bring(lang: str) -> None:
    """Drop a file, see what it says, mend it, see what it would change, apply."""
    words = wording.of(__file__, lang)
    _templates(words)
    source = desk_source.chosen(st.session_state.get(_ROUND, 0), lang)
    if source is None:
        _forget()
        return
    asked = desk_understood.chosen(source.key)
    read = desk_reading.read(source, asked, lang)
    if read is None:
        return
    if read.trouble is not None:
        raise read.trouble
    if read.log is not None:
        desk_gate.told(read.log, source, (source.key, id(read.log)), lang)
    elif read.table is not None:
        _table(_draft((source.key, *asked.values()), read.table, read.plan), source, words)


def _table(draft: Draft, source: Source, words: Words) -> None:
    lang = words.lang
    desk_understood.told(draft.first, draft.now, source.key, lang)
    if len(draft.now.errors):
        _errors(draft, words)
        mended = desk_mend.mend(draft.now, f"{source.key}-{len(draft.now.wrong)}", lang)
        if mended is not None:
            kept = [one for one in draft.first.errors if one.row is None]
            draft.now = replace(mended, errors=(*kept, *mended.errors))
            st.rerun()
    if len(draft.now.rows):
        left = int(draft.now.wrong["line"].nunique())
        if left:
            st.html(html.note(words("left", count=words.number(left)), lang))
        if len(draft.now.rows) > desk_reading.MOST_FIGURES:
            many = {"count": words.number(len(draft.now.rows)), "most": words.number(desk_reading.MOST_FIGURES)}
            st.html(html.note(words("too_many", **many), lang))
            return
        desk_change.offer(draft.now.rows, draft.first.filename, (*draft.key, id(draft.now)), lang)


def done() -> None:
    """The file is stored: the next one may come."""
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
    _forget()


def _forget() -> None:
    st.session_state.pop(_DRAFT, None)
    desk_reading.forget()


def _draft(key: tuple[Any, ...], read: Intake, plan: Plan | None) -> Draft:
    """What was read, with what has been mended in it until the reader chooses otherwise."""
    draft: Draft | None = st.session_state.get(_DRAFT)
    if draft is None or draft.key != key or draft.first is not read:
        draft = st.session_state[_DRAFT] = Draft(key, read, read)
        if plan is not None:
            desk_change.hold((*key, id(read)), plan)
    return draft


def templates(lang: str) -> dict[str, Callable[[], bytes]]:
    """What makes the empty sheets to fill in, by the kind of file."""
    words, said = wording.of(__file__, lang), desk_tables.words(lang)
    headings = [said(f"columns.{name}") for name in desk_tables.COLUMNS]
    places, channels = desk_tables.offered(lang)
    line = words("explained")
    return {
        "xlsx": partial(template.workbook, line, headings, places, channels, said),
        "csv": partial(template.text, line, headings),
    }


def _templates(words: Words) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="desk-templates"):
        st.html(html.line(words("templates"), words.lang), width="content")
        for kind, make in templates(words.lang).items():
            st.download_button(
                words(f"template_{kind}"),
                make,
                f"{words('template_name')}.{kind}",
                template.MIMES[kind],
                icon=":material/download:",
                type="tertiary",
                on_click="ignore",
                key=f"desk-template-{kind}",
            )


def _errors(draft: Draft, words: Words) -> None:
    read, lang = draft.now, words.lang
    told = [intake.sentence(one, "" if one.row else read.filename, lang).strip() for one in read.errors]
    st.html(html.told(words("errors", count=words.number(len(told))), told[:_TOLD], lang, wrong=True))
    if len(told) > _TOLD:
        st.caption(words("more_errors", count=words.number(len(told) - _TOLD)))
    st.download_button(
        words("error_sheet"),
        partial(desk_mend.sheet, read, lang),
        f"{words('error_sheet_name')}.xlsx",
        template.MIMES["xlsx"],
        icon=":material/download:",
        on_click="ignore",
        key="desk-error-sheet",
    )
