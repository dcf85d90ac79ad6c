"""Ask what a file leaves open, with its possible readings side by side; an answer holds for the whole file."""

from collections.abc import Sequence

import streamlit as st

from sejong_dash import intake
from sejong_dash import words as wording
from sejong_dash.intake import Finding, Intake, Question
from sejong_dash.ui.blocks import markup
from sejong_dash.words import Words

_QUESTIONS, _ANSWERS = "_desk_questions_", "_desk_readings_"
_OF_VALUE = "only:"
_OF_WHOLE_FILE = ("title_doubtful",)  # others leave out the rows that they are about


def answers(file: str) -> dict[str, str]:
    """Return the answers to the questions about this file, as `intake.read` takes them."""
    return dict(st.session_state.get(_ANSWERS + file, {}))


def count_open(read: Intake, file: str) -> int:
    """Return how many questions have no answer."""
    return len({question.key for question in read.questions} - set(answers(file)))


def is_answered(read: Intake, file: str) -> bool:
    """Return whether all is answered without which no row of the file may be stored."""
    return not any(question.kind in _OF_WHOLE_FILE and question.key not in answers(file) for question in read.questions)


def waiting(lang: str) -> None:
    """Show why nothing can be applied yet."""
    st.html(markup.note(wording.of(__file__, lang)("waiting"), lang))


def ask(read: Intake, file: str, lang: str) -> None:
    """Ask what the file leaves open; what was answered stays there to be changed."""
    words = wording.of(__file__, lang)
    asked: dict[str, tuple[Question, str]] = st.session_state.setdefault(_QUESTIONS + file, {})
    findings = (*read.errors, *read.notices)
    for question in read.questions:
        asked[question.key] = (question, _sentence(question, findings, lang))
    if not asked:
        return
    given = answers(file)
    for number, (question, sentence) in enumerate(asked.values()):
        labels = {option: _label(option, question, words) for option in question.options}
        answer = given.get(question.key)
        st.radio(
            words("asked", row=question.row, sentence=sentence) if question.row else sentence,
            list(labels),
            list(labels).index(answer) if answer in labels else None,
            format_func=labels.__getitem__,
            horizontal=True,
            key=f"desk-question-{number}-{file}",
            on_change=_keep,
            args=(number, question.key, file),
        )


def _sentence(question: Question, findings: Sequence[Finding], lang: str) -> str:
    """What is open, in the words of the finding that asks it."""
    of_kind = [finding for finding in findings if finding.code == question.kind]
    about = [finding for finding in of_kind if question.found in finding.fields.values()]
    first = next(iter([*about, *of_kind]), None)
    return intake.describe_without_place(first, lang) if first else question.found


def _label(option: str, question: Question, words: Words) -> str:
    """An answer in words; `only:VALUE` counts the rows with this value alone, and a number is a unit."""
    if option.startswith(_OF_VALUE):
        return words("option.only", value=option.removeprefix(_OF_VALUE))
    if option.isdigit():
        return words("option.unit", unit=words.number(int(option)))
    own = f"option.{question.kind}_{option}"
    return words(own if words.has(own) else f"option.{option}", found=question.found)


def _keep(number: int, question: str, file: str) -> None:
    key = f"desk-question-{number}-{file}"
    if key in st.session_state:  # the message may come when its question has gone
        st.session_state[_ANSWERS + file] = answers(file) | {question: st.session_state[key]}
