"""Lets a viewer choose charts and languages for a report, and links to its files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from sejong_dash import exports
from sejong_dash import words as wording
from sejong_dash.choices import Choices
from sejong_dash.contracts import ExhibitSource, Registry
from sejong_dash.decks import Slide, decks, parse
from sejong_dash.errors import DashError
from sejong_dash.exhibits.cached import cached_exhibit
from sejong_dash.ui.blocks import downloads, markup
from sejong_dash.ui.frame import filters, run_state
from sejong_dash.words import Words


@dataclass(frozen=True)
class _Request:
    """What is to be in the files; equal requests have the same addresses."""

    deck: str
    slides: tuple[str, ...]
    languages: tuple[str, ...]
    choices: Choices


@run_state.fragment
def report(*rooms: Registry) -> None:
    """Show the choice of deck, charts and languages, links to the files, and the report's contents.

    `rooms` are the packages whose exhibits may be chosen.
    """
    choices = run_state.choices()
    words = wording.of(__file__, choices.lang)
    known = {name: room for room in rooms for name in room.names()}
    request = _read_request(known, choices, words)
    if request.slides and request.languages:
        st.html(markup.heading(words("kinds"), choices.lang, words("kinds_help")))
        st.html(downloads.links(_links(request, words), words))
    else:
        st.html(markup.note(words("incomplete"), choices.lang))
    _show_contents(request, known, choices, words)


def _links(request: _Request, words: Words) -> list[tuple[str, str]]:
    """Return the address of each file and what it is called; what a set has by itself is left out of the address."""
    more = {} if request.slides == decks()[request.deck].slides else {"slides": ",".join(request.slides)}
    more |= {} if request.languages == (request.choices.lang,) else {"languages": ",".join(request.languages)}
    return [
        (downloads.file_address(f"set/{request.deck}.{kind}", request.choices, more), words(f"kind.{kind}"))
        for kind in exports.REPORT_FORMATS
    ]


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
    if len(languages) > 2:
        st.html(markup.note(words("two_languages"), choices.lang))
    return _Request(chosen, tuple(slides), tuple(languages[:2]), choices)


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


def _show_contents(request: _Request, known: Mapping[str, Registry], choices: Choices, words: Words) -> None:
    """Show the messages of the chosen charts: the sentences that their slides will have."""
    lines = []
    for code, (chart, changes) in zip(request.slides, _slides(request.slides, known), strict=True):
        title = _title(code, known, words)
        try:
            shown = cached_exhibit(chart, replace(choices, **changes), run_state.data(), run_state.tables())
            lines.append((title, shown.words("empty") if shown.empty else shown.message, shown.empty))
        except DashError:
            lines.append((title, words("broken"), True))
    st.html(markup.contents(words("contents"), lines, choices.lang))
