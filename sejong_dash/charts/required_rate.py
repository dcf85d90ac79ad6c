"""What must each day left bring, and how does that compare with the last days?"""

import math
from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from .. import theme
from ..choices import Choices
from ..datasets import day_weights, goals, plans, prefectures, visitors
from ..measures import figures, goal
from ..measures.pace import RECENT, pace
from ..measures.season import season
from ..words import Words
from . import _days

_SHOWN = 14  # counted days before the days left


def table(choices: Choices) -> pd.DataFrame:
    """One row for each day of the plan: date, part, day_type, weight, visitors, needed, at_recent_level, cumulative, goal,
    basis, source_id.

    `part` is counted, missing (past, nothing counted) or left. `needed` spreads what the goal lacks over the days left by
    `weight`, in whole visitors that sum to it. `at_recent_level` is what a day left brings if the last seven days go on, for
    its weight. `cumulative` is the count so far, and from there on with `at_recent_level`. Without days to the day or without
    a goal there are no rows.
    """
    all_visitors, weights = visitors.load(choices.sample), day_weights.load()
    now = season(choices, plans.load(), goals.load(), prefectures.load(), all_visitors, weights)
    if now.days.empty or now.wanted is None or not now.wanted.visitors:
        return now.by_day.iloc[:0]
    rows = now.calendar[["date", "day_type", "weight"]].merge(now.by_day, on="date", how="left")
    stands = pace(now.by_day, now.curve, now.weights, choices.as_of)
    left = rows["date"] > pd.Timestamp(choices.as_of)
    counted = rows["visitors"].notna()
    needed = pd.Series(pd.NA, index=rows.index, dtype="Int64")
    if left.any():
        needed[left] = goal.split(max(now.wanted.visitors - stands.counted, 0), rows.loc[left, "weight"])
    recent = (rows["weight"] * (math.nan if stands.level is None else stands.level)).where(left)
    so_far = rows["visitors"].fillna(0).cumsum().astype(float).where(counted.cummax() & ~left)
    basis, source = now.basis(*now.by_day["basis"]), now.source(*now.by_day["source_id"])  # what is needed hangs on all counts
    of_day = zip(left, rows["basis"].fillna(now.plan["basis"]), rows["source_id"].fillna(now.plan["source_id"]), strict=True)
    said = [(basis, source) if ahead else (now.basis(one), now.source(other)) for ahead, one, other in of_day]
    return pd.DataFrame(
        {
            "date": rows["date"],
            "part": pd.Series("missing", index=rows.index, dtype="str").mask(counted, "counted").mask(left, "left"),
            "day_type": rows["day_type"],
            "weight": rows["weight"],
            "visitors": rows["visitors"],
            "needed": needed,
            "at_recent_level": recent,
            "cumulative": so_far.where(~left, stands.counted + recent.cumsum()),
            "goal": now.wanted.visitors,
            "basis": [one for one, _ in said],
            "source_id": [one for _, one in said],
        }
    )


