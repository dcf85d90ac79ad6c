"""Returns what can be chosen, and what holds where nothing is chosen, made once for each state of the data."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from sejong_dash import clock, errors
from sejong_dash import words as wording
from sejong_dash.choices import LAST_WEEK, Choices
from sejong_dash.datasets import Tables, snapshot
from sejong_dash.errors import TableError
from sejong_dash.exhibits import address, caption, defaults
from sejong_dash.kept import kept
from sejong_dash.measures import partners, plan
from sejong_dash.store import snapshots
from sejong_dash.ui.blocks import markup
from sejong_dash.words import Words


@dataclass(frozen=True)
class Menus:
    """Codes and their names in one language, and whether somebody has brought in counts."""

    plans: dict[str, str]
    prefectures: dict[str, str]
    has_counts: bool


@kept(16)
def menus(lang: str, data: str, _tables: Tables) -> Menus:
    """Return the menus for this state of the data (`data` is its fingerprint); a table that cannot be read gives none.

    Every chart that needs such a table says what is wrong with it.
    """
    words = wording.shared(lang)
    try:
        table = _tables.plans()
        named = dict(zip(table["plan_id"], table[f"title_{lang}"], strict=True))
    except TableError:
        named = {}
    try:
        places = _tables.prefectures()
        homes = dict(zip(places["jis_code"], places[f"name_{lang}"], strict=True))
    except TableError:
        homes = {}
    return Menus(named or {"": words("choose.no_plan")}, homes, defaults.has_counts(_tables))


@kept(64)
def default_day(plan_id: str, with_sample: bool, today: date, data: str, _tables: Tables) -> date:
    """Return the as-of day where the viewer has chosen none."""
    return defaults.day(plan_id, with_sample, today, _tables)


_MEETINGS = 3  # the last ones are offered


@kept(64)
def comparisons(chosen: str, data: str, versions: tuple[str, ...], lang: str) -> dict[str, str]:
    """Return what the count may be compared with, by its code: the plan, the week before, and the last meetings.

    `versions` are the snapshots, of which the one that the page shows (`data`) is left out, and `chosen` is not.
    """
    words = wording.shared(lang)
    created = sorted(((snapshots.created_at(version), version) for version in versions if version != data), reverse=True)
    offered = [pair for number, pair in enumerate(created) if number < _MEETINGS or pair[1] == chosen]
    meetings = {
        version: words("against.meeting", date=words.short_date(at.date()), time=f"{at:%H:%M}") for at, version in offered
    }
    return {"": words("against.plan"), LAST_WEEK: words("against.week"), **meetings}


@kept(16)
def partner_names(lang: str, data: str, _tables: Tables) -> dict[str, str]:
    """Return the partners of the programme by their codes; none where the table cannot be used, of which each chart says why."""
    try:
        return partners.named(_tables.programme(), lang)
    except TableError:
        return {}


@kept(16)
def channels(with_sample: bool, data: str, _tables: Tables) -> frozenset[str]:
    """Return the channels that counts name; none where the table cannot be used, of which each chart says why."""
    try:
        return frozenset(address.channels(with_sample, _tables))
    except TableError:
        return frozenset()


def unchosen(lang: str) -> tuple[Choices, str, Tables]:
    """Return the choices of a viewer who has chosen nothing but the language, the fingerprint of the data, and the tables."""
    data, tables = defaults.state(), snapshot()
    available = menus(lang, data, tables)
    plan_id, with_sample = next(iter(available.plans)), not available.has_counts
    day = default_day(plan_id, with_sample, clock.today(), data, tables)
    return Choices(lang, plan_id, day, with_sample), data, tables


@kept(256)
def plan_html(choices: Choices, data: str, _tables: Tables) -> tuple[str, str]:
    """Return the plan's line and its history as HTML."""
    words = wording.shared(choices.lang)
    line = caption.plan_line(choices, words, _tables)
    try:
        rows = plan.history(_tables.plans())
    except TableError as error:
        history = markup.error(error, wording.of(errors.__file__, choices.lang))
    else:
        history = markup.history([_decision(row, choices.plan, words) for _, row in rows.iterrows()], words)
    return markup.plan(line["plan"], line["state"], words), history


@kept(64)
def plan_titles(choices: Choices, data: str, _tables: Tables, _titles: Mapping[str, str]) -> dict[str, str]:
    """Return the titles of the plans by their code; that of the chosen one says where it has become a scenario."""
    words = wording.shared(choices.lang)
    title = _titles.get(choices.plan, choices.plan)
    if caption.plan_line(choices, words, _tables)["state"]:
        title = words("plan_scenario", title=title)
    return {**_titles, choices.plan: title}


def _decision(row: pd.Series, followed: str, words: Words) -> tuple[str, str, str, bool]:
    when = words.date(row["decided_on"], row["decided_precision"])
    return when, words(f"state.{row['state']}"), str(row[f"title_{words.lang}"]), row["plan_id"] == followed


@kept(256)
def decided_since(choices: Choices, data: str, _tables: Tables) -> str:
    """Return in a word or two what was decided after the chosen plan; blank where nothing was, or where that is not known."""
    words = wording.shared(choices.lang)
    try:
        is_cancelled = plan.is_cancelled(_tables.plans(), choices.plan, choices.as_of)
    except (TableError, KeyError):  # the page says of the table what is wrong with it
        return ""
    return words("status.cancelled") if is_cancelled else caption.plan_line(choices, words, _tables)["state"]


@kept(64)
def days_changed_since(version: str, sample: bool, data: str, live: str) -> int:
    """Return the number of days whose counts have come in or changed since a version was frozen.

    `data` and `live` are the fingerprints of the frozen tables and of those as they are now.
    """
    return snapshots.days_since(version, sample) if data != live else 0
