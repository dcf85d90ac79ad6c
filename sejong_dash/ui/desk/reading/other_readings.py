"""Let a reader choose how else a file may be read: another sheet, year, order of dates or encoding.

What the file leaves open is a question, with its readings side by side; what was understood is a menu.
"""

from collections.abc import Mapping
from functools import partial
from typing import Any

import streamlit as st

from sejong_dash import words as wording
from sejong_dash.intake import Finding, Intake
from sejong_dash.words import Words

from . import new_channels, questions

_CHOICES = ("encoding", "sheet", "year", "order")
_ORDERS = ("mdy", "dmy", "")


def choices(file: str) -> dict[str, Any]:
    """Return what the reader has chosen for this file otherwise than it was understood, as `intake.read` takes it."""
    chosen = {name: _chosen(name, file) or None for name in _CHOICES}
    return chosen | {"channels": new_channels.answers(file), "readings": questions.answers(file)}


def _chosen(name: str, file: str) -> Any:
    return st.session_state.get(f"_desk_{name}_{file}")


def choose(file: str, chosen: Mapping[str, str]) -> None:
    """Choose how a file is read, as its reader did for an earlier one."""
    for name, value in chosen.items():
        st.session_state[f"_desk_{name}_{file}"] = value


def is_unsure(read: Intake) -> bool:
    """Return whether the letters of a text may have to be read otherwise."""
    is_doubtful = read.outcome == "reject_file" or any(notice.code == "encoding_unsure" for notice in read.notices)
    return bool(read.candidates) and is_doubtful


def open_questions(read: Intake, file: str) -> int:
    """Return how many of the questions that `ask` shows have no answer yet."""
    asked = {"year": _first(read, "year_missing"), "order": _first(read, "date_ambiguous"), "encoding": is_unsure(read)}
    return questions.count_open(read, file) + sum(
        bool(is_asked) and _chosen(name, file) is None for name, is_asked in asked.items()
    )


def ask(read: Intake, file: str, lang: str) -> None:
    """Ask about years and orders of dates that the file leaves open, and about letters that look wrong."""
    words = wording.of(__file__, lang)
    questions.note(read, file)
    questions.ask(file, lang)
    if _first(read, "year_missing") or _chosen("year", file):
        st.number_input(words("year"), 2020, 2040, None, width=320, **_kept("year", file))
    ambiguous = _first(read, "date_ambiguous")
    if ambiguous or _chosen("order", file) is not None:
        found = str(ambiguous.fields["found"]) if ambiguous else "5/6/2026"
        orders = {order: words(f"order.{order or 'none'}") for order in _ORDERS}
        label = words("order.label", found=found)
        at = list(orders).index(chosen) if (chosen := _chosen("order", file)) in orders else None
        st.radio(label, orders, at, format_func=orders.__getitem__, horizontal=True, **_kept("order", file))
    if is_unsure(read):
        choose_encoding(read, file, lang)


def choose_sheet(read: Intake, file: str, lang: str) -> None:
    """Show the menu of a workbook's sheets, where it has several."""
    if len(read.sheets) > 1:
        at = read.sheets.index(chosen) if (chosen := _chosen("sheet", file)) in read.sheets else 0
        st.selectbox(wording.of(__file__, lang)("sheet"), read.sheets, at, width=320, **_kept("sheet", file))


def choose_encoding(read: Intake, file: str, lang: str) -> None:
    """Show the menu of encodings, and how the first lines read in two of them, side by side."""
    if not read.candidates:
        return
    words = wording.of(__file__, lang)
    encodings = [candidate.encoding for candidate in read.candidates]
    at = encodings.index(read.encoding) if read.encoding in encodings else 0
    st.selectbox(
        words("encoding"), encodings, at, format_func=partial(_encoding_name, words), width=480, **_kept("encoding", file)
    )
    shown = [encodings[at], *(name for name in encodings if name != encodings[at])][:2]
    for column, name in zip(st.columns(len(shown)), shown, strict=True):
        sample = next(candidate.sample for candidate in read.candidates if candidate.encoding == name)
        column.caption(words("preview_chosen" if name == encodings[at] else "preview_other", name=_encoding_name(words, name)))
        column.code("\n".join(sample.splitlines()[:8]), language=None)


def _first(read: Intake, code: str) -> Finding | None:
    return next((error for error in read.errors if code in error.code), None)


def _kept(name: str, file: str) -> dict[str, Any]:
    """Settings of a menu whose choice counts once it is made: what it shows at first is what was understood."""
    return {"key": f"desk-{name}-{file}", "on_change": _keep, "args": (name, file)}


def _keep(name: str, file: str) -> None:
    key = f"desk-{name}-{file}"
    if key in st.session_state:  # the message may come when its menu has gone
        st.session_state[f"_desk_{name}_{file}"] = st.session_state[key]


def _encoding_name(words: Words, encoding: str) -> str:
    return words(f"named.{encoding}") if words.has(f"named.{encoding}") else encoding
