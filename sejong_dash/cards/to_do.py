"""Show what is to be done this week: days whose counts are wanted, the next date, the days to closing."""

from typing import Any

import pandas as pd

from sejong_dash.basis import joined, weakest
from sejong_dash.choices import Choices
from sejong_dash.datasets import Tables
from sejong_dash.measures import dated
from sejong_dash.measures.season.season import Season, season_of
from sejong_dash.words import Words

from . import Card

WIDTH = "100%"
SAYS_ITS_MESSAGE = True
_DESK = "data?"
_SPANS = 2  # of days that are named; the others are counted


def table(choices: Choices, tables: Tables) -> pd.DataFrame:
    """Return one row for each thing to do or to know, the most urgent first, at most four; none without dates to the day.

    Columns: event (missing, partial, complete, milestone, opening, closing), lacking, title, date, days, basis,
    source_id. `lacking` names the days without a count, or with a partial one; `days` is their number, or the days from as-of
    until `date`. `complete` stands where every day gone was counted in full.
    """
    now = season_of(tables, choices)
    if not len(now.days):
        return pd.DataFrame()
    rows = [*_counts(now), *_next_milestone(choices, tables, now), *_edge(now)]
    columns = ["event", "lacking", "title", "date", "days", "basis", "source_id"]
    table = pd.DataFrame(rows).reindex(columns=columns)
    return table.assign(date=pd.to_datetime(table["date"])).astype({"days": "Int64", "lacking": "str", "title": "str"})


def _counts(now: Season) -> list[dict[str, Any]]:
    """Return rows for the days gone: those without a count, those counted in part, or that there are none."""
    counted = now.by_day.dropna(subset="visitors")
    origin = {
        "basis": weakest([now.plan["basis"], *counted["basis"]]),
        "source_id": joined([now.plan["source_id"], *counted["source_id"]]),
    }
    rows = []
    for state in ("missing", "partial"):
        days = now.by_day.loc[now.by_day["state"] == state, "date"]
        if len(days):
            named = ";".join(f"{day:%Y-%m-%d}" for day in days)
            rows.append({"event": state, "lacking": named, "title": "", "date": days.iloc[0], "days": len(days), **origin})
    if not rows and len(now.by_day):
        rows.append({"event": "complete", "lacking": "", "title": "", "days": len(now.by_day), **origin})
    return rows


def _next_milestone(choices: Choices, tables: Tables, now: Season) -> list[dict[str, Any]]:
    """Return a row for the next date that is known to the day, up to closing."""
    end = pd.Timestamp(choices.as_of)
    known = dated.placed(tables.milestones(), tables.programme())
    begins = dated.beginning(known, choices.prefecture, choices.lang)
    ahead = begins[(begins.index > end) & (begins.index > now.days[0]) & (begins.index <= now.days[-1])].sort_index()
    if ahead.empty:
        return []
    day, first = ahead.index[0], ahead.iloc[0]
    origin = {"basis": first["basis"], "source_id": first["source_id"]}
    return [{"event": "milestone", "lacking": "", "title": first["title"], "date": day, "days": (day - end).days, **origin}]


def _edge(now: Season) -> list[dict[str, Any]]:
    """Return a row for the days to opening, or to closing; none once the expo is over."""
    end = pd.Timestamp(now.as_of)
    edge = next(((name, day) for name, day in (("opening", now.days[0]), ("closing", now.days[-1])) if day > end), None)
    if edge is None:
        return []
    origin = {"basis": now.plan["basis"], "source_id": now.plan["source_id"]}
    return [{"event": edge[0], "lacking": "", "title": "", "date": edge[1], "days": (edge[1] - end).days, **origin}]


def cards(table: pd.DataFrame, words: Words) -> list[Card]:
    """Return a card for each row, one line each; days whose counts are wanted lead to the desk. All name the same sources."""
    return [
        Card(
            title=_line(row, words),
            tone="muted" if row["event"] in ("milestone", "opening", "closing") else "",
            link=_DESK if row["lacking"] else "",
            basis=weakest(table["basis"]),
            source_id=joined(table["source_id"]),
        )
        for _, row in table.iterrows()
    ]


def _line(row: pd.Series, words: Words) -> str:
    if row["lacking"]:
        days = [pd.Timestamp(day).date() for day in row["lacking"].split(";")]
        return words(f"line.{row['event']}", dates=words.day_spans(days, most=_SPANS))
    fields = {"title": row["title"], "days": words.number(row["days"])}
    if pd.notna(row["date"]):
        fields["date"] = words.day_month(row["date"])
    return words(f"line.{row['event']}", **fields)


def message(table: pd.DataFrame, words: Words) -> str:
    """Return all lines as a text."""
    return words("dots").join(_line(row, words) for _, row in table.iterrows())
