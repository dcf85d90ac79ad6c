"""What surrounds every page: choices at the side, the plan and its state on top?"""

from functools import lru_cache
from pathlib import Path

import streamlit as st

from .. import theme
from .. import words as wording
from ..choices import Choices
from ..words import Words
from . import filters, html, offered, state

_STYLE = Path(__file__).with_name("style.css")
_SCRIPTS = tuple(Path(__file__).with_name(name) for name in ("frame.js", "map.js"))


def language() -> Words:
    """The reader's language and its words, before anything is written."""
    with st.sidebar:
        chosen = filters.code("lang", wording.LANGUAGES) or wording.LANGUAGES[0]
    return wording.shared(chosen)


def style(lang: str) -> None:
    """The house's look, and the faces that this language's script needs."""
    st.html(
        f"<style>{_text(_STYLE)} .stApp, .stApp :is(button, input, textarea, p, h1, h2, h3) "
        f"{{ font-family: {theme.FONTS[lang]}; }}</style>"
    )


def _text(file: Path) -> str:
    return _read(file, file.stat().st_mtime_ns)


@lru_cache(maxsize=8)
def _read(file: Path, stamp: int) -> str:
    return file.read_text(encoding="utf-8")


def settle(page: str, lang: str) -> None:
    """Tell the reader's browser the language and the page that it shows; nothing of it is seen."""
    script = st.components.v2.component("frame", js="".join(map(_text, _SCRIPTS)), isolate_styles=False)
    with st.container(key="address-frame"):
        script(data={"page": page, "lang": lang}, key="frame")


def side(words: Words, data: str) -> Choices:
    """The choices of this run, from the address or the menus at the side."""
    with st.sidebar:
        filters.menu("lang", wording.LANGUAGE_NAMES, words.lang, _three("language"), pills=True)
        menus = offered.offered(words.lang, data)
        named = menus.plans
        plan_id = filters.code("plan", named) or next(iter(named))
        filters.menu("plan", named, plan_id, words("choose.plan"))
        with_sample = filters.switch("sample", not menus.has_counts, words("choose.sample"), words("basis_help.sample"))
        day = filters.day(
            "asof",
            lambda: offered.usual_day(plan_id, with_sample, offered.today(), data),
            words("choose.as_of"),
            words("choose.as_of_help"),
        )
        places = menus.prefectures
        place = filters.code("prefecture", places)
        filters.menu("prefecture", {"": words("prefecture.all")} | places, place, words("choose.prefecture"))
    chosen = Choices(words.lang, plan_id, day, with_sample, place or None)
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
    if choices.sample:
        st.html(html.band(words("sample_band"), words.lang))


def _three(key: str) -> str:
    """A label that a reader of any of the languages must find."""
    return " · ".join(wording.shared(lang)(key) for lang in wording.LANGUAGES)
