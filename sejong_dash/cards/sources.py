"""Show the sources of all rows."""

import pandas as pd

from sejong_dash.choices import Choices
from sejong_dash.datasets import Tables
from sejong_dash.words import Words

from . import Card

WIDTH = "19rem"


def table(choices: Choices, tables: Tables) -> pd.DataFrame:
    """Return one row for each source: publisher, title, translated, note, published_on, precision, address, basis, source_id.

    `translated` is the title in the reader's language, blank where the table has none.
    """
    rows = tables.sources()
    rows = rows.assign(publisher=rows[f"publisher_{choices.lang}"], note=rows[f"note_{choices.lang}"], basis="reported")
    rows["translated"] = rows.get(f"title_{choices.lang}", pd.NA)
    return rows[["publisher", "title", "translated", "note", "published_on", "precision", "address", "basis", "source_id"]]


def cards(table: pd.DataFrame, words: Words) -> list[Card]:
    """Return a card for each source."""
    shown = []
    for row in table.itertuples(index=False):
        facts = [(words("published"), words.date(row.published_on, row.precision))] if pd.notna(row.published_on) else []
        facts += [(words("address"), row.address)] if pd.notna(row.address) else []
        titles = [title for title in (row.translated, row.title) if pd.notna(title)]
        facts = [*([(words("original"), titles[1])] if len(titles) > 1 else []), *facts]
        value = titles[0] if titles else ""
        shown.append(Card(title=row.publisher, value=value, text=row.note, facts=tuple(facts), source_id=row.source_id, basis=""))
    return shown


def message(table: pd.DataFrame, words: Words) -> str:
    """Return how many sources there are."""
    return words("message", count=words.number(len(table)))
