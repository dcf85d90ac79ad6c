"""Show the marks on the way to the goal that were passed, and since when the count lags."""

import pandas as pd

from sejong_dash.choices import Choices
from sejong_dash.datasets import Tables
from sejong_dash.measures.season import passed_marks as marks
from sejong_dash.measures.season.season import season_of
from sejong_dash.words import Words

from . import Card

WIDTH = "11rem"
_MOST = 4


def table(choices: Choices, tables: Tables) -> pd.DataFrame:
    """Return one row for each mark passed, the latest first, and one for a lag of three days and more.

    Columns: event (passed, behind), mark_pct, date (of the mark, or the first day behind), visitors, days, basis, source_id.
    """
    now = season_of(tables, choices)
    if now.curve is None or not now.goal or not now.goal.visitors or not now.has_counts:
        return pd.DataFrame()
    passed = marks.crossings(now.by_day, now.goal.visitors).assign(event="passed").iloc[::-1].head(_MOST)
    since = None if now.pace.is_withheld else marks.behind_since(now.by_day)
    lag = pd.DataFrame([("behind", *since)] if since else [], columns=["event", "date", "days"])
    rows = pd.concat([lag, passed], ignore_index=True)
    columns = ["event", "mark_pct", "date", "visitors", "days"]
    counted = now.by_day.dropna(subset="visitors")
    return rows.reindex(columns=columns).assign(
        **{name: pd.array(rows.get(name, pd.Series(dtype="float64")).reindex(rows.index), dtype="Int64")
           for name in ("mark_pct", "visitors", "days")},
        basis=now.basis(*counted["basis"]),
        source_id=now.source(*counted["source_id"]),
    )  # fmt: skip


def cards(table: pd.DataFrame, words: Words) -> list[Card]:
    """Return a card for each event, a lag in the warm colour."""
    return [
        Card(
            title=words("behind_title"),
            value=words("behind", days=words.number(row.days)),
            text=words("behind_since", date=words.day_month(row.date)),
            tone="missing",
            basis=row.basis,
            source_id=row.source_id,
        )
        if row.event == "behind"
        else Card(
            title=words("passed", mark=words.number(row.mark_pct)),
            value=words.day_month(row.date),
            text=words("stood", visitors=words.number(row.visitors)),
            tone="done",
            basis=row.basis,
            source_id=row.source_id,
        )
        for row in table.itertuples()
    ]


def message(table: pd.DataFrame, words: Words) -> str:
    """Return the latest mark, and the lag if there is one."""
    passed, lag = table[table["event"] == "passed"], table[table["event"] == "behind"]
    sentences = []
    if len(passed):
        last = passed.iloc[0]
        sentences.append(words("message_passed", mark=words.number(last["mark_pct"]), date=words.date(last["date"])))
    if len(lag):
        sentences.append(words("message_behind", days=words.number(lag.iloc[0]["days"]), date=words.date(lag.iloc[0]["date"])))
    return words.sentences(sentences) or words("empty")
