"""How much of the goal is reached, and how much should be by now?"""

import pandas as pd
import plotly.graph_objects as go

from .. import theme
from ..choices import Choices
from ..datasets import day_weights, goals, plans, prefectures, visitors
from ..measures.figures import Figure
from ..measures.pace import pace
from ..measures.season import season
from ..words import Words


def table(choices: Choices) -> pd.DataFrame:
    """Two rows, part = counted and left: part, visitors, share_pct, goal, due, gap, days_missing, basis, source_id.

    `due` is what the plan curve wants of the days that were counted up to as-of (an assumption), `gap` counted - due,
    `days_missing` the days up to as-of that nobody counted. None without a goal.
    """
    now = season(choices, plans.load(), goals.load(), prefectures.load(), visitors.load(choices.sample), day_weights.load())
    if now.wanted is None or now.wanted.visitors == 0:
        return pd.DataFrame()
    stands = pace(now.by_day, now.curve, now.weights, choices.as_of)
    due = (stands.due or 0) if now.counted else 0
    parts = pd.Series({"counted": stands.counted, "left": max(now.wanted.visitors - stands.counted, 0)})
    counted = now.by_day.dropna(subset="visitors")
    return pd.DataFrame(
        {
            "part": parts.index,
            "visitors": parts.to_numpy(),
            "share_pct": (100 * parts / now.wanted.visitors).round(2).to_numpy(),
            "goal": now.wanted.visitors,
            "due": due,
            "gap": stands.counted - due,
            "days_missing": stands.days_missing,
            "basis": now.basis(*counted["basis"]) if now.counted else now.wanted.basis,
            "source_id": now.source(*counted["source_id"]) if now.counted else now.wanted.source_id,
        }
    )


def draw(table: pd.DataFrame, words: Words) -> go.Figure:
    """One bar as long as the goal, what is counted filled, a tick where the plan curve stands."""
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
            ids=[Figure(part.part).code()],
            orientation="h",
            name=words(f"name.{part.part}"),
            width=0.7,
            marker={"color": colours[part.part][0]},
            text=said,
            textposition="inside",
            insidetextanchor="middle" if part.part == "counted" else "end",  # clear of the tick
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
            text=words("due", value=words.number(due), share=words.percent(due / table["goal"].iloc[0])),
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
    done, goal = table.iloc[0], table["goal"].iloc[0]
    if done["due"] == 0:
        return words("message_none", goal=words.number(goal))
    said = words(
        "message",
        done=words.number(done["visitors"]),
        share=words.percent(done["share_pct"] / 100),
        goal=words.number(goal),
        left=words.number(table["visitors"].iloc[1]),
    )
    return said + (words("message_missing", days=words.number(done["days_missing"])) if done["days_missing"] else "")
