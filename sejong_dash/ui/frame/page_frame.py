"""Draws what surrounds every page: choices at the side, the plan and its state on top."""

from collections.abc import Iterable
from dataclasses import replace
from html import escape

import streamlit as st

from sejong_dash import clock, plotly_script, theme
from sejong_dash import words as wording
from sejong_dash.choices import LAST_WEEK, Choices
from sejong_dash.datasets import Tables
from sejong_dash.store import snapshots
from sejong_dash.ui.blocks import markup, receipt_links
from sejong_dash.ui.browser import asset, selectors, translations
from sejong_dash.version import RELEASED, TAG
from sejong_dash.words import Words

from . import available_choices, filters, run_state
from . import live_updates as live

_SCRIPTS = (
    "drawings.js",  # before page_frame.js: what is to be printed is drawn before its width is taken
    "page_frame.js",
    "page_change.js",
    "live_updates.js",
    "news.js",
    "lost_address.js",
    "translate.js",
    "entry_grid.js",
    "map.js",
    "file_links.js",
    "slow_press.js",
    "moved_press.js",
    "visit.js",
    "menu_step.js",
)
_HANDLED = "_frame_handled"
_CHOSEN_IN_BROWSER = ("prefecture", "day", "channel", "item", "project")


def language() -> Words:
    """Return the shared words in the reader's language; call it before anything is written."""
    chosen = filters.code("lang", wording.LANGUAGES) or wording.LANGUAGES[0]
    return wording.shared(chosen)


def style(lang: str, own: Iterable[str]) -> None:
    """Send the style sheet, those of the page alone (`own`), and the fonts of this language.

    All in one: Streamlit keeps styles and dialogs in the same place, and a part of the page that opens a dialog puts it where the
    second style of the page stands, which would be gone.
    """
    within = f":is({selectors.css('app')}, {selectors.css('dialog')})"
    st.html(
        f"<style>{' '.join(map(asset, ('style.css', *own)))} {within}, {within} :is(button, input, textarea, p, h1, h2, h3) "
        f"{{ font-family: {theme.FONTS[lang]}; }}</style>"
    )


def connect(page: str, lang: str, version: str = "") -> None:
    """Connect the reader's browser, out of sight: it is sent the language and the page, and what it sends is handled; unless the
    tables are frozen, the page follows them."""
    _listen(page, lang, live.drawn_with(version))


@run_state.fragment
def _listen(page: str, lang: str, drawn: str) -> None:
    """Handle what the browser sends; only this part runs then, so that the page below an opened receipt stays as it is."""
    script = st.components.v2.component("frame", js="".join(map(asset, _SCRIPTS)), isolate_styles=False)
    data = {"page": page, "lang": lang, "said": translations.table(lang), "heard": st.session_state.get(_HANDLED, 0)}
    data |= {"drawn": drawn, "plotly": plotly_script.path()}
    script(
        data=data,
        key="frame",
        on_figure_change=receipt_links.remember_press,
        on_choices_change=_choose,
        on_behind_change=live.remember_asked,
    )
    receipt_links.open_pressed(lang)
    live.draw_if_behind()
    if any(filters.is_pending(name) for name in _CHOSEN_IN_BROWSER):
        st.rerun()


def _choose() -> None:
    """Choose what was pressed in a list of links; the browser sends its last presses with their numbers."""
    for number, name, code in run_state.component_value("frame", "choices") or ():
        if number > st.session_state.get(_HANDLED, 0) and name in _CHOSEN_IN_BROWSER:
            st.session_state[_HANDLED] = number
            filters.choose(name, str(code))


def version() -> str:
    """Return the frozen version of the tables that the address names; blank for the tables as they are now."""
    return filters.code("data", snapshots.versions())


def choices(words: Words, data: str, tables: Tables) -> Choices:
    """Return the choices of this run, as they are held; `data` is the fingerprint of `tables`."""
    offered = available_choices.menus(words.lang, data, tables)
    plan_id = filters.code("plan", offered.plans) or next(iter(offered.plans))
    with_sample = filters.is_on("sample", not offered.has_counts)
    day = filters.day("asof") or available_choices.default_day(plan_id, with_sample, clock.today(), data, tables)
    place = filters.code("prefecture", offered.prefectures)
    on, channel = filters.day("day"), filters.text("channel")
    if channel and channel not in available_choices.channels(with_sample, data, tables):
        channel = ""
    chosen = Choices(words.lang, plan_id, day, with_sample, place or None, data=tables.version, channel=channel or None)
    against = filters.code("against", [LAST_WEEK, *snapshots.versions()])
    chosen = replace(chosen, on=on if on and on <= day else None, against=against)
    run_state.remember(chosen, data, tables)
    return chosen


def foot(words: Words) -> None:
    """Show the version of the dashboard below everything else, and its day to whoever points at it."""
    st.html(markup.wrap(f'<p class="sj-version" title="{escape(words.date(RELEASED))}">{TAG}</p>', words.lang))
