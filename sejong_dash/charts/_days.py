"""Draw what charts of the days of a plan share: an interval, the goal, Golden Week, partial days, the axis of visitors."""

import math
from collections.abc import Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from sejong_dash import theme
from sejong_dash.words import Words

_LABEL = 26  # pixels that a label below a point needs
_LABEL_DAYS, _PLOT = 6, 200  # days that a label is wide; pixels that a plot is high, between a slide's 170 and a page's 250
BAR = 0.75 * 24 * 3600 * 1000  # milliseconds, as Plotly counts days: a single day must be seen too
COVERAGE = ["prefectures", "usual_prefectures", "channels", "usual_channels"]  # columns of `measures.coverage`
MISSING_MARK = {"symbol": "x-open", "size": 9, "color": theme.MISSING, "line": {"width": 2}}  # a past day without a count


def add_interval(
    figure: go.Figure, days: Sequence[Any], low: Sequence[float], high: Sequence[float], name: str, colour: str
) -> None:
    """Fill the ground between `low` and `high`; to be drawn first, so that lines are seen on it."""
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


def add_goal(notes: theme.Notes, visitors: float, name: str) -> None:
    """Draw a line across at the goal, its name on it."""
    line = {"color": theme.AXIS, "width": 1}
    notes.shape(type="line", xref="paper", x0=0, x1=1, y0=visitors, y1=visitors, line=line, layer="below")
    side = {"xref": "paper", "x": 0, "xanchor": "left", "yanchor": "bottom"}
    notes.text(**side, y=visitors, text=name, font={"color": theme.PLAN, "size": 12})


def add_golden_weeks(notes: theme.Notes, table: pd.DataFrame) -> list[tuple[pd.Timestamp, pd.Timestamp]]:
    """Shade each Golden Week of `table` (date, day_type) from top to bottom; return the first and the last day of each."""
    half, days = pd.Timedelta(hours=12), table.loc[table["day_type"] == "golden_week", "date"]
    runs = [(run.iloc[0], run.iloc[-1]) for _, run in days.groupby(days.diff().ne(pd.Timedelta(days=1)).cumsum())]
    look = {"yref": "paper", "y0": 0, "y1": 1, "fillcolor": theme.SHADE, "line": {"width": 0}, "layer": "below"}
    for first, last in runs:
        notes.shape(type="rect", x0=first - half, x1=last + half, **look)
    return runs


def top_of(goal: float, *lines: float) -> float:
    """Return where an axis of running totals ends: a quarter above the goal and the lines that matter (nan: there is none)."""
    return 1.25 * max([1.0, *(value for value in (goal, *lines) if not math.isnan(value))])


def add_interval_end(notes: theme.Notes, day: Any, high: float, top: float, text: str) -> None:
    """Write where an interval ends that goes on above the axis."""
    if high > top:
        look = {"yref": "paper", "y": 1, "xanchor": "right", "yanchor": "top", "font": {"color": theme.MUTED, "size": 11}}
        notes.text(x=day, text=text, **look)


def add_end_label(notes: theme.Notes, days: Sequence[Any], line: Sequence[float], top: float, text: str, colour: str) -> None:
    """Name where a rising line ends, on an axis from 0 to `top`: just below its end and clear of the line, or above a low one.

    On a phone, where it would be wide enough to meet the line, a page leaves it out (ui/browser/drawings.js): cards or message
    have the figure.
    """
    before = line[-min(len(line), _LABEL_DAYS)]  # what the line has climbed over the width of the label
    rise = max(float(line[-1]) - float(before), 0.0) / top * _PLOT
    is_below = not is_low(float(before), top)
    look = {"xanchor": "right", "yanchor": "top" if is_below else "bottom", "font": {"color": colour, "size": 13}}
    notes.text(x=days[-1], y=line[-1], yshift=-(4 + round(rise)) if is_below else 6, text=text, name="line end", **look)


def is_low(value: float, top: float) -> bool:
    """Return whether a label below a value would lie on the days of an axis from 0 to `top`."""
    return value / top * _PLOT < _LABEL


def hatched(colour: str) -> dict[str, Any]:
    """Return the look of a bar for a day that was counted only in part."""
    return {"color": theme.PAPER, "line": {"color": colour, "width": 1.5}, "pattern": hatching(colour)}


def hatching(colour: str) -> dict[str, Any]:
    """Return the pattern that marks what was counted only in part."""
    return {"shape": "/", "fgcolor": colour, "bgcolor": theme.PAPER, "size": 6, "solidity": 0.35}


def partial_hover(day: dict[str, Any], words: Words) -> str:
    """Return how much of a day was counted, for a row with the columns of `measures.coverage`."""
    fields = {"places": day["prefectures"], "usual_places": day["usual_prefectures"]}
    fields |= {"channels": day["channels"], "usual_channels": day["usual_channels"]}
    return words("lacking.partial_hover", **{name: words.number(value) for name, value in fields.items()})


def visitors_axis(words: Words, top: float = math.inf) -> dict[str, Any]:
    """Return an axis of visitors from zero to `top` and beyond; where they are few, its steps are whole visitors."""
    whole = {} if top >= 6 else {"dtick": 1, "range": [0, 1.1 * max(1, 0 if math.isnan(top) else top)]}
    return {"rangemode": "tozero", "tickformat": ",d", "nticks": 6, **theme.with_unit(words), **whole}
