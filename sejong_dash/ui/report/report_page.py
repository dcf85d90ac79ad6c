"""Lets a viewer choose charts, languages and kinds of files for a report, and makes it."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import streamlit as st

from sejong_dash import clock, errors, exports
from sejong_dash import words as wording
from sejong_dash.choices import Choices
from sejong_dash.contracts import ExhibitSource, Registry
from sejong_dash.decks import Deck, Slide, decks, parse
from sejong_dash.errors import DashError
from sejong_dash.exports.report import Progress, Report, gather_report
from sejong_dash.store import snapshots
from sejong_dash.ui.blocks import markup
from sejong_dash.ui.blocks.background_job import Job
from sejong_dash.ui.blocks.show import exhibit
from sejong_dash.ui.frame import filters, run_state
from sejong_dash.words import Words

_JOB = "_report_job"


@dataclass(frozen=True)
class _Request:
    """What is to be made; two equal requests make the same files."""

    deck: str
    slides: tuple[str, ...]
    languages: tuple[str, ...]
    kinds: tuple[str, ...]
    choices: Choices
    data: str


@run_state.fragment
def report(*rooms: Registry) -> None:
    """Show the choice of deck, charts, languages and files, the report's contents, and the files once they are made.

    `rooms` are the packages whose exhibits may be chosen.
    """
    choices = run_state.choices()
    words = wording.of(__file__, choices.lang)
    known = {name: room for room in rooms for name in room.names()}
    request = _read_request(known, choices, words)
    job: Job | None = st.session_state.get(_JOB)
    if job and job.running:
        _watch(words)
    else:
        is_complete = bool(request.slides and request.languages and request.kinds)
        make = partial(_make, request, known)
        st.button(
            words("make"),
            type="primary",
            icon=":material/description:",
            disabled=not is_complete,
            on_click=make,
            key="report-make",
        )
        if job:
            _show_result(job, words)
    _show_contents(request, known, choices, words)


def _read_request(known: Mapping[str, Registry], choices: Choices, words: Words) -> _Request:
    every_deck = decks()
    titles = {name: deck.titles[choices.lang] for name, deck in every_deck.items()}
    chosen = filters.code("set", titles) or next(iter(titles))
    filters.menu("set", titles, chosen, words("set"), pills=True, width="content")
    if chosen == "partner" and choices.prefecture is None:
        st.html(markup.note(words("choose_prefecture"), choices.lang))
    own = every_deck[chosen].slides
    codes = dict.fromkeys([*own, *(code for deck in every_deck.values() for code in deck.slides), *known])
    named = {code: _title(code, known, words) for code in codes}
    slides = st.multiselect(
        words("charts"),
        list(named),
        list(own),
        format_func=named.__getitem__,
        key=f"report-slides-{chosen}",
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
        list(exports.REPORT_FORMATS),
        default=["pptx"],
        selection_mode="multi",
        format_func=lambda kind: words(f"kind.{kind}"),
        key="report-kinds",
        width="content",
    )
    if len(languages) > 2:
        st.html(markup.note(words("two_languages"), choices.lang))
    return _Request(chosen, tuple(slides), tuple(languages[:2]), tuple(kinds), choices, run_state.data())


def _title(code: str, known: Mapping[str, Registry], words: Words) -> str:
    slide = parse(code, known)
    if slide is None:
        return code
    title = _words_of(slide, known, words.lang)("title")
    changes = [words(f"measure.{value}") for name, value in slide.changes if name == "measure"]
    changes += [words("view.total") for name, value in slide.changes if name == "running" and value]
    return words("dots").join([title, *changes])


def _words_of(slide: Slide, known: Mapping[str, Registry], lang: str) -> Words:
    return wording.of(str(known[slide.name].named(slide.name).__file__), lang)


def _slides(codes: Sequence[str], known: Mapping[str, Registry]) -> list[tuple[ExhibitSource, Mapping[str, Any]]]:
    slides = [parse(code, known) for code in codes]
    return [(known[slide.name].named(slide.name), dict(slide.changes)) for slide in slides if slide]


def _make(request: _Request, known: Mapping[str, Registry]) -> None:
    st.session_state[_JOB] = Job(partial(_work, request, decks()[request.deck], _slides(request.slides, known))).start()


def _work(
    request: _Request, deck: Deck, slides: list[tuple[ExhibitSource, Mapping[str, Any]]], progress: Progress
) -> dict[str, Any]:
    """Return the report and its files by kind. Gathering counts as one step for each chart, each file as another."""
    began = time.perf_counter()
    all_steps = len(slides) * (1 + len(request.kinds))
    version = snapshots.version_of(request.data)

    def step(past: int, done: int, of: int, title: str) -> None:
        progress(past + done, all_steps, title)

    made_at = clock.now()
    bound = gather_report(
        request.deck, deck.titles, slides, request.choices, request.languages, version, made_at, partial(step, 0)
    )
    files = {}
    for number, kind in enumerate(request.kinds, start=1):
        files[kind] = exports.REPORT_FORMATS[kind].write(bound, partial(step, number * len(slides)))
    return {"request": request, "report": bound, "files": files, "seconds": time.perf_counter() - began}


@st.fragment(run_every=0.4)
def _watch(words: Words) -> None:
    """Show how far the job is, and run the page again when it is done."""
    job: Job = st.session_state[_JOB]
    if not job.running:
        st.rerun()
    text = words("progress", title=job.title) if job.title else words("gathering")
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.progress(min(job.done / job.of, 1.0), text)
        st.button(words("cancel"), icon=":material/close:", on_click=job.stop, key="report-cancel")


def _show_result(job: Job, words: Words) -> None:
    if job.trouble:
        st.html(markup.error(job.trouble, wording.of(errors.__file__, words.lang)))
        return
    if job.made is None:
        st.html(markup.note(words("cancelled"), words.lang))
        return
    bound: Report = job.made["report"]
    seconds = words.number(job.made["seconds"], 1)
    st.html(markup.note(words("made", count=words.number(len(bound.parts)), seconds=seconds, stamp=bound.stamp()), words.lang))
    if bound.left_out:
        st.html(markup.note(words("left_out", names=words("comma").join(bound.left_out)), words.lang))
    with st.container(horizontal=True, gap="small"):
        for kind, content in job.made["files"].items():
            binding = exports.REPORT_FORMATS[kind]
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


def _show_contents(request: _Request, known: Mapping[str, Registry], choices: Choices, words: Words) -> None:
    """Show the messages of the chosen charts: the sentences that their slides will have."""
    lines = []
    for code, (chart, changes) in zip(request.slides, _slides(request.slides, known), strict=True):
        title = _title(code, known, words)
        try:
            shown = exhibit(chart, chart.__name__, replace(choices, **changes), run_state.data(), run_state.tables())
            lines.append((title, shown.words("empty") if shown.empty else shown.message, shown.empty))
        except DashError:
            lines.append((title, words("broken"), True))
    st.html(markup.contents(words("contents"), lines, choices.lang))
