"""What happened and what is due, year by year, in words?

The timeline for whoever reads with keys or a screen reader: every milestone is here.
"""

import pandas as pd

from ..choices import Choices
from ..datasets import milestones, plans, programme
from ..measures import dated, plan
from ..words import Words
from . import Card

WIDTH = "19rem"


def table(choices: Choices) -> pd.DataFrame:
    """One row for each milestone in order of time: milestone_id, project_id, field, partner, title, starts_on, ends_on,
    precision, jis_code, status, stage, as_of, basis, source_id; the plan's own days have no milestone_id."""
    chosen = plan.chosen(plans.load(), choices.plan)
    rows = dated.told(milestones.load(), programme.load(), chosen, choices.lang, choices.as_of)
    rows = dated.narrowed(rows, choices.field, choices.prefecture, choices.partner).assign(as_of=pd.Timestamp(choices.as_of))
    return rows[
        [
            "milestone_id",
            "project_id",
            "field",
            "partner",
            "title",
            "starts_on",
            "ends_on",
            "precision",
            "jis_code",
            "status",
            "stage",
            "as_of",
            "basis",
            "source_id",
        ]
    ].reset_index(drop=True)


def tell(table: pd.DataFrame, words: Words) -> list[Card]:
    """A card for each milestone, its date no more precise than it is known, under the year in which it begins."""
    cards = []
    for row in table.to_dict("records"):
        first = row["ends_on"] if pd.isna(row["starts_on"]) else row["starts_on"]
        facts = [(words("columns.partner"), row["partner"])] if pd.notna(row["partner"]) else []
        facts.append((words("columns.field"), words("join").join(words(f"field.{one}") for one in row["field"].split(";"))))
        if row["precision"] != "day":
            facts.append((words("columns.precision"), words(f"precision.{row['precision']}")))
        cards.append(
            Card(
                tone="wordy",
                title=words.span(row["starts_on"], row["ends_on"], row["precision"]) or words("stage.undated"),
                value=words("expo_days", plan=row["title"]) if pd.isna(row["milestone_id"]) else row["title"],
                badge=words(f"stage.{row['stage']}"),
                facts=tuple(facts),
                basis=row["basis"],
                source_id=row["source_id"],
                group=words("stage.undated") if pd.isna(first) else words.date(first, "year"),
            )
        )
    return cards


def message(table: pd.DataFrame, words: Words) -> str:
    """How many, and that a date is said as well as it is known."""
    exact = int((table["precision"] == "day").sum())
    return words("message", total=words.number(len(table)), exact=words.number(exact), coarse=words.number(len(table) - exact))
