"""Show what is under way and what comes next."""

import pandas as pd

from sejong_dash.choices import Choices
from sejong_dash.datasets import Tables
from sejong_dash.measures import dated, plan
from sejong_dash.words import Words

from . import Card

WIDTH = "14rem"
_MOST = 3


def table(choices: Choices, tables: Tables) -> pd.DataFrame:
    """Return the milestones that end after as-of, those to come first, then by their dates; at most three.

    Columns: milestone_id, title, partner, starts_on, ends_on, precision, under_way, basis, source_id.
    """
    end = pd.Timestamp(choices.as_of)
    rows = dated.placed(tables.milestones(), tables.programme()).merge(
        tables.programme().add_prefix("project_"), left_on="project_id", right_on="project_project_id", how="left"
    )
    if choices.prefecture:
        rows = rows[(rows["jis_code"] == choices.prefecture) | rows["project_id"].isna()]
    rows = rows.assign(title=rows[f"title_{choices.lang}"], partner=rows[f"project_partner_{choices.lang}"])
    columns = ["milestone_id", "title", "partner", "starts_on", "ends_on", "precision", "basis", "source_id"]
    rows = pd.concat([_expo_days(choices, tables), rows[columns]], ignore_index=True)
    rows = rows[rows["ends_on"] > end]
    rows.insert(6, "under_way", (rows["starts_on"] <= end).astype(bool))
    return rows.sort_values(["under_way", "starts_on", "ends_on"], kind="stable").head(_MOST).reset_index(drop=True)


def _expo_days(choices: Choices, tables: Tables) -> pd.DataFrame:
    """Return the plan's first and last day as rows; both stand in no other table."""
    row = plan.chosen(tables.plans(), choices.plan)
    if pd.isna(row["opens_on"]) or row["dates_precision"] != "day":
        return pd.DataFrame()
    return pd.DataFrame(
        [
            {
                "milestone_id": edge,
                "title": "",
                "partner": None,
                "starts_on": day,
                "ends_on": day,
                "precision": "day",
                "basis": row["basis"],
                "source_id": row["source_id"],
            }
            for edge, day in (("opens_on", row["opens_on"]), ("closes_on", row["closes_on"]))
        ]
    )


def cards(table: pd.DataFrame, words: Words) -> list[Card]:
    """Return a card for each milestone."""
    return [
        Card(
            title=words.span(row.starts_on, row.ends_on, row.precision),
            value=row.title or words(row.milestone_id),
            badge=words("under_way") if row.under_way else "",
            text=row.partner if isinstance(row.partner, str) else "",
            basis=row.basis,
            source_id=row.source_id,
        )
        for row in table.itertuples(index=False)
    ]


def message(table: pd.DataFrame, words: Words) -> str:
    """Return the first milestone and its date."""
    first = table.iloc[0]
    return words(
        "message",
        title=first["title"] or words(first["milestone_id"]),
        when=words.span(first["starts_on"], first["ends_on"], first["precision"]),
    )
