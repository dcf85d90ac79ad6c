"""Assemble the rows of a timeline: milestones, decisions about the plan, days off, and the period that it shows."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import pandas as pd

from sejong_dash.choices import Choices
from sejong_dash.latest import latest
from sejong_dash.layout import lanes

from . import calendar, dated, plan

PLAN, OFF = "plan", "days_off"  # the lanes of the decisions about the plan and of the days off
LANES = (PLAN, dated.EXPO, OFF)
HOLIDAYS = "public-holidays"  # the source of the days off
DONE = ("happened", "under_way")
COLUMNS = [
    "field",
    "kind",
    "milestone_id",
    "plan_id",
    "project_id",
    "partner",
    "title",
    "starts_on",
    "ends_on",
    "precision",
    "decided_on",
    "decided_precision",
    "state",
    "window",
    "jis_code",
    "status",
    "stage",
    "zoom",
    "shown_from",
    "shown_to",
    "opens_on",
    "closes_on",
    "dates_precision",
    "as_of",
    "basis",
    "source_id",
]
_NAMES = ["holiday_kr", "holiday_jp"]
_AROUND = timedelta(days=4)  # shown before and after the expo's days


def rows(milestones: pd.DataFrame, plans: pd.DataFrame, choices: Choices, fields: Sequence[str]) -> pd.DataFrame:
    """Return the rows of a timeline, lane by lane: COLUMNS, holiday_kr, holiday_jp.

    `milestones` (as `dated.milestone_rows`, narrowed to what was chosen) are joined with the decisions about the plan and the
    days off, as far as they fall into the period `choices.zoom`. Decisions and days off are left out where a field, partner or
    prefecture is chosen, since they belong to none. Raises UnknownPlanError.
    """
    chosen = plan.chosen(plans, choices.plan)
    rows = milestones.assign(kind=milestones["milestone_id"].notna().map({True: "milestone", False: "expo"}))
    rows["plan_id"] = rows["kind"].map({"expo": choices.plan})
    rows = dated.by_field(rows, (*LANES, *fields))
    if choices.field:
        rows = rows[rows["field"].isin([choices.field, dated.EVERY])]
    everything = not (choices.field or choices.prefecture or choices.partner)
    if everything:
        rows = pd.concat([decisions(plans, choices.lang, choices.as_of), rows])
    rows = rows.reindex(columns=[*COLUMNS, *_NAMES]).assign(as_of=pd.Timestamp(choices.as_of), zoom=choices.zoom)
    for name in ("opens_on", "closes_on", "dates_precision"):
        rows[name] = chosen[name]
    if rows.empty:
        return rows
    first, last = shown(rows, chosen, choices.zoom)
    rows = within(rows, first, last)
    if everything and choices.zoom == "days":
        constant = rows[["as_of", "zoom", "opens_on", "closes_on", "dates_precision"]].iloc[0].to_dict()
        rows = pd.concat([rows, days_off(plan.days(chosen), choices.as_of, rows).assign(**constant)])[rows.columns]
    rows = rows.assign(shown_from=first, shown_to=last)
    return dated.by_field(rows, (*LANES, *fields))


def shaded_days(table: pd.DataFrame) -> list[pd.Timestamp]:
    """Return the weekends from shown_from to shown_to and the holidays of a table, sorted."""
    first, last = table[["shown_from", "shown_to"]].iloc[0]
    holidays = table[(table["kind"] == "day_off") | (table["source_id"] == HOLIDAYS)]
    days = {day for row in holidays.itertuples() for day in pd.date_range(row.starts_on, row.ends_on)}
    return sorted(days | {day for day in pd.date_range(first, last - timedelta(days=1)) if day.weekday() >= 5})


def scale(zoom: str, first: pd.Timestamp, last: pd.Timestamp) -> str:
    """Return the unit of the axis: day, month or year."""
    if zoom == "days" and (last - first).days < 200:
        return "day"
    return "month" if zoom and last.year - first.year <= 3 else "year"


def item(row: Mapping[str, Any]) -> str:
    """Return the id of the details of a row; blank where it has none."""
    return next((str(row[name]) for name in ("milestone_id", "plan_id") if pd.notna(row[name])), "")


def parts(rows: Sequence[Mapping[str, Any]], as_of: pd.Timestamp) -> list[tuple[Any, pd.Timestamp, pd.Timestamp, bool, bool]]:
    """Return the bars of rows: row, begin, end, is known to the day, is done. What is under way is split at as-of."""
    now, found = as_of + timedelta(days=1), []
    for row in rows:
        begin, end, exact, done = row["left"], row["right"], row["precision"] == "day", row["stage"] in DONE
        if row["stage"] == "under_way" and begin < now < end:
            found += [(row, begin, now, exact, True), (row, now, end, exact, False)]
        else:
            found.append((row, begin, end, exact, done and end <= now))
    return found


def marks(
    rows: Sequence[Mapping[str, Any]], as_of: pd.Timestamp, shortest: timedelta
) -> list[tuple[Any, pd.Timestamp, str, bool]]:
    """Return the marks of rows: row, place, symbol, is done. Bars under `shortest` get a diamond, open ends an arrow."""
    now, found = as_of + timedelta(days=1), []
    for row in rows:
        left, right = row["left"], row["right"]
        some = [(left + (right - left) / 2, "diamond")] if row["precision"] == "day" and right - left < shortest else []
        some += [(left, "triangle-left")] if pd.isna(row["starts_on"]) else []
        some += [(right, "triangle-right")] if pd.isna(row["ends_on"]) else []
        found += [(row, at, symbol, row["stage"] in DONE and at <= now) for at, symbol in some]
    return found


def shown(rows: pd.DataFrame, expo: pd.Series, zoom: str) -> tuple[pd.Timestamp, pd.Timestamp]:
    """Return the period shown, its end excluded: the expo's days or years, or all years of `rows` where the plan has no dates."""
    opens, closes = expo["opens_on"], expo["closes_on"]
    if zoom and pd.notna(opens) and pd.notna(closes):
        if zoom == "days":
            return opens - _AROUND, closes + _AROUND + timedelta(days=1)
        return lanes.years(pd.Series([opens, closes]))
    return lanes.years(pd.concat([rows[name] for name in ("starts_on", "ends_on", "decided_on", "as_of")]))


