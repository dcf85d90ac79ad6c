"""Show the projects of Sejong with Japan, each with its dated story."""

from typing import Any

import pandas as pd

from sejong_dash.basis import joined, weakest
from sejong_dash.choices import Choices
from sejong_dash.datasets import Tables
from sejong_dash.datasets.schema.columns import FIELDS
from sejong_dash.measures import dated, partners
from sejong_dash.words import Words

from . import Card

WIDTH = "22rem"


def table(choices: Choices, tables: Tables) -> pd.DataFrame:
    """Return one row for each project and milestone of it, by field; without a milestone a row with a blank milestone.

    Columns: project_id, field, partner, jis_code, place, place_basis, summary, status (`ahead` for what begins after as-of),
    starts_on, ends_on, precision, amount_krw, amount_kind, project_basis, project_source_id, milestone_id, milestone,
    milestone_starts_on, milestone_ends_on, milestone_precision, milestone_basis, milestone_source_id, basis, source_id
    of both together, and `earlier` of the first milestone in another project of this partner in its field.
    """
    lang = choices.lang
    rows = tables.programme()
    rows = rows.assign(status=dated.status(rows, choices.as_of), partner_id=partners.codes(rows))
    rows = dated.narrowed(rows, choices.field, choices.prefecture, choices.partner)
    rows = rows.sort_values("field", key=lambda fields: fields.map(_order), kind="stable")
    rows = rows.rename(columns={f"{name}_{lang}": name for name in ("partner", "place", "summary")})
    story = dated.in_time(tables.milestones()).rename(columns={f"title_{lang}": "milestone"})
    story = story[["project_id", "milestone_id", "milestone", "starts_on", "ends_on", "precision", "basis", "source_id"]]
    met = dated.first_contact(tables.programme(), tables.milestones()).dropna().rename("milestone_id")
    met = met.rename_axis("project_id").reset_index().merge(story.drop(columns="project_id"), on="milestone_id")
    story = pd.concat([met.assign(earlier=True), story.assign(earlier=False)])
    keys = {"project_id", "milestone_id", "milestone", "earlier"}
    story = story.rename(columns={name: f"milestone_{name}" for name in story.columns if name not in keys})
    rows = rows.rename(columns={"basis": "project_basis", "source_id": "project_source_id"}).merge(
        story, on="project_id", how="left"
    )
    rows["basis"] = [weakest(pair) for pair in zip(rows["project_basis"], rows["milestone_basis"], strict=True)]
    rows["source_id"] = [joined(pair) for pair in zip(rows["project_source_id"], rows["milestone_source_id"], strict=True)]
    return rows[
        [
            "project_id",
            "field",
            "partner",
            "jis_code",
            "place",
            "place_basis",
            "summary",
            "status",
            "starts_on",
            "ends_on",
            "precision",
            "amount_krw",
            "amount_kind",
            "project_basis",
            "project_source_id",
            "milestone_id",
            "milestone",
            "milestone_starts_on",
            "milestone_ends_on",
            "milestone_precision",
            "milestone_basis",
            "milestone_source_id",
            "earlier",
            "basis",
            "source_id",
        ]
    ]


def _order(fields: str) -> tuple[int, int]:
    """Return a sort key: a project of several fields stands after those of its first field alone."""
    names = fields.split(";")
    return FIELDS.index(names[0]), len(names)


def cards(table: pd.DataFrame, words: Words) -> list[Card]:
    """Return a card for each project under its field (or its fields together), with its dated story."""
    shown = []
    for _, rows in table.groupby("project_id", sort=False):
        row = rows.iloc[0].to_dict()
        facts = [(words("place"), _place(row, words))] if pd.notna(row["place"]) else []
        if pd.notna(row["amount_krw"]):
            facts.append((words("money"), _amount(row, words)))
        facts += [_step(step, words) for step in rows.to_dict("records") if pd.notna(step["milestone_id"])]
        shown.append(
            Card(
                tone="wordy",
                title=words.span(row["starts_on"], row["ends_on"], row["precision"]) or words("stage.undated"),
                value=row["partner"],
                text=row["summary"],
                facts=tuple(facts),
                badge=_status(row["status"], words),
                group=words("join").join(words(f"field.{field}") for field in row["field"].split(";")),
                basis=weakest(rows["basis"]),
                source_id=joined(rows["source_id"]),
            )
        )
    return shown


def _status(status: str, words: Words) -> str:
    return words("stage.ahead") if status == "ahead" else words(f"status.{status}")


def _place(row: dict[str, Any], words: Words) -> str:
    """Return the place, with a mark of its basis where the reports do not name it."""
    if row["place_basis"] == "reported":
        return str(row["place"])
    return words("marked", value=row["place"], mark=words(f"basis.{row['place_basis']}"))


def _amount(row: dict[str, Any], words: Words) -> str:
    amount = words("amount.krw", value=words.large(int(row["amount_krw"])))
    return words("amount.estimate", amount=amount) if row["amount_kind"] == "estimate" else amount


def _step(step: dict[str, Any], words: Words) -> tuple[str, str]:
    when = words.span(step["milestone_starts_on"], step["milestone_ends_on"], step["milestone_precision"])
    text = words("first_contact", milestone=step["milestone"]) if step["earlier"] is True else step["milestone"]
    return when or words("stage.undated"), text


def message(table: pd.DataFrame, words: Words) -> str:
    """Return how many projects there are, and how many of them are in progress or were held."""
    projects = table.drop_duplicates("project_id")
    done = int(projects["status"].isin(["in_progress", "held"]).sum())
    return words(
        "message",
        projects=words.number(len(projects)),
        partners=words.number(projects["partner"].nunique()),
        done=words.number(done),
        rest=words.number(len(projects) - done),
    )
