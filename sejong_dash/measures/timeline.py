"""Which stretch of time does a timeline show, and what stands in it besides the milestones?"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import pandas as pd

from ..choices import Choices
from . import calendar, dated, lanes, plan

PLAN, OFF = "plan", "days_off"  # the lanes of the plan's own history and of the days off
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
_AROUND = timedelta(days=4)  # before and after the expo's days


def rows(told: pd.DataFrame, plans: pd.DataFrame, choices: Choices, fields: Sequence[str]) -> pd.DataFrame:
    """COLUMNS, holiday_kr and holiday_jp: what was `told` (milestones and the plan's own days) with the decisions about the
    plan and the days off, lane by lane, as far as it reaches into the stretch that is asked for.

    The plan's lane and the days off stand where nothing is narrowed: they belong to no field, partner or prefecture.
    """
    chosen = plan.chosen(plans, choices.plan)
    told = told.assign(kind=told["milestone_id"].notna().map({True: "milestone", False: "expo"}))
    told["plan_id"] = told["kind"].map({"expo": choices.plan})
    told = dated.by_field(told, (*LANES, *fields))
    if choices.field:
        told = told[told["field"].isin([choices.field, dated.EVERY])]
    everything = not (choices.field or choices.prefecture or choices.partner)
    if everything:
        told = pd.concat([decisions(plans, choices.lang, choices.as_of), told])
    told = told.reindex(columns=[*COLUMNS, *_NAMES]).assign(as_of=pd.Timestamp(choices.as_of), zoom=choices.zoom)
    for name in ("opens_on", "closes_on", "dates_precision"):
        told[name] = chosen[name]
    if told.empty:
        return told
    first, last = shown(told, chosen, choices.zoom)
    told = within(told, first, last)
    if everything and choices.zoom == "days":
        constant = told[["as_of", "zoom", "opens_on", "closes_on", "dates_precision"]].iloc[0].to_dict()
        told = pd.concat([told, days_off(plan.days(chosen), choices.as_of, told).assign(**constant)])[told.columns]
    told = told.assign(shown_from=first, shown_to=last)
    return dated.by_field(told, (*LANES, *fields))


def free(table: pd.DataFrame) -> list[pd.Timestamp]:
    """Weekends from shown_from to shown_to, and the holidays that a table tells of."""
    first, last = table[["shown_from", "shown_to"]].iloc[0]
    told = table[(table["kind"] == "day_off") | (table["source_id"] == HOLIDAYS)]
    days = {day for row in told.itertuples() for day in pd.date_range(row.starts_on, row.ends_on)}
    return sorted(days | {day for day in pd.date_range(first, last - timedelta(days=1)) if day.weekday() >= 5})


def scale(zoom: str, first: pd.Timestamp, last: pd.Timestamp) -> str:
    """What the axis counts: day, month or year."""
    if zoom == "days" and (last - first).days < 200:
        return "day"
    return "month" if zoom and last.year - first.year <= 3 else "year"


def item(row: Mapping[str, Any]) -> str:
    """What a row is called when it is pressed; blank where there is no more to tell."""
    return next((str(row[name]) for name in ("milestone_id", "plan_id") if pd.notna(row[name])), "")


def parts(rows: Sequence[Mapping[str, Any]], as_of: pd.Timestamp) -> list[tuple[Any, pd.Timestamp, pd.Timestamp, bool, bool]]:
    """Row, begin, end, known to the day, done: what is under way is done up to as-of only."""
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
    """Row, place, symbol, done: a mark on days too few to be seen as a bar, and an arrow where an end is not known."""
    now, found = as_of + timedelta(days=1), []
    for row in rows:
        left, right = row["left"], row["right"]
        some = [(left + (right - left) / 2, "diamond")] if row["precision"] == "day" and right - left < shortest else []
        some += [(left, "triangle-left")] if pd.isna(row["starts_on"]) else []
        some += [(right, "triangle-right")] if pd.isna(row["ends_on"]) else []
        found += [(row, at, symbol, row["stage"] in DONE and at <= now) for at, symbol in some]
    return found


def shown(rows: pd.DataFrame, expo: pd.Series, zoom: str) -> tuple[pd.Timestamp, pd.Timestamp]:
    """From when to when (the end not included): the expo's own days or years, or, where the plan has no dates, all years of
    `rows`."""
    opens, closes = expo["opens_on"], expo["closes_on"]
    if zoom and pd.notna(opens) and pd.notna(closes):
        if zoom == "days":
            return opens - _AROUND, closes + _AROUND + timedelta(days=1)
        return lanes.years(pd.Series([opens, closes]))
    return lanes.years(pd.concat([rows[name] for name in ("starts_on", "ends_on", "decided_on", "as_of")]))


def within(rows: pd.DataFrame, first: pd.Timestamp, last: pd.Timestamp) -> pd.DataFrame:
    """What reaches into the stretch; a row with an open end stands where its known end is, one without dates everywhere."""
    starts, ends = rows["starts_on"].fillna(rows["ends_on"]), rows["ends_on"].fillna(rows["starts_on"])
    every = rows["kind"] == "decision"  # what moved away is told where it moved from
    return rows[every | (starts.isna() & ends.isna()) | ((starts < last) & (ends >= first))]


def decisions(plans: pd.DataFrame, lang: str, as_of: date) -> pd.DataFrame:
    """One row for each decision about the expo, in order; starts_on, ends_on are the days that it gave the expo.

    `window` counts up where a decision changes them: decisions of one window stand together.
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
    """The rows, those of decisions for the same time in one, the last."""
    moves = rows["kind"] == "decision"
    return pd.concat([rows[moves].drop_duplicates("window", keep="last"), rows[~moves]])


def days_off(days: pd.DatetimeIndex, as_of: date, told: pd.DataFrame) -> pd.DataFrame:
    """One row for each holiday of `days` in Korea or Japan: holiday_kr, holiday_jp (as in `calendar`), starts_on, ends_on.

    A holiday of Korea that a milestone of the expo itself (`told`) already tells is left to it.
    """
    rows = calendar.calendar(days)
    own = told[(told["kind"] == "milestone") & told["project_id"].isna() & (told["starts_on"] == told["ends_on"])]
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
