"""What does the room see: which slide of which deck, and what do the presenter's keys do?

What seldom changes (deck, seconds, clock, light or dark) is read with the page; the number of the slide is read in a part
that runs alone, so that the next slide needs no more than itself. All of it stands in the address.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import monotonic
from types import ModuleType
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from .. import decks, errors, theme
from .. import words as wording
from ..datasets import reading
from ..decks import Slide
from ..errors import DashError
from ..exhibits import Exhibit, defaults
from ..words import Words
from . import filters, frame, html, picker, slide, state, whereabouts
from .show import exhibit

_SCRIPT, _STYLE = (Path(__file__).with_name(f"present.{kind}") for kind in ("js", "css"))
_LOG = logging.getLogger(__name__)
_LOOKS, _CLOCK = ("light", "dark"), ("on",)
_ACTS = ("bar", "back", "next", "full", "pick", "table", "look", "clock", "page", "leave")
_QUICKEST, _SLOWEST = 5, 3600  # seconds on a slide
_TABLE, _TURNED, _DAY = "_present_table", "_present_turned", "_present_day"
_KEPT = ("slides", "turn", "clock", "look")  # this page's own part of the address, beside the slide's number


@dataclass(frozen=True)
class _Show:
    """What the address asks for, as far as it can be had."""

    rooms: Mapping[str, ModuleType]  # of charts, maps, cards: which of them has an exhibit of that name
    deck: str
    slides: tuple[Slide, ...]
    turn: int
    clock: bool
    look: str


def present(*rooms: ModuleType) -> None:
    """The deck that the address names, slide by slide, from rooms that give their modules by name."""
    known = {name: room for room in rooms for name in room.names()}
    seconds = _seconds(filters.asked_for("turn") or st.query_params.get("turn", ""))
    st.session_state[_TURNED], st.session_state[_DAY] = monotonic(), defaults.today()
    state.fragment(_stage, run_every=seconds or None)(known, seconds)


def _seconds(said: str) -> int:
    """Seconds on a slide; 0: the presenter turns."""
    return min(max(int(said), _QUICKEST), _SLOWEST) if said.isascii() and said.isdigit() and int(said) else 0


def _chosen(asked: str, known: Mapping[str, ModuleType]) -> tuple[str, tuple[Slide, ...]]:
    """The deck's name (blank: the presenter's own) and its slides; what cannot be read is passed over."""
    ready = decks.decks()
    first = next(iter(ready))
    own = [one for code in asked.split(",") if (one := decks.parse(code.strip(), known))]
    deck = "" if own else asked if asked in ready else first
    codes = [decks.parse(code, known) for code in ready[deck].slides] if deck else own
    return deck, tuple(one for one in codes if one)


def _stage(known: Mapping[str, ModuleType], turning: int) -> None:
    deck, slides = _chosen(filters.text("slides"), known)
    shown = _Show(known, deck, slides, turning, bool(filters.code("clock", _CLOCK)), filters.code("look", _LOOKS))
    turn = filters.text("turn")
    if _seconds(turn) != turning:  # how often this part runs alone is said where the page runs whole
        filters.ask("turn", turn)
        st.rerun()
    if turning:
        _turn(shown)
    number = int(filters.code("slide", [str(one) for one in range(len(slides) + 1)]) or 1)
    dark = shown.look == "dark" if shown.look else state.dark()
    words = wording.of(__file__, state.choices().lang)
    one = slides[number - 1] if number else None
    _hands(shown, number, one, dark, words)
    if one is None:
        picker.pick(known, deck, slides, turning, shown.clock, shown.look)
        return
    with st.container(key=f"stage-{'dark' if dark else 'light'}"):
        _place(shown, one, number, dark, words)
    _ahead(shown, number, dark)


def _turn(shown: _Show) -> None:
    """Has the slide stood for its time, the next one comes; and figures that have come in since are read."""
    now = monotonic()
    if now - st.session_state[_TURNED] < shown.turn - 0.5:
        return
    st.session_state[_TURNED] = now
    number = int(st.session_state.get("slide") or 1)
    if number:
        filters.ask("slide", str(number % len(shown.slides) + 1))
        if reading.fingerprint() != state.data() or defaults.today() != st.session_state[_DAY]:
            st.rerun()


def _hands(shown: _Show, number: int, one: Slide | None, dark: bool, words: Words) -> None:
    """Keys and buttons: nothing of them is seen until the pointer moves."""
    said = {name: words(f"act.{name}") for name in _ACTS} | {"minutes": words("minutes", minutes="0")}
    data = {
        "slide": number,
        "count": len(shown.slides),
        "dark": dark,
        "clock": shown.clock,
        "table": bool(st.session_state.get(_TABLE)),
        "page": whereabouts.link(one, _KEPT) if one else "",
        "leave": whereabouts.home((*_KEPT, "slide")),
        "said": said,
    }
    script = st.components.v2.component("present", js=frame.text(_SCRIPT), isolate_styles=False)
    with st.container(key="stage-keys"):
        st.html(f"<style>{frame.text(_STYLE)}</style>")
        script(data=data, key="present", on_to_change=_moved, on_act_change=partial(_acted, shown, dark))


def _moved() -> None:
    st.session_state[_TABLE] = False
    st.session_state[_TURNED] = monotonic()
    filters.ask("slide", str(st.session_state["present"].to))


def _acted(shown: _Show, dark: bool) -> None:
    st.session_state[_TURNED] = monotonic()
    match st.session_state["present"].act:
        case "pick":
            filters.ask("slide", "0")
        case "table":
            st.session_state[_TABLE] = not st.session_state.get(_TABLE)
        case "clock":
            filters.ask("clock", "" if shown.clock else "on")
        case "look":
            filters.ask("look", "light" if dark else "dark")


def _place(shown: _Show, one: Slide, number: int, dark: bool, words: Words) -> None:
    place = words("place", number=number, count=len(shown.slides))
    chart = shown.rooms[one.name].named(one.name)
    with state.supposing(**dict(one.changes)):
        choices = state.choices()
        try:
            drawn = exhibit(chart, chart.__name__, choices, state.data())
            sheet = slide.sheet(drawn, place, words, dark)
            figure = _figure(drawn, drawn.name, choices, state.data(), dark) if sheet.space and drawn.figure else None
        except DashError as trouble:
            _trouble(chart, trouble, choices.lang)
            return
        except Exception as trouble:
            # One chart's fault must not end the meeting; the log keeps the whole of it.
            _LOG.exception("%s cannot be drawn", chart.__name__)
            _trouble(chart, DashError("unexpected", what=type(trouble).__name__), choices.lang)
            return
    with st.container(key="sheet"):
        st.html(sheet.body)
    if sheet.space:
        st.html(sheet.space.style)
        with st.container(key="figure"):
            if figure:
                st.plotly_chart(
                    figure,
                    height=sheet.space.drawn,
                    theme=None,
                    key=f"slide-{one.code}",
                    alt=drawn.message,
                    config={"displayModeBar": False},
                )
    if st.session_state.get(_TABLE):
        st.html(html.wrap(slide.table(drawn), choices.lang))


@st.cache_resource(max_entries=300, show_spinner=False)
def _figure(_drawn: Exhibit, name: str, choices: Any, data: str, dark: bool) -> go.Figure:
    """The figure of a slide in the colours of its theme."""
    made = (_drawn.slide or _drawn.paper)()  # type: ignore[misc]
    if made.layout.margin.t is None:
        made = go.Figure(made).update_layout(margin_t=2)  # a slide has its own room above
    return go.Figure(theme.dress(made.to_dict(), dark), skip_invalid=True) if dark else made


def _ahead(shown: _Show, number: int, dark: bool) -> None:
    """Make the next slide while this one is looked at; what is wrong with it, it will say itself."""
    one = shown.slides[number % len(shown.slides)]
    chart = shown.rooms[one.name].named(one.name)
    with state.supposing(**dict(one.changes)):
        choices = state.choices()
        try:
            drawn = exhibit(chart, chart.__name__, choices, state.data())
            if drawn.figure is not None:
                _figure(drawn, drawn.name, choices, state.data(), dark)
        except DashError:
            return
        except Exception:
            _LOG.exception("%s cannot be drawn", chart.__name__)


def _trouble(chart: ModuleType, trouble: DashError, lang: str) -> None:
    said = wording.of(str(chart.__file__), lang)
    body = html.error(trouble, wording.of(errors.__file__, lang))
    st.html(
        html.wrap(f'<div class="sj-slide-head"><h1 class="sj-slide-title">{html.escape(said("title"))}</h1>{body}</div>', lang)
    )
