"""What is planned: how many, when, how long, where, with whom?"""

import pandas as pd

from ..basis import joined
from ..choices import Choices
from ..datasets import goals, places, plans, programme
from ..measures import goal, plan
from ..words import Words
from . import Card

WIDTH = "16rem"


def table(choices: Choices) -> pd.DataFrame:
    """One row for each figure of the plan: figure, value, until, unit, basis, source_id; only what the plan states.

    `value` is text: a number, a date, or a name in the reader's language; `until` the last day where it is a span.
    """
    row = plan.chosen(plans.load(), choices.plan)
    days = plan.days(row)
    rows = []
    stated = goal.of_plan(goals.load(), choices.plan)
    if stated is not None:
        rows.append(("goal", str(stated["visitors"]), "", "visitors", stated["basis"], stated["source_id"]))
    if pd.notna(row["opens_on"]):
        dates = (row["opens_on"].date().isoformat(), row["closes_on"].date().isoformat())
        rows.append(("dates", *dates, row["dates_precision"], row["basis"], row["source_id"]))
    if len(days):
        rows.append(("days", str(len(days)), "", "days", row["basis"], row["source_id"]))
    if stated is not None and len(days):
        mean = f"{stated['visitors'] / len(days):.1f}"
        rows.append(("mean", mean, "", "visitors", stated["basis"], joined([stated["source_id"], row["source_id"]])))
    others = [one for one in (goal.of_plan(goals.load(), choices.plan, scope) for scope in ("abroad", "all")) if one is not None]
    rows += [(one["scope"], str(one["visitors"]), "", "visitors", one["basis"], one["source_id"]) for one in others]
    venue = places.load()
    venue = venue[venue["area_m2"].notna()]  # the city itself has none
    rows += [("venue", name, "", "", row["basis"], row["source_id"]) for name in venue[f"name_{choices.lang}"]]
    sought = programme.load()
    sought = sought[(sought["status"] == "sought") & sought["field"].str.contains("garden")]
    if len(sought):
        rows.append(("gardens", str(len(sought)), "", "prefectures", "reported", joined(sought["source_id"])))
    return pd.DataFrame(rows, columns=["figure", "value", "until", "unit", "basis", "source_id"])


def tell(table: pd.DataFrame, words: Words) -> list[Card]:
    return [
        Card(
            title=words(f"figure.{row.figure}"),
            value=_value(row, words),
            text=words(f"text.{row.figure}") if words.has(f"text.{row.figure}") else "",
            basis=row.basis,
            source_id=row.source_id,
        )
        for row in table.itertuples()
    ]


def _value(row: object, words: Words) -> str:
    match row.figure:  # type: ignore[attr-defined]
        case "dates":
            return words.span(pd.Timestamp(row.value), pd.Timestamp(row.until), row.unit)  # type: ignore[attr-defined]
        case "venue":
            return str(row.value)  # type: ignore[attr-defined]
        case "mean":
            return words("amount.visitors", value=words.number(float(row.value), 1))  # type: ignore[attr-defined]
    return words(f"value.{row.figure}", value=words.number(float(row.value)))  # type: ignore[attr-defined]


def message(table: pd.DataFrame, words: Words) -> str:
    return words("message")
