"""Where do we stand at the end of as-of, what must each day left bring, and when does the goal fall?"""

from math import ceil

import pandas as pd

from ..basis import joined, weakest
from ..choices import Choices
from ..datasets import day_weights, goals, plans, prefectures, visitors
from ..measures.pace import Pace, pace
from ..measures.season import season
from ..words import Words
from . import Card

WIDTH = "13rem"


def table(choices: Choices) -> pd.DataFrame:
    """One row for each figure that can be told: figure, value, unit, day, basis, source_id.

    `day` stands where the figure is a date (reached_on: value is then the days from as-of until it). `alike` is what the
    level of the last seven days means on days of the kinds that are left.
    """
    now = season(choices, plans.load(), goals.load(), prefectures.load(), visitors.load(choices.sample), day_weights.load())
    if not len(now.days):
        return pd.DataFrame()
    stands = pace(now.by_day, now.curve, now.weights, choices.as_of)
    counted = now.by_day.dropna(subset="visitors")
    of_counts = (weakest(counted["basis"]), joined(counted["source_id"]))
    both = (now.basis(*counted["basis"]), now.source(*counted["source_id"]))
    of_goal = (now.basis(), now.source())
    end = pd.Timestamp(choices.as_of)
    # Golden Week behind us says little of the weekdays to come: what is needed is compared with days of the same kinds
    alike = (stands.at_close - stands.counted) / stands.days_left if stands.at_close is not None and stands.days_left else None
    rows: list[tuple[object, ...]] = [
        ("counted", stands.counted if now.counted else None, "visitors", None, *of_counts),
        ("due", stands.due if now.counted and stands.days_left else None, "visitors", None, *of_goal),
        ("gap", _gap(stands) if now.counted else None, "visitors", None, *both),
        ("gap_days", stands.gap_days if now.counted and stands.days_left else None, "days", None, *both),
        ("days_left", stands.days_left, "days", None, now.plan["basis"], now.plan["source_id"]),
        ("needed", stands.needed, "visitors_per_day", None, *(both if now.counted else of_goal)),
        ("recent", stands.recent if stands.days_left else None, "visitors_per_day", None, *of_counts),
        ("alike", alike, "visitors_per_day", None, *of_counts),
        (
            "reached_on",
            None if stands.reached_on is None or not now.counted else (stands.reached_on - end).days,
            "days",
            stands.reached_on,
            *both,
        ),
        ("at_close", stands.at_close if stands.days_left and stands.reached_on is None else None, "visitors", None, *both),
        ("days_missing", stands.days_missing or None if now.counted else None, "days", None, *of_counts),
    ]
    told = [row for row in rows if row[1] is not None]
    table = pd.DataFrame(told, columns=["figure", "value", "unit", "day", "basis", "source_id"])
    return table.assign(value=table["value"].astype("float64").round(2), day=pd.to_datetime(table["day"]))


def _gap(stands: Pace) -> int | None:
    """Against the plan curve while the expo runs; against the goal when it is over."""
    if stands.days_left or stands.goal is None:
        return stands.gap
    return stands.counted - stands.goal


def tell(table: pd.DataFrame, words: Words) -> list[Card]:
    """Figures as cards; what is missing or short in the warm colour, what is done or ahead in green."""
    said = table.set_index("figure")["value"]
    told = []
    for row in table.itertuples():
        if row.figure in {"gap_days", "alike"}:
            continue  # told with the gap in visitors, and with what is needed
        key = row.figure
        if key == "gap":
            key = "gap_behind" if row.value < 0 else "gap_ahead"
        if key == "reached_on" and row.value <= 0:
            key = "was_reached_on"
        tone = {"gap_behind": "missing", "days_missing": "missing", "at_close": "missing"}.get(key, "")
        tone = "done" if key in {"gap_ahead", "counted", "reached_on", "was_reached_on"} else tone
        told.append(
            Card(
                title=words(f"figure.{key}"),
                value=words.day_month(row.day) if pd.notna(row.day) else words(f"value.{row.figure}", value=_said(row, words)),
                text=_text(key, said, words),
                tone=tone,
                basis=row.basis,
                source_id=row.source_id,
            )
        )
    return told


def _said(row: object, words: Words) -> str:
    value = abs(row.value)  # type: ignore[attr-defined]
    return words.number(ceil(value) if row.figure == "needed" else value)  # type: ignore[attr-defined]


def _text(key: str, said: pd.Series, words: Words) -> str:
    if key in {"gap_behind", "gap_ahead"}:
        days = abs(said.get("gap_days", 0.0))
        return words(f"text.{key}", days=words.number(days, 1)) if days >= 0.05 else words("text.gap_over")
    if key == "needed" and said.get("alike", 0) > 0 and said["needed"] > 0:
        ratio = words.number(said["needed"] / said["alike"], 2)
        return words("text.needed_ratio", ratio=ratio, alike=words.number(said["alike"]))
    return words(f"text.{key}") if words.has(f"text.{key}") else ""


def message(table: pd.DataFrame, words: Words) -> str:
    """What the cards say in one sentence: the result after closing, the plan before the first count."""
    said, days = table.set_index("figure")["value"], table.set_index("figure")["day"]
    if "counted" not in said:
        return words("message_plan", days=words.number(said["days_left"]))
    counted = words.number(said["counted"])
    if "gap" not in said:
        return words("message_counted", counted=counted)
    gap = words.number(abs(said["gap"]))
    if said["days_left"] == 0:
        return words("message_short" if said["gap"] < 0 else "message_reached", counted=counted, gap=gap)
    if "reached_on" in said and said["reached_on"] <= 0:
        return words("message_done", counted=counted, date=words.date(days["reached_on"]))
    key = "message_behind" if said["gap"] < 0 else "message_ahead"
    first = words(key, counted=counted, gap=gap, needed=words.number(ceil(said["needed"])))
    if "recent" not in said:
        return first
    if "reached_on" in said:
        return first + words("message_falls", recent=words.number(said["recent"]), date=words.date(days["reached_on"]))
    return first + words("message_missed", recent=words.number(said["recent"]), total=words.number(said["at_close"]))