def draw(table: pd.DataFrame, words: Words) -> go.Figure:
    """The last counted days as solid bars, what each day left must bring as open ones, the recent level as a stepped line."""
    figure = theme.figure(words.lang, height=380, hovermode="closest", barmode="overlay")
    counted, left = table[table["part"] == "counted"].tail(_SHOWN), table[table["part"] == "left"]
    missing = table[
        (table["part"] == "missing") & (table["date"] >= (counted["date"].min() if len(counted) else pd.Timestamp.max))
    ]
    shown = pd.concat([counted, missing, left]).sort_values("date")
    if shown.empty:  # closed without any count: the days as they are, all of them open marks
        missing = shown = table
    open_bars = left[left["needed"] > 0]
    for part, some, column, look in (
        ("counted", counted, "visitors", {"color": theme.DONE}),
        ("needed", open_bars, "needed", {"color": theme.MISSING_SOFT, "line": {"color": theme.MISSING, "width": 1.5}}),
    ):
        if len(some):
            figure.add_bar(
                x=some["date"],
                y=some[column],
                ids=[figures.of_day(day, part) for day in some["date"]],
                width=_days.BAR,
                name=words(part),
                marker=look,
                hovertext=[_hover(day, words) for day in some.to_dict("records")],
                hovertemplate="%{hovertext}<extra></extra>",
            )
    level = left[left["at_recent_level"].notna()]
    if len(level):
        figure.add_scatter(
            x=level["date"],
            y=level["at_recent_level"],
            ids=[figures.of_day(day, "level") for day in level["date"]],
            name=words("at_recent_level"),
            mode="lines+markers",
            line={"color": theme.PLAN, "width": 1.5, "shape": "hvh"},
            marker={"symbol": "circle", "size": 5, "color": theme.PLAN},
            hovertext=[_hover(day, words) for day in level.to_dict("records")],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    if len(missing):
        figure.add_scatter(
            x=missing["date"],
            y=[0] * len(missing),
            ids=[figures.of_day(day) for day in missing["date"]],
            name=words("missing"),
            mode="markers",
            cliponaxis=False,
            marker={"symbol": "x-open", "size": 9, "color": theme.MISSING, "line": {"width": 2}},
            hovertext=[words("missing_hover", date=words.short_date(day)) for day in missing["date"]],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    figure.update_xaxes(**theme.weeks(shown["date"], words.days))
    top = shown[["visitors", "needed", "at_recent_level"]].astype(float).max().max()
    figure.update_yaxes(_days.visitors_axis(top))
    figure.update_layout(legend={"font": {"size": 12}, "itemwidth": 30})
    return figure


def _hover(day: dict[str, Any], words: Words) -> str:
    date = words.short_date(day["date"])
    said = [words("counted_hover", date=date, value=words.number(day["visitors"]))] if day["part"] == "counted" else []
    if day["part"] == "left":
        said.append(words("needed_hover", date=date, value=words.number(day["needed"])))
        if pd.notna(day["at_recent_level"]):
            said.append(words("level_hover", value=words.number(day["at_recent_level"])))
    return "<br>".join([*said, words(f"day_type.{day['day_type']}")])


@dataclass(frozen=True, slots=True)
class _Rate:
    """The figures of the message, worked out from the table alone."""

    goal: int
    counted: int
    days: int
    left: int
    missing: int
    closes_on: pd.Timestamp
    needed: float = 0.0  # a day left, on average
    recent: float | None = None  # a day, among the last seven
    like: float | None = None  # the same, for the kinds of the days left
    reached_on: pd.Timestamp | None = None
    at_close: float | None = None


def _rate(table: pd.DataFrame) -> _Rate:
    counted, left = table[table["part"] == "counted"], table[table["part"] == "left"]
    past = table[table["part"] != "left"]
    lately = counted[counted["date"] > past["date"].max() - pd.Timedelta(days=RECENT)] if len(past) else counted
    level = left["at_recent_level"].dropna()
    over = table.loc[table["cumulative"] >= table["goal"], "date"]
    return _Rate(
        goal=int(table["goal"].iloc[0]),
        counted=int(counted["visitors"].sum()),
        days=len(counted),
        left=len(left),
        missing=int((table["part"] == "missing").sum()),
        closes_on=table["date"].iloc[-1],
        needed=float(left["needed"].sum()) / len(left) if len(left) else 0.0,
        recent=float(lately["visitors"].mean()) if len(lately) else None,
        like=float(level.mean()) if len(level) else None,
        reached_on=over.iloc[0] if len(over) else None,
        at_close=float(left["cumulative"].iloc[-1]) if len(level) else None,
    )


def message(table: pd.DataFrame, words: Words) -> str:
    """What each day left must bring, what the last seven brought, and where that leads."""
    rate = _rate(table)
    if not rate.left:
        said = _result(rate, words)
    elif rate.counted >= rate.goal and rate.reached_on is not None:
        reached = words.date(rate.reached_on)
        said = words("reached", goal=words.number(rate.goal), date=reached, counted=words.number(rate.counted))
    else:
        said = _wanted(rate, words)
    return said + (words("without_missing", days=words.number(rate.missing)) if rate.missing and rate.days else "")


def _result(rate: _Rate, words: Words) -> str:
    goal, counted = words.number(rate.goal), words.number(rate.counted)
    if not rate.days:
        return words("closed_uncounted", goal=goal)
    key = "closed_reached" if rate.counted >= rate.goal else "closed_missed"
    gap = words.number(abs(rate.counted - rate.goal))
    return words(
        key, counted=counted, goal=goal, gap=gap, share=words.percent(math.floor(rate.counted * 1000 / rate.goal) / 1000)
    )


def _wanted(rate: _Rate, words: Words) -> str:
    need, days = words.number(math.ceil(rate.needed)), words.number(rate.left)
    if not rate.days:
        return words("uncounted" if rate.missing else "before", needed=need, days=days, goal=words.number(rate.goal))
    said = words("needed_each", needed=need, days=days)
    if rate.recent is None or rate.like is None or rate.at_close is None:
        return said + words("stale")
    recent, like = words.number(rate.recent), words.number(rate.like)
    if rate.like > 0:
        said += words("compared", recent=recent, like=like, ratio=words.number(rate.needed / rate.like, 2))
    else:
        said += words("nobody")
    if rate.reached_on is not None:
        return said + words("falls", date=words.date(rate.reached_on))
    return said + words("missed", gap=words.number(math.ceil(rate.goal - rate.at_close)), date=words.date(rate.closes_on))
