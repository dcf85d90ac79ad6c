"""How many places are booked, and how firmly?"""

import pandas as pd
import plotly.graph_objects as go

from .. import theme
from ..choices import Choices
from ..datasets import bookings, plans
from ..datasets.bookings import STAGES
from ..measures import plan
from ..words import Words


def table(choices: Choices) -> pd.DataFrame:
    """One row for each stage in order: stage, visitors, for_days_to_come, basis, source_id.

    `visitors` have ever reached the stage by as-of, for any day of the plan; `for_days_to_come` those whose day of visit
    lies after as-of.
    """
    days, end = plan.days(plan.chosen(plans.load(), choices.plan)), pd.Timestamp(choices.as_of)
    booked = bookings.load(choices.sample)
    booked = booked[(booked["recorded_on"] <= end) & booked["visit_on"].isin(days)]
    if choices.prefecture:
        booked = booked[booked["jis_code"] == choices.prefecture]
    if booked.empty:
        return pd.DataFrame()
    come = booked[booked["visit_on"] > end]
    return pd.DataFrame(
        {
            "stage": STAGES,
            "visitors": booked.groupby("stage")["visitors"].sum().reindex(STAGES).fillna(0).to_numpy(),
            "for_days_to_come": come.groupby("stage")["visitors"].sum().reindex(STAGES).fillna(0).to_numpy(),
            "basis": "sample" if choices.sample else "reported",
            "source_id": "sample" if choices.sample else "bookings",
        }
    )


def draw(table: pd.DataFrame, words: Words) -> go.Figure:
    """A bar for each stage: days past solid, days to come pale with an outline."""
    figure = theme.figure(words.lang, height=300, barmode="stack", hovermode="closest")
    stages = [words("bar", name=words(f"stage.{row.stage}"), value=words.number(row.visitors)) for row in table.itertuples()]
    past = table["visitors"] - table["for_days_to_come"]
    for key, values, look in (  # the figures stand below the name, where they fit on a phone too
        ("past", past, {"color": theme.DONE}),
        ("to_come", table["for_days_to_come"], {"color": theme.DONE_SOFT, "line": {"color": theme.DONE, "width": 1}}),
    ):
        figure.add_bar(
            y=stages,
            x=values,
            orientation="h",
            name=words(key),
            marker=look,
            customdata=[words.number(v) for v in values],
            hovertemplate=words("hover", name=words(key)),
        )
    figure.update_yaxes(autorange="reversed", showgrid=False, tickfont={"color": theme.INK, "size": 13})
    figure.update_layout(legend={"traceorder": "normal"})
    figure.update_xaxes(visible=False, rangemode="tozero")
    return figure


def message(table: pd.DataFrame, words: Words) -> str:
    """What the chart says in one sentence."""
    by_stage = table.set_index("stage")
    return words(
        "message",
        lead=words.number(by_stage.loc["lead", "visitors"]),
        paid=words.number(by_stage.loc["paid", "visitors"]),
        come=words.number(by_stage.loc["paid", "for_days_to_come"]),
    )
