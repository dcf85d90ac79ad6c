"""What must each day left bring, what would the measures bring, and what more would it take to reach the goal?"""

from math import ceil

import pandas as pd

from ..basis import weakest
from ..choices import Choices
from ..datasets import day_weights, goals, plans, prefectures, reference_seasons, visitors
from ..measures import what_if
from ..measures.season import season
from ..words import Words
from . import Card

WIDTH = "14rem"


def table(choices: Choices) -> pd.DataFrame:
    """One row for each figure: figure, value, unit, basis, source_id; none without a forecast or a goal.

    forecast, scenario (visitors at closing), needed, with_measures (visitors a day, mean of the days left), uplift (percent
    by which every day left must grow on top of the measures; blank: out of reach at the capacity), capacity (visitors a day).
    """
    now = season(choices, plans.load(), goals.load(), prefectures.load(), visitors.load(choices.sample), day_weights.load())
    past = reference_seasons.load()
    found = what_if.tried(now, choices, past)
    if found is None or not now.wanted or not now.wanted.visitors:
        return pd.DataFrame()
    goal, counted, left = now.wanted.visitors, found.seen.counted, len(found.ahead)
    capacity = choices.what_if.capacity
    more = what_if.uplift_needed(found.ahead * found.grows.reindex(found.ahead.index), counted, goal, capacity)
    rows = [
        ("forecast", counted + found.ahead.sum(), "visitors"),
        ("scenario", counted + found.scenario.sum(), "visitors"),
        ("needed", max(goal - counted, 0) / left, "visitors_per_day"),
        ("with_measures", found.scenario.mean(), "visitors_per_day"),
        ("uplift", None if more is None else 100 * more, "percent"),
        *([("capacity", capacity, "visitors_per_day")] if capacity is not None else []),
    ]
    table = pd.DataFrame(rows, columns=["figure", "value", "unit"]).astype({"value": "float64"}).round({"value": 2})
    return table.assign(
        basis=weakest([now.basis(*now.by_day["basis"].dropna()), now.weights_basis, *past["basis"]]),
        source_id=now.source(*now.by_day["source_id"].dropna(), now.weights_source, *past["source_id"]),
    )


def tell(table: pd.DataFrame, words: Words) -> list[Card]:
    """Needed and reached side by side; the answer to "what would it take" last."""
    said = table.set_index("figure")["value"]
    told = []
    for row in table[~table["figure"].isin(["uplift", "capacity"])].itertuples():
        short = row.figure == "with_measures" and said["with_measures"] < said["needed"]
        told.append(
            Card(
                title=words(f"figure.{row.figure}"),
                value=words(f"value.{row.unit}", value=words.number(ceil(row.value) if row.figure == "needed" else row.value)),
                tone="missing" if short else "",
                basis=row.basis,
                source_id=row.source_id,
            )
        )
    last = table[table["figure"] == "uplift"].iloc[0]
    key, text = _answer(said, words)
    told.append(
        Card(
            title=words("figure.uplift"),
            value=key,
            text=text,
            tone="done" if last["value"] == 0 else "missing",
            basis=last["basis"],
            source_id=last["source_id"],
        )
    )
    return told


def _answer(said: pd.Series, words: Words) -> tuple[str, str]:
    """The figure and the sentence of what it would take."""
    if pd.isna(said["uplift"]):
        bound = said.get("capacity")
        return words("out_of_reach"), (
            words("out_at_capacity", capacity=words.number(bound)) if pd.notna(bound) else words("out_without_visitors")
        )
    if said["uplift"] == 0:
        return words("nothing_more"), words("reached_anyway")
    return words("value.uplift", value=words.number(said["uplift"], 1)), words("each_day")


def message(table: pd.DataFrame, words: Words) -> str:
    """What it would take, in one sentence."""
    said = table.set_index("figure")["value"]
    needed = words("message_needed", needed=words.number(ceil(said["needed"])), reached=words.number(said["with_measures"]))
    if pd.isna(said["uplift"]):
        bound = said.get("capacity")
        if pd.notna(bound):
            return needed + words("message_out", capacity=words.number(bound))
        return needed + words("out_without_visitors")
    if said["uplift"] == 0:
        return needed + words("message_reached")
    return needed + words("message_uplift", uplift=words.number(said["uplift"], 1))
