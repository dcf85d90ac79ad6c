"""How much of the goal is reached?"""

import pandas as pd
import plotly.graph_objects as go

from .. import theme
from ..basis import joined, weakest
from ..choices import Choices
from ..datasets import goals, plans, prefectures, visitors
from ..measures import counts, goal, plan
from ..words import Words


def table(choices: Choices) -> pd.DataFrame:
    """Two rows, part = counted and left: part, visitors, share_pct, goal, due, basis, source_id; none without a goal.

    `due` is where the straight line stands at as-of, an assumption.
    """
    days = plan.days(plan.chosen(plans.load(), choices.plan))
    wanted = goal.wanted(goals.load(), choices.plan, prefectures.load(), choices.prefecture)
    if wanted is None or wanted.visitors == 0:
        return pd.DataFrame()
    known = counts.known(visitors.load(choices.sample), choices.as_of, choices.prefecture)
    by_day = counts.daily(known, days, choices.as_of)
    total = int(by_day["visitors"].fillna(0).sum())
    line = goal.straight_line(wanted.visitors, days)
    due = float(line[line.index <= pd.Timestamp(choices.as_of)].iloc[-1]) if len(by_day) else 0.0
    parts = pd.Series({"counted": total, "left": max(wanted.visitors - total, 0)})
    return pd.DataFrame(
        {
            "part": parts.index,
            "visitors": parts.to_numpy(),
            "share_pct": (100 * parts / wanted.visitors).round(2).to_numpy(),
            "goal": wanted.visitors,
            "due": round(due),
            "basis": weakest([wanted.basis, *by_day["basis"].dropna(), *(["assumption"] if due else [])]),
            "source_id": joined([*by_day["source_id"].dropna().unique(), wanted.source_id]),
        }
    )


def draw(table: pd.DataFrame, words: Words) -> go.Figure:
    """One bar as long as the goal, what is counted filled, a tick where the straight line stands."""
    figure = theme.figure(
        words.lang,
        height=140,
        barmode="stack",
        showlegend=False,
        hovermode="closest",
        margin={"l": 12, "r": 40, "t": 12, "b": 8},
        uniformtext={"minsize": 11, "mode": "hide"},
    )
    colours = {"counted": (theme.DONE, theme.PAPER), "left": (theme.REST_SOFT, theme.MUTED)}
    for part in table.itertuples():
        said = words(f"part.{part.part}", value=words.number(part.visitors), share=words.percent(part.share_pct / 100))
        figure.add_bar(
            x=[part.visitors],
            y=[""],
            orientation="h",
            name=words(f"name.{part.part}"),
            width=0.7,
            marker={"color": colours[part.part][0]},
            text=said,
            textposition="inside",
            insidetextanchor="middle",
            textfont={"color": colours[part.part][1], "size": 15},
            textangle=0,
            hovertemplate=f"{said}<extra></extra>",
        )
    due, most = table["due"].iloc[0], max(table["goal"].iloc[0], table["visitors"].sum())
    if due:
        figure.add_shape(type="line", x0=due, x1=due, y0=-0.45, y1=0.45, line={"color": theme.MISSING, "width": 3})
        figure.add_annotation(
            x=due,
            y=0.45,
            yshift=2,
            text=words("due", value=words.number(due)),
            showarrow=False,
            yanchor="bottom",
            xanchor="left" if due < most * 0.25 else "right" if due > most * 0.75 else "center",
            font={"color": theme.MISSING, "size": 13},
        )
    figure.update_yaxes(visible=False, range=[-0.6, 0.75])
    quarters = [table["goal"].iloc[0] * part / 4 for part in range(5)]
    figure.update_xaxes(range=[0, most], tickvals=quarters, tickformat=",.0f", showline=False)
    return figure


def message(table: pd.DataFrame, words: Words) -> str:
    """What the chart says in one sentence."""
    done, goal_ = table.iloc[0], table["goal"].iloc[0]
    if done["visitors"] == 0:
        return words("message_none", goal=words.number(goal_))
    return words(
        "message",
        done=words.number(done["visitors"]),
        share=words.percent(done["share_pct"] / 100),
        goal=words.number(goal_),
        left=words.number(table["visitors"].iloc[1]),
    )
