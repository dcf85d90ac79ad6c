"""Read a file for the desk, and show how far the reading is.

Each file is read in a process of its own. The page waits for a small one; of a larger one, or one that takes long, it shows the
progress and can stop it.
"""

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import streamlit as st

from sejong_dash import intake
from sejong_dash import words as wording
from sejong_dash.errors import DashError, TableError
from sejong_dash.intake import Intake
from sejong_dash.intake.any_file import FileProgressCallback
from sejong_dash.intake.gate_log import gate_file
from sejong_dash.intake.reader_messages import ReadRequest
from sejong_dash.store.counts import ChangeSet
from sejong_dash.ui.blocks import markup
from sejong_dash.ui.blocks.background_job import Job
from sejong_dash.ui.desk.reading import gate_questions
from sejong_dash.words import Words

from . import reader_process
from .file_source import MOST_MB, IncomingFile

if TYPE_CHECKING:
    from sejong_dash.intake.gate_log.gate_counts import GateCounts

_JOB = "_desk_job"
_AT_ONCE = 1_000_000  # bytes that are read before a reader notices
_PATIENCE = 30.0  # seconds for which the page waits for them: ten times what it takes on a busy machine where no process waits
_MOST_SENT = MOST_MB << 20
_MOST_WRONG = 50_000  # rows of a log that its sheet can hold
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
        held = st.session_state[_JOB] = (key, job.start())
        if source.size < _AT_ONCE:
            with st.spinner(words("reading")):
                job.wait(_PATIENCE)
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
    def report(step: str, done: int, of: int, rows: int) -> None:
        on_progress(done, of, step, rows)

    try:
        with source.opened() as file:
            read = (_read_apart if source.size <= _MOST_SENT else _count)(file, source, choices, answers, report)
    except intake.Refused as refused:
        intake.log_refusal(source.name, source.size, refused.finding.code)
        read = ReadResult(intake.reject_file(source.name, refused.finding))
    except TableError as error:
        intake.log_refusal(source.name, source.size, error.problems[0].code)
        read = ReadResult(error=error)
    return {"read": read}


def _read_apart(
    file: Any, source: IncomingFile, choices: dict[str, Any], answers: gate_questions.Answers, report: FileProgressCallback
) -> ReadResult:
    """Read a file in a process of its own. Raises Refused, DashError."""
    content = file.read(_MOST_SENT + 1)
    answer = reader_process.read(ReadRequest(content, source.name, choices, answers, _MOST_WRONG), report)
    if answer.error is not None:
        raise answer.error
    if answer.refused is not None:
        raise intake.Refused(answer.refused.code, answer.refused.row, **answer.refused.fields)
    return ReadResult(answer.table, answer.change_set, answer.log)


def _count(
    file: Any, source: IncomingFile, _: dict[str, Any], answers: gate_questions.Answers, report: FileProgressCallback
) -> ReadResult:
    """Count a gate log that is too large to be sent: it waits in the server's own folder, and is read block by block."""
    if not gate_file.is_gate_log(file, source.name):
        raise intake.Refused("too_large", None, most=intake.MOST_BYTES >> 20)
    from sejong_dash.intake.gate_log import gate_counts  # brings Arrow's reader

    log = gate_counts.count_log(
        file, source.name, lambda done, size, rows: report("gate", done, size, rows), _MOST_WRONG, answers
    )
    return ReadResult(log=log)
