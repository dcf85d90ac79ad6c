"""Where does all of it come from?"""

import pandas as pd

from ..choices import Choices
from ..datasets import sources
from ..words import Words
from . import Card

WIDTH = "19rem"


def table(choices: Choices) -> pd.DataFrame:
    """One row for each source: source_id, publisher, title, note, published_on, precision, address, basis."""
    rows = sources.load()
    told = rows.assign(publisher=rows[f"publisher_{choices.lang}"], note=rows[f"note_{choices.lang}"], basis="reported")
    return told[["publisher", "title", "note", "published_on", "precision", "address", "basis", "source_id"]]


def tell(table: pd.DataFrame, words: Words) -> list[Card]:
    told = []
    for row in table.itertuples(index=False):
        facts = [(words("published"), words.date(row.published_on, row.precision))] if pd.notna(row.published_on) else []
        facts += [(words("address"), row.address)] if pd.notna(row.address) else []
        value = row.title if pd.notna(row.title) else ""
        told.append(Card(title=row.publisher, value=value, text=row.note, facts=tuple(facts), source_id=row.source_id, basis=""))
    return told


def message(table: pd.DataFrame, words: Words) -> str:
    return words("message", count=words.number(len(table)))
