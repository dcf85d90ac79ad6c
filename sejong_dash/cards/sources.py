"""Show the sources of all rows."""

import pandas as pd

from sejong_dash.choices import Choices
from sejong_dash.datasets import Tables
from sejong_dash.words import Words

from . import Card

WIDTH = "19rem"


def table(choices: Choices, tables: Tables) -> pd.DataFrame:
    """Return one row for each source: source_id, publisher, title, note, published_on, precision, address, basis."""
    rows = tables.sources()
    rows = rows.assign(publisher=rows[f"publisher_{choices.lang}"], note=rows[f"note_{choices.lang}"], basis="reported")
    return rows[["publisher", "title", "note", "published_on", "precision", "address", "basis", "source_id"]]


def cards(table: pd.DataFrame, words: Words) -> list[Card]:
    """Return a card for each source."""
    shown = []
    for row in table.itertuples(index=False):
        facts = [(words("published"), words.date(row.published_on, row.precision))] if pd.notna(row.published_on) else []
        facts += [(words("address"), row.address)] if pd.notna(row.address) else []
        value = row.title if pd.notna(row.title) else ""
        shown.append(Card(title=row.publisher, value=value, text=row.note, facts=tuple(facts), source_id=row.source_id, basis=""))
    return shown


def message(table: pd.DataFrame, words: Words) -> str:
    """Return how many sources there are."""
    return words("message", count=words.number(len(table)))
