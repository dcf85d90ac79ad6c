"""What surrounds every page: choices at the side, the plan and its state on top?"""

from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pandas as pd
import streamlit as st

from .. import errors, theme
from .. import words as wording
from ..choices import Choices
from ..datasets import plans, prefectures, sample, visitors
from ..errors import TableError
from ..measures import as_of as as_of_default
from ..measures import plan
from ..words import Words
from . import caption, filters, html, state

_STYLE = Path(__file__).with_name("style.css")


def language() -> Words:
    """The reader's language and its words, before anything is written."""
    with st.sidebar:
        chosen = filters.code("lang", wording.LANGUAGES) or wording.LANGUAGES[0]
    return wording.shared(chosen)


def style(lang: str) -> None:
    """The house's look, and the faces that this language's script needs."""
    st.html(f"<style>{_css(_STYLE.stat().st_mtime_ns)} .stApp, .stApp :is(button, input, textarea, p, h1, h2, h3) "
            f"{{ font-family: {theme.FONTS[lang]}; }}</style>")  # fmt: skip


@lru_cache(maxsize=1)
def _css(stamp: int) -> str:
    return _STYLE.read_text(encoding="utf-8")


def side(words: Words) -> Choices:
    """The choices of this run, from the address or the menus at the side."""
    with st.sidebar:
        filters.menu("lang", wording.LANGUAGE_NAMES, words.lang, _three("language"), pills=True)
        named = _plans(words)
        plan_id = filters.code("plan", named) or next(iter(named))
        filters.menu("plan", named, plan_id, words("choose.plan"))
        with_sample = filters.switch("sample", not _has_counts(), words("choose.sample"), words("basis_help.sample"))
        day = filters.day("asof", lambda: _default_day(plan_id, with_sample), words("choose.as_of"), words("choose.as_of_help"))
        places = _prefectures(words)
        place = filters.code("prefecture", places)
        filters.menu("prefecture", {"": words("prefecture.all")} | places, place, words("choose.prefecture"))
    chosen = Choices(words.lang, plan_id, day, with_sample, place or None)
    state.remember(chosen)
    return chosen


def top(choices: Choices, words: Words) -> None:
    """The plan with its dates, what was decided since, its whole history one press away; and the mark of the sample."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="plan-line"):
        line = caption.plan_line(choices, words)
        st.html(html.plan(line["plan"], line["state"], words), width="content")
        with st.popover(words("plan_history"), type="tertiary", icon=":material/history:", key="plan-history"):
            st.html(_history(choices, words))
    if choices.sample:
        st.html(html.band(words("sample_band"), words.lang))


def _three(key: str) -> str:
    """A label that a reader of any of the languages must find."""
    return " · ".join(wording.shared(lang)(key) for lang in wording.LANGUAGES)


def _today() -> date:
    return datetime.now(ZoneInfo("Asia/Seoul")).date()


def _plans(words: Words) -> dict[str, str]:
    none = {"": words("choose.no_plan")}
    try:
        table = plans.load()
    except TableError:
        return none  # every chart that needs the plan says what is wrong with the table
    return dict(zip(table["plan_id"], table[f"title_{words.lang}"], strict=True)) or none


def _prefectures(words: Words) -> dict[str, str]:
    try:
        table = prefectures.load()
    except TableError:
        return {}
    return dict(zip(table["jis_code"], table[f"name_{words.lang}"], strict=True))


def _has_counts() -> bool:
    try:
        return len(visitors.load(sample=False)) > 0
    except TableError:
        return True  # somebody's counts are there, if broken: no invented ones in their place


def _default_day(plan_id: str, with_sample: bool) -> date:
    try:
        days = plan.days(plan.chosen(plans.load(), plan_id))
        counted = visitors.load(with_sample)
        return as_of_default.default(counted, days, _today(), sample.as_of() if with_sample else None)
    except (TableError, KeyError):
        return _today()


def _history(choices: Choices, words: Words) -> str:
    try:
        rows = plan.history(plans.load())
    except TableError as trouble:
        return html.error(trouble, wording.of(errors.__file__, words.lang))
    return html.history([_decision(row, choices.plan, words) for _, row in rows.iterrows()], words)


def _decision(row: pd.Series, followed: str, words: Words) -> tuple[str, str, str, bool]:
    when = words.date(row["decided_on"], row["decided_precision"])
    return when, words(f"state.{row['state']}"), str(row[f"title_{words.lang}"]), row["plan_id"] == followed
