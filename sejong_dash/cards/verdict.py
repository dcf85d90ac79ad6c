"""Show in one row whether the goal will be met: a word with its sign, why, and what each day left must bring."""

from typing import Any

import pandas as pd

from sejong_dash.basis import weakest
from sejong_dash.choices import Choices
from sejong_dash.datasets import Tables
from sejong_dash.measures import plan
from sejong_dash.measures.season import chance, coming_week
from sejong_dash.measures.season.outlook import outlook_of
from sejong_dash.measures.season.pace import Pace
from sejong_dash.measures.season.season import season_of
from sejong_dash.words import Words

from . import Card

WIDTH = "100%"
SAYS_ITS_MESSAGE = True
_EVEN = 0.5  # days: a count no further from the plan curve is on pace, where there is no forecast
_SIGNS = {"ahead": "▲", "reached": "▲", "on_pace": "●", "late": "▼", "missed": "▼"}
_TONES = {"ahead": "done", "reached": "done", "late": "missing", "missed": "missing", "on_pace": ""}


def table(choices: Choices, tables: Tables) -> pd.DataFrame:
    """Return one row; none without dates to the day or a goal.

    Columns: state (see `Pace.state`), verdict, plan, is_scenario, goal, goal_bound, counted, forecast, gap_goal, chance_pct, gap,
    needed, alike, more_pct, lacking, last_count, days_gone, days_to_opening, opens_on, basis, source_id.

    `verdict` is ahead, on_pace or late by the forecast against the goal (without a forecast by the gap to the plan curve),
    reached or missed; blank where none is given. `gap_goal` is the forecast against the goal; once the goal is reached or the
    expo is over, the count against it. `needed` and `alike` are visitors a day on the days left: what they must bring, and what
    days of the same kinds bring now. A plan that was cancelled is a scenario, and its title stands in `plan`.
    """
    now = season_of(tables, choices)
    if now.curve is None or not now.goal or not now.goal.visitors:
        return pd.DataFrame()
    pace, past, seen = now.pace, tables.reference_seasons(), outlook_of(tables, choices)
    counted = now.by_day.dropna(subset="visitors")
    goal, is_judged = now.goal.visitors, now.has_counts and pace.state in ("running", "over")
    has_forecast = is_judged and seen.is_known and pace.state == "running"
    is_reached = is_judged and pace.counted >= goal
    expected = pace.counted if is_reached or pace.state == "over" else seen.total
    is_open = is_judged and pace.state == "running" and not is_reached
    shown = tables.plans()
    row: dict[str, Any] = {
        "state": pace.state,
        "verdict": _verdict(pace, seen.total if has_forecast else None) if is_judged else "",
        "plan": plan.chosen(shown, choices.plan)[f"title_{choices.lang}"],
        "is_scenario": plan.is_cancelled(shown, choices.plan, choices.as_of),
        "goal": goal,
        "goal_bound": now.goal.bound,
        "counted": pace.counted if now.has_counts else None,
        "forecast": seen.total if has_forecast else None,
        "gap_goal": expected - goal if is_judged and pd.notna(expected) else None,
        "chance_pct": chance.chance_pct(chance.chance(seen, goal)) if has_forecast and not is_reached else None,
        "gap": pace.gap if is_judged else None,
        "needed": pace.needed if is_open else None,
        "alike": round(pace.alike) if is_open and pace.alike else None,
        "more_pct": coming_week.more_pct(pace.needed, pace.alike) if is_open else None,
        "lacking": now.lacking,
        "last_count": counted["date"].max() if len(counted) else pd.NaT,
        "days_gone": pace.days_gone,
        "days_to_opening": max((now.days[0] - pd.Timestamp(choices.as_of)).days, 0),
        "opens_on": now.days[0],
        "basis": weakest([now.basis(*counted["basis"]), *(past["basis"] if has_forecast else [])]),
        "source_id": now.source(*counted["source_id"], *(past["source_id"] if has_forecast else [])),
    }
    whole = ("counted", "forecast", "gap_goal", "chance_pct", "gap", "needed", "alike", "more_pct")
    return pd.DataFrame([row]).astype(dict.fromkeys(whole, "Int64"))


