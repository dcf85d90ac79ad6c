"""Show what each day left must bring, what the measures would bring, and what more it takes to reach the goal."""

import pandas as pd

from sejong_dash.basis import weakest
from sejong_dash.choices import Choices
from sejong_dash.datasets import Tables
from sejong_dash.measures.season import what_if
from sejong_dash.measures.season.season import season_of
from sejong_dash.words import Words

from . import Card

WIDTH = "14rem"
EVEN, SAFE = 0.5, 0.8  # chances of reaching the goal


def table(choices: Choices, tables: Tables) -> pd.DataFrame:
    """Return one row for each figure: figure, value, unit, basis, source_id; none without a forecast or a goal.

    Figures: forecast, scenario (visitors at closing), needed, with_measures (visitors a day, mean of the days left), uplift
    (percent by which every day left must grow on top of the measures for an even chance; blank: out of reach at the capacity),
    uplift_safe (the same for a chance of 80 %), capacity (visitors a day).
    """
    now = season_of(tables, choices)
    past = tables.reference_seasons()
    found = what_if.scenario_of(tables, choices)
    if found is None or not now.goal or not now.goal.visitors:
        return pd.DataFrame()
    goal = now.goal.visitors
    capacity = choices.what_if.capacity
    more, safe = (what_if.uplift_for(found, goal, chance, capacity) for chance in (EVEN, SAFE))
    rows = [
        ("forecast", found.forecast_reached.iloc[-1], "visitors"),
        ("scenario", found.scenario_reached.iloc[-1], "visitors"),
        ("needed", now.pace.needed, "visitors_per_day"),
        ("with_measures", found.scenario_daily.mean(), "visitors_per_day"),
        ("uplift", None if more is None else 100 * more, "percent"),
        ("uplift_safe", None if safe is None else 100 * safe, "percent"),
        *([("capacity", capacity, "visitors_per_day")] if capacity is not None else []),
    ]
    table = pd.DataFrame(rows, columns=["figure", "value", "unit"]).astype({"value": "float64"}).round({"value": 2})
    return table.assign(
        basis=weakest([now.basis(*now.by_day["basis"].dropna()), now.weights_basis, *past["basis"]]),
        source_id=now.source(*now.by_day["source_id"].dropna(), now.weights_source, *past["source_id"]),
    )


def cards(table: pd.DataFrame, words: Words) -> list[Card]:
    """Return needed and reached side by side, and last what it would take to reach the goal."""
    values = table.set_index("figure")["value"]
    shown = []
    is_unchanged = values["scenario"] == values["forecast"]
    for row in table[
        ~table["figure"].isin(["uplift", "uplift_safe", "capacity", *(["scenario"] if is_unchanged else [])])
    ].itertuples():
        is_short = row.figure == "with_measures" and values["with_measures"] < values["needed"]
        shown.append(
            Card(
                title=words(
                    "figure.forecast_a_day" if is_unchanged and row.figure == "with_measures" else f"figure.{row.figure}"
                ),
                value=words(f"value.{row.unit}", value=words.number(row.value)),
                tone="missing" if is_short else "",
                basis=row.basis,
                source_id=row.source_id,
            )
        )
    for figure in ("uplift", "uplift_safe"):
        row = table[table["figure"] == figure].iloc[0]
        value, text = _uplift(row["value"], values, words)
        text = "" if text == shown[-1].text else text  # what holds of both stands once
        tone = "done" if row["value"] == 0 else "missing"
        origin = {"basis": row["basis"], "source_id": row["source_id"]}
        shown.append(Card(title=words(f"figure.{figure}"), value=value, text=text, tone=tone, **origin))
    return shown


def _uplift(uplift: float, values: pd.Series, words: Words) -> tuple[str, str]:
    """Return the uplift needed, and a sentence about it."""
    if pd.isna(uplift):
        capacity = values.get("capacity")
        return words("out_of_reach"), (
            words("out_at_capacity", capacity=words.number(capacity)) if pd.notna(capacity) else words("out_without_visitors")
        )
    if uplift == 0:
        return words("nothing_more"), words("reached_anyway")
    key = "each_day_alone" if values["scenario"] == values["forecast"] else "each_day"
    return words("value.uplift", value=words.number(uplift, 1)), words(key)


def message(table: pd.DataFrame, words: Words) -> str:
    """Return in one sentence what it would take to reach the goal."""
    values = table.set_index("figure")["value"]
    key = "message_forecast" if values["scenario"] == values["forecast"] else "message_needed"
    needed = words(key, needed=words.number(values["needed"]), reached=words.number(values["with_measures"]))
    if pd.isna(values["uplift"]):
        capacity = values.get("capacity")
        if pd.notna(capacity):
            return needed + words("message_out", capacity=words.number(capacity))
        return needed + words("out_without_visitors")
    if values["uplift"] == 0:
        return needed + words("message_reached")
    text = needed + words("message_uplift", uplift=words.number(values["uplift"], 1))
    if pd.isna(values["uplift_safe"]):
        return text + words("message_safe_out")
    return text + words("message_safe", uplift=words.number(values["uplift_safe"], 1))
