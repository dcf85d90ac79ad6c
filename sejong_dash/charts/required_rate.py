"""Draw what each day left must bring, beside what days of the same kinds bring at the recent level."""

import math
from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from sejong_dash import theme
from sejong_dash.choices import Choices
from sejong_dash.datasets import Tables
from sejong_dash.measures import figure_codes, goal
from sejong_dash.measures.goal import share_pct
from sejong_dash.measures.season.outlook import outlook_of
from sejong_dash.measures.season.pace import RECENT
from sejong_dash.measures.season.season import season_of
from sejong_dash.words import Words

from . import _days

JUDGES_PACE = True
_SHOWN = 14  # counted days before the days left


def table(choices: Choices, tables: Tables) -> pd.DataFrame:
    """Return one row for each day of the plan; none without days known to the day or without a goal.

    Columns: date, part, day_type, weight, visitors, needed, at_recent_level, cumulative, goal, goal_bound, days_gone, lacking,
    basis, source_id.

    `part` is counted, partial, missing (past, nothing counted) or left. `needed` spreads what the goal lacks over the days left
    by `weight`, in whole visitors that sum to it. `at_recent_level` is what the last seven days mean on a day left.
    `cumulative` is the count so far, and from there on the forecast. `lacking` names the days whose counts are wanted where no
    verdict is given.
    """
    now = season_of(tables, choices)
    if now.days.empty or now.goal is None or not now.goal.visitors:
        return now.by_day.iloc[:0]
    rows = now.calendar[["date", "day_type", "weight"]].merge(now.by_day, on="date", how="left")
    pace, past = now.pace, tables.reference_seasons()
    forecast = outlook_of(tables, choices)
    left = rows["date"] > pd.Timestamp(choices.as_of)
    counted = rows["visitors"].notna()
    needed = pd.Series(pd.NA, index=rows.index, dtype="Int64")
    if left.any() and pace.needed is not None and (now.has_counts or not pace.days_gone):
        needed[left] = goal.split(max(now.goal.visitors - pace.counted, 0), rows.loc[left, "weight"])
    level = math.nan if pace.level is None or pace.is_withheld else pace.level
    recent = (rows["weight"] * level).where(left)
    ahead = forecast.cumulative.set_index("date")["visitors"].reindex(rows["date"])
    so_far = rows["visitors"].fillna(0).cumsum().astype(float).where(counted.cummax() & ~left)
    # what is needed stands on all counts, where it ends on the forecast
    of_forecast = (past["basis"], past["source_id"]) if forecast.is_known else ((), ())
    basis, source = now.basis(*now.by_day["basis"], *of_forecast[0]), now.source(*now.by_day["source_id"], *of_forecast[1])
    of_day = zip(left, rows["basis"].fillna(now.plan["basis"]), rows["source_id"].fillna(now.plan["source_id"]), strict=True)
    origins = [
        (basis, source) if is_left else (now.basis(day_basis), now.source(day_source))
        for is_left, day_basis, day_source in of_day
    ]
    return pd.DataFrame(
        {
            "date": rows["date"],
            "part": rows["state"].fillna("left"),
            "day_type": rows["day_type"],
            "weight": rows["weight"],
            "visitors": rows["visitors"],
            "needed": needed,
            "at_recent_level": recent,
            "cumulative": so_far.where(~left, ahead.to_numpy()),
            "goal": now.goal.visitors,
            "goal_bound": now.goal.bound,
            "days_gone": pace.days_gone,
            "lacking": now.lacking,
            "basis": [basis for basis, _ in origins],
            "source_id": [source for _, source in origins],
        }
    )


