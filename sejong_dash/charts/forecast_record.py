"""Draw what was forecast on earlier days of this season for the count at as-of, against what came."""

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from sejong_dash import theme
from sejong_dash.basis import weakest
from sejong_dash.choices import Choices
from sejong_dash.datasets import Tables
from sejong_dash.measures.season.forecast_record import forecast_record
from sejong_dash.measures.season.season import season_of
from sejong_dash.words import Words

from . import _days


def table(choices: Choices, tables: Tables) -> pd.DataFrame:
    """Return one row for each earlier day whose forecast is compared; none where too little is counted.

    Columns: made_on, forecast, low, high (80 %), actual (visitors by the end of the last day counted in full), is_held (whether
    the interval holds it), basis, source_id.
    """
    now = season_of(tables, choices)
    if not len(now.days):
        return pd.DataFrame()
    table = forecast_record(tables, choices)
    if table.empty:
        return pd.DataFrame()
    past = tables.reference_seasons()
    return table.assign(
        is_held=table["actual"].between(table["low"], table["high"]),
        basis=weakest([now.basis(*now.by_day["basis"].dropna()), now.weights_basis, *past["basis"]]),
        source_id=now.source(*now.by_day["source_id"].dropna(), now.weights_source, *past["source_id"]),
    )


def draw(table: pd.DataFrame, words: Words) -> go.Figure:
    """Draw the medians of the forecasts over the days they were made on, their intervals as a band, and what came."""
    figure = theme.figure(words.lang, height=260)
    days = table["made_on"].tolist()
    _days.add_interval(figure, days, table["low"].tolist(), table["high"].tolist(), words("band"), theme.DONE_SOFT)
    figure.add_scatter(
        x=days,
        y=table["forecast"],
        name=words("made"),
        mode="lines+markers",
        line={"color": theme.DONE, "width": 2, "dash": "dash"},
        marker={"color": theme.DONE, "size": 8},
        hovertext=[_hover(row, words) for row in table.to_dict("records")],
        hovertemplate="%{hovertext}<extra></extra>",
    )
    figure.add_scatter(
        x=table["made_on"],
        y=table["actual"],
        name=words("came"),
        mode="lines+markers",
        line={"color": theme.PLAN, "width": 2},
        marker={"symbol": "diamond", "size": 7, "color": theme.PLAN},
        hovertemplate=words("came_hover"),
    )
    figure.update_xaxes(**theme.weeks(table["made_on"], words.days))
    figure.update_yaxes(_days.visitors_axis(words))
    return figure


def _hover(row: Mapping[Hashable, Any], words: Words) -> str:
    values = {name: words.number(row[name]) for name in ("forecast", "low", "high")}
    return words("hover", date=words.short_date(row["made_on"]), **values)


def message(table: pd.DataFrame, words: Words) -> str:
    """Return how often the interval held what came, and by how much the median was off."""
    off = ((table["forecast"] - table["actual"]) / table["actual"]).abs().median()
    held, made = words.number(table["is_held"].sum()), words.number(len(table))
    return words("message", held=held, made=made, off=words.percent(float(off)))
