"""Shows a deck in a meeting, slide by slide, and acts on the presenter's keys.

How often slides turn is read with the page, all else in a part that runs alone, so that the next slide needs no run of the
page. All of it is kept in the address.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from time import monotonic
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from sejong_dash import clock, errors
from sejong_dash import words as wording
from sejong_dash.contracts import ExhibitSource, Registry
from sejong_dash.decks import Slide
from sejong_dash.errors import DashError
from sejong_dash.exhibits import Exhibit, address, defaults
from sejong_dash.exhibits.cached import cached_exhibit
from sejong_dash.exports.web import live_figure
from sejong_dash.kept import kept
from sejong_dash.ui.blocks import drawing_place, markup
from sejong_dash.ui.browser import asset
from sejong_dash.ui.frame import filters, page_links, run_state
from sejong_dash.words import Words

from . import slide_picker, slide_table, slide_view

_LOG = logging.getLogger(__name__)
_LOOKS, _CLOCK = ("light", "dark"), ("on",)
_ACTS = ("bar", "back", "next", "full", "pick", "table", "look", "clock", "page", "leave")
_QUICKEST, _SLOWEST = 5, 3600  # seconds on a slide
_TABLE, _TURNED, _DAY, _PRESSED = "_present_table", "_present_turned", "_present_day", "_present_pressed"
_KEPT = ("slides", "turn", "clock", "look")  # this page's own part of the address, beside the slide's number


@dataclass(frozen=True)
class _Presentation:
    """What the address asks for, as far as it is known."""

    rooms: Mapping[str, Registry]  # by the name of an exhibit: charts, maps or cards
    deck: str
    slides: tuple[Slide, ...]
    turn: int
    clock: bool
    look: str


def present(*rooms: Registry) -> None:
    """Show the deck that the address names, slide by slide; `rooms` are the packages with its exhibits."""
    known = {name: room for room in rooms for name in room.names()}
    seconds = _seconds(filters.text("turn"))
    st.session_state[_TURNED], st.session_state[_DAY] = monotonic(), clock.today()
    run_state.fragment(_stage, run_every=seconds or None)(known, seconds)


def _seconds(text: str) -> int:
    """Return the seconds on a slide; 0: the presenter turns."""
    seconds = address.parse_whole(text, 1, None)
    return min(max(seconds, _QUICKEST), _SLOWEST) if seconds else 0


def _stage(known: Mapping[str, Registry], seconds: int) -> None:
    if filters.is_pending("turn"):  # how often this part runs alone is set where the page runs whole
        st.rerun()
    deck, slides = slide_picker.slides_of(filters.text("slides"), known)
    shown = _Presentation(known, deck, slides, seconds, bool(filters.code("clock", _CLOCK)), filters.code("look", _LOOKS))
    if seconds:
        _turn(shown)
    number = int(filters.code("slide", [str(number) for number in range(len(slides) + 1)]) or 1)
    dark = shown.look == "dark" if shown.look else run_state.is_dark()
    words = wording.of(__file__, run_state.choices().lang)
    slide = slides[number - 1] if number else None
    _controls(shown, number, slide, dark, words)
    if slide is None:
        slide_picker.pick(known, deck, slides, seconds, shown.clock, shown.look)
        return
    with st.container(key=f"stage-{'dark' if dark else 'light'}"):
        _place(shown, slide, number, dark, words)
    _prepare_next(shown, number, dark)


def _turn(shown: _Presentation) -> None:
    """Go to the next slide when the seconds of this one are over, and run the page again where figures have come in."""
    now = monotonic()
    if now - st.session_state[_TURNED] < shown.turn - 0.5:
        return
    st.session_state[_TURNED] = now
    number = int(filters.chosen("slide") or 1)
    if number:
        filters.choose("slide", str(number % len(shown.slides) + 1))
        if defaults.state(run_state.choices().data) != run_state.data() or clock.today() != st.session_state[_DAY]:
            st.rerun()


def _controls(shown: _Presentation, number: int, slide: Slide | None, dark: bool, words: Words) -> None:
    """Make keys and buttons; the buttons are hidden until the pointer moves."""
    texts = {name: words(f"act.{name}") for name in _ACTS} | {"minutes": words("minutes", minutes="0")}
    data = {
        "pressed": st.session_state.get(_PRESSED, 0),
        "to": number,
        "count": len(shown.slides),
        "look": "dark" if dark else "light",
        "clock": "on" if shown.clock else "",
        "table": bool(st.session_state.get(_TABLE)),
        "page": page_links.link(slide, _KEPT) if slide else "",
        "leave": page_links.home((*_KEPT, "slide")),
        "said": texts,
    }
    script = st.components.v2.component("present", js=asset("visit.js") + asset("stage.js"), isolate_styles=False)
    with st.container(key="stage-keys"):
        script(data=data, key="present", on_presses_change=_press)


def _press() -> None:
    """Act on the presses since the last run: the browser sends its last presses with their numbers, so that none is lost where
    several arrive at once, and none counts twice."""
    presses = run_state.component_value("present", "presses") or ()
    last = st.session_state.get(_PRESSED, 0)
    for number, act, value in presses:
        if number > last:
            st.session_state[_PRESSED] = number
            st.session_state[_TURNED] = monotonic()
            _act(act, value)


def _act(act: str, value: Any) -> None:
    match act:
        case "to":
            st.session_state[_TABLE] = False
            filters.choose("slide", str(value))
        case "table":
            st.session_state[_TABLE] = bool(value)
        case "clock" | "look":
            filters.choose(act, str(value))


def _place(shown: _Presentation, slide: Slide, number: int, dark: bool, words: Words) -> None:
    place = words("place", number=number, count=len(shown.slides))
    source = shown.rooms[slide.name].named(slide.name)
    with run_state.supposing(**dict(slide.changes)):
        choices = run_state.choices()
        try:
            drawn = cached_exhibit(source, choices, run_state.data(), run_state.tables())
            layout = slide_view.lay_out(drawn, place, dark)
            box = layout.figure_box
            figure = _figure(drawn, box, drawn.name, choices, run_state.data(), dark) if box else None
        except DashError as error:
            _show_error(source, error, choices.lang)
            return
        except Exception as error:
            # A fault of one chart must not end the meeting; the log has all of it.
            _LOG.exception("%s cannot be drawn", source.__name__)
            _show_error(source, DashError("unexpected", what=type(error).__name__), choices.lang)
            return
    with st.container(key="sheet"):
        # with the body: a style that comes alone gives way to a dialog (page_frame.style)
        st.html(layout.body + (box.style if box else ""))
    if box:
        with st.container(key="figure"):
            if figure:
                st.html(drawing_place.place_on_slide(drawn, f"slide-{slide.code}", figure, box.figure_height))
    else:  # replaces the last slide's drawing, which would else stay until this run, which makes the next slide too, has ended
        st.empty()
        st.empty()
    if st.session_state.get(_TABLE):
        st.html(markup.wrap(slide_table.table(drawn), choices.lang))


@kept(300)
def _figure(_drawn: Exhibit, _box: slide_view.FigureBox | None, name: str, choices: Any, data: str, dark: bool) -> str:
    """Return the figure of a slide as JSON in the colours of its theme, made for its box."""
    made = (_drawn.slide or _drawn.paper)()  # type: ignore[misc]
    if _box:
        made = slide_view.fit(made, _box)
    if made.layout.margin.t is None:
        made = go.Figure(made).update_layout(margin_t=2)  # the slide has a title above
    return live_figure.write_slide(made, dark=dark)


def _prepare_next(shown: _Presentation, number: int, dark: bool) -> None:
    """Make the next slide while this one is shown; an error in it is shown when its turn comes."""
    slide = shown.slides[number % len(shown.slides)]
    source = shown.rooms[slide.name].named(slide.name)
    with run_state.supposing(**dict(slide.changes)):
        choices = run_state.choices()
        try:
            drawn = cached_exhibit(source, choices, run_state.data(), run_state.tables())
            if drawn.figure is not None:
                box = slide_view.lay_out(drawn, "", dark).figure_box
                _figure(drawn, box, drawn.name, choices, run_state.data(), dark)
        except DashError:
            return
        except Exception:
            _LOG.exception("%s cannot be drawn", source.__name__)


def _show_error(source: ExhibitSource, error: DashError, lang: str) -> None:
    words = wording.of(str(source.__file__), lang)
    body = markup.error(error, wording.of(errors.__file__, lang))
    st.html(markup.wrap(f'<div class="sj-slide-head"><h1 class="sj-slide-title">{escape(words("title"))}</h1>{body}</div>', lang))
