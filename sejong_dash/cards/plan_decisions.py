"""Show the decisions about the expo, with their dates and goals."""

from typing import Any

import pandas as pd

from sejong_dash.basis import joined, weakest
from sejong_dash.choices import Choices
from sejong_dash.datasets import Tables
from sejong_dash.measures import plan
from sejong_dash.words import Words

from . import Card

WIDTH = "24rem"


def table(choices: Choices, tables: Tables) -> pd.DataFrame:
    """Return one row for each decision and goal of it, in the order of time; without a goal a row with a blank goal.

    Columns: plan_id, decided_on, decided_precision, state, title, note, opens_on, closes_on, dates_precision, followed, later
    (decided after as-of), scope, jis_code, prefecture, visitors, bound, plan_basis, plan_source_id, goal_basis,
    goal_source_id, and basis, source_id of both together.
    """
    rows = plan.history(tables.plans()).rename(columns={f"title_{choices.lang}": "title", f"note_{choices.lang}": "note"})
    rows = rows.rename(columns={"basis": "plan_basis", "source_id": "plan_source_id"})
    rows = rows.assign(followed=rows["plan_id"] == choices.plan, later=rows["decided_on"] > pd.Timestamp(choices.as_of))
    stated = tables.goals().rename(columns={"basis": "goal_basis", "source_id": "goal_source_id"})
    rows = rows.merge(stated, on="plan_id", how="left")
    names = tables.prefectures().set_index("jis_code")[f"name_{choices.lang}"]
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
            "bound",
            "plan_basis",
            "plan_source_id",
            "goal_basis",
            "goal_source_id",
            "basis",
            "source_id",
        ]
    ]


def cards(table: pd.DataFrame, words: Words) -> list[Card]:
    """Return a card for each decision with all its goals."""
    shown = []
    for _, rows in table.groupby("plan_id", sort=False):
        row = rows.iloc[0].to_dict()
        decided = words("decided", date=words.date(row["decided_on"], row["decided_precision"]))
        dates = words.span(row["opens_on"], row["closes_on"], row["dates_precision"]) or words("no_dates")
        facts = [(words("dates"), dates)]
        if pd.notna(row["dates_precision"]):
            facts.append((words("columns.dates_precision"), words(f"precision.{row['dates_precision']}")))
        facts += [_goal(goal, words) for goal in rows.to_dict("records") if pd.notna(goal["scope"])]
        facts.append((words("columns.decided_precision"), words(f"precision.{row['decided_precision']}")))
        marks = [words(f"state.{row['state']}"), *(words(mark) for mark in ("followed", "later") if row[mark])]
        shown.append(
            Card(
                tone="wordy",
                title=decided,
                value=row["title"],
                badge=words("join").join(marks),
                text=row["note"],
                facts=tuple(facts),
                basis=weakest(rows["basis"]),
                source_id=joined(rows["source_id"]),
            )
        )
    return shown


def _goal(goal: dict[str, Any], words: Words) -> tuple[str, str]:
    """Return a goal with its scope, and with a mark of its basis where it was not reported."""
    name = words(f"scope.{goal['scope']}")
    if pd.notna(goal["prefecture"]):
        name = words("colon", name=name, value=goal["prefecture"])
    visitors = words.bounded(words("amount.visitors", value=words.number(goal["visitors"])), goal["bound"])
    if goal["goal_basis"] == "reported":
        return name, visitors
    return name, words("marked", value=visitors, mark=words(f"basis.{goal['goal_basis']}"))


def message(table: pd.DataFrame, words: Words) -> str:
    """Return what the cards hold, which is the same for every table; the plan history says which decision is the last."""
    return words("message")
