"""How many came from each prefecture, and how many should have?"""

import pandas as pd
import plotly.graph_objects as go

from .. import theme
from ..basis import joined, weakest
from ..choices import Choices
from ..datasets import goals, plans, prefectures, visitors
from ..measures import counts, goal, plan
from ..words import Words


def table(choices: Choices) -> pd.DataFrame:
    """One row for each prefecture and one for those not known: jis_code, name, visitors, goal, share_pct, basis, source_id.

    Most visitors first; `goal` is the prefecture's part of the whole goal, by population unless one is stated.
    """
    places = prefectures.load()
    days = plan.days(plan.chosen(plans.load(), choices.plan))
    known = counts.known(visitors.load(choices.sample), choices.as_of, choices.prefecture)
    came = counts.by(known, days, "jis_code").rename(columns={"basis": "count_basis", "source_id": "count_source"})
    shares = goal.by_prefecture(goals.load(), choices.plan, places)
    if shares is None and came.empty:
        return pd.DataFrame()
    named = places[["jis_code", f"name_{choices.lang}"]].rename(columns={f"name_{choices.lang}": "name"})
    if choices.prefecture:
        named = named[named["jis_code"] == choices.prefecture]
    rows = named.merge(came, on="jis_code", how="outer" if choices.prefecture is None else "left")
    if shares is not None:
        rows = rows.merge(shares, on="jis_code", how="left")
    else:
        rows = rows.assign(goal=pd.NA, basis=pd.NA, source_id=pd.NA)
    if len(came):
        rows["visitors"] = rows["visitors"].fillna(0)  # the day was counted: nobody from there
    rows["share_pct"] = (100 * rows["visitors"] / rows["goal"]).astype("Float64").round(2)
    rows["basis"] = [weakest(pair) for pair in zip(rows["count_basis"], rows["basis"], strict=True)]
    rows["source_id"] = [joined(pair) for pair in zip(rows["count_source"], rows["source_id"], strict=True)]
    order = rows["visitors"].fillna(rows["goal"] if rows["visitors"].isna().all() else 0)
    columns = ["jis_code", "name", "visitors", "goal", "share_pct", "basis", "source_id"]
    return rows.loc[order.sort_values(ascending=False, kind="stable").index, columns].reset_index(drop=True)


def draw(table: pd.DataFrame, words: Words) -> go.Figure:
    """A bar for each prefecture with a tick at its part of the goal, the most visitors on top."""
    names = table["name"].fillna(words("prefecture.unknown"))
    figure = theme.figure(words.lang, height=90 + 19 * len(table), hovermode="closest", bargap=0.3)
    hover = [_hover(row, name, words) for row, name in zip(table.itertuples(), names, strict=True)]
    if table["visitors"].notna().any():
        figure.add_bar(
            y=names,
            x=table["visitors"],
            orientation="h",
            name=words("counted"),
            marker={"color": theme.DONE},
            hovertext=hover,
            hovertemplate="%{hovertext}<extra></extra>",
        )
    if table["goal"].notna().any():
        figure.add_scatter(
            y=names,
            x=table["goal"],
            mode="markers",
            name=words("goal"),
            hovertext=hover,
            hovertemplate="%{hovertext}<extra></extra>",
            marker={"symbol": "line-ns", "size": 13, "line": {"width": 2.5, "color": theme.MISSING}},
        )
    figure.update_yaxes(range=[len(table) - 0.4, -0.6], showgrid=False, dtick=1, tickfont={"size": 12, "color": theme.INK})
    figure.update_xaxes(rangemode="tozero", tickformat=",d", nticks=6, showgrid=True, side="top")
    figure.update_layout(legend={"y": 1 + 34 / (19 * len(table)), "x": 0}, margin={"t": 66})
    return figure


def _hover(row: object, name: str, words: Words) -> str:
    if pd.isna(row.visitors):  # type: ignore[attr-defined]
        return words("hover_goal", name=name, goal=words.number(row.goal))  # type: ignore[attr-defined]
    came = words.number(row.visitors)  # type: ignore[attr-defined]
    if pd.isna(row.goal):  # type: ignore[attr-defined]
        return words("hover_counted", name=name, came=came)
    return words("hover", name=name, came=came, goal=words.number(row.goal), share=words.percent(row.share_pct / 100))  # type: ignore[attr-defined]


def message(table: pd.DataFrame, words: Words) -> str:
    """What the chart says in one sentence."""
    if table["visitors"].isna().all():
        first = table.iloc[0]
        return words("message_goal", name=first["name"], goal=words.number(first["goal"]))
    known = table[table["name"].notna()]
    if len(known) == 1 or table["goal"].isna().all():
        first = known.iloc[0]
        return words("hover_counted", name=first["name"], came=words.number(first["visitors"]))
    top = words("comma").join(known["name"].head(3))
    short = known.loc[(known["goal"] - known["visitors"]).astype("float64").idxmax()]
    return words("message", top=top, name=short["name"], gap=words.number(short["goal"] - short["visitors"]))
