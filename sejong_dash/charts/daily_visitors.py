"""How many came on each day?"""

import pandas as pd
import plotly.graph_objects as go

from .. import theme
from ..basis import joined, weakest
from ..choices import Choices
from ..datasets import goals, plans, prefectures, visitors
from ..measures import counts, goal, plan
from ..words import Words


def table(choices: Choices) -> pd.DataFrame:
    """One row for each day up to as-of: date, weekday, visitors, was, recorded_on, needed, basis, source_id.

    `weekday` counts from Monday = 1. `needed` is the same number for every day (an assumption). Without any count there
    are no rows.
    """
    chosen = plan.chosen(plans.load(), choices.plan)
    days = plan.days(chosen)
    known = counts.known(visitors.load(choices.sample), choices.as_of, choices.prefecture)
    by_day = counts.daily(known, days, choices.as_of)
    if by_day["visitors"].isna().all():
        return by_day.iloc[:0]
    wanted = goal.wanted(goals.load(), choices.plan, prefectures.load(), choices.prefecture)
    by_day.insert(1, "weekday", by_day["date"].dt.day_of_week + 1)
    by_day.insert(5, "needed", wanted.visitors / len(days) if wanted else float("nan"))
    if wanted:  # a row is as weak as the even share in it
        by_day["basis"] = [weakest([said, "assumption"]) for said in by_day["basis"]]
        by_day["source_id"] = [joined([said, wanted.source_id]) for said in by_day["source_id"]]
    # of a day that was not counted the plan alone tells
    return by_day.assign(basis=by_day["basis"].fillna(chosen["basis"]), source_id=by_day["source_id"].fillna(chosen["source_id"]))


def draw(table: pd.DataFrame, words: Words) -> go.Figure:
    """A bar for each day, weekends darker, days not counted as open marks, the even share of the goal as a line."""
    figure = theme.figure(words.lang, height=340, hovermode="closest")
    for key, which, colour in (
        ("weekday", table["weekday"] <= 5, theme.GREEN),
        ("weekend", table["weekday"] > 5, theme.BLUE),
    ):
        some = table[which & table["visitors"].notna()]
        figure.add_bar(
            x=some["date"],
            y=some["visitors"],
            name=words(key),
            marker={"color": colour},
            hovertext=[_hover(row, words) for row in some.itertuples()],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    late = table[table["was"].notna()]
    if len(late):
        figure.add_scatter(
            x=late["date"],
            y=late["visitors"],
            name=words("corrected"),
            mode="markers",
            hoverinfo="skip",
            marker={"symbol": "diamond", "size": 9, "color": theme.MISSING, "line": {"color": theme.PAPER, "width": 1.5}},
        )
    gaps = table[table["visitors"].isna()]
    if len(gaps):
        figure.add_scatter(
            x=gaps["date"],
            y=[0] * len(gaps),
            name=words("missing"),
            mode="markers",
            marker={"symbol": "x-open", "size": 10, "color": theme.MISSING, "line": {"width": 2}},
            hovertext=[words("missing_hover", date=words.short_date(day)) for day in gaps["date"]],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    needed = table["needed"].iloc[0]
    if pd.notna(needed):
        figure.add_scatter(
            x=[table["date"].iloc[0], table["date"].iloc[-1]],
            y=[needed, needed],
            mode="lines",
            name=words("needed", value=words.number(needed)),
            hoverinfo="skip",
            line={"color": theme.PLAN, "dash": "dot", "width": 1.5},
        )
    ticks = table["date"].iloc[:: 7 if len(table) > 10 else 1]
    figure.update_xaxes(tickvals=list(ticks), ticktext=[words.day_month(day) for day in ticks], range=theme.around(table["date"]))
    figure.update_yaxes(rangemode="tozero", tickformat=",d", nticks=6)
    return figure


def _hover(day: object, words: Words) -> str:
    said = words("day_hover", date=words.short_date(day.date), value=words.number(day.visitors))  # type: ignore[attr-defined]
    if pd.isna(day.was):  # type: ignore[attr-defined]
        return said
    return said + words("corrected_hover", was=words.number(day.was), date=words.day_month(day.recorded_on))  # type: ignore[attr-defined]


def message(table: pd.DataFrame, words: Words) -> str:
    """What the chart says in one sentence."""
    counted = table[table["visitors"].notna()]
    most = counted.loc[counted["visitors"].idxmax()]
    said = words(
        "message",
        days=words.number(len(counted)),
        mean=words.number(counted["visitors"].mean()),
        most=words.number(most["visitors"]),
        date=words.short_date(most["date"]),
    )
    gaps = len(table) - len(counted)
    return said + (words("message_missing", days=words.number(gaps)) if gaps else "")
