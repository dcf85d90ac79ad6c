"""What was passed on the way to the goal?"""

import pandas as pd

from ..choices import Choices
from ..datasets import day_weights, goals, plans, prefectures, visitors
from ..measures import crossings as marks
from ..measures.season import season
from ..words import Words
from . import Card

WIDTH = "11rem"
_MOST = 4


def table(choices: Choices) -> pd.DataFrame:
    """One row for each mark passed, the latest first, and one for a lag of three days and more: event (passed, behind),
    mark_pct, date, visitors, days, basis, source_id. `date` is the day of the mark, or the first day behind."""
    now = season(choices, plans.load(), goals.load(), prefectures.load(), visitors.load(choices.sample), day_weights.load())
    if now.curve is None or not now.wanted or not now.wanted.visitors or not now.counted:
        return pd.DataFrame()
    passed = marks.crossings(now.by_day, now.wanted.visitors).assign(event="passed").iloc[::-1].head(_MOST)
    since = marks.behind_since(now.by_day, now.curve)
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


def tell(table: pd.DataFrame, words: Words) -> list[Card]:
    """A card for each; a lag in the warm colour."""
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
    """The latest mark, and the lag if there is one."""
    passed, lag = table[table["event"] == "passed"], table[table["event"] == "behind"]
    said = []
    if len(passed):
        last = passed.iloc[0]
        said.append(words("message_passed", mark=words.number(last["mark_pct"]), date=words.date(last["date"])))
    if len(lag):
        said.append(words("message_behind", days=words.number(lag.iloc[0]["days"]), date=words.date(lag.iloc[0]["date"])))
    return words.sentences(said) or words("empty")
