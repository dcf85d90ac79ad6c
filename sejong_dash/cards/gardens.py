"""From which prefectures is a garden sought?"""

import pandas as pd

from ..choices import Choices
from ..datasets import prefectures, programme
from ..words import Words
from . import Card

WIDTH = "15rem"


def table(choices: Choices) -> pd.DataFrame:
    """One row for each garden: jis_code, name, status, starts_on, ends_on, precision, summary, basis, source_id."""
    sought = programme.load()
    sought = sought[(sought["status"] == "sought") & sought["field"].str.contains("garden")]
    if choices.prefecture:
        sought = sought[sought["jis_code"] == choices.prefecture]
    named = prefectures.load().set_index("jis_code")[f"name_{choices.lang}"]
    rows = sought.assign(name=sought["jis_code"].map(named), summary=sought[f"summary_{choices.lang}"])
    return rows[["jis_code", "name", "status", "starts_on", "ends_on", "precision", "summary", "basis", "source_id"]]


def tell(table: pd.DataFrame, words: Words) -> list[Card]:
    return [
        Card(
            title=words("garden"),
            value=row.name,
            badge=words(f"status.{row.status}"),
            text=row.summary,
            facts=((words("when"), words.span(row.starts_on, row.ends_on, row.precision)),),
            basis=row.basis,
            source_id=row.source_id,
        )
        for row in table.itertuples(index=False)
    ]


def message(table: pd.DataFrame, words: Words) -> str:
    return words("message", names=words("comma").join(table["name"]), count=words.number(len(table)))
