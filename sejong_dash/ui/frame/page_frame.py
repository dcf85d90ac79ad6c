"""Draws what surrounds every page: choices at the side, the plan and its state on top."""

from html import escape

import streamlit as st

from sejong_dash import clock, errors, paths, plotly_script, theme
from sejong_dash import words as wording
from sejong_dash.choices import Choices
from sejong_dash.datasets import Tables
from sejong_dash.errors import DashError, TableError
from sejong_dash.exhibits import defaults, gone_counts
from sejong_dash.store import missing_counts, snapshots
from sejong_dash.store.missing_counts import GoneCounts
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
_ERROR, _HANDLED = "_freeze_error", "_frame_handled"
_CHOSEN_IN_BROWSER = ("prefecture", "item", "project")


def language() -> Words:
    """Return the shared words in the reader's language; call it before anything is written."""
    chosen = filters.code("lang", wording.LANGUAGES) or wording.LANGUAGES[0]
    return wording.shared(chosen)


def style(lang: str) -> None:
    """Send the style sheet and the fonts of this language."""
    within = f":is({selectors.css('app')}, {selectors.css('dialog')})"
    st.html(
        f"<style>{asset('style.css')} {within}, {within} :is(button, input, textarea, p, h1, h2, h3) "
        f"{{ font-family: {theme.FONTS[lang]}; }}</style>"
    )


def hide() -> None:
    """Hide what Streamlit itself draws around a page, so that the page has the whole screen."""
    st.html(f"<style>{asset('bare.css')}</style>")


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
    chosen = Choices(words.lang, plan_id, day, with_sample, place or None, data=tables.version)
    run_state.remember(chosen, data, tables)
    return chosen


def sidebar(chosen: Choices, words: Words, data: str, tables: Tables) -> None:
    """Show the menus of the choices at the side."""
    offered = available_choices.menus(words.lang, data, tables)
    default_day = available_choices.default_day(chosen.plan, chosen.sample, clock.today(), data, tables)
    with st.sidebar, filters.menus("frame"):
        filters.menu("lang", wording.LANGUAGE_NAMES, words.lang, _in_every_language("language"), pills=True)
        filters.menu("plan", offered.plans, chosen.plan, words("choose.plan"))
        label, help = words("choose.sample"), words("basis_help.sample")
        filters.switch("sample", chosen.sample, not offered.has_counts, label, help)
        filters.calendar("asof", chosen.as_of, default_day, words("choose.as_of"), words("choose.as_of_help"))
        places = {"": words("prefecture.all")} | offered.prefectures
        filters.menu("prefecture", places, chosen.prefecture or "", words("choose.prefecture"))


def header(chosen: Choices, words: Words, data: str, title: str, intro: str) -> None:
    """Show the expo, its plan with dates, what was decided since, the history behind a button; the mark of the sample; and the
    title of the page with its introduction."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="plan-line"):
        plan, history = available_choices.plan_html(chosen, data, run_state.tables())
        name = markup.wrap(f'<p class="sj-caption">{escape(words("app"))}</p>', words.lang)
        st.html(name + plan, width="content")
        with st.popover(words("plan_history"), type="tertiary", icon=":material/history:", key="plan-history"):
            st.html(history)
        if not chosen.data:
            _freeze_button(chosen, words)
    if chosen.data:
        _frozen_band(chosen, words, data)
    bands = [markup.band(words("sample_band"), words.lang)] if chosen.sample else []
    found = missing_counts.find(chosen.data)
    if found is not None:
        bands.append(markup.band(words.sentences(_gone(found, chosen, words)), words.lang))
    # one element in any case: what comes below keeps its place, and what is typed in it
    st.html(markup.stacked(*bands, markup.page_head(title, intro, words.lang)))


def foot(words: Words) -> None:
    """Show the version of the dashboard below everything else, and its day to whoever points at it."""
    st.html(markup.wrap(f'<p class="sj-version" title="{escape(words.date(RELEASED))}">{TAG}</p>', words.lang))


def _gone(found: GoneCounts, choices: Choices, words: Words) -> list[str]:
    """Return sentences: that counts are gone and since when, what is shown instead, and where they are brought back."""
    desk = wording.of(paths.PAGES / "data", words.lang)("title")
    sentences = gone_counts.describe(found, words.lang)
    sentences += [] if choices.sample else [words("gone.not_invented")]
    return sentences if choices.data else [*sentences, words("gone.way", page=desk)]


def _freeze_button(choices: Choices, words: Words) -> None:
    label, help = words("frozen.freeze"), words("frozen.freeze_help")
    st.button(label, type="tertiary", icon=":material/lock:", help=help, key="freeze", on_click=_freeze, args=(choices,))
    error = st.session_state.pop(_ERROR, None)
    if error is not None:
        st.html(markup.error(error, wording.of(errors.__file__, words.lang)))


def _freeze(choices: Choices) -> None:
    """Freeze the tables, and put into the address all that would otherwise follow the day on which the link is opened."""
    try:
        kept = snapshots.create()
    except DashError as error:
        st.session_state[_ERROR] = error
        return
    fixed = {"lang": choices.lang, "plan": choices.plan, "sample": str(choices.sample).lower(), "asof": choices.as_of}
    for name, value in (fixed | {"data": kept}).items():
        filters.choose(name, value)


def _thaw() -> None:
    filters.choose("data", "")


def _frozen_band(choices: Choices, words: Words, data: str) -> None:
    """Show which frozen version the page shows, and whether anything has come in since."""
    live = defaults.state()
    try:
        at = snapshots.created_at(choices.data)
    except DashError as error:  # somebody has removed the version meanwhile
        st.html(markup.error(error, wording.of(errors.__file__, words.lang)))
        st.button(words("frozen.thaw"), type="tertiary", icon=":material/lock_open:", key="thaw", on_click=_thaw)
        return
    version_text = words("frozen.band", version=choices.data, date=words.date(at.date()), time=f"{at:%H:%M}")
    try:
        days = available_choices.days_changed_since(choices.data, choices.sample, data, live)
        since = (
            words("frozen.newer", days=words.number(days)) if days else words("frozen.other" if data != live else "frozen.same")
        )
    except TableError:
        since = words("frozen.other")
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="frozen"):
        tone = "newer" if data != live else "kept"
        st.html(markup.band(words.sentences([version_text, since]), words.lang, tone), width="stretch")
        st.button(words("frozen.thaw"), type="tertiary", icon=":material/lock_open:", key="thaw", on_click=_thaw)


def _in_every_language(key: str) -> str:
    """Return a label that a reader of any of the languages must find."""
    return " · ".join(wording.shared(lang)(key) for lang in wording.LANGUAGES)
