"""By which channel did they come?"""

import pandas as pd
import plotly.graph_objects as go

from .. import theme
from ..choices import Choices
from ..datasets import plans, visitors
from ..measures import counts, figures, plan
from ..words import Words


def table(choices: Choices) -> pd.DataFrame:
    """One row for each channel, most visitors first: channel, visitors, share_pct, basis, source_id."""
    days = plan.days(plan.chosen(plans.load(), choices.plan))
    known = counts.known(visitors.load(choices.sample), choices.as_of, choices.prefecture)
    came = counts.by(known, days, "channel")
    came.insert(2, "share_pct", (100 * came["visitors"] / max(int(came["visitors"].sum()), 1)).astype("float64").round(2))
    return came


def draw(table: pd.DataFrame, words: Words) -> go.Figure:
    """A bar for each channel with its number and share."""
    figure = theme.figure(words.lang, height=40 + 64 * len(table), showlegend=False, hovermode="closest")
    # the figures stand below the name, where they fit on a phone too
    said = [
        words("bar", name=_name(row.channel, words), value=words.number(row.visitors), share=words.percent(row.share_pct / 100))
        for row in table.itertuples()
    ]
    codes = [figures.of_channel(channel) for channel in table["channel"]]
    # the pointer is told nothing that is not written there; a press still asks for the receipt
    figure.add_bar(y=said, x=table["visitors"], ids=codes, orientation="h", marker={"color": theme.DONE}, hoverinfo="none")
    figure.update_yaxes(autorange="reversed", showgrid=False, tickfont={"color": theme.INK, "size": 13})
    figure.update_xaxes(visible=False, rangemode="tozero")
    return figure


def _name(channel: object, words: Words) -> str:
    if not isinstance(channel, str):
        return words("channel_unknown")
    return words(f"channel.{channel}") if words.has(f"channel.{channel}") else channel


def message(table: pd.DataFrame, words: Words) -> str:
    """What the chart says in one sentence."""
    first = table.iloc[0]
    return words(
        "message",
        name=_name(first["channel"], words),
        share=words.percent(first["share_pct"] / 100),
        value=words.number(first["visitors"]),
    )
