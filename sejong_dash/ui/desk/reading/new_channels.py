"""Ask which channel a name is that nobody has used before; an answer holds for the whole file."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from sejong_dash import intake
from sejong_dash import words as wording
from sejong_dash.exhibits import narrowing
from sejong_dash.ui.blocks import markup
from sejong_dash.ui.desk import count_tables

_QUESTIONS, _ANSWERS = "_desk_channels_", "_desk_channels_settled_"
_ACROSS = 6  # options that stand side by side; more of them are a menu


def answers(file: str) -> dict[str, str] | None:
    """Return a channel for each name of this file that was asked about, or the name itself for a new channel; None before all
    names have their answer, so that a large file is read again only then."""
    return st.session_state.get(_ANSWERS + file)


def ask(unknown: Mapping[str, int], file: str, lang: str) -> bool:
    """Ask about the names (how many rows have each) and return whether all of them are answered. An answer can be changed."""
    words, tables = wording.of(__file__, lang), count_tables.words(lang)
    questions: dict[str, dict[str, str | int]] = st.session_state.setdefault(_QUESTIONS + file, {})
    for name, count in unknown.items():
        questions.setdefault(name, {"count": count, "answer": ""})
    if not questions:
        return True
    st.html(markup.heading(words("heading"), lang, words("explained" if unknown else "answered")))
    known = intake.list_channels()
    with st.container(key="desk-channels"):
        for number, (name, question) in enumerate(questions.items()):
            options = [*known, *([] if name in known else [name])]
            labels = {code: words("new", name=name) if code == name else narrowing.channel_name(code, tables) for code in options}
            answer, label = question["answer"], words("which", name=name, count=words.number(int(question["count"])))
            shared: dict[str, Any] = {
                "index": options.index(str(answer)) if answer in options else None,
                "format_func": labels.__getitem__,
                "key": f"desk-channel-{number}-{file}",
                "on_change": _keep,
                "args": (number, file, name),
            }
            if len(options) <= _ACROSS:
                st.radio(label, options, horizontal=True, **shared)
            else:
                st.selectbox(label, options, placeholder=words("choose"), width=480, **shared)
    return not unknown


def answer(unknown: Mapping[str, int], given: Mapping[str, str], file: str) -> None:
    """Answer which channels the names are, as far as it is known from an earlier file."""
    questions = st.session_state.setdefault(_QUESTIONS + file, {})
    for name, count in unknown.items():
        questions[name] = {"count": count, "answer": given.get(name, "")}
    _settle(file)


def waiting(lang: str) -> None:
    """Show why nothing can be applied yet."""
    st.html(markup.note(wording.of(__file__, lang)("waiting"), lang))


def _keep(number: int, file: str, name: str) -> None:
    questions = st.session_state[_QUESTIONS + file]
    questions[name]["answer"] = st.session_state[f"desk-channel-{number}-{file}"]
    _settle(file)


def _settle(file: str) -> None:
    """Take the answers for the whole file, once all names have one."""
    questions = st.session_state[_QUESTIONS + file]
    if questions and all(question["answer"] for question in questions.values()):
        st.session_state[_ANSWERS + file] = {asked: str(question["answer"]) for asked, question in questions.items()}
