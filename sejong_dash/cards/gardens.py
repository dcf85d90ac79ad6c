"""Show the prefectures for whose gardens the city plans to campaign."""

import pandas as pd

from sejong_dash.choices import Choices
from sejong_dash.datasets import Tables
from sejong_dash.words import Words

from . import Card

WIDTH = "15rem"


def table(choices: Choices, tables: Tables) -> pd.DataFrame:
    """Return one row for each garden: jis_code, name, status, starts_on, ends_on, precision, summary, basis, source_id."""
    gardens = tables.gardens()
    if choices.prefecture:
        gardens = gardens[gardens["jis_code"] == choices.prefecture]
    named = tables.prefectures().set_index("jis_code")[f"name_{choices.lang}"]
    rows = gardens.assign(name=gardens["jis_code"].map(named), summary=gardens[f"summary_{choices.lang}"])
    return rows[["jis_code", "name", "status", "starts_on", "ends_on", "precision", "summary", "basis", "source_id"]]


def cards(table: pd.DataFrame, words: Words) -> list[Card]:
    """Return a card for each garden."""
    return [
        Card(
            title=words("garden"),
            value=row.name,
            badge=words(f"status.{row.status}"),
            text=words("unconfirmed"),  # the programme's card has the summary
            facts=((words("when"), words.span(row.starts_on, row.ends_on, row.precision)),),
            basis=row.basis,
            source_id=row.source_id,
        )
        for row in table.itertuples(index=False)
    ]


def message(table: pd.DataFrame, words: Words) -> str:
    """Return the names of the prefectures and how many they are."""
    return words("message", names=words("comma").join(table["name"]), count=words.number(len(table)))
