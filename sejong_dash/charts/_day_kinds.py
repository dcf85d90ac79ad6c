"""Draw the kinds of days around a chart of days: marks below it, opening, closing and milestones above, Golden Week behind."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from sejong_dash import theme
from sejong_dash.words import Words

from . import _days

# A kind has a colour and, along the axis, a mark of its own; a weekday has no mark.
COLOURS = {
    "weekday": theme.REST,
    "weekend": theme.BLUE,
    "holiday_kr": theme.GREEN,
    "holiday_jp": theme.PURPLE,
    "golden_week": theme.ORANGE,
}
MARKS = {"weekend": "circle", "holiday_kr": "square", "holiday_jp": "diamond", "golden_week": "star"}
_LANE, _TOP = 0.055, 0.06  # of the height: the marks below the days, what happens above them


def axes(words: Words, top: float) -> dict[str, dict[str, Any]]:
    """Return the layout of three axes one above another: marks of kinds (y2), visitors up to `top` (y), milestones (y3)."""
    lane = {"range": [0, 1], "visible": False, "fixedrange": True}
    return {
        "yaxis": {"domain": [_LANE, 1 - _TOP], **_days.visitors_axis(words, top)},
        "yaxis2": {"domain": [0, _LANE], **lane},
        "yaxis3": {"domain": [1 - _TOP, 1], **lane},
    }


def add_kinds(figure: go.Figure, table: pd.DataFrame, hovers: pd.Series, words: Words) -> None:
    """Draw the kinds of the days of `table` (date, day_type, edge, milestones) on `axes`; `hovers` are texts by its index."""
    notes = theme.Notes()
    _days.add_golden_weeks(notes, table)
    _add_edges(notes, table, words)
    notes.write(figure)
    for kind, symbol in MARKS.items():
        days = table[table["day_type"] == kind]
        if len(days):
            look = {"symbol": symbol, "size": 9 if symbol == "star" else 7, "color": COLOURS[kind]}
            name = words(f"day_type.{kind}")
            add_points(figure, days, [0.45] * len(days), hovers, yaxis="y2", name=name, legendrank=2, marker=look)
    days = table[table["milestones"] != ""]
    if len(days):
        look = {"symbol": "triangle-down", "size": 9, "color": theme.PLAN}
        name = words("milestone")
        add_points(figure, days, [0.5] * len(days), hovers, yaxis="y3", name=name, legendrank=1001, marker=look)


def _add_edges(notes: theme.Notes, table: pd.DataFrame, words: Words) -> None:
    """Draw a line before the opening and one after the closing day, named above the days."""
    half, high = pd.Timedelta(hours=12), {"yref": "paper", "y0": 0, "y1": 1, "layer": "below"}
    edges = table[table["edge"] != ""]
    for day, kind in zip(edges["date"], edges["edge"], strict=True):
        opens = kind == "opening"
        at, side = (day - half, "left") if opens else (day + half, "right")
        notes.shape(type="line", x0=at, x1=at, line={"color": theme.AXIS, "width": 1, "dash": "dot"}, **high)
        if opens or len(table) > 1:
            notes.text(
                x=at,
                yref="paper",
                y=1 - _TOP / 2,
                text=words(f"edge.{kind}"),
                xanchor=side,
                yanchor="middle",
                xshift=24 if opens else -24,
                font={"color": theme.MUTED, "size": 11},
            )


def add_points(figure: go.Figure, days: pd.DataFrame, heights: Sequence[float], hovers: pd.Series, **look: Any) -> None:
    """Draw a mark for each of `days` at its height; the pointer shows its text among `hovers`, which have the same index."""
    figure.add_scatter(
        x=days["date"],
        y=heights,
        hovertext=hovers[days.index].tolist(),
        hovertemplate="%{hovertext}<extra></extra>",
        cliponaxis=False,
        **{"mode": "markers", **look},
    )
