"""Lets the presenter choose before the meeting which slides to show, in which order and for how long."""

from collections.abc import Mapping, Sequence
from functools import partial

import streamlit as st

from sejong_dash import decks
from sejong_dash import words as wording
from sejong_dash.choices import MEASURES, ZOOMS
from sejong_dash.contracts import Registry
from sejong_dash.decks import Slide
from sejong_dash.ui.blocks import markup
from sejong_dash.ui.frame import available_choices, filters, held_choices, run_state
from sejong_dash.words import Words

_SECONDS = (10, 20, 30, 60)


def pick(rooms: Mapping[str, Registry], deck: str, slides: Sequence[Slide], turn: int, clock: bool, look: str) -> None:
    """Show the table of contents: ready decks, the slides in their order, how they turn, and the link that holds all of it."""
    lang = run_state.choices().lang
    words = wording.of(__file__, lang)
    ready = decks.decks()
    with st.container(key="picker"), filters.menus("picker"):
        st.html(markup.page_head(words("title"), words("intro"), lang))
        _choose("slides", {name: ready_deck.titles[lang] for name, ready_deck in ready.items()}, deck, words("deck"))
        _order(rooms, slides, words)
        with st.container(horizontal=True, gap="large"):
            seconds = {str(count): words("seconds", seconds=count) for count in sorted({*_SECONDS, turn} - {0})}
            _choose("turn", {"": words("by_hand")} | seconds, str(turn or ""), words("turn"))
            _choose(
                "look", {name: words(f"look.{name or 'reader'}") for name in ("", "light", "dark")}, look, words("look.label")
            )
            _choose("clock", {"": words("off"), "on": words("on")}, "on" if clock else "", words("clock"))
        st.caption(words("link"))
        st.code(_link(), language=None, wrap_lines=True)
        st.caption(words("keys"))
        st.button(
            words("start"), type="primary", icon=":material/slideshow:", on_click=filters.choose, args=("slide", "1"), key="start"
        )


def slides_of(text: str, rooms: Mapping[str, Registry]) -> tuple[str, tuple[Slide, ...]]:
    """Return the deck (blank: the presenter's own) and the slides that a text of the address stands for; what cannot be read is
    left out."""
    ready = decks.decks()
    own = [slide for code in text.split(",") if (slide := decks.parse(code.strip(), rooms))]
    deck = "" if own else text if text in ready else next(iter(ready))
    slides = [decks.parse(code, rooms) for code in ready[deck].slides] if deck else own
    return deck, tuple(slide for slide in slides if slide)


def _choose(name: str, options: Mapping[str, str], chosen: str, label: str) -> None:
    shown = chosen or (next(iter(options)) if "" in options else None)
    with filters.following(name, shown, lambda code: code or "", labels=options) as followed:
        st.segmented_control(label, list(options), format_func=lambda code: options[code], **followed)


def _order(rooms: Mapping[str, Registry], slides: Sequence[Slide], words: Words) -> None:
    """Show the slides in their order, each with buttons to move it or leave it out, and the menu of all others."""
    last = len(slides) - 1
    st.caption(words("slides", count=len(slides)))
    for number, slide in enumerate(slides):
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"row-{number}"):
            title = words("numbered", number=number + 1, title=_title(slide, rooms, words))
            st.html(markup.line(title, words.lang), width="stretch")
            for name, icon, is_disabled in (
                ("up", "arrow_upward", not number),
                ("down", "arrow_downward", number == last),
                ("out", "close", not last),
            ):
                st.button(
                    words(name),
                    icon=f":material/{icon}:",
                    type="tertiary",
                    disabled=is_disabled,
                    key=f"{name}-{number}",
                    on_click=_change_row,
                    args=(rooms, number, name),
                )
    codes = {slide.code for slide in slides}
    others = {slide.code: slide for slide in _all(rooms) if slide.code not in codes}
    with filters.following("add", None, lambda code: code, use=partial(_change, rooms, act="add"), key="add") as followed:
        st.selectbox(
            words("add"),
            list(others),
            format_func=lambda code: _title(others[code], rooms, words),
            placeholder=words("add_help"),
            **followed,
        )


def _change_row(rooms: Mapping[str, Registry], row: int, act: str) -> None:
    """Change the slide that was in a row when it was pressed: others may have moved there since."""
    slides = slides_of(filters.sent("slides"), rooms)[1]
    if row < len(slides):
        _change(rooms, slides[row].code, act)


def _change(rooms: Mapping[str, Registry], code: str | None, act: str) -> None:
    """Move, leave out or add a slide of the presentation as it is now."""
    codes = [slide.code for slide in slides_of(filters.chosen("slides"), rooms)[1]]
    if act == "add":
        codes += [code] if code else []
    elif code in codes:
        at = codes.index(code)
        codes.remove(code)
        if act != "out":
            codes.insert(max(at - 1, 0) if act == "up" else at + 1, code)
    if codes:
        filters.choose("slides", ",".join(codes))


def _all(rooms: Mapping[str, Registry]) -> list[Slide]:
    """Return every slide to choose from: each exhibit, and its variants in the decks and by measure, totals and zoom."""
    ready = [slide for deck in decks.decks().values() for code in deck.slides if (slide := decks.parse(code, rooms))]
    maps = [
        Slide(name, (("measure", measure),))
        for name, room in rooms.items()
        if room.__name__.endswith("maps")
        for measure in MEASURES
    ]
    more = [
        Slide("daily_visitors", (("running", True),)),
        *(Slide("programme_timeline", (("zoom", zoom),)) for zoom in ZOOMS[1:]),
    ]
    return list(
        dict.fromkeys([*ready, *(Slide(name) for name in rooms), *maps, *(slide for slide in more if slide.name in rooms)])
    )


def _title(slide: Slide, rooms: Mapping[str, Registry], words: Words) -> str:
    """Return the title of the exhibit and what the slide changes."""
    title = wording.of(str(rooms[slide.name].named(slide.name).__file__), words.lang)("title")
    changes = [_change_name(field, value, words) for field, value in slide.changes]
    return words("with_changes", title=title, changes=words("comma").join(changes)) if changes else title


def _change_name(field: str, value: object, words: Words) -> str:
    if field == "prefecture":
        return available_choices.menus(words.lang, run_state.data(), run_state.tables()).prefectures.get(str(value), str(value))
    if field == "running":
        return words("view.total" if value else "view.days")
    return words({"measure": f"measure.{value}", "view": f"map_view.{value}", "zoom": f"zoom.{value}"}[field])


def _link() -> str:
    query = {name: value for name, value in held_choices.address().items() if name != "slide"}
    return str(st.context.url).partition("?")[0] + markup.address(query)
