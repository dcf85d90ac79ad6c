"""Ask what a file leaves open, with its possible readings side by side; an answer holds for the whole file."""

from collections.abc import Mapping

import streamlit as st

from sejong_dash import intake
from sejong_dash import words as wording
from sejong_dash.intake import Intake, Question
from sejong_dash.ui.blocks import markup

_QUESTIONS, _ANSWERS = "_desk_questions_", "_desk_readings_"
_OF_WHOLE_FILE = ("title_doubtful",)  # others leave out the rows that they are about


def answers(file: str) -> dict[str, str]:
    """Return the answers to the questions about this file, as `intake.read` takes them."""
    return dict(st.session_state.get(_ANSWERS + file, {}))


def answer(file: str, given: Mapping[str, str]) -> None:
    """Set answers, by the keys of their questions."""
    st.session_state[_ANSWERS + file] = answers(file) | dict(given)


def count_open(read: Intake, file: str) -> int:
    """Return how many questions have no answer."""
    return len({question.key for question in read.questions} - set(answers(file)))


def is_answered(read: Intake, file: str) -> bool:
    """Return whether all is answered without which no row of the file may be stored."""
    return not any(question.kind in _OF_WHOLE_FILE and question.key not in answers(file) for question in read.questions)


def waiting(lang: str) -> None:
    """Show why nothing can be applied yet."""
    st.html(markup.note(wording.of(__file__, lang)("waiting"), lang))


def note(read: Intake, file: str) -> None:
    """Note the questions of a reading: what was answered stays on the page, to be changed."""
    asked: dict[str, Question] = st.session_state.setdefault(_QUESTIONS + file, {})
    asked.update({question.key: question for question in read.questions})


def ask(file: str, lang: str) -> None:
    """Ask what was noted, and show what was answered."""
    words, given = wording.of(__file__, lang), answers(file)
    asked: dict[str, Question] = st.session_state.get(_QUESTIONS + file, {})
    for number, question in enumerate(asked.values()):
        labels = {option: intake.describe_option(question, option, lang) for option in question.options}
        chosen, text = given.get(question.key), intake.describe_question(question, lang)
        st.radio(
            words("asked", row=question.row, text=text) if question.row else text,
            list(labels),
            list(labels).index(chosen) if chosen in labels else None,
            format_func=labels.__getitem__,
            horizontal=True,
            key=f"desk-question-{number}-{file}",
            on_change=_keep,
            args=(number, question.key, file),
        )


def _keep(number: int, question: str, file: str) -> None:
    key = f"desk-question-{number}-{file}"
    if key in st.session_state:  # the message may come when its question has gone
        answer(file, {question: st.session_state[key]})
