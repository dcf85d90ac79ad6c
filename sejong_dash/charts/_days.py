"""How is it drawn what several charts over the days of a plan show: an interval, the goal, Golden Week, visitors upwards?"""

import math
from collections.abc import Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from .. import theme

BAR = 0.75 * 24 * 3600 * 1000  # milliseconds, as Plotly counts days: a single day must be seen too


def interval(figure: go.Figure, days: Sequence[Any], low: Sequence[float], high: Sequence[float], name: str, colour: str) -> None:
    """The ground between `low` and `high`; drawn first, so that lines are seen on it."""
    figure.add_scatter(
        x=[*days, *reversed(days)],
        y=[*high, *reversed(low)],
        name=name,
        mode="lines",
        line={"width": 0},
        fill="toself",
        fillcolor=colour,
        hoverinfo="skip",
    )


def goal(notes: theme.Notes, visitors: float, name: str) -> None:
    """A line across at the goal, its name on it."""
    line = {"color": theme.AXIS, "width": 1}
    notes.shape(type="line", xref="paper", x0=0, x1=1, y0=visitors, y1=visitors, line=line, layer="below")
    side = {"xref": "paper", "x": 0, "xanchor": "left", "yanchor": "bottom"}
    notes.text(**side, y=visitors, text=name, font={"color": theme.PLAN, "size": 12})


def golden_weeks(notes: theme.Notes, table: pd.DataFrame) -> list[tuple[pd.Timestamp, pd.Timestamp]]:
    """Shade each run of days of that kind (`table`: date, day_type) from top to bottom; first and last day of each."""
    half, days = pd.Timedelta(hours=12), table.loc[table["day_type"] == "golden_week", "date"]
    runs = [(run.iloc[0], run.iloc[-1]) for _, run in days.groupby(days.diff().ne(pd.Timedelta(days=1)).cumsum())]
    look = {"yref": "paper", "y0": 0, "y1": 1, "fillcolor": theme.SHADE, "line": {"width": 0}, "layer": "below"}
    for first, last in runs:
        notes.shape(type="rect", x0=first - half, x1=last + half, **look)
    return runs


def visitors_axis(top: float = math.inf) -> dict[str, Any]:
    """An axis of visitors from zero to `top` and beyond: few of them are counted one by one, for there is no half visitor."""
    whole = {} if top >= 6 else {"dtick": 1, "range": [0, 1.1 * max(1, 0 if math.isnan(top) else top)]}
    return {"rangemode": "tozero", "tickformat": ",d", "nticks": 6, **whole}
