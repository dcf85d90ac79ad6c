"""Show in a sentence whether the count is on pace, where most is missing, and what the next week must bring."""

import pandas as pd

from sejong_dash.basis import weakest
from sejong_dash.choices import Choices
from sejong_dash.datasets import Tables
from sejong_dash.measures import prefecture_values
from sejong_dash.measures.season import counts_as_of, prefecture_pace
from sejong_dash.measures.season.coming_week import coming_week
from sejong_dash.measures.season.outlook import outlook_of
from sejong_dash.measures.season.pace import RECENT
from sejong_dash.measures.season.season import Season, season_of
from sejong_dash.words import Words

from . import Card

WIDTH = "100%"
SAYS_ITS_MESSAGE = True  # the card is the message: above it the reader need not see it a second time


def table(choices: Choices, tables: Tables) -> pd.DataFrame:
    """Return one row; none without dates to the day or a goal.

    Columns: state (see `Pace.state`), counted, goal, goal_bound, share_pct, opens_on, days_gone, days_left, days_missing,
    days_partial, lacking, last_count, stale_days, gap, gap_days, gap_goal, week_needed, week_days, week_alike, recent_days,
    place, place_gap, forecast, low, high, basis, source_id.

    `week_needed` is what the next seven days (or those left) must bring so that the goal is reached by closing, by the weight
    of each day; `week_alike` what the same days bring at the level of the days counted in full among the last seven, of which
    there are `recent_days`; `place` the prefecture that lacks most against its part of the plan. `lacking` names the days whose
    counts are wanted where no verdict is given.
    """
    places = tables.prefectures()
    now = season_of(tables, choices)
    if now.curve is None or not now.goal or not now.goal.visitors:
        return pd.DataFrame()
    pace, past = now.pace, tables.reference_seasons()
    counted = now.by_day.dropna(subset="visitors")
    forecast = outlook_of(tables, choices)
    week = coming_week(now)
    is_judged = now.has_counts and not pace.is_withheld
    place, place_gap = _lacks_most(now, choices, places)
    sources = [*counted["source_id"], *(past["source_id"] if forecast.is_known else [])]
    row = {
        "state": pace.state,
        "counted": pace.counted if now.has_counts else None,
        "goal": now.goal.visitors,
        "goal_bound": now.goal.bound,
        "share_pct": pace.share_pct if now.has_counts else None,
        "opens_on": now.days[0],
        "days_gone": pace.days_gone,
        "days_left": pace.days_left,
        "days_missing": pace.days_missing,
        "days_partial": pace.days_partial,
        "lacking": now.lacking,
        "last_count": counted["date"].max() if len(counted) else pd.NaT,
        "stale_days": pace.stale_days,
        "gap": pace.gap if now.has_counts else None,
        "gap_days": pace.gap_days if now.has_counts else None,
        "gap_goal": pace.gap_goal if now.has_counts else None,
        "week_needed": week.needed if is_judged else None,
        "week_days": week.days,
        "week_alike": week.alike if is_judged else None,
        "recent_days": pace.recent_days,
        "place": place,
        "place_gap": place_gap,
        "forecast": forecast.total,
        "low": forecast.low,
        "high": forecast.high,
        "basis": weakest([now.basis(*counted["basis"]), *(past["basis"] if forecast.is_known else [])]),
        "source_id": now.source(*sources),
    }
    whole = ("counted", "gap", "gap_goal", "week_needed", "week_alike", "place_gap", "forecast", "low", "high")
    return pd.DataFrame([row]).astype({name: "Int64" for name in whole} | {"share_pct": "Float64", "gap_days": "Float64"})