def _verdict(pace: Pace, forecast: float | None) -> str:
    """Return the verdict of a season whose counts allow one; `forecast` is None where there is none."""
    if pace.goal is None or pace.gap_days is None:
        return ""
    if pace.counted >= pace.goal:
        return "reached"
    if pace.state == "over":
        return "missed"
    if forecast is not None:
        return chance.verdict(forecast, pace.goal)
    return "on_pace" if abs(pace.gap_days) <= _EVEN else "ahead" if pace.gap_days > 0 else "late"


def cards(table: pd.DataFrame, words: Words) -> list[Card]:
    """Return one card: the verdict, its reasons beside it, what each day must bring at the right."""
    row = table.iloc[0]
    tone = _TONES.get(row["verdict"], "muted")
    return [
        Card(
            title=words("title"),
            value=words("signed", sign=_SIGNS.get(row["verdict"], "○"), verdict=_word(row, words)),
            text=words("dots").join(_reasons(row, words)),
            facts=_need(row, words),
            # the plan's title stands in the bar of the page, in the message and in the caption of a file
            badge=words("mark") if row["is_scenario"] else "",
            tone=tone,
            basis=row["basis"],
            source_id=row["source_id"],
        )
    ]


def _word(row: pd.Series, words: Words) -> str:
    if row["verdict"]:
        return words(f"verdict.{row['verdict']}")
    return words("verdict.before" if row["state"] == "before" else "verdict.withheld")


def _reasons(row: pd.Series, words: Words) -> list[str]:
    """Return one or two short statements; where no verdict is given, what to bring in for one."""
    goal = words.goal(row["goal"], row["goal_bound"])
    counted = "" if pd.isna(row["counted"]) else words("counted", counted=words.number(row["counted"]))
    match row["state"]:
        case "before":
            opening = words("opens", date=words.day_month(row["opens_on"]), days=words.number(row["days_to_opening"]))
            return [opening, words("goal", goal=goal)]
        case "uncounted":
            return [words("uncounted"), words("goal", goal=goal)]
        case "withheld":
            dates = words.day_spans([pd.Timestamp(day).date() for day in row["lacking"].split(";")], most=2)
            return [words("withheld", dates=dates), counted]
        case "stale":
            return [words("stale", date=words.day_month(row["last_count"])), counted]
    return _judged(row, words)


def _judged(row: pd.Series, words: Words) -> list[str]:
    if pd.isna(row["gap_goal"]):
        return [_against_plan(row, words)]
    gap = words.number(abs(row["gap_goal"]))
    if row["verdict"] in ("reached", "missed"):
        over = words("result_over" if row["gap_goal"] >= 0 else "result_short", gap=gap)
        return [words("counted", counted=words.number(row["counted"])), over]
    key = "forecast_over" if row["gap_goal"] >= 0 else "forecast_short"
    parts = [words(key, gap=gap, chance=words.chance(chance.band_of_pct(row["chance_pct"])))]
    # the gap to the plan is said where it points the other way
    if (row["gap_goal"] >= 0) != (row["gap"] >= 0):
        parts.append(_against_plan(row, words))
    return parts


def _against_plan(row: pd.Series, words: Words) -> str:
    return words("plan_ahead" if row["gap"] >= 0 else "plan_behind", gap=words.number(abs(row["gap"])))


def _need(row: pd.Series, words: Words) -> tuple[tuple[str, str], ...]:
    if pd.isna(row["needed"]):
        return ()
    needed = words("needed", needed=words.number(row["needed"]))
    if pd.isna(row["more_pct"]):
        return ((needed, words("needed_alone")),)
    return ((needed, words("alike", alike=words.number(row["alike"]), more=words.increase(row["more_pct"]))),)


def message(table: pd.DataFrame, words: Words) -> str:
    """Return the verdict, its reasons and the need as a text; of a scenario, that it is one."""
    row = table.iloc[0]
    parts = [*_reasons(row, words), *(words("dots").join(pair) for pair in _need(row, words))]
    text = words("message", verdict=_word(row, words), reasons=words("dots").join(parts))
    return words("message_scenario", scenario=words("scenario", title=row["plan"]), text=text) if row["is_scenario"] else text
