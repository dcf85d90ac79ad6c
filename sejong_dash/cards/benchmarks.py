"""Show what has been reached elsewhere, to compare the goal with."""

import pandas as pd

from sejong_dash.choices import Choices
from sejong_dash.datasets import Tables
from sejong_dash.words import Words

from . import Card

WIDTH = "13rem"


def table(choices: Choices, tables: Tables) -> pd.DataFrame:
    """Return one row for each figure: benchmark_id, what, period, value, unit, basis, source_id."""
    rows = tables.benchmarks()
    return rows.assign(what=rows[f"what_{choices.lang}"])[
        ["benchmark_id", "what", "period", "value", "unit", "basis", "source_id"]
    ]


def cards(table: pd.DataFrame, words: Words) -> list[Card]:
    """Return a card for each benchmark."""
    return [
        Card(
            title=row.what,
            value=words(f"amount.{row.unit}", value=words.number(row.value)),
            text="" if (period := _period(row.period, words)) in row.what else period,
            basis=row.basis,
            source_id=row.source_id,
        )
        for row in table.itertuples(index=False)
    ]


def _period(period: str, words: Words) -> str:
    """Return an ISO date or interval of any precision in words."""
    start, _, end = period.partition("/")
    precision = {4: "year", 7: "month", 10: "day"}[len(start)]
    return words.span(_first_day(start), _first_day(end or start), precision)


def _first_day(period: str) -> pd.Timestamp:
    return pd.Timestamp(period + "-01-01"[len(period) - 4 :]) if len(period) < 10 else pd.Timestamp(period)


def message(table: pd.DataFrame, words: Words) -> str:
    """Return the sentence above the cards, which is the same for every table."""
    return words("message")