def draw(table: pd.DataFrame, words: Words) -> go.Figure:
    """Draw the last counted days as solid bars, what each day left must bring as open ones, the recent level as steps."""
    figure = theme.figure(words.lang, height=380, hovermode="closest", barmode="overlay")
    counted, left = table[table["visitors"].notna()].tail(_SHOWN), table[table["part"] == "left"]
    partial, counted = counted[counted["part"] == "partial"], counted[counted["part"] == "counted"]
    missing = table[
        (table["part"] == "missing") & (table["date"] >= (counted["date"].min() if len(counted) else pd.Timestamp.max))
    ]
    shown = pd.concat([counted, partial, missing, left]).sort_values("date")
    if shown.empty:  # closed without any count: the days as they are, all of them open marks
        missing = shown = table
    open_bars = left[left["needed"] > 0]
    for part, days, column, look in (
        ("counted", counted, "visitors", {"color": theme.DONE}),
        ("partial", partial, "visitors", _days.hatched(theme.MISSING)),
        ("needed", open_bars, "needed", {"color": theme.MISSING_SOFT, "line": {"color": theme.MISSING, "width": 1.5}}),
    ):
        if len(days):
            figure.add_bar(
                x=days["date"],
                y=days[column],
                ids=[figure_codes.of_day(day, "needed" if part == "needed" else "counted") for day in days["date"]],
                width=_days.BAR,
                name=words("lacking.partial_day" if part == "partial" else part),
                marker=look,
                hovertext=[_hover(day, words) for day in days.to_dict("records")],
                hovertemplate="%{hovertext}<extra></extra>",
            )
    level = left[left["at_recent_level"].notna()]
    if len(level):
        figure.add_scatter(
            x=level["date"],
            y=level["at_recent_level"],
            ids=[figure_codes.of_day(day, "level") for day in level["date"]],
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
            ids=[figure_codes.of_day(day) for day in missing["date"]],
            name=words("missing"),
            mode="markers",
            cliponaxis=False,
            marker=_days.MISSING_MARK,
            hovertext=[words("missing_hover", date=words.short_date(day)) for day in missing["date"]],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    figure.update_xaxes(**theme.weeks(shown["date"], words.days))
    top = shown[["visitors", "needed", "at_recent_level"]].astype(float).max().max()
    figure.update_yaxes(_days.visitors_axis(words, top))
    figure.update_layout(legend={"font": {"size": 12}, "itemwidth": 30})
    return figure


def _hover(day: dict[str, Any], words: Words) -> str:
    date = words.short_date(day["date"])
    lines = [words("counted_hover", date=date, value=words.number(day["visitors"]))] if pd.notna(day["visitors"]) else []
    lines += [words("lacking.partial_day")] if day["part"] == "partial" else []
    if day["part"] == "left":
        lines.append(words("needed_hover", date=date, value=words.number(day["needed"])))
        if pd.notna(day["at_recent_level"]):
            lines.append(words("level_hover", value=words.number(day["at_recent_level"])))
    return "<br>".join([*lines, words(f"day_type.{day['day_type']}")])


@dataclass(frozen=True, slots=True)
class _Rate:
    """The figures of the message, from the table alone."""

    goal: int
    counted: int
    days_counted: int
    days_left: int
    days_missing: int
    days_partial: int
    closes_on: pd.Timestamp
    needed: int | None = None  # a day left, on average
    recent: float | None = None  # a day, among the last seven
    recent_days: str = ""  # the name of those days
    recent_alike: float | None = None  # a day, at the recent level on days of the kinds that are left
    reached_on: pd.Timestamp | None = None
    at_close: float | None = None
    goal_bound: object = None


def _rate(table: pd.DataFrame, words: Words) -> _Rate:
    counted, left = table[table["part"] == "counted"], table[table["part"] == "left"]
    past, parts = table[table["part"] != "left"], table["part"].value_counts()
    recent = counted[counted["date"] > past["date"].max() - pd.Timedelta(days=RECENT)] if len(past) else counted
    level = left["at_recent_level"].dropna()
    reached = table.loc[table["cumulative"] >= table["goal"], "date"]
    return _Rate(
        goal=int(table["goal"].iloc[0]),
        goal_bound=table["goal_bound"].iloc[0],
        counted=int(table["visitors"].sum()),
        days_counted=int(table["visitors"].notna().sum()),
        days_left=len(left),
        days_missing=int(parts.get("missing", 0)),
        days_partial=int(parts.get("partial", 0)),
        closes_on=table["date"].iloc[-1],
        needed=goal.a_day(int(left["needed"].sum()), len(left)) if len(left) and left["needed"].notna().all() else None,
        recent=float(recent["visitors"].mean()) if len(recent) else None,
        recent_days=words.recently(len(recent), min(RECENT, len(past))),
        recent_alike=float(level.mean()) if len(level) else None,
        reached_on=reached.iloc[0] if len(reached) else None,
        at_close=float(left["cumulative"].iloc[-1]) if len(left) and left["cumulative"].notna().all() else None,
    )


def message(table: pd.DataFrame, words: Words) -> str:
    """Return what each day left must bring, what the last seven brought, and where that leads."""
    rate = _rate(table, words)
    if table["lacking"].iloc[0]:
        return words.withheld(table["lacking"].iloc[0], int(table["days_gone"].iloc[0]))
    if not rate.days_left:
        text = _result(rate, words)
    elif rate.counted >= rate.goal and rate.reached_on is not None:
        reached = words.date(rate.reached_on)
        text = words("reached", goal=words.goal(rate.goal, rate.goal_bound), date=reached, counted=words.number(rate.counted))
    else:
        text = _outlook(rate, words)
    return words.sentences(filter(None, [text, words.lacking(rate.days_missing, rate.days_partial) if rate.days_counted else ""]))


def _result(rate: _Rate, words: Words) -> str:
    goal, counted = words.goal(rate.goal, rate.goal_bound), words.number(rate.counted)
    if not rate.days_counted:
        return words("closed_uncounted", goal=goal)
    key = "closed_reached" if rate.counted >= rate.goal else "closed_missed"
    gap = words.number(abs(rate.counted - rate.goal))
    share = words.percent(share_pct(rate.counted, rate.goal) / 100)
    return words(key, counted=counted, goal=goal, gap=gap, share=share)


def _outlook(rate: _Rate, words: Words) -> str:
    days, goal = words.number(rate.days_left), words.goal(rate.goal, rate.goal_bound)
    if rate.needed is None:
        return words("uncounted", days=days, goal=goal)
    need = words.number(rate.needed)
    if not rate.days_counted:
        return words("before", needed=need, days=days, goal=goal)
    text = words("needed_each", needed=need, days=days)
    if rate.recent is None or rate.recent_alike is None:
        text += words("stale")
    elif rate.recent_alike > 0:
        fields = {"recent": words.number(rate.recent), "like": words.number(rate.recent_alike), "days": rate.recent_days}
        more = rate.needed / rate.recent_alike - 1
        text += words("compared" if more > 0 else "compared_enough", more=words.percent(more, 0), **fields)
    else:
        text += words("nobody", days=rate.recent_days)
    if rate.reached_on is not None:
        return text + words("falls", date=words.date(rate.reached_on))
    if rate.at_close is None:
        return text
    return text + words("missed", gap=words.number(rate.goal - rate.at_close), date=words.date(rate.closes_on))
