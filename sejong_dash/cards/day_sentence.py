"""Are we on pace, where is it missing, and what must the next week bring? The sentence of the day."""

import pandas as pd

from ..basis import weakest
from ..choices import Choices
from ..datasets import day_weights, goals, plans, prefectures, reference_seasons, visitors
from ..measures import counts, goal, prefecture_pace
from ..measures.forecast import forecast
from ..measures.pace import RECENT, pace
from ..measures.season import Season, season
from ..words import Words
from . import Card

WIDTH = "100%"
SAYS_ITS_MESSAGE = True  # the card is the message: above it the reader need not see it a second time
STALE = 2  # days without a count at the end, from which no verdict is given


def table(choices: Choices) -> pd.DataFrame:
    """One row: state (before, stale, running, over), counted, goal, opens_on, days_left, days_missing, last_count,
    stale_days, gap, gap_days, week_needed, week_days, week_past, place, place_gap, forecast, low, high, basis, source_id.

    `week_needed` is what the next seven days (or those left) must bring so that the goal is reached by closing, by the weight
    of each day; `week_past` what the last seven brought; `place` the prefecture that lacks most against its part of the plan.
    None without dates to the day or a goal.
    """
    places = prefectures.load()
    now = season(choices, plans.load(), goals.load(), places, visitors.load(choices.sample), day_weights.load())
    if now.curve is None or not now.wanted or not now.wanted.visitors:
        return pd.DataFrame()
    stands = pace(now.by_day, now.curve, now.weights, choices.as_of)
    counted = now.by_day.dropna(subset="visitors")
    last = counted["date"].max() if len(counted) else pd.NaT
    stale = (pd.Timestamp(choices.as_of) - last).days if len(counted) else 0
    past = reference_seasons.load()
    seen = forecast(now.by_day, now.days[0], now.days[-1], choices.as_of, day_weights=now.weights, reference=past)
    to_come = now.weights[now.days > pd.Timestamp(choices.as_of)]
    left = goal.split(max(now.wanted.visitors - stands.counted, 0), to_come)
    lately = counted[counted["date"] > pd.Timestamp(choices.as_of) - pd.Timedelta(days=RECENT)]
    state = "over" if not stands.days_left else "before" if not len(counted) else "stale" if stale >= STALE else "running"
    place, place_gap = _lacks_most(now, choices, places)
    sources = [*counted["source_id"], *(past["source_id"] if seen.known else [])]
    return pd.DataFrame(
        [
            {
                "state": state,
                "counted": stands.counted,
                "goal": now.wanted.visitors,
                "opens_on": now.days[0],
                "days_left": stands.days_left,
                "days_missing": stands.days_missing,
                "last_count": last,
                "stale_days": stale,
                "gap": stands.gap,
                "gap_days": stands.gap_days,
                "week_needed": int(left.head(RECENT).sum()),
                "week_days": min(RECENT, stands.days_left),
                "week_past": int(lately["visitors"].sum()),
                "place": place,
                "place_gap": place_gap,
                "forecast": round(seen.total, 1),
                "low": round(seen.low, 1),
                "high": round(seen.high, 1),
                "basis": weakest([now.basis(*counted["basis"]), *(past["basis"] if seen.known else [])]),
                "source_id": now.source(*sources),
            }
        ]
    )


def _lacks_most(now: Season, choices: Choices, places: pd.DataFrame) -> tuple[str | None, int]:
    """The prefecture whose count lies farthest below its part of the plan on the counted days, and by how many visitors:
    the same figure as in the chart of all prefectures."""
    shares = goal.by_prefecture(goals.load(), choices.plan, places)
    if choices.prefecture or shares is None or now.curve is None or not now.counted:
        return None, 0
    asked = prefecture_pace.by_as_of(prefecture_pace.asked(now.curve, now.by_day), choices.as_of)
    due = prefecture_pace.due(asked, shares.set_index("jis_code")["goal"])
    came = counts.by(now.known, now.days, "jis_code").dropna(subset="jis_code").set_index("jis_code")["visitors"]
    gaps = came.reindex(due.index).fillna(0).astype("int64") - due
    if gaps.min() >= 0:
        return None, 0
    name = places.set_index("jis_code")[f"name_{choices.lang}"]
    return str(name[gaps.idxmin()]), int(gaps.min())


def tell(table: pd.DataFrame, words: Words) -> list[Card]:
    """One card: the verdict large, its reasons below."""
    row = table.iloc[0]
    said = {name: words.number(row[name]) for name in ("counted", "goal", "days_left", "stale_days") if pd.notna(row[name])}
    behind = _behind(row)
    key = row["state"] if row["state"] in {"before", "stale"} else f"{row['state']}_{'behind' if behind else 'ahead'}"
    gap = abs(row["counted"] - row["goal"]) if row["state"] == "over" else abs(row["gap"] or 0)
    return [
        Card(
            title=words("as_asked"),
            value=words(f"verdict.{key}", gap=words.number(gap), **said),
            text=_reasons(row, words),
            tone={"stale": "missing", "before": ""}.get(row["state"], "missing" if behind else "done"),
            basis=row["basis"],
            source_id=row["source_id"],
        )
    ]


def _behind(row: pd.Series) -> bool:
    return bool(row["counted"] < row["goal"]) if row["state"] == "over" else bool((row["gap"] or 0) < 0)


def _reasons(row: pd.Series, words: Words) -> str:
    parts: list[str] = []
    match row["state"]:
        case "before":
            parts.append(words("before", goal=words.number(row["goal"]), date=words.date(row["opens_on"])))
        case "stale":
            date, counted = words.date(row["last_count"]), words.number(row["counted"])
            parts.append(words("stale", date=date, counted=counted))
        case "over":
            parts.append(words("over", counted=words.number(row["counted"]), share=words.percent(row["counted"] / row["goal"])))
        case _:
            parts.append(_stands(row, words))
            if isinstance(row["place"], str):
                parts.append(words("place", name=row["place"], gap=words.number(abs(row["place_gap"]))))
            if row["counted"] < row["goal"]:
                parts.append(
                    words(
                        "week",
                        days=words.number(row["week_days"]),
                        needed=words.number(row["week_needed"]),
                        past=words.number(row["week_past"]),
                    )
                )
            if pd.notna(row["forecast"]):
                figures = {name: words.number(row[name]) for name in ("forecast", "low", "high")}
                parts.append(words("forecast", **figures))
    if row["days_missing"] and row["state"] != "before":
        parts.append(words("missing", days=words.number(row["days_missing"])))
    return words.sentences(parts)


def _stands(row: pd.Series, words: Words) -> str:
    days = abs(row["gap_days"])
    fields = {
        "counted": words.number(row["counted"]),
        "share": words.percent(row["counted"] / row["goal"]),
        "days": words.number(days, 1),
    }
    if days < 0.05:
        return words("on_time", **fields)
    return words("late" if row["gap_days"] < 0 else "early", **fields)


def message(table: pd.DataFrame, words: Words) -> str:
    """The verdict and its reasons as one text."""
    one = tell(table, words)[0]
    return words("both", verdict=one.value, reasons=one.text)