def within(rows: pd.DataFrame, first: pd.Timestamp, last: pd.Timestamp) -> pd.DataFrame:
    """Return the rows that fall into a period; a row with an open end lies at its known end, one without dates everywhere."""
    starts, ends = rows["starts_on"].fillna(rows["ends_on"]), rows["ends_on"].fillna(rows["starts_on"])
    is_decision = rows["kind"] == "decision"  # kept, so that a move is seen where it moved from
    return rows[is_decision | (starts.isna() & ends.isna()) | ((starts < last) & (ends >= first))]


def decisions(plans: pd.DataFrame, lang: str, as_of: date) -> pd.DataFrame:
    """Return one row for each decision about the expo, in order; starts_on, ends_on are the days that it gave the expo.

    `window` numbers the runs of decisions that gave the same days.
    """
    rows = plan.history(plans).reset_index(drop=True)
    days = rows[["opens_on", "closes_on", "dates_precision"]].astype("str")
    rows["window"] = (days != days.shift()).any(axis=1).cumsum()
    rows = rows.rename(
        columns={f"title_{lang}": "title", "opens_on": "starts_on", "closes_on": "ends_on", "dates_precision": "precision"}
    )
    later = rows["decided_on"] > pd.Timestamp(as_of)
    return rows.assign(field=PLAN, kind="decision", stage=later.map({True: "ahead", False: "happened"}))


def windows(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows, with only the latest of the decisions of each window."""
    moves = rows["kind"] == "decision"
    return pd.concat([latest(rows[moves], ["window"], "decided_on"), rows[~moves]])


def days_off(days: pd.DatetimeIndex, as_of: date, shown_rows: pd.DataFrame) -> pd.DataFrame:
    """Return one row for each holiday of `days` in Korea or Japan: holiday_kr, holiday_jp (as in `calendar`), starts_on, ends_on.

    A holiday of Korea on the day of a milestone of the expo itself, among `shown_rows`, is left out.
    """
    rows = calendar.calendar(days)
    milestones = shown_rows[(shown_rows["kind"] == "milestone") & shown_rows["project_id"].isna()]
    own = milestones[milestones["starts_on"] == milestones["ends_on"]]
    rows["holiday_kr"] = rows["holiday_kr"].mask(rows["date"].isin(own["starts_on"]), "")
    rows = rows[(rows["holiday_kr"] != "") | (rows["holiday_jp"] != "")]
    later = rows["date"] > pd.Timestamp(as_of)
    return rows.assign(
        field=OFF,
        kind="day_off",
        starts_on=rows["date"],
        ends_on=rows["date"],
        precision="day",
        stage=later.map({True: "ahead", False: "happened"}),
        basis="general",
        source_id=HOLIDAYS,
    )
