"""Show the receipt of a figure at the desk, chosen by its address (`?receipt=2026-04-10~2026-05-06.13`) or by menus."""

from dataclasses import replace
from typing import Any

import streamlit as st

from sejong_dash import clock, errors
from sejong_dash import words as wording
from sejong_dash.errors import DashError
from sejong_dash.exhibits import narrowing
from sejong_dash.exhibits import receipt_text as receipts
from sejong_dash.measures import figure_codes, plan
from sejong_dash.measures.figure_codes import FigureCode
from sejong_dash.ui.blocks import markup, receipt_links
from sejong_dash.ui.frame import filters, run_state
from sejong_dash.words import Words

from . import count_tables

_ALL = "*"
_CHANNELS = ("individual", "group", "exchange", "")
_KINDS = tuple(kind for kind in figure_codes.KINDS if kind != "scenario")  # a scenario stands on the planner's page alone


def show(code: str, lang: str) -> None:
    """Show the menus, and the receipt of the figure whose code the address gives, or a note where it is no code."""
    words, choices = wording.of(__file__, lang), run_state.choices()
    asked = figure_codes.parse(code) if code else None
    is_wrong = bool(code) and (asked is None or asked.kind not in _KINDS)
    if is_wrong:
        st.html(markup.note(words("unreadable", code=code[:60]), lang))
    try:
        days = plan.days(plan.chosen(run_state.tables().plans(), choices.plan))
    except DashError as error:
        st.html(markup.error(error, wording.of(errors.__file__, lang)))
        return
    figure = None if is_wrong or asked is None else asked.settled(days, choices.as_of, choices.prefecture)
    _menus(figure, code, words)
    if figure is None:
        st.html(markup.note(words("which"), lang))
    elif figure.is_stored and not choices.sample and not choices.data:  # at the desk a stored count is what stands in the file
        receipt_links.show(figure, replace(choices, as_of=max(choices.as_of, clock.today())))
    else:
        receipt_links.show(figure, choices)


def _menus(figure: FigureCode | None, code: str, words: Words) -> None:
    """Show menus for kind, days, prefecture and channel; another choice goes into the address."""
    tables, kind_names = count_tables.words(words.lang), receipts.kind_names(words.lang)
    now = figure or FigureCode(place=None)
    names = {_ALL: words("prefecture.all")} | count_tables.prefecture_names(words.lang)
    if now.kind != "counted":
        names.pop("")
    channels = {_ALL: words("every_channel")}
    for each in dict.fromkeys([*_CHANNELS, *([now.channel] if now.channel else [])]):
        channels[each] = narrowing.channel_name(each, tables) or tables("unknown")
    with st.container(horizontal=True, gap="small", key="desk-receipt-of"):
        kinds = {kind: kind_names[kind] for kind in _KINDS}
        kind = _choose(words("kind"), kinds, now.kind, f"receipt-kind-{code}", 240)
        days = st.date_input(words("days"), _span(now), format="YYYY-MM-DD", key=f"receipt-days-{code}", width=250)
        place = _choose(
            tables("columns.prefecture"), names, _ALL if now.place is None else now.place, f"receipt-place-{code}", 200
        )
        channel: str | None = None
        if kind == "counted":
            chosen = _ALL if now.channel is None else now.channel
            channel = _choose(tables("columns.channel"), channels, chosen, f"receipt-channel-{code}", 220)
    if not isinstance(days, tuple) or not days:
        return
    first, last = (days[-1] if kind in figure_codes.SINGLE_DAY else days[0]), days[-1]
    place = _ALL if kind != "counted" and not place else place
    wanted = FigureCode(kind, first, last, None if place == _ALL else place, None if channel in (_ALL, None) else channel)
    if wanted != figure and len(days) == 2:
        filters.choose("receipt", wanted.code())
        st.rerun()


def _span(now: FigureCode) -> list[Any]:
    return [now.first, now.last] if now.first and now.last else []


def _choose(label: str, options: dict[str, str], chosen: str, key: str, width: int) -> str:
    codes = list(options)
    at = codes.index(chosen) if chosen in options else 0
    return str(st.selectbox(label, codes, at, format_func=options.__getitem__, key=key, width=width))
