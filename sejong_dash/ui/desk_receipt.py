"""Which number is asked about at the desk, by its address (`?receipt=2026-04-10~2026-05-06.13`) or by menus?"""

from dataclasses import replace
from typing import Any

import streamlit as st

from .. import errors
from .. import words as wording
from ..datasets import plans
from ..errors import DashError
from ..exhibits import defaults
from ..exhibits import receipt as receipts
from ..measures import figures, plan
from ..measures.figures import Figure
from ..words import Words
from . import desk_tables, filters, html, state
from . import receipt as told

_ALL = "*"
_CHANNELS = ("individual", "group", "exchange", "")
_KINDS = tuple(kind for kind in figures.KINDS if kind != "scenario")  # what the planner supposes stands on its own page alone


def receipt(code: str, lang: str) -> None:
    """The menus, and the receipt of what the address names; what it cannot name is said."""
    words, choices = wording.of(__file__, lang), state.choices()
    asked = figures.parse(code) if code else None
    wrong = bool(code) and (asked is None or asked.kind not in _KINDS)
    if wrong:
        st.html(html.note(words("unreadable", code=code[:60]), lang))
    try:
        days = plan.days(plan.chosen(plans.load(), choices.plan))
    except DashError as trouble:
        st.html(html.error(trouble, wording.of(errors.__file__, lang)))
        return
    figure = None if wrong or asked is None else asked.settled(days, choices.as_of, choices.prefecture)
    _menus(figure, code, words)
    if figure is None:
        st.html(html.note(words("which"), lang))
    elif figure.is_stored and not choices.sample and not choices.data:  # at the desk a stored count is what stands in the file
        told.show(figure, replace(choices, as_of=max(choices.as_of, defaults.today())))
    else:
        told.show(figure, choices)


def _menus(figure: Figure | None, code: str, words: Words) -> None:
    """Kind, days, prefecture and channel; another choice goes into the address."""
    tables, said = desk_tables.words(words.lang), receipts.kinds(words.lang)
    now = figure or Figure(place=None)
    names = {_ALL: words("prefecture.all")} | desk_tables.places(words.lang)
    if now.kind != "counted":
        names.pop("")
    channels = {_ALL: words("every_channel")}
    for one in dict.fromkeys([*_CHANNELS, *([now.channel] if now.channel else [])]):
        channels[one] = desk_tables.channel(one, tables) or tables("unknown")
    with st.container(horizontal=True, gap="small", key="desk-receipt-of"):
        kinds = {kind: said[kind] for kind in _KINDS}
        kind = _one_of(words("kind"), kinds, now.kind, f"receipt-kind-{code}", 240)
        days = st.date_input(words("days"), _span(now), format="YYYY-MM-DD", key=f"receipt-days-{code}", width=250)
        place = _one_of(
            tables("columns.prefecture"), names, _ALL if now.place is None else now.place, f"receipt-place-{code}", 200
        )
        channel: str | None = None
        if kind == "counted":
            chosen = _ALL if now.channel is None else now.channel
            channel = _one_of(tables("columns.channel"), channels, chosen, f"receipt-channel-{code}", 220)
    if not isinstance(days, tuple) or not days:
        return
    first, last = (days[-1] if kind in figures.SINGLE_DAY else days[0]), days[-1]
    place = _ALL if kind != "counted" and not place else place
    wanted = Figure(kind, first, last, None if place == _ALL else place, None if channel in (_ALL, None) else channel)
    if wanted != figure and len(days) == 2:
        filters.ask("receipt", wanted.code())
        st.rerun()


def _span(now: Figure) -> list[Any]:
    return [now.first, now.last] if now.first and now.last else []


def _one_of(label: str, options: dict[str, str], chosen: str, key: str, width: int) -> str:
    codes = list(options)
    at = codes.index(chosen) if chosen in options else 0
    return str(st.selectbox(label, codes, at, format_func=options.__getitem__, key=key, width=width))
