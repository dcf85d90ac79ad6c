"""What can be chosen, and what holds where nothing is chosen? Worked out once for each state of the data."""

from dataclasses import dataclass
from datetime import date

import pandas as pd
import streamlit as st

from .. import errors
from .. import words as wording
from ..choices import Choices
from ..datasets import plans, prefectures, reading
from ..errors import TableError
from ..exhibits import caption, defaults
from ..measures import plan
from ..store import frozen
from ..words import Words
from . import html


@dataclass(frozen=True)
class Offered:
    """Codes and their names in one language, and whether somebody has brought in counts."""

    plans: dict[str, str]
    prefectures: dict[str, str]
    has_counts: bool


@st.cache_resource(max_entries=16, show_spinner=False)
def offered(lang: str, data: str) -> Offered:
    """The menus for this state of the data (`data` is its fingerprint); a table that cannot be read offers nothing.

    Every chart that needs such a table says what is wrong with it.
    """
    words = wording.shared(lang)
    try:
        table = plans.load()
        named = dict(zip(table["plan_id"], table[f"title_{lang}"], strict=True))
    except TableError:
        named = {}
    try:
        places = prefectures.load()
        homes = dict(zip(places["jis_code"], places[f"name_{lang}"], strict=True))
    except TableError:
        homes = {}
    return Offered(named or {"": words("choose.no_plan")}, homes, defaults.has_counts())


@st.cache_resource(max_entries=64, show_spinner=False)
def usual_day(plan_id: str, with_sample: bool, today: date, data: str) -> date:
    """The as-of day where the viewer has chosen none."""
    return defaults.day(plan_id, with_sample, today)


def unchosen(lang: str) -> tuple[Choices, str]:
    """The choices of a viewer who has chosen nothing but the language, and the fingerprint of the data."""
    data = reading.fingerprint()
    menus = offered(lang, data)
    plan_id, with_sample = next(iter(menus.plans)), not menus.has_counts
    return Choices(lang, plan_id, usual_day(plan_id, with_sample, defaults.today(), data), with_sample), data


@st.cache_resource(max_entries=256, show_spinner=False)
def plan_told(choices: Choices, data: str) -> tuple[str, str]:
    """The plan's line and its history, ready for the page."""
    words = wording.shared(choices.lang)
    line = caption.plan_line(choices, words)
    try:
        rows = plan.history(plans.load())
    except TableError as trouble:
        history = html.error(trouble, wording.of(errors.__file__, choices.lang))
    else:
        history = html.history([_decision(row, choices.plan, words) for _, row in rows.iterrows()], words)
    return html.plan(line["plan"], line["state"], words), history


def _decision(row: pd.Series, followed: str, words: Words) -> tuple[str, str, str, bool]:
    when = words.date(row["decided_on"], row["decided_precision"])
    return when, words(f"state.{row['state']}"), str(row[f"title_{words.lang}"]), row["plan_id"] == followed


@st.cache_resource(max_entries=64, show_spinner=False)
def newer(version: str, sample: bool, data: str, live: str) -> int:
    """Days whose counts have come in or changed since a version was frozen; `data` and `live` are the fingerprints of both."""
    return frozen.days_since(version, sample) if data != live else 0
