"""Show where visitors are missing: the prefectures furthest behind the plan and the best, each a link that chooses it."""

from dataclasses import replace
from datetime import timedelta

import pandas as pd

from sejong_dash.choices import Choices
from sejong_dash.datasets import Tables
from sejong_dash.measures import goal, prefecture_values
from sejong_dash.measures.season.season import season_of
from sejong_dash.words import Words

from . import Card, CardPicture

WIDTH = "100%"
NARROWED_BY = ("on",)
_WORST = 3
_COLUMNS = ["jis_code", "name", "gap", "rank", "places", "behind", "most", "basis", "source_id"]


def table(choices: Choices, tables: Tables) -> pd.DataFrame:
    """Return the three prefectures furthest behind their part of the plan, and the best; of a chosen prefecture its row alone.

    Columns: jis_code, name, gap, rank, places, behind, most, basis, source_id. `gap` is what was counted up to
    as-of, or on the day that is chosen, minus what the plan asks for it of the prefecture, in visitors; `rank` counts from the
    largest shortfall, of `places` prefectures with a gap, of which `behind` are behind; `most` is the largest gap without its
    sign, to which bars are in proportion. No rows where there is no gap: without a goal, before the first count, or with too much
    missing for a verdict.
    """
    places, now = tables.prefectures(), season_of(tables, replace(choices, prefecture=None))
    parts = goal.by_prefecture(tables.goals(), choices.plan, places)
    known = prefecture_values.values("gap", choices.on or choices.as_of, now, parts, places).table
    if choices.on is not None:
        before = prefecture_values.values("gap", choices.on - timedelta(days=1), now, parts, places).table
        known = known.assign(value=known["value"] - before["value"].fillna(0))
    gaps = known["value"].astype("float64").dropna()
    if gaps.empty:
        return pd.DataFrame()
    rows = pd.DataFrame(
        {
            "jis_code": gaps.index,
            "name": places.set_index("jis_code")[f"name_{choices.lang}"].reindex(gaps.index).to_numpy(),
            "gap": gaps.astype("int64").to_numpy(),
            "rank": gaps.rank(method="min").astype("int64").to_numpy(),
            "places": len(gaps),
            "behind": int((gaps < 0).sum()),
            "basis": known["basis"].reindex(gaps.index).to_numpy(),
            "source_id": known["source_id"].reindex(gaps.index).to_numpy(),
        }
    ).sort_values("gap", kind="stable")
    shown = rows[rows["jis_code"] == choices.prefecture] if choices.prefecture else _ends(rows)
    most = int((rows if choices.prefecture else shown)["gap"].abs().max())
    return shown.assign(most=most)[_COLUMNS].reset_index(drop=True)


def _ends(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the worst of ordered rows, and the best where it is not one of them."""
    return pd.concat([rows.head(_WORST), rows.iloc[_WORST:].tail(1)])


def cards(table: pd.DataFrame, words: Words) -> list[Card]:
    """Return a card for each prefecture; of a chosen prefecture its own, and the way back to all."""
    if _is_chosen(table):
        row = table.iloc[0]
        rank = words("rank", rank=words.number(row["rank"]), places=words.number(row["places"]))
        back = Card(title=words("map_back"), link="?prefecture=", basis=row["basis"], source_id=row["source_id"])
        return [replace(_card(row, words), link="", text=rank), back]
    return [_card(row, words) for _, row in table.iterrows()]


def _is_chosen(table: pd.DataFrame) -> bool:
    return len(table) == 1 and int(table["places"].iloc[0]) > 1


def _card(row: pd.Series, words: Words) -> Card:
    tone = "missing" if row["gap"] < 0 else "done"
    return Card(
        title=row["name"],
        value=words("amount.goal", value=words.signed(row["gap"])),
        tone=tone,
        picture=CardPicture("gap", (float(row["gap"]), float(row["most"]))),
        link=f"?prefecture={row['jis_code']}",
        basis=row["basis"],
        source_id=row["source_id"],
    )


def message(table: pd.DataFrame, words: Words) -> str:
    """Return how many prefectures are behind the plan; of a chosen prefecture its gap."""
    row = table.iloc[0]
    if _is_chosen(table):
        key = "message_behind" if row["gap"] < 0 else "message_ahead"
        return words(key, name=row["name"], gap=words.number(abs(row["gap"])))
    return words("message", behind=words.number(row["behind"]), places=words.number(row["places"]))
