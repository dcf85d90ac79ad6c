"""What was decided about the expo, when, and with which goals?"""

from typing import Any

import pandas as pd

from ..basis import joined, weakest
from ..choices import Choices
from ..datasets import goals, plans, prefectures
from ..measures import plan
from ..words import Words
from . import Card

WIDTH = "24rem"


def table(choices: Choices) -> pd.DataFrame:
    """One row for each decision and goal of it, in order of time; a decision without a goal has one row with a blank goal.

    plan_id, decided_on, decided_precision, state, title, note, opens_on, closes_on, dates_precision, followed, later
    (decided after as-of), scope, jis_code, prefecture, visitors, plan_basis, plan_source_id, goal_basis, goal_source_id, and
    basis, source_id of both together.
    """
    rows = plan.history(plans.load()).rename(columns={f"title_{choices.lang}": "title", f"note_{choices.lang}": "note"})
    rows = rows.rename(columns={"basis": "plan_basis", "source_id": "plan_source_id"})
    rows = rows.assign(followed=rows["plan_id"] == choices.plan, later=rows["decided_on"] > pd.Timestamp(choices.as_of))
    stated = goals.load().rename(columns={"basis": "goal_basis", "source_id": "goal_source_id"})
    rows = rows.merge(stated, on="plan_id", how="left")
    names = prefectures.load().set_index("jis_code")[f"name_{choices.lang}"]
    rows["prefecture"] = rows["jis_code"].map(names)
    rows["basis"] = [weakest(pair) for pair in zip(rows["plan_basis"], rows["goal_basis"], strict=True)]
    rows["source_id"] = [joined(pair) for pair in zip(rows["plan_source_id"], rows["goal_source_id"], strict=True)]
    return rows[
        [
            "plan_id",
            "decided_on",
            "decided_precision",
            "state",
            "title",
            "note",
            "opens_on",
            "closes_on",
            "dates_precision",
            "followed",
            "later",
            "scope",
            "jis_code",
            "prefecture",
            "visitors",
            "plan_basis",
            "plan_source_id",
            "goal_basis",
            "goal_source_id",
            "basis",
            "source_id",
        ]
    ]


def tell(table: pd.DataFrame, words: Words) -> list[Card]:
    """A card for each decision with all its goals."""
    cards = []
    for _, some in table.groupby("plan_id", sort=False):
        row = some.iloc[0].to_dict()
        decided = words("decided", date=words.date(row["decided_on"], row["decided_precision"]))
        dates = words.span(row["opens_on"], row["closes_on"], row["dates_precision"]) or words("no_dates")
        facts = [(words("dates"), dates)]
        if pd.notna(row["dates_precision"]):
            facts.append((words("columns.dates_precision"), words(f"precision.{row['dates_precision']}")))
        facts += [_goal(goal, words) for goal in some.to_dict("records") if pd.notna(goal["scope"])]
        facts += [
            (words("columns.decided_precision"), words(f"precision.{row['decided_precision']}")),
            (words("columns.plan_id"), row["plan_id"]),
        ]
        marks = [words(f"state.{row['state']}"), *(words(mark) for mark in ("followed", "later") if row[mark])]
        cards.append(
            Card(
                tone="wordy",
                title=decided,
                value=row["title"],
                badge=words("join").join(marks),
                text=row["note"],
                facts=tuple(facts),
                basis=weakest(some["basis"]),
                source_id=joined(some["source_id"]),
            )
        )
    return cards


def _goal(goal: dict[str, Any], words: Words) -> tuple[str, str]:
    """A goal, marked where it is weaker than the plan's own basis would let one think."""
    name = words(f"scope.{goal['scope']}")
    if pd.notna(goal["prefecture"]):
        name = words("colon", name=name, value=goal["prefecture"])
    said = words("amount.visitors", value=words.number(goal["visitors"]))
    return name, said if goal["goal_basis"] == "reported" else words(
        "marked", value=said, mark=words(f"basis.{goal['goal_basis']}")
    )


def message(table: pd.DataFrame, words: Words) -> str:
    """How many decisions, and between which of them the plan moved."""
    each = table.drop_duplicates("plan_id")
    last = each.iloc[-1]
    return words(
        "message",
        count=words.number(len(each)),
        date=words.date(last["decided_on"], last["decided_precision"]),
        state=words(f"state.{last['state']}"),
    )
