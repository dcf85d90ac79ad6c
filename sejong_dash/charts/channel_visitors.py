"""Draw the visitors of each channel."""

import pandas as pd
import plotly.graph_objects as go

from sejong_dash import theme
from sejong_dash.choices import Choices
from sejong_dash.datasets import Tables
from sejong_dash.measures import figure_codes, plan
from sejong_dash.measures.season import counts_as_of
from sejong_dash.words import Words

NARROWED_BY = ("on",)


def table(choices: Choices, tables: Tables) -> pd.DataFrame:
    """Return one row for each channel, most visitors first: channel, visitors, share_pct, basis, source_id.

    Of the day that is chosen, or of all days up to as-of.
    """
    days = plan.days(plan.chosen(tables.plans(), choices.plan))
    days = days if choices.on is None else days[days == pd.Timestamp(choices.on)]
    known = counts_as_of.known(tables.visitors(choices.sample), choices.as_of, choices.prefecture)
    channels = counts_as_of.by(known, days, "channel")
    channels.insert(
        2, "share_pct", (100 * channels["visitors"] / max(int(channels["visitors"].sum()), 1)).astype("float64").round(2)
    )
    return channels


def draw(table: pd.DataFrame, words: Words) -> go.Figure:
    """Draw a bar for each channel with its number and share."""
    figure = theme.figure(words.lang, height=40 + 64 * len(table), showlegend=False, hovermode="closest")
    # the figures stand below the name, where they fit on a phone too
    labels = [
        words("bar", name=_name(row.channel, words), value=words.number(row.visitors), share=words.percent(row.share_pct / 100))
        for row in table.itertuples()
    ]
    codes = [figure_codes.of_channel(channel) for channel in table["channel"]]
    # the pointer would show only what is written there; a press still asks for the receipt
    figure.add_bar(y=labels, x=table["visitors"], ids=codes, orientation="h", marker={"color": theme.DONE}, hoverinfo="none")
    figure.update_yaxes(autorange="reversed", showgrid=False, tickfont={"color": theme.INK, "size": 13})
    figure.update_xaxes(visible=False, rangemode="tozero")
    return figure


def _name(channel: object, words: Words) -> str:
    if not isinstance(channel, str):
        return words("channel_unknown")
    return words(f"channel.{channel}") if words.has(f"channel.{channel}") else channel


def message(table: pd.DataFrame, words: Words) -> str:
    """Return what the chart says in one sentence."""
    first = table.iloc[0]
    return words(
        "message",
        name=_name(first["channel"], words),
        share=words.percent(first["share_pct"] / 100),
        value=words.number(first["visitors"]),
    )
