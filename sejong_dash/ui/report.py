"""Which charts are carried away, in which languages, as which files?"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from types import ModuleType
from typing import Any

import streamlit as st

from .. import errors, exports
from .. import words as wording
from ..choices import Choices
from ..decks import Deck, Slide, decks, parse
from ..errors import DashError
from ..exhibits import defaults
from ..exports.report import Report, Tell, gathered
from ..store import frozen
from ..words import Words
from . import filters, html, state
from .job import Job
from .show import exhibit

_JOB = "_report_job"


@dataclass(frozen=True)
class _Asked:
    """What is to be made; two equal ones make the same files."""

    deck: str
    slides: tuple[str, ...]
    languages: tuple[str, ...]
    kinds: tuple[str, ...]
    choices: Choices
    data: str


@state.fragment
def report(*rooms: ModuleType) -> None:
    """The choice of set, charts, languages and files; what will be in them; the files as soon as they are made. `rooms` are
    the packages whose charts may be chosen."""
    choices = state.choices()
    words = wording.of(__file__, choices.lang)
    known = {name: room for room in rooms for name in room.names()}
    asked = _ask(known, choices, words)
    job: Job | None = st.session_state.get(_JOB)
    if job and job.running:
        _watch(words)
    else:
        ready = bool(asked.slides and asked.languages and asked.kinds)
        make = partial(_make, asked, known)
        st.button(
            words("make"), type="primary", icon=":material/description:", disabled=not ready, on_click=make, key="report-make"
        )
        if job:
            _result(job, words)
    _contents(asked, known, choices, words)


def _ask(known: Mapping[str, ModuleType], choices: Choices, words: Words) -> _Asked:
    sets = decks()
    options = {name: deck.titles[choices.lang] for name, deck in sets.items()}
    deck = filters.code("set", options) or next(iter(options))
    filters.menu("set", options, deck, words("set"), pills=True, width="content")
    if deck == "partner" and choices.prefecture is None:
        st.html(html.note(words("choose_prefecture"), choices.lang))
    every = dict.fromkeys([*sets[deck].slides, *(one for other in sets.values() for one in other.slides), *known])
    named = {code: _title(code, known, words) for code in every}
    slides = st.multiselect(
        words("charts"),
        list(named),
        list(sets[deck].slides),
        format_func=named.__getitem__,
        key=f"report-slides-{deck}",
        help=words("order"),
    )
    languages = st.pills(
        words("languages"),
        list(wording.LANGUAGES),
        default=[choices.lang],
        selection_mode="multi",
        format_func=wording.LANGUAGE_NAMES.__getitem__,
        help=words("languages_help"),
        key=f"report-languages-{choices.lang}",
        width="content",
    )
    kinds = st.pills(
        words("kinds"),
        list(exports.BINDINGS),
        default=["pptx"],
        selection_mode="multi",
        format_func=lambda one: words(f"kind.{one}"),
        key="report-kinds",
        width="content",
    )
    if len(languages) > 2:
        st.html(html.note(words("two_languages"), choices.lang))
    return _Asked(deck, tuple(slides), tuple(languages[:2]), tuple(kinds), choices, state.data())


def _title(code: str, known: Mapping[str, ModuleType], words: Words) -> str:
    slide = parse(code, known)
    if slide is None:
        return code
    title = _words_of(slide, known, words.lang)("title")
    changes = [words(f"measure.{value}") for name, value in slide.changes if name == "measure"]
    changes += [words("view.total") for name, value in slide.changes if name == "running" and value]
    return words("dots").join([title, *changes])


def _words_of(slide: Slide, known: Mapping[str, ModuleType], lang: str) -> Words:
    return wording.of(str(known[slide.name].named(slide.name).__file__), lang)


def _slides(codes: Sequence[str], known: Mapping[str, ModuleType]) -> list[tuple[ModuleType, Mapping[str, Any]]]:
    parsed = [parse(code, known) for code in codes]
    return [(known[one.name].named(one.name), dict(one.changes)) for one in parsed if one]


def _make(asked: _Asked, known: Mapping[str, ModuleType]) -> None:
    st.session_state[_JOB] = Job(partial(_work, asked, decks()[asked.deck], _slides(asked.slides, known))).start()


def _work(asked: _Asked, deck: Deck, slides: list[tuple[ModuleType, Mapping[str, Any]]], tell: Tell) -> dict[str, Any]:
    """The report and its files by kind. Gathering counts as one step of each chart, each file as another."""
    began = time.perf_counter()
    all_steps = len(slides) * (1 + len(asked.kinds))
    version = frozen.version_of(asked.data)

    def step(past: int, done: int, of: int, title: str) -> None:
        tell(past + done, all_steps, title)

    made_at = defaults.now()
    bound = gathered(asked.deck, deck.titles, slides, asked.choices, asked.languages, version, made_at, partial(step, 0))
    files = {}
    for number, kind in enumerate(asked.kinds, start=1):
        files[kind] = exports.BINDINGS[kind].write(bound, partial(step, number * len(slides)))
    return {"asked": asked, "report": bound, "files": files, "seconds": time.perf_counter() - began}


@st.fragment(run_every=0.4)
def _watch(words: Words) -> None:
    """How far it is; the page is told when it is done."""
    job: Job = st.session_state[_JOB]
    if not job.running:
        st.rerun()
    said = words("progress", title=job.title) if job.title else words("gathering")
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.progress(min(job.done / job.of, 1.0), said)
        st.button(words("cancel"), icon=":material/close:", on_click=job.stop, key="report-cancel")


def _result(job: Job, words: Words) -> None:
    if job.trouble:
        st.html(html.error(job.trouble, wording.of(errors.__file__, words.lang)))
        return
    if job.made is None:
        st.html(html.note(words("cancelled"), words.lang))
        return
    bound: Report = job.made["report"]
    seconds = words.number(job.made["seconds"], 1)
    st.html(html.note(words("made", count=words.number(len(bound.parts)), seconds=seconds, stamp=bound.stamp()), words.lang))
    if bound.left_out:
        st.html(html.note(words("left_out", names=words("comma").join(bound.left_out)), words.lang))
    with st.container(horizontal=True, gap="small"):
        for kind, content in job.made["files"].items():
            binding = exports.BINDINGS[kind]
            suffix = kind if binding.suffix == kind else f"{kind}.{binding.suffix}"
            st.download_button(
                words("download_file", kind=words(f"kind.{kind}"), size=_size(len(content), words)),
                content,
                bound.file_name(suffix),
                binding.mime,
                icon=":material/download:",
                on_click="ignore",
                key=f"report-file-{kind}",
            )


def _size(number: int, words: Words) -> str:
    return (
        words("megabytes", size=words.number(number / 1e6, 1))
        if number >= 1e6
        else words("kilobytes", size=words.number(number / 1e3))
    )


def _contents(asked: _Asked, known: Mapping[str, ModuleType], choices: Choices, words: Words) -> None:
    """What the chosen charts say now: the sentences that the slides will bear."""
    lines = []
    for code, (chart, changes) in zip(asked.slides, _slides(asked.slides, known), strict=True):
        title = _title(code, known, words)
        try:
            shown = exhibit(chart, chart.__name__, replace(choices, **changes), state.data())
            lines.append((title, shown.words("empty") if shown.empty else shown.message, shown.empty))
        except DashError:
            lines.append((title, words("broken"), True))
    st.html(html.contents(words("contents"), lines, choices.lang))
