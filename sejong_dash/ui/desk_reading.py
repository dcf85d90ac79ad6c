"""What does a file come to, and how far is the reading of it?

A small file is read at once. A larger one is read beside the page, which tells how far it is and can stop it.
"""

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import streamlit as st

from .. import intake
from .. import words as wording
from ..errors import DashError, TableError
from ..intake import Intake, gate_file
from ..store.counts import Plan
from ..words import Words
from . import desk_apart, html
from .desk_source import Source
from .job import Job

if TYPE_CHECKING:
    from ..intake.gate_log import GateCounts

_JOB = "_desk_job"
_AT_ONCE = 1_000_000  # bytes that are read before one notices
_TOLD = 50_000  # wrong rows of a log that the sheet can hold
MOST_FIGURES = 200_000  # a dozen years of counts; more would keep the server busy for half a minute
_PARTS = {"unpack": (0.0, 0.2), "rows": (0.2, 0.5), "judge": (0.5, 0.8), "plan": (0.8, 1.0), "gate": (0.0, 1.0)}


@dataclass(frozen=True)
class Read:
    """What was read: a table of counts (`plan` is what it would change, where that took its time), or a log of the gates, or
    why neither."""

    table: Intake | None = None
    plan: Plan | None = None
    log: "GateCounts | None" = None
    trouble: DashError | None = None


def read(source: Source, asked: dict[str, Any], lang: str) -> Read | None:
    """The file as it was read, kept until another one comes; None while it is being read, and where that was stopped."""
    words = wording.of(__file__, lang)
    key = (source.key, *asked.values())
    held: tuple[Any, Job] | None = st.session_state.get(_JOB)
    if held is None or held[0] != key:
        forget()
        job = Job(partial(_work, source, asked))
        held = st.session_state[_JOB] = (key, job)
        if source.size < _AT_ONCE:
            with st.spinner(words("reading")):
                job.made = job.work(job.tell)
        else:
            job.start()
    job = held[1]
    if job.running:
        _watch(words)
    elif job.trouble is not None:
        return Read(trouble=job.trouble)
    elif job.made is None:
        st.html(html.note(words("stopped"), words.lang))
        st.button(words("read_now"), on_click=forget, icon=":material/refresh:", key="desk-read-now")
    return job.made["read"] if job.made else None


def forget() -> None:
    """Nobody waits for it any more."""
    held = st.session_state.pop(_JOB, None)
    if held is not None:
        held[1].stop()


@st.fragment(run_every=0.4)
def _watch(words: Words) -> None:
    """How far it is; the page is told when it is done."""
    held = st.session_state.get(_JOB)
    if held is None or not held[1].running:
        st.rerun()
    job: Job = held[1]
    step = job.title or "unpack"
    first, last = _PARTS[step]
    share = first + (last - first) * min(job.done / max(job.of, 1), 1.0)
    said = words(f"step.{step}", rows=words.number(job.count), share=words.number(100 * share))
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="desk-progress"):
        st.progress(share, said)
        st.button(words("cancel"), icon=":material/close:", on_click=job.stop, key="desk-cancel")


def _work(source: Source, asked: dict[str, Any], tell: Any) -> dict[str, Read]:
    try:
        with source.opened() as file:
            read = _gates(file, source, tell) if gate_file.recognised(file, source.name) else _table(file, source, asked, tell)
    except intake.Refused as refused:
        intake.log_refused(source.name, source.size, refused.finding.code)
        read = Read(intake.refused(source.name, refused.finding))
    except TableError as trouble:
        intake.log_refused(source.name, source.size, trouble.problems[0].code)
        read = Read(trouble=trouble)
    return {"read": read}


def _gates(file: Any, source: Source, tell: Any) -> Read:
    from ..intake import gate_log  # brings Arrow's reader

    log = gate_log.counted(file, source.name, lambda done, size, rows: tell(done, size, "gate", rows), _TOLD)
    return Read(log=log)


def _table(file: Any, source: Source, asked: dict[str, Any], tell: Any) -> Read:
    gone = 0  # rows stay told in the steps after them

    def step(name: str, done: int, of: int) -> None:
        nonlocal gone
        gone = done if name == "rows" else gone
        tell(done, of, name, gone)

    content = file.read(intake.MOST_BYTES + 1)  # what is longer is refused without reading all of it
    if source.size < _AT_ONCE:
        return Read(intake.read(content, source.name, "visitors", **asked))
    return Read(*desk_apart.read(content, source.name, asked, MOST_FIGURES, step))
