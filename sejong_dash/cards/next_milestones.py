"""What comes next?"""

import pandas as pd

from ..choices import Choices
from ..datasets import milestones, plans, programme
from ..measures import dated, plan
from ..words import Words
from . import Card

WIDTH = "14rem"
_MOST = 3


def table(choices: Choices) -> pd.DataFrame:
    """What is under way or due after as-of, soonest end first: milestone_id, title, partner, starts_on, ends_on, precision,
    under_way, basis, source_id."""
    end = pd.Timestamp(choices.as_of)
    rows = dated.placed(milestones.load(), programme.load()).merge(
        programme.load().add_prefix("project_"), left_on="project_id", right_on="project_project_id", how="left"
    )
    if choices.prefecture:
        rows = rows[(rows["jis_code"] == choices.prefecture) | rows["project_id"].isna()]
    rows = rows.assign(title=rows[f"title_{choices.lang}"], partner=rows[f"project_partner_{choices.lang}"])
    columns = ["milestone_id", "title", "partner", "starts_on", "ends_on", "precision", "basis", "source_id"]
    rows = pd.concat([_expo_days(choices), rows[columns]], ignore_index=True)
    rows = rows[rows["ends_on"] > end]
    rows.insert(6, "under_way", (rows["starts_on"] <= end).astype(bool))
    return rows.sort_values(["under_way", "starts_on", "ends_on"], kind="stable").head(_MOST).reset_index(drop=True)


def _expo_days(choices: Choices) -> pd.DataFrame:
    """The plan's first and last day, which stand in no other table."""
    row = plan.chosen(plans.load(), choices.plan)
    if pd.isna(row["opens_on"]) or row["dates_precision"] != "day":
        return pd.DataFrame()
    return pd.DataFrame(
        [
            {
                "milestone_id": what,
                "title": "",
                "partner": None,
                "starts_on": day,
                "ends_on": day,
                "precision": "day",
                "basis": row["basis"],
                "source_id": row["source_id"],
            }
            for what, day in (("opens_on", row["opens_on"]), ("closes_on", row["closes_on"]))
        ]
    )


def tell(table: pd.DataFrame, words: Words) -> list[Card]:
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
    first = table.iloc[0]
    return words(
        "message",
        title=first["title"] or words(first["milestone_id"]),
        when=words.span(first["starts_on"], first["ends_on"], first["precision"]),
    )
