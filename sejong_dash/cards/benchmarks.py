"""How hard is the goal, beside what has been reached elsewhere?"""

import pandas as pd

from ..choices import Choices
from ..datasets import benchmarks
from ..words import Words
from . import Card

WIDTH = "13rem"


def table(choices: Choices) -> pd.DataFrame:
    """One row for each figure: benchmark_id, what, period, value, unit, basis, source_id."""
    rows = benchmarks.load()
    return rows.assign(what=rows[f"what_{choices.lang}"])[
        ["benchmark_id", "what", "period", "value", "unit", "basis", "source_id"]
    ]


def tell(table: pd.DataFrame, words: Words) -> list[Card]:
    return [
        Card(
            title=row.what,
            value=words(f"amount.{row.unit}", value=words.number(row.value)),
            text=_period(row.period, words),
            basis=row.basis,
            source_id=row.source_id,
        )
        for row in table.itertuples(index=False)
    ]


def _period(said: str, words: Words) -> str:
    start, _, end = said.partition("/")
    precision = {4: "year", 7: "month", 10: "day"}[len(start)]
    return words.span(_first(start), _first(end or start), precision)


def _first(said: str) -> pd.Timestamp:
    return pd.Timestamp(said + "-01-01"[len(said) - 4 :]) if len(said) < 10 else pd.Timestamp(said)


def message(table: pd.DataFrame, words: Words) -> str:
    return words("message")
