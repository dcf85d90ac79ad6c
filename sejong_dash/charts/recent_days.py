"""Draw the last two weeks as bars, with what the plan asks of days of their kind."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from sejong_dash import theme
from sejong_dash.choices import Choices
from sejong_dash.datasets import Tables
from sejong_dash.measures import figure_codes
from sejong_dash.measures.season.season import season_of_channel
from sejong_dash.words import Words

from . import _days

_SHOWN = 14  # days
_HIGH = 112  # px
_LIFT = 0.08  # of the height, by which an open mark stands above the labels of the days
_BAR = 0.5 * 24 * 3600 * 1000  # milliseconds: half a day, so that a wide page is not filled with green
NARROWED_BY = ("channel",)
JUDGES_PACE = True


def table(choices: Choices, tables: Tables) -> pd.DataFrame:
    """Return one row for each of the last fourteen days of the plan up to as-of; none before opening.

    Columns: date, weekday, day_type, state, visitors, planned, prefectures, usual_prefectures, channels, usual_channels,
    basis, source_id. `visitors` are blank on a day that was not counted, `planned` (what the plan curve asks of a
    day of that kind) without a goal.
    """
    now = season_of_channel(tables, choices)
    rows = now.by_day.tail(_SHOWN)
    if rows.empty or not (now.has_counts or now.goal):
        return pd.DataFrame()
    kinds = now.calendar.set_index("date")["day_type"].reindex(rows["date"])
    planned = None if now.curve is None else now.curve.set_index("date")["planned"].reindex(rows["date"])
    return pd.DataFrame(
        {
            "date": rows["date"],
            "weekday": rows["date"].dt.day_of_week + 1,
            "day_type": kinds.to_numpy(),
            "state": rows["state"],
            "visitors": rows["visitors"],
            "planned": pd.array([pd.NA] * len(rows) if planned is None else planned.astype("Int64"), dtype="Int64"),
            **{name: rows[name].astype("Int64") for name in _days.COVERAGE},
            "basis": [now.basis(basis) for basis in rows["basis"].fillna(now.plan["basis"])],
            "source_id": [now.source(source) for source in rows["source_id"].fillna(now.plan["source_id"])],
        }
    ).reset_index(drop=True)


def draw(table: pd.DataFrame, words: Words) -> go.Figure:
    """Draw a bar for each day counted, hatched where it was counted in part, an open mark where it was not; the plan as steps."""
    figure = theme.figure(words.lang, height=_HIGH, hovermode="closest", barmode="overlay", showlegend=False)
    hatched = _days.hatched(theme.MISSING)
    top = float(max(table["visitors"].fillna(0).max(), table["planned"].fillna(0).max()))
    for state, marker in (("counted", {"color": theme.DONE}), ("partial", hatched)):
        days = table[table["state"] == state]
        if len(days):
            look = {"width": _BAR, "name": words("bar"), "marker": marker, "text": [words.number(n) for n in days["visitors"]]}
            letters = {"color": theme.PAPER if state == "counted" else theme.INK, "size": 11}
            inside = {"textposition": "inside", "insidetextanchor": "start", "textangle": 0, "insidetextfont": letters}
            figure.add_bar(x=days["date"], y=days["visitors"], **look, **inside, **_marked(days, words))
    missing = table[table["state"] == "missing"]
    if len(missing):
        look = {"name": words("missing"), "mode": "markers", "marker": _days.MISSING_MARK, "cliponaxis": False}
        figure.add_scatter(x=missing["date"], y=[_LIFT * top] * len(missing), **look, **_marked(missing, words))
    if table["planned"].notna().any():
        line = {"color": theme.PLAN, "width": 1.5, "dash": "dot", "shape": "hvh"}
        look = {"name": words("plan"), "mode": "lines", "line": line, "hoverinfo": "skip"}
        figure.add_scatter(x=table["date"], y=table["planned"], **look)
    figure.update_xaxes(
        tickvals=list(table["date"]), ticktext=words.days(table["date"]), tickangle=0, range=theme.around(table["date"])
    )
    figure.update_yaxes({**_days.visitors_axis(words, top), "nticks": 3})
    figure.update_layout(margin={"t": 6}, uniformtext={"minsize": 10, "mode": "hide"})
    return figure


def _marked(days: pd.DataFrame, words: Words) -> dict[str, Any]:
    """Return codes and hover texts of the marks of days."""
    hovers = [_hover(day, words) for day in days.to_dict("records")]
    codes = [figure_codes.of_day(day) for day in days["date"]]
    return {"ids": codes, "hovertext": hovers, "hovertemplate": "%{hovertext}<extra></extra>"}


def _hover(day: dict[str, Any], words: Words) -> str:
    date = words.short_date(day["date"])
    if pd.isna(day["visitors"]):
        lines = [words("hover_missing", date=date)]
    else:
        lines = [words("hover", date=date, value=words.number(day["visitors"]))]
    lines += [_days.partial_hover(day, words)] if day["state"] == "partial" else []
    lines += [words("hover_plan", value=words.number(day["planned"]))] if pd.notna(day["planned"]) else []
    return "<br>".join([*lines, words(f"day_type.{day['day_type']}")])


def message(table: pd.DataFrame, words: Words) -> str:
    """Return what the days counted in full brought beside the plan for them, and how many were not."""
    full, states = table[table["state"] == "counted"], table["state"].value_counts()
    lacking = words.lacking(int(states.get("missing", 0)), int(states.get("partial", 0)))
    if full.empty:
        return lacking or words("lacking.closed")
    fields = {"days": words.number(len(full)), "mean": words.number(full["visitors"].mean())}
    if full["planned"].isna().any():
        first = words("message_counted", **fields)
    else:
        first = words("message_planned", planned=words.number(full["planned"].astype("float64").mean()), **fields)
    return words.sentences(filter(None, [first, lacking]))