def _lacks_most(now: Season, choices: Choices, places: pd.DataFrame) -> tuple[str | None, int | None]:
    """Return the prefecture that lacks most against its part of the plan, and by how many visitors; as charts show it."""
    if choices.prefecture or now.due_by_place is None or not now.has_counts or now.pace.is_withheld:
        return None, None
    due = prefecture_pace.at(now.due_by_place, choices.as_of)
    counts = counts_as_of.by(now.known, now.days, "jis_code").dropna(subset="jis_code").set_index("jis_code")["visitors"]
    counts = counts.astype("float64").reindex(due.index).fillna(prefecture_values.zeros(now, choices.as_of))
    gaps = (counts - due).dropna()
    if gaps.empty or gaps.min() >= 0:
        return None, None
    name = places.set_index("jis_code")[f"name_{choices.lang}"]
    return str(name[gaps.idxmin()]), int(gaps.min())


def cards(table: pd.DataFrame, words: Words) -> list[Card]:
    """Return one card: the verdict large, its reasons below."""
    row = table.iloc[0]
    state = row["state"]
    gap = row["gap_goal"] if state == "over" else row["gap"]
    is_judged = state in ("over", "running") and pd.notna(gap)
    is_behind = is_judged and gap < 0
    key = f"{state}_{'behind' if is_behind else 'ahead'}" if is_judged else state
    key = "uncounted_over" if state == "uncounted" and not row["days_left"] else key
    fields = {"gap": words.number(abs(gap)) if is_judged else "", "stale_days": words.number(row["stale_days"])}
    return [
        Card(
            title=words("as_asked"),
            value=words(f"verdict.{key}", **fields),
            text=_reasons(row, words),
            tone="missing" if is_behind or state in ("stale", "withheld", "uncounted") else "done" if is_judged else "",
            basis=row["basis"],
            source_id=row["source_id"],
        )
    ]


def _reasons(row: pd.Series, words: Words) -> str:
    goal, counted = words.goal(row["goal"], row["goal_bound"]), "" if pd.isna(row["counted"]) else words.number(row["counted"])
    match row["state"]:
        case "before":
            return words("before", goal=goal, date=words.date(row["opens_on"]))
        case "uncounted":
            return words("uncounted" if row["days_left"] else "uncounted_over", goal=goal)
        case "withheld":
            return words.sentences([words("so_far", counted=counted), words.withheld(row["lacking"], row["days_gone"])])
        case "stale":
            parts = [words("stale", date=words.date(row["last_count"]), counted=counted)]
        case "over":
            parts = [words("over", counted=counted, share=words.percent(row["share_pct"] / 100))]
        case _:
            parts = _running(row, words)
    return words.sentences([*parts, *filter(None, [words.lacking(row["days_missing"], row["days_partial"])])])


def _running(row: pd.Series, words: Words) -> list[str]:
    parts = [_lead_in_days(row, words)]
    if isinstance(row["place"], str):
        parts.append(words("place", name=row["place"], gap=words.number(abs(row["place_gap"]))))
    if row["counted"] < row["goal"]:
        parts.append(_week(row, words))
    if pd.notna(row["forecast"]):
        figures = {name: words.number(row[name]) for name in ("forecast", "low", "high")}
        parts.append(words("forecast", **figures))
    return parts


def _week(row: pd.Series, words: Words) -> str:
    """Return what the next days must bring, beside what the same days bring at the recent level."""
    fields = {"days": words.number(row["week_days"]), "needed": words.number(row["week_needed"])}
    if pd.isna(row["week_alike"]) or not row["week_alike"]:
        return words("week", **fields)
    more = words.increase(100 * (row["week_needed"] / row["week_alike"] - 1))
    return words(
        "week_beside",
        recent=words.recently(row["recent_days"], min(RECENT, row["days_gone"])),
        alike=words.number(row["week_alike"]),
        more=more,
        **fields,
    )


def _lead_in_days(row: pd.Series, words: Words) -> str:
    days = abs(row["gap_days"])
    fields = {
        "counted": words.number(row["counted"]),
        "share": words.percent(row["share_pct"] / 100),
        "days": words.number(days, 1),
    }
    if not days:
        return words("on_time", **fields)
    return words("late" if row["gap_days"] < 0 else "early", **fields)


def message(table: pd.DataFrame, words: Words) -> str:
    """Return the verdict and its reasons as one text."""
    card = cards(table, words)[0]
    return words("both", verdict=card.value, reasons=card.text)
