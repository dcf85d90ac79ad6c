"""Ask which rows of a gate log are entries, where the log says that some are none or leaves it open; an answer can be changed."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import streamlit as st

from sejong_dash import words as wording
from sejong_dash.ui.blocks import markup
from sejong_dash.words import Words

if TYPE_CHECKING:
    from sejong_dash.intake.gate_log.gate_counts import GateCounts

_KINDS, _ANSWERS = "_desk_gate_kinds_", "_desk_gate_answers_"
_ENTRY, _NO_ENTRY = "entry", "no_entry"
_MOST = 30  # texts that are asked about; more of them are no words but numbers
Asked = tuple[str, str]  # column and text
Answers = dict[Asked, bool]  # whether such rows are entries


def answers(file: str) -> Answers:
    """Return for each text that the reader has answered whether its rows are entries."""
    return dict(st.session_state.get(_ANSWERS + file, {}))


def answer(log: "GateCounts", file: str, known: Mapping[str, str]) -> bool:
    """Answer what `known` has an answer to (see `texts`); return whether there was any."""
    asked = [*log.questions, *((what.column, what.found) for what in log.no_entry)]
    found = {question: known[_name(question)] == _ENTRY for question in asked if _name(question) in known}
    if found:
        st.session_state[_ANSWERS + file] = found | answers(file)
        note(log, file)
    return bool(found)


def texts(file: str) -> dict[str, str]:
    """Return the answers as they can be kept for the next log: `column: text` -> entry, no_entry."""
    return {_name(question): _ENTRY if is_entry else _NO_ENTRY for question, is_entry in answers(file).items()}


def _name(question: Asked) -> str:
    return ": ".join(question)


def note(log: "GateCounts", file: str) -> dict[Asked, tuple[str, int]]:
    """Keep what a log asks, and return all that it has asked so far: an answer takes its question out of the log."""
    asked: dict[Asked, tuple[str, int]] = st.session_state.setdefault(_KINDS + file, {})
    for question, rows in log.questions.items():
        asked.setdefault(question, ("", rows))
    for what, rows in log.no_entry.items():
        asked.setdefault((what.column, what.found), (what.kind, rows))
    return asked


def ask(log: "GateCounts", file: str, lang: str) -> None:
    """Show each text that says that its rows are no entries, or may say so, with both readings side by side."""
    words = wording.of(__file__, lang)
    asked = note(log, file)
    if not asked:
        return
    st.html(markup.heading(words("heading"), lang, words("explained")))
    given = answers(file)
    with st.container(key="desk-gate-questions"):
        for number, (question, (kind, rows)) in enumerate(list(asked.items())[:_MOST]):
            column, found = question
            is_entry = given.get(question, False if kind else None)
            if is_repeated(question):
                text = words("which_ticket", column=column, count=words.number(rows))
                labels = _label_totals(log.from_japan + log.from_elsewhere, rows, is_entry is True, words)
            else:
                text = words("which", column=column, found=found or words("blank"), count=words.number(rows))
                labels = {_ENTRY: words("answer.entry"), _NO_ENTRY: words(f"answer.{kind or 'no_entry'}")}
            st.radio(
                text,
                list(labels),
                None if is_entry is None else int(not is_entry),
                format_func=labels.__getitem__,
                horizontal=True,
                key=f"desk-gate-question-{number}-{file}",
                on_change=_keep,
                args=(number, file, question),
            )


def is_repeated(question: Asked) -> bool:
    """Return whether a question is about further scans of one ticket on a day."""
    from sejong_dash.intake.gate_log.gate_tally import REPEATED  # a page without a log needs none of it

    return question[1] == REPEATED


def _label_totals(counted: int, repeats: int, is_every: bool, words: Words) -> dict[str, str]:
    """Return both readings of further scans, with the entries that the log then has."""
    once = counted - repeats * is_every
    totals = {_ENTRY: once + repeats, _NO_ENTRY: once}
    return {name: words(f"ticket.{name}", total=words.number(total)) for name, total in totals.items()}


def _keep(number: int, file: str, question: Asked) -> None:
    is_entry = st.session_state[f"desk-gate-question-{number}-{file}"] == _ENTRY
    st.session_state[_ANSWERS + file] = answers(file) | {question: is_entry}
