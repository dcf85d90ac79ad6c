"""Show what is planned: goal, dates, venue, gardens."""

import pandas as pd

from sejong_dash.basis import joined
from sejong_dash.choices import Choices
from sejong_dash.datasets import Tables
from sejong_dash.measures import goal, plan
from sejong_dash.words import Words

from . import Card

WIDTH = "16rem"


def table(choices: Choices, tables: Tables) -> pd.DataFrame:
    """Return one row for each figure that the plan states: figure, value, bound, until, unit, basis, source_id.

    `value` is text: a number, a date, or a name in the reader's language; `bound` of a goal as in datasets.goals; `until`
    the last day where it is a span.
    """
    row = plan.chosen(tables.plans(), choices.plan)
    days = plan.days(row)
    rows = []
    stated = goal.of_plan(tables.goals(), choices.plan)
    if stated is not None:
        rows.append(_goal("goal", stated))
    if pd.notna(row["opens_on"]):
        dates = (row["opens_on"].date().isoformat(), None, row["closes_on"].date().isoformat())
        rows.append(("dates", *dates, row["dates_precision"], row["basis"], row["source_id"]))
    if len(days):
        rows.append(("days", str(len(days)), None, "", "days", row["basis"], row["source_id"]))
    if stated is not None and len(days):
        a_day = str(goal.a_day(int(stated["visitors"]), len(days)))
        rows.append(("mean", a_day, None, "", "visitors", stated["basis"], joined([stated["source_id"], row["source_id"]])))
    wider = [goal.of_plan(tables.goals(), choices.plan, scope) for scope in ("abroad", "all")]
    rows += [_goal(goal_row["scope"], goal_row) for goal_row in wider if goal_row is not None]
    venue = tables.places()
    venue = venue[venue["area_m2"].notna()]  # the city itself has none
    rows += [("venue", name, None, "", "", row["basis"], row["source_id"]) for name in venue[f"name_{choices.lang}"]]
    gardens = tables.gardens()
    if len(gardens):
        rows.append(("gardens", str(len(gardens)), None, "", "prefectures", "reported", joined(gardens["source_id"])))
    return pd.DataFrame(rows, columns=["figure", "value", "bound", "until", "unit", "basis", "source_id"])


def _goal(figure: str, stated: pd.Series) -> tuple[object, ...]:
    return (figure, str(stated["visitors"]), goal.bound_of(stated), "", "visitors", stated["basis"], stated["source_id"])


def cards(table: pd.DataFrame, words: Words) -> list[Card]:
    """Return a card for each figure."""
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
            return words("amount.visitors", value=words.number(float(row.value)))  # type: ignore[attr-defined]
        case "goal" | "abroad" | "all":
            return words.goal(float(row.value), row.bound)  # type: ignore[attr-defined]
    return words(f"value.{row.figure}", value=words.number(float(row.value)))  # type: ignore[attr-defined]


def message(table: pd.DataFrame, words: Words) -> str:
    """Return the sentence above the cards, which is the same for every table."""
    return words("message")
