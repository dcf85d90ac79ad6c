"""Show what has been reached elsewhere, to compare the goal with."""

from itertools import groupby
from typing import Any

import pandas as pd

from sejong_dash.choices import Choices
from sejong_dash.datasets import Tables
from sejong_dash.words import Words

from . import Card

WIDTH = "19rem"


def table(choices: Choices, tables: Tables) -> pd.DataFrame:
    """Return one row for each figure: benchmark_id, what, period, value, unit, basis, source_id."""
    rows = tables.benchmarks()
    return rows.assign(what=rows[f"what_{choices.lang}"])[
        ["benchmark_id", "what", "period", "value", "unit", "basis", "source_id"]
    ]


def cards(table: pd.DataFrame, words: Words) -> list[Card]:
    """Return a card for what stands together and has the same source: the figures below each other, or a single one large."""
    rows = table.itertuples(index=False)
    groups = groupby(rows, key=lambda row: (row.basis, row.source_id, _heading(row.what, words)[0]))
    return [_card(list(group), words) for _, group in groups]


def _heading(what: str, words: Words) -> tuple[str, str]:
    """Return what figures share, and what this one is: `Expo 2012 Yeosu: days`; the first is blank where there is no colon."""
    shared, colon, own = what.partition(words("colon", name="", value=""))
    return (shared, own) if colon else ("", what)


def _card(rows: list[Any], words: Words) -> Card:
    origin = {"basis": rows[0].basis, "source_id": rows[0].source_id}
    if len(rows) == 1:
        (row,) = rows
        period = _period(row.period, words)
        return Card(title=row.what, value=_amount(row, words), text="" if period in row.what else period, **origin)
    named = [_heading(row.what, words) for row in rows]
    kinds = words("comma").join(dict.fromkeys(words(f"kind.{row.unit}") for row in rows))
    facts = tuple((own, _amount(row, words)) for row, (_, own) in zip(rows, named, strict=True))
    return Card(title=named[0][0] or kinds, facts=facts, **origin)


def _amount(row: Any, words: Words) -> str:
    return words(f"amount.{row.unit}", value=words.number(row.value))


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
