"""Which slides, in which order, how long each: what does the presenter choose before the meeting?"""

from collections.abc import Mapping, Sequence
from types import ModuleType

import streamlit as st

from .. import decks
from .. import words as wording
from ..choices import MEASURES, ZOOMS
from ..decks import Slide
from ..words import Words
from . import filters, html, offered, state

_SECONDS = (10, 20, 30, 60)


def pick(rooms: Mapping[str, ModuleType], deck: str, slides: Sequence[Slide], turn: int, clock: bool, look: str) -> None:
    """The table of contents: ready decks, the slides in their order, how they turn, and the link that holds all of it."""
    lang = state.choices().lang
    words = wording.of(__file__, lang)
    ready = decks.decks()
    with st.container(key="picker"):
        st.html(html.page_head(words("title"), words("intro"), lang))
        _choose("slides", {one.name: one.titles[lang] for one in ready.values()}, deck, words("deck"))
        _order(rooms, slides, words)
        with st.container(horizontal=True, gap="large"):
            seconds = {str(one): words("seconds", seconds=one) for one in sorted({*_SECONDS, turn} - {0})}
            _choose("turn", {"": words("by_hand")} | seconds, str(turn or ""), words("turn"))
            _choose("look", {one: words(f"look.{one or 'reader'}") for one in ("", "light", "dark")}, look, words("look.label"))
            _choose("clock", {"": words("off"), "on": words("on")}, "on" if clock else "", words("clock"))
        st.caption(words("link"))
        st.code(_link(), language=None, wrap_lines=True)
        st.caption(words("keys"))
        st.button(
            words("start"), type="primary", icon=":material/slideshow:", on_click=filters.ask, args=("slide", "1"), key="start"
        )


def _choose(name: str, options: Mapping[str, str], chosen: str, label: str) -> None:
    st.session_state[f"{name}-menu"] = chosen or (next(iter(options)) if "" in options else None)
    st.segmented_control(
        label, list(options), format_func=lambda one: options[one], key=f"{name}-menu", on_change=_chose, args=(name,)
    )


def _chose(name: str) -> None:
    filters.ask(name, st.session_state[f"{name}-menu"] or "")


def _order(rooms: Mapping[str, ModuleType], slides: Sequence[Slide], words: Words) -> None:
    """The slides in their order, each to be moved or left out, and the menu of all others."""
    codes = [one.code for one in slides]
    st.caption(words("slides", count=len(codes)))
    for number, one in enumerate(slides):
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"row-{number}"):
            st.html(html.line(words("numbered", number=number + 1, title=_named(one, rooms, words)), words.lang), width="stretch")
            up = [*codes[: number - 1], codes[number], codes[number - 1], *codes[number + 1 :]] if number else codes
            down = [*codes[:number], *codes[number + 1 : number + 2], codes[number], *codes[number + 2 :]]
            _press("up", "arrow_upward", up, number, words, not number)
            _press("down", "arrow_downward", down, number, words, number == len(codes) - 1)
            _press("out", "close", codes[:number] + codes[number + 1 :], number, words, len(codes) == 1)
    others = {one.code: one for one in _all(rooms) if one.code not in codes}
    st.session_state["add"] = None
    st.selectbox(
        words("add"),
        list(others),
        format_func=lambda code: _named(others[code], rooms, words),
        key="add",
        placeholder=words("add_help"),
        on_change=_add,
        args=(codes,),
    )


def _press(name: str, icon: str, codes: Sequence[str], number: int, words: Words, disabled: bool) -> None:
    st.button(
        words(name),
        icon=f":material/{icon}:",
        type="tertiary",
        disabled=disabled,
        key=f"{name}-{number}",
        on_click=filters.ask,
        args=("slides", ",".join(codes)),
    )


def _add(codes: Sequence[str]) -> None:
    if st.session_state["add"]:
        filters.ask("slides", ",".join([*codes, st.session_state["add"]]))


def _all(rooms: Mapping[str, ModuleType]) -> list[Slide]:
    """Every slide that can be offered: each exhibit, and each of those that the decks or the choices vary."""
    ready = [one for deck in decks.decks().values() for code in deck.slides if (one := decks.parse(code, rooms))]
    maps = [
        Slide(name, (("measure", one),)) for name, room in rooms.items() if room.__name__.endswith("maps") for one in MEASURES
    ]
    more = [Slide("daily_visitors", (("running", True),)), *(Slide("programme_timeline", (("zoom", one),)) for one in ZOOMS[1:])]
    return list(dict.fromkeys([*ready, *(Slide(name) for name in rooms), *maps, *(one for one in more if one.name in rooms)]))


def _named(slide: Slide, rooms: Mapping[str, ModuleType], words: Words) -> str:
    """Title of the exhibit and what the slide changes."""
    title = wording.of(str(rooms[slide.name].named(slide.name).__file__), words.lang)("title")
    changes = [_change(field, value, words) for field, value in slide.changes]
    return words("with_changes", title=title, changes=words("comma").join(changes)) if changes else title


def _change(field: str, value: object, words: Words) -> str:
    if field == "prefecture":
        return offered.offered(words.lang, state.data()).prefectures.get(str(value), str(value))
    if field == "running":
        return words("view.total" if value else "view.days")
    return words({"measure": f"measure.{value}", "view": f"map_view.{value}", "zoom": f"zoom.{value}"}[field])


def _link() -> str:
    query = {name: value for name, value in st.query_params.to_dict().items() if name != "slide"}
    return str(st.context.url).partition("?")[0] + html.address(query)
