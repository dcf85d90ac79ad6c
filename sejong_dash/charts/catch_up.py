"""Draw the scenario of the planner's measures beside the forecast, to the last day."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from sejong_dash import theme
from sejong_dash.basis import weakest
from sejong_dash.choices import Choices
from sejong_dash.datasets import Tables
from sejong_dash.measures import figure_codes as figures
from sejong_dash.measures.season import what_if
from sejong_dash.measures.season.season import season_of
from sejong_dash.words import Words

from . import _days

_KINDS = {"plan_line": "planned", "forecast_line": "forecast", "scenario_line": "scenario", "counted_line": "counted"}


def table(choices: Choices, tables: Tables) -> pd.DataFrame:
    """Return one row for each day of the plan; none without a forecast: nothing counted yet, or nothing left.

    Columns: date, day_type, cumulative, forecast, factor, scenario, forecast_cumulative, scenario_cumulative, scenario_low,
    scenario_high, planned_cumulative, basis, source_id.

    `forecast` are the visitors of a day left as forecast, `scenario` the same times `factor`, at most the capacity;
    the sums go on from `cumulative` at as-of.
    """
    now = season_of(tables, choices)
    past = tables.reference_seasons()
    found = what_if.scenario_of(tables, choices)
    if found is None:
        return pd.DataFrame()
    forecast, daily, factors, scenario = found.forecast, found.forecast_daily, found.factors, found.scenario_daily
    counts = now.by_day.set_index("date")["visitors"]
    running = counts.fillna(0).cumsum().where(counts.notna().cummax()).reindex(now.days)
    table = pd.DataFrame(
        {
            "date": now.days,
            "day_type": now.calendar["day_type"].to_numpy(),
            "cumulative": running.to_numpy(),
            "forecast": daily.reindex(now.days).to_numpy(),
            "factor": factors.where(factors.index.isin(daily.index)).to_numpy(),
            "scenario": scenario.reindex(now.days).to_numpy(),
            "forecast_cumulative": found.forecast_reached.reindex(now.days).to_numpy(),
            "scenario_cumulative": found.scenario_reached.reindex(now.days).to_numpy(),
        }
    )
    reached = forecast.cumulative.set_index("date")
    for side in ("low", "high"):
        steps = reached[side].diff().fillna(reached[side].iloc[0] - forecast.counted).clip(lower=0)
        edge = forecast.counted + what_if.lifted(steps, factors, choices.what_if.capacity).cumsum()
        table[f"scenario_{side}"] = edge.reindex(now.days).round().to_numpy()
    table["planned_cumulative"] = float("nan") if now.curve is None else now.curve["planned_cumulative"].to_numpy()
    figures = ["forecast", "scenario", "forecast_cumulative", "scenario_cumulative", "scenario_low", "scenario_high"]
    table[figures] = table[figures].astype("float64").round(2)
    return table.assign(
        basis=weakest([now.basis(*now.by_day["basis"].dropna()), now.weights_basis, *past["basis"]]),
        source_id=now.source(*now.by_day["source_id"].dropna(), now.weights_source, *past["source_id"]),
    )


def draw(table: pd.DataFrame, words: Words) -> go.Figure:
    """Draw the count, its forecast and the scenario of the measures against the plan curve."""
    figure = theme.figure(words.lang, height=360)
    ahead, counted = table[table["scenario"].notna()], table[table["cumulative"].notna()]
    total, opening = counted["cumulative"].iloc[-1], table["date"].iloc[0]
    days = [counted["date"].iloc[-1], *ahead["date"]]
    high, low = [total, *ahead["scenario_high"]], [total, *ahead["scenario_low"]]
    _days.add_interval(figure, days, low, high, words("band"), theme.SCENARIO_SOFT)
    notes = theme.Notes()
    if table["planned_cumulative"].notna().any():
        _add_line(figure, table["date"], table["planned_cumulative"], "plan_line", theme.PLAN, 1.5, "dash", words, opening)
        goal = float(table["planned_cumulative"].iloc[-1])
        _days.add_goal(notes, goal, words("goal_end", goal=words.number(goal)))
    _add_line(figure, days, [total, *ahead["forecast_cumulative"]], "forecast_line", theme.DONE, 2, "dash", words, opening)
    _add_line(figure, days, [total, *ahead["scenario_cumulative"]], "scenario_line", theme.BLUE, 3, "solid", words, opening)
    _add_line(figure, counted["date"], counted["cumulative"], "counted_line", theme.DONE, 3, "solid", words, opening)
    end = ahead.iloc[-1]
    ends = [float(value) for value in (total, end["forecast_cumulative"], end["scenario_cumulative"])]
    top = _days.top_of(float(table["planned_cumulative"].iloc[-1]), *ends)
    text = words("end", value=words.number(end["scenario_cumulative"]))
    _days.add_end_label(notes, days, low, top, text, theme.BLUE)  # below the band, on whose blue it would be hard to read
    _days.add_interval_end(notes, end["date"], high[-1], top, words("band_beyond", high=words.number(high[-1])))
    figure.update_xaxes(**theme.weeks(table["date"], words.days))
    figure.update_yaxes(_days.visitors_axis(words), range=[0, top])
    notes.write(figure)
    return figure


def _add_line(
    figure: go.Figure, x: Any, y: Any, key: str, colour: str, width: float, dash: str, words: Words, opening: pd.Timestamp
) -> None:
    codes = [figures.until(opening, day, _KINDS[key]) for day in x]
    if key in ("forecast_line", "scenario_line"):
        codes[0] = ""  # both begin at the count, which has a code of its own
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
    """Return what the measures change by the last day, and whether that reaches the goal."""
    end = table.iloc[-1]
    change = float(end["scenario_cumulative"] - end["forecast_cumulative"])
    total, plain = words.number(end["scenario_cumulative"]), words.number(end["forecast_cumulative"])
    goal = end["planned_cumulative"]
    gap = 0.0 if pd.isna(goal) else float(end["scenario_cumulative"] - goal)
    outcome = "" if pd.isna(goal) else "reaches" if gap >= 0 else "short"
    fields = {"gap": words.number(abs(gap)), "change": words.number(abs(change))}
    if abs(change) < 0.5:
        return words(f"message_same_{outcome}" if outcome else "message_same", total=plain, **fields)
    text = words("message_more" if change > 0 else "message_fewer", total=total, plain=plain, **fields)
    return text + words(f"message_{outcome}", **fields) if outcome else text
