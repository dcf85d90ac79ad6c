"""What would the planner's measures change until the last day?"""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from .. import theme
from ..basis import weakest
from ..choices import Choices
from ..datasets import day_weights, goals, plans, prefectures, reference_seasons, visitors
from ..measures import figures, what_if
from ..measures.season import season
from ..words import Words
from . import _days

_KINDS = {"plan_line": "planned", "forecast_line": "forecast", "scenario_line": "scenario", "counted_line": "counted"}


def table(choices: Choices) -> pd.DataFrame:
    """One row for each day of the plan: date, day_type, cumulative, forecast, factor, scenario, forecast_cumulative,
    scenario_cumulative, scenario_low, scenario_high, planned_cumulative, basis, source_id.

    `forecast` are the visitors of a day left as forecast, `scenario` the same times `factor`, at most the capacity;
    the sums go on from `cumulative` at as-of. None without a forecast: nothing counted yet, or nothing left.
    """
    now = season(choices, plans.load(), goals.load(), prefectures.load(), visitors.load(choices.sample), day_weights.load())
    past = reference_seasons.load()
    found = what_if.tried(now, choices, past)
    if found is None:
        return pd.DataFrame()
    seen, ahead, grows, scenario = found.seen, found.ahead, found.grows, found.scenario
    running = now.by_day.set_index("date")["visitors"].fillna(0).cumsum().reindex(now.days)
    table = pd.DataFrame(
        {
            "date": now.days,
            "day_type": now.calendar["day_type"].to_numpy(),
            "cumulative": running.to_numpy(),
            "forecast": ahead.reindex(now.days).to_numpy(),
            "factor": grows.where(grows.index.isin(ahead.index)).to_numpy(),
            "scenario": scenario.reindex(now.days).to_numpy(),
            "forecast_cumulative": (seen.counted + ahead.cumsum()).reindex(now.days).to_numpy(),
            "scenario_cumulative": (seen.counted + scenario.cumsum()).reindex(now.days).to_numpy(),
        }
    )
    reached = seen.cumulative.set_index("date")
    for side in ("low", "high"):
        steps = reached[side].diff().fillna(reached[side].iloc[0] - seen.counted).clip(lower=0)
        edge = seen.counted + what_if.lifted(steps, grows, choices.what_if.capacity).cumsum()
        table[f"scenario_{side}"] = edge.reindex(now.days).to_numpy()
    table["planned_cumulative"] = float("nan") if now.curve is None else now.curve["planned_cumulative"].to_numpy()
    figures = ["forecast", "scenario", "forecast_cumulative", "scenario_cumulative", "scenario_low", "scenario_high"]
    table[figures] = table[figures].astype("float64").round(2)
    return table.assign(
        basis=weakest([now.basis(*now.by_day["basis"].dropna()), now.weights_basis, *past["basis"]]),
        source_id=now.source(*now.by_day["source_id"].dropna(), now.weights_source, *past["source_id"]),
    )


def draw(table: pd.DataFrame, words: Words) -> go.Figure:
    """The count, its forecast, and what the measures would make of it, against the plan curve."""
    figure = theme.figure(words.lang, height=360)
    ahead, counted = table[table["scenario"].notna()], table[table["cumulative"].notna()]
    stands, opening = counted["cumulative"].iloc[-1], table["date"].iloc[0]
    days = [counted["date"].iloc[-1], *ahead["date"]]
    high, low = [stands, *ahead["scenario_high"]], [stands, *ahead["scenario_low"]]
    _days.interval(figure, days, low, high, words("band"), theme.SCENARIO_SOFT)
    notes = theme.Notes()
    if table["planned_cumulative"].notna().any():
        _line(figure, table["date"], table["planned_cumulative"], "plan_line", theme.PLAN, 1.5, "dash", words, opening)
        goal = table["planned_cumulative"].iloc[-1]
        _days.goal(notes, goal, words("goal_end", goal=words.number(goal)))
    _line(figure, days, [stands, *ahead["forecast_cumulative"]], "forecast_line", theme.DONE, 2, "dash", words, opening)
    _line(figure, days, [stands, *ahead["scenario_cumulative"]], "scenario_line", theme.BLUE, 3, "solid", words, opening)
    _line(figure, counted["date"], counted["cumulative"], "counted_line", theme.DONE, 3, "solid", words, opening)
    end = ahead.iloc[-1]
    notes.text(
        x=end["date"],
        y=end["scenario_cumulative"],
        text=words("end", value=words.number(end["scenario_cumulative"])),
        xanchor="right",
        yanchor="bottom",
        yshift=8,
        font={"color": theme.BLUE, "size": 14},
    )
    figure.update_xaxes(**theme.weeks(table["date"], words.days))
    figure.update_yaxes(_days.visitors_axis())
    notes.write(figure)
    return figure


def _line(
    figure: go.Figure, x: Any, y: Any, key: str, colour: str, width: float, dash: str, words: Words, opening: pd.Timestamp
) -> None:
    codes = [figures.until(opening, day, _KINDS[key]) for day in x]
    if key in ("forecast_line", "scenario_line"):
        codes[0] = ""  # where they begin, the count stands
    figure.add_scatter(
        x=x,
        y=y,
        ids=codes,
        name=words(key),
        mode="lines",
        line={"color": colour, "width": width, "dash": dash},
        customdata=[words.short_date(day) for day in x],
        hovertemplate=words("hover", name=words(key)),
    )


def message(table: pd.DataFrame, words: Words) -> str:
    """What the measures change by the last day, and whether that reaches the goal."""
    end = table.iloc[-1]
    change = float(end["scenario_cumulative"] - end["forecast_cumulative"])
    total, plain = words.number(end["scenario_cumulative"]), words.number(end["forecast_cumulative"])
    if abs(change) < 0.5:
        said = words("message_same", total=plain)
    else:
        said = words(
            "message_more" if change > 0 else "message_fewer", total=total, change=words.number(abs(change)), plain=plain
        )
    goal = end["planned_cumulative"]
    if pd.isna(goal):
        return said
    gap = float(end["scenario_cumulative"] - goal)
    return said + words("message_reaches" if gap >= 0 else "message_short", gap=words.number(abs(gap)))
