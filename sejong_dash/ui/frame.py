"""What surrounds every page: choices at the side, the plan and its state on top?"""

from functools import lru_cache
from pathlib import Path

import streamlit as st

from .. import errors, paths, theme
from .. import words as wording
from ..choices import Choices
from ..datasets import reading
from ..errors import DashError, TableError
from ..exhibits import defaults
from ..store import frozen
from ..words import Words
from . import filters, html, live, offered, receipt, state, translated

_STYLE = Path(__file__).with_name("style.css")
_BARE = Path(__file__).with_name("bare.css")
_SCRIPTS = tuple(Path(__file__).with_name(name) for name in ("frame.js", "grid.js", "map.js", "receipt.js"))
_TROUBLE = "_freeze_trouble"


def language() -> Words:
    """The reader's language and its words, before anything is written."""
    with st.sidebar:
        chosen = filters.code("lang", wording.LANGUAGES) or wording.LANGUAGES[0]
    return wording.shared(chosen)


def style(lang: str) -> None:
    """The house's look, and the faces that this language's script needs."""
    within = ":is(.stApp, [data-testid=stDialog])"
    st.html(
        f"<style>{text(_STYLE)} {within}, {within} :is(button, input, textarea, p, h1, h2, h3) "
        f"{{ font-family: {theme.FONTS[lang]}; }}</style>"
    )


def bare() -> None:
    """Give the screen to the page alone; the frame is still there for Streamlit, which keeps the choices in it."""
    st.html(f"<style>{text(_BARE)}</style>")


def text(file: Path) -> str:
    """A style sheet or script beside this module, read again when it changes."""
    return _read(file, file.stat().st_mtime_ns)


@lru_cache(maxsize=8)
def _read(file: Path, stamp: int) -> str:
    return file.read_text(encoding="utf-8")


def settle(page: str, lang: str, version: str = "") -> None:
    """Tell the reader's browser the language and the page that it shows, and let the page follow the tables unless they are
    frozen; nothing of it is seen."""
    with st.container(key="address-frame"):
        _ears(page, lang)
        if not version:
            live.watch()


@state.fragment
def _ears(page: str, lang: str) -> None:
    """What the browser says runs nothing but this part: the page stays as it is below the receipt that is asked for."""
    script = st.components.v2.component("frame", js="".join(map(text, _SCRIPTS)), isolate_styles=False)
    script(data={"page": page, "lang": lang, "said": translated.table(lang)}, key="frame", on_figure_change=receipt.ask)
    receipt.open_asked(lang)


def version() -> str:
    """The frozen version of the tables that the address asks for; blank for the tables as they are now."""
    with st.sidebar:
        return filters.code("data", frozen.versions())


def side(words: Words, data: str, version: str) -> Choices:
    """The choices of this run, from the address or the menus at the side. `data` is the fingerprint of what is read."""
    with st.sidebar:
        filters.menu("lang", wording.LANGUAGE_NAMES, words.lang, _three("language"), pills=True)
        menus = offered.offered(words.lang, data)
        named = menus.plans
        plan_id = filters.code("plan", named) or next(iter(named))
        filters.menu("plan", named, plan_id, words("choose.plan"))
        with_sample = filters.switch("sample", not menus.has_counts, words("choose.sample"), words("basis_help.sample"))
        day = filters.day(
            "asof",
            lambda: offered.usual_day(plan_id, with_sample, defaults.today(), data),
            words("choose.as_of"),
            words("choose.as_of_help"),
        )
        places = menus.prefectures
        place = filters.code("prefecture", places)
        filters.menu("prefecture", {"": words("prefecture.all")} | places, place, words("choose.prefecture"))
    chosen = Choices(words.lang, plan_id, day, with_sample, place or None, data=version)
    state.remember(chosen, data)
    return chosen


def top(choices: Choices, words: Words, data: str) -> None:
    """The expo, its plan with dates, what was decided since, the whole history one press away; and the mark of the sample."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="plan-line"):
        plan, history = offered.plan_told(choices, data)
        name = html.wrap(f'<p class="sj-caption">{html.escape(words("app"))}</p>', words.lang)
        st.html(name + plan, width="content")
        with st.popover(words("plan_history"), type="tertiary", icon=":material/history:", key="plan-history"):
            st.html(history)
        if not choices.data:
            _freezer(choices, words)
    if choices.data:
        _frozen(choices, words, data)
    with st.container(key="sample-band"):  # there in any case: what comes below keeps its place, and what is typed in it
        if choices.sample:
            st.html(html.band(words("sample_band"), words.lang))


def _freezer(choices: Choices, words: Words) -> None:
    label, help = words("frozen.freeze"), words("frozen.freeze_help")
    st.button(label, type="tertiary", icon=":material/lock:", help=help, key="freeze", on_click=_freeze, args=(choices,))
    trouble = st.session_state.pop(_TROUBLE, None)
    if trouble is not None:
        st.html(html.error(trouble, wording.of(errors.__file__, words.lang)))


def _freeze(choices: Choices) -> None:
    """Keep the tables, and put all into the address that would otherwise be what it is on the day when the link is opened."""
    try:
        kept = frozen.freeze()
    except DashError as trouble:
        st.session_state[_TROUBLE] = trouble
        return
    fixed = {"lang": choices.lang, "plan": choices.plan, "sample": str(choices.sample).lower(), "asof": choices.as_of}
    for name, said in (fixed | {"data": kept}).items():
        st.session_state[name] = said


def _thaw() -> None:
    st.session_state["data"] = ""


def _frozen(choices: Choices, words: Words, data: str) -> None:
    """What is looked at, and whether anything has come in since."""
    with paths.frozen(""):
        live = reading.fingerprint()
    at = frozen.frozen_at(choices.data)
    said = words("frozen.band", version=choices.data, date=words.date(at.date()), time=f"{at:%H:%M}")
    try:
        days = offered.newer(choices.data, choices.sample, data, live)
        since = (
            words("frozen.newer", days=words.number(days)) if days else words("frozen.other" if data != live else "frozen.same")
        )
    except TableError:
        since = words("frozen.other")
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="frozen"):
        tone = "newer" if data != live else "kept"
        st.html(html.band(words.sentences([said, since]), words.lang, tone), width="stretch")
        st.button(words("frozen.thaw"), type="tertiary", icon=":material/lock_open:", key="thaw", on_click=_thaw)


def _three(key: str) -> str:
    """A label that a reader of any of the languages must find."""
    return " · ".join(wording.shared(lang)(key) for lang in wording.LANGUAGES)
