"""How many have come in all, and how many should have?"""

import pandas as pd
import plotly.graph_objects as go

from .. import theme
from ..basis import joined, weakest
from ..choices import Choices
from ..datasets import goals, plans, prefectures, visitors
from ..measures import counts, goal, plan
from ..words import Words


def table(choices: Choices) -> pd.DataFrame:
    """One row for each day of the plan: date, day_number, visitors, cumulative, goal_cumulative, basis, source_id.

    `visitors` and `cumulative` are blank after as-of; `visitors` also on days that were not counted, where
    `cumulative` goes on from the day before. `goal_cumulative` is the straight line to the goal, blank without a goal.
    """
    chosen = plan.chosen(plans.load(), choices.plan)
    days = plan.days(chosen)
    known = counts.known(visitors.load(choices.sample), choices.as_of, choices.prefecture)
    by_day = counts.daily(known, days, choices.as_of).set_index("date").reindex(days)
    wanted = goal.wanted(goals.load(), choices.plan, prefectures.load(), choices.prefecture)
    if wanted is None and by_day["visitors"].isna().all():
        return by_day.iloc[:0].reset_index()
    line = goal.straight_line(wanted.visitors, days) if wanted else pd.Series(float("nan"), index=days)
    running = by_day["visitors"].fillna(0).cumsum()
    shown = (days <= pd.Timestamp(choices.as_of)) & by_day["visitors"].notna().any()
    return pd.DataFrame(
        {
            "date": days,
            "day_number": range(1, len(days) + 1),
            "visitors": by_day["visitors"].to_numpy(),
            "cumulative": running.where(shown).to_numpy(),
            "goal_cumulative": line.to_numpy(),
            # a row is as weak as the straight line in it
            "basis": [weakest([said, "assumption" if wanted else None]) for said in by_day["basis"]],
            "source_id": [
                joined([said, wanted.source_id if wanted else None]) or chosen["source_id"] for said in by_day["source_id"]
            ],
        }
    )


def draw(table: pd.DataFrame, words: Words) -> go.Figure:
    """The count as a line that ends at as-of, the straight line to the goal behind it, days not counted as gaps."""
    figure = theme.figure(words.lang, height=380)
    dates = [words.short_date(day) for day in table["date"]]
    if table["goal_cumulative"].notna().any():
        figure.add_scatter(
            x=table["date"],
            y=table["goal_cumulative"],
            name=words("goal_line"),
            mode="lines",
            line={"color": theme.PLAN, "width": 1.5, "dash": "dot"},
            customdata=dates,
            hovertemplate=words("goal_hover"),
        )
        last = table.iloc[-1]
        figure.add_annotation(
            x=last["date"],
            y=last["goal_cumulative"],
            text=words("goal_end", goal=words.number(last["goal_cumulative"])),
            showarrow=False,
            xanchor="right",
            yanchor="bottom",
            yshift=4,
            font={"color": theme.PLAN, "size": 12},
        )
    counted = table[table["cumulative"].notna()]
    if len(counted):
        figure.add_scatter(
            x=counted["date"],
            y=counted["cumulative"],
            name=words("counted_line"),
            mode="lines",
            line={"color": theme.DONE, "width": 3},
            fill="tozeroy",
            fillcolor=theme.DONE_SOFT,
            customdata=[words.short_date(day) for day in counted["date"]],
            hovertemplate=words("counted_hover"),
        )
        end = counted.iloc[-1]
        figure.add_scatter(
            x=[end["date"]],
            y=[end["cumulative"]],
            mode="markers+text",
            marker={"color": theme.DONE, "size": 9},
            text=[" " + words("amount.visitors", value=words.number(end["cumulative"]))],
            textposition="middle right" if end["day_number"] < 0.75 * len(table) else "top left",
            textfont={"color": theme.DONE, "size": 14},
            hoverinfo="skip",
            showlegend=False,
        )
    missing = table[table["visitors"].isna() & table["cumulative"].notna()]
    if len(missing):
        figure.add_scatter(
            x=missing["date"],
            y=missing["cumulative"],
            name=words("missing"),
            mode="markers",
            marker={"symbol": "circle-open", "color": theme.MISSING, "size": 10, "line": {"width": 2}},
            customdata=[words.short_date(day) for day in missing["date"]],
            hovertemplate=words("missing_hover"),
        )
    ticks = table["date"].iloc[::7]
    figure.update_xaxes(tickvals=list(ticks), ticktext=[words.day_month(day) for day in ticks], range=theme.around(table["date"]))
    figure.update_yaxes(rangemode="tozero", tickformat=",d", nticks=6)
    return figure


def message(table: pd.DataFrame, words: Words) -> str:
    """What the chart says in one sentence."""
    counted, goal_known = table[table["cumulative"].notna()], table["goal_cumulative"].notna().any()
    if counted.empty:
        return words("message_plan", goal=words.number(table["goal_cumulative"].iloc[-1]), days=words.number(len(table)))
    end = counted.iloc[-1]
    total = words.number(end["cumulative"])
    if not goal_known:
        return words("message_counted", total=total, date=words.date(end["date"]))
    gap = float(end["cumulative"] - end["goal_cumulative"])
    key = "message_ahead" if gap >= 0 else "message_behind"
    return words(
        key,
        total=total,
        date=words.date(end["date"]),
        gap=words.number(abs(gap)),
        due=words.number(end["goal_cumulative"]),
        share=words.percent(end["cumulative"] / table["goal_cumulative"].iloc[-1]),
    )
