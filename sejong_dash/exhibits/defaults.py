"""Returns what holds where a viewer has chosen nothing: the day, the counts, the choices."""

from dataclasses import dataclass
from datetime import date
from hashlib import blake2b

import pandas as pd

from sejong_dash import clock
from sejong_dash.choices import Choices, WhatIf
from sejong_dash.datasets import Tables, snapshot
from sejong_dash.datasets.schema import data_files, last_good
from sejong_dash.errors import DashError, TableError
from sejong_dash.measures import calendar, plan
from sejong_dash.measures.season import as_of
from sejong_dash.paths import live_dir
from sejong_dash.store import history, missing_counts, queries


def has_counts(tables: Tables) -> bool:
    """Return whether somebody has brought in counts; true also where they are broken or gone since, so that no invented counts
    take their place."""
    try:
        return len(tables.visitors(sample=False)) > 0 or missing_counts.find_unshown(tables.version) is not None
    except TableError:
        return True


def state(version: str = "") -> str:
    """Return the fingerprint of what a version shows: what its tables hold, what is known of counts that are gone, and what is
    shown in place of tables that cannot be used, or because a query has no newer answer."""
    fingerprint = data_files.fingerprint(version)
    if not version:
        _look((str(live_dir()), fingerprint))
    found = missing_counts.find_unshown(version)
    kept = "" if version else last_good.mark() + _query_mark()
    return fingerprint + (f"-{found.mark}" if found else "") + (f"-{kept}" if kept else "")


def _look(state: tuple[str, str]) -> None:
    """Look at the tables that are in another state than when they were looked at last.

    As long as one cannot be used all are looked at each time: it may have been written while it was read, and be sound in the
    very state from which the fingerprint was taken before.
    """
    if _Looked.at != state or last_good.troubles():
        snapshot().look()
        _Looked.at = state


def _query_mark() -> str:
    """Return a short hash of the queries whose last answer could not be used, and why; blank where there are none."""
    found = [(each.file, each.standing.answered_at, each.standing.problem) for each in queries.troubled()]
    return blake2b(repr(found).encode(), digest_size=4).hexdigest() if found else ""


class _Looked:
    """The state of the tables in which each of them was looked at: none is looked at again before one of them changes."""

    at = ("", "")


def day(plan_id: str, with_sample: bool, today: date, tables: Tables, counted: pd.DataFrame | None = None) -> date:
    """Return the as-of day; today where a table that it needs cannot be read.

    Counts that are gone leave the day where it was. `counted` are counts that are not stored yet.
    """
    try:
        days = plan.days(plan.chosen(tables.plans(), plan_id))
        counts = _counts(with_sample, tables) if counted is None else counted
        return as_of.default(counts, days, today, tables.sample_as_of() if with_sample else None)
    except (DashError, KeyError):
        return today


@dataclass(frozen=True, slots=True)
class DaysLeft:
    """The days of a plan after as-of: the first and the last, and whether Golden Week is among them."""

    first: date
    last: date
    has_golden_week: bool

    def supposing(self, campaign_pct: int, since: date, place: str | None, golden_week_pct: int, capacity: int | None) -> WhatIf:
        """Return what the catch-up planner supposes; a campaign without effect has neither a day nor a place."""
        return WhatIf(
            campaign_pct,
            since if campaign_pct else None,
            place or None if campaign_pct else None,
            golden_week_pct if self.has_golden_week else 0,
            capacity,
        )


def days_left(choices: Choices, tables: Tables) -> DaysLeft | None:
    """Return the days of the plan after as-of; None where none is left, or a table cannot be read."""
    days = _days(choices, tables)
    left = days[days > pd.Timestamp(choices.as_of)]
    if not len(left):
        return None
    has_golden_week = bool((calendar.calendar(left)["day_type"] == "golden_week").any())
    return DaysLeft(left[0].date(), left[-1].date(), has_golden_week)


def days_so_far(choices: Choices, tables: Tables) -> list[date]:
    """Return the days of the plan from opening to as-of; none where a table cannot be read."""
    days = _days(choices, tables)
    return [day.date() for day in days[days <= pd.Timestamp(choices.as_of)]]


def _days(choices: Choices, tables: Tables) -> pd.DatetimeIndex:
    try:
        return plan.days(plan.chosen(tables.plans(), choices.plan))
    except (TableError, KeyError):
        return pd.DatetimeIndex([])  # the charts say what is wrong


def _counts(with_sample: bool, tables: Tables) -> pd.DataFrame:
    found = None if with_sample else missing_counts.find_unshown(tables.version)
    return tables.visitors(with_sample) if found is None or found.last is None else history.rebuild(found.last)


def choices(
    lang: str,
    *,
    plan_id: str | None = None,
    on: date | None = None,
    with_sample: bool | None = None,
    prefecture: str | None = None,
    data: str = "",
) -> Choices:
    """Return the choices of a viewer who has chosen nothing but these. Raises TableError where the plans cannot be read."""
    tables = snapshot(data)
    chosen = plan_id or str(tables.plans()["plan_id"].iloc[0])
    is_sample = with_sample if with_sample is not None else not has_counts(tables)
    return Choices(lang, chosen, on or day(chosen, is_sample, clock.today(), tables), is_sample, prefecture, data=data)
