"""Where do we stand at the end of as-of, and what must each day left bring?"""

import pandas as pd

from ..basis import joined, weakest
from ..choices import Choices
from ..datasets import goals, plans, prefectures, visitors
from ..measures import counts, goal, plan
from ..measures.pace import pace
from ..words import Words
from . import Card

WIDTH = "13rem"


def table(choices: Choices) -> pd.DataFrame:
    """One row for each figure that can be told: figure, value, unit, basis, source_id."""
    days = plan.days(plan.chosen(plans.load(), choices.plan))
    if not len(days):
        return pd.DataFrame()
    known = counts.known(visitors.load(choices.sample), choices.as_of, choices.prefecture)
    by_day = counts.daily(known, days, choices.as_of)
    wanted = goal.wanted(goals.load(), choices.plan, prefectures.load(), choices.prefecture)
    now = pace(by_day, days, choices.as_of, wanted.visitors if wanted else None)
    of_goal = ("assumption", wanted.source_id) if wanted else ("reported", "")
    of_counts = (weakest(by_day["basis"].dropna()), joined(by_day["source_id"].dropna().unique()))
    both = (weakest([of_goal[0], of_counts[0]]), joined([of_counts[1], of_goal[1]]))
    any_count = now.days_missing < now.days_gone
    calendar = ("reported", plan.chosen(plans.load(), choices.plan)["source_id"])
    rows = [
        ("counted", now.counted if any_count else None, "visitors", *of_counts),
        ("due", now.due if now.days_gone else None, "visitors", *of_goal),
        ("gap", now.gap if any_count else None, "visitors", *both),
        ("days_left", now.days_left, "days", *calendar),
        ("needed", now.needed, "visitors_per_day", *(both if any_count else of_goal)),
        ("recent", now.recent, "visitors_per_day", *of_counts),
        ("days_missing", now.days_missing if any_count and now.days_missing else None, "days", *of_counts),
    ]
    return pd.DataFrame([row for row in rows if row[1] is not None], columns=["figure", "value", "unit", "basis", "source_id"])


def tell(table: pd.DataFrame, words: Words) -> list[Card]:
    """Figures as cards; what is missing or short in the warm colour, what is done or ahead in green."""
    told = []
    for row in table.itertuples():
        behind = row.figure == "gap" and row.value < 0
        key = f"{row.figure}_{'behind' if behind else 'ahead'}" if row.figure == "gap" else row.figure
        tone = {"gap_behind": "missing", "days_missing": "missing", "gap_ahead": "done", "counted": "done"}.get(key, "")
        told.append(
            Card(
                title=words(f"figure.{key}"),
                value=words(f"value.{row.figure}", value=words.number(abs(row.value))),
                text=words(f"text.{key}") if words.has(f"text.{key}") else "",
                tone=tone,
                basis=row.basis,
                source_id=row.source_id,
            )
        )
    return told


def message(table: pd.DataFrame, words: Words) -> str:
    """What the cards say in one sentence."""
    said = table.set_index("figure")["value"]
    if "counted" not in said:
        return words("message_plan", days=words.number(said["days_left"]))
    if "gap" not in said:
        return words("message_counted", counted=words.number(said["counted"]))
    if "needed" not in said:
        key = "message_short" if said["gap"] < 0 else "message_reached"
        return words(key, counted=words.number(said["counted"]), gap=words.number(abs(said["gap"])))
    key = "message_behind" if said["gap"] < 0 else "message_ahead"
    return words(
        key, counted=words.number(said["counted"]), gap=words.number(abs(said["gap"])), needed=words.number(said["needed"])
    )
