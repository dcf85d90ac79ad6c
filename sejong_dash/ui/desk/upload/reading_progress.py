"""Read a file for the desk, and show how far the reading is.

A small file is read at once. A larger file is read beside the page, which shows the progress and can stop it.
"""

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import streamlit as st

from sejong_dash import intake
from sejong_dash import words as wording
from sejong_dash.errors import DashError, TableError
from sejong_dash.intake import Intake
from sejong_dash.intake.gate_log import gate_file
from sejong_dash.store.counts import ChangeSet
from sejong_dash.ui.blocks import markup
from sejong_dash.ui.blocks.background_job import Job
from sejong_dash.words import Words

from . import gate_questions, reader_process
from .file_source import IncomingFile

if TYPE_CHECKING:
    from sejong_dash.intake.gate_log.gate_counts import GateCounts

_JOB = "_desk_job"
_AT_ONCE = 1_000_000  # bytes that are read before a reader notices
_MOST_WRONG = 50_000  # rows of a log that its sheet can hold
MOST_FIGURES = 200_000  # a dozen years of counts; more would keep the server busy for half a minute
_PARTS = {"unpack": (0.0, 0.2), "rows": (0.2, 0.5), "judge": (0.5, 0.8), "plan": (0.8, 1.0), "gate": (0.0, 1.0)}


@dataclass(frozen=True)
class ReadResult:
    """A file that was read: a table of counts (with the `change_set` that it would make, where that took time), or a log of the
    gates, or the `error` why neither."""

    table: Intake | None = None
    change_set: ChangeSet | None = None
    log: "GateCounts | None" = None
    error: DashError | None = None


def read(source: IncomingFile, choices: dict[str, Any], lang: str) -> ReadResult | None:
    """Return the file as it was read, kept until another comes; None while it is being read, and where that was stopped."""
    words = wording.of(__file__, lang)
    answers = gate_questions.answers(source.key)
    key = (source.key, *choices.values(), answers)
    held: tuple[Any, Job] | None = st.session_state.get(_JOB)
    if held is None or held[0] != key:
        forget()
        job = Job(partial(_read, source, choices, answers))
        held = st.session_state[_JOB] = (key, job)
        if source.size < _AT_ONCE:
            with st.spinner(words("reading")):
                job.made = job.work(job.set_progress)
        else:
            job.start()
    job = held[1]
    if job.running:
        _show_progress(words)
    elif job.trouble is not None:
        return ReadResult(error=job.trouble)
    elif job.made is None:
        st.html(markup.note(words("stopped"), words.lang))
        st.button(words("read_now"), on_click=forget, icon=":material/refresh:", key="desk-read-now")
    return job.made["read"] if job.made else None


def forget() -> None:
    """Stop the reading that is under way, and drop what was read."""
    held = st.session_state.pop(_JOB, None)
    if held is not None:
        held[1].stop()


@st.fragment(run_every=0.4)
def _show_progress(words: Words) -> None:
    """Show how far the reading is; the page runs again when it is done."""
    held = st.session_state.get(_JOB)
    if held is None or not held[1].running:
        st.rerun()
    job: Job = held[1]
    step = job.title or "unpack"
    first, last = _PARTS[step]
    share = first + (last - first) * min(job.done / max(job.of, 1), 1.0)
    text = words(f"step.{step}", rows=words.number(job.count), share=words.number(100 * share))
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="desk-progress"):
        st.progress(share, text)
        st.button(words("cancel"), icon=":material/close:", on_click=job.stop, key="desk-cancel")


def _read(
    source: IncomingFile, choices: dict[str, Any], answers: gate_questions.Answers, on_progress: Any
) -> dict[str, ReadResult]:
    try:
        with source.opened() as file:
            is_log = gate_file.is_gate_log(file, source.name)
            read = _read_log(file, source, answers, on_progress) if is_log else _read_table(file, source, choices, on_progress)
    except intake.Refused as refused:
        intake.log_refusal(source.name, source.size, refused.finding.code)
        read = ReadResult(intake.reject_file(source.name, refused.finding))
    except TableError as error:
        intake.log_refusal(source.name, source.size, error.problems[0].code)
        read = ReadResult(error=error)
    return {"read": read}


def _read_log(file: Any, source: IncomingFile, answers: gate_questions.Answers, on_progress: Any) -> ReadResult:
    from sejong_dash.intake.gate_log import gate_counts  # brings Arrow's reader

    def report(done: int, size: int, rows: int) -> None:
        on_progress(done, size, "gate", rows)

    log = gate_counts.count_log(file, source.name, report, _MOST_WRONG, answers)
    return ReadResult(log=log)


def _read_table(file: Any, source: IncomingFile, choices: dict[str, Any], on_progress: Any) -> ReadResult:
    rows = 0  # stay shown in the steps after them

    def step(name: str, done: int, of: int) -> None:
        nonlocal rows
        rows = done if name == "rows" else rows
        on_progress(done, of, name, rows)

    content = file.read(intake.MOST_BYTES + 1)  # what is longer is refused without reading all of it
    if source.size < _AT_ONCE:
        return ReadResult(intake.read(content, source.name, "visitors", **choices))
    return ReadResult(*reader_process.read(content, source.name, choices, MOST_FIGURES, step))
