"""Show every milestone in words, year by year.

The timeline for whoever reads with keys or a screen reader.
"""

import pandas as pd

from sejong_dash.choices import Choices
from sejong_dash.datasets import Tables
from sejong_dash.measures import dated, plan
from sejong_dash.words import Words

from . import Card

WIDTH = "19rem"


def table(choices: Choices, tables: Tables) -> pd.DataFrame:
    """Return one row for each milestone in the order of time; the plan's own days have no milestone_id.

    Columns: milestone_id, project_id, field, partner, title, starts_on, ends_on, precision, jis_code, status, stage, as_of,
    basis, source_id.
    """
    chosen = plan.chosen(tables.plans(), choices.plan)
    rows = dated.milestone_rows(tables.milestones(), tables.programme(), chosen, choices.lang, choices.as_of)
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


def cards(table: pd.DataFrame, words: Words) -> list[Card]:
    """Return a card for each milestone, its date no more precise than it is known, under the year in which it begins."""
    shown = []
    for row in table.to_dict("records"):
        first = row["ends_on"] if pd.isna(row["starts_on"]) else row["starts_on"]
        facts = [(words("columns.partner"), row["partner"])] if pd.notna(row["partner"]) else []
        facts.append((words("columns.field"), words("join").join(words(f"field.{field}") for field in row["field"].split(";"))))
        if row["precision"] != "day":
            facts.append((words("columns.precision"), words(f"precision.{row['precision']}")))
        shown.append(
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
    return shown


def message(table: pd.DataFrame, words: Words) -> str:
    """Return how many milestones there are, and how many are known to the day."""
    exact = int((table["precision"] == "day").sum())
    return words("message", total=words.number(len(table)), exact=words.number(exact), coarse=words.number(len(table) - exact))
