"""How many have come in all, how many should have, and how many will have by the last day?"""

import pandas as pd
import plotly.graph_objects as go

from .. import theme
from ..basis import weakest
from ..choices import Choices
from ..datasets import day_weights, goals, plans, prefectures, reference_seasons, visitors
from ..measures import figures
from ..measures.forecast import forecast
from ..measures.season import season
from ..words import Words
from . import _days

_PLAN = ["planned", "planned_cumulative", "straight_cumulative"]


def table(choices: Choices) -> pd.DataFrame:
    """One row for each day of the plan: date, day_number, day_type, visitors, cumulative, planned, planned_cumulative,
    straight_cumulative, forecast, low, high, basis, source_id.

    `visitors` and `cumulative` are blank after as-of; `visitors` also on days that were not counted, where `cumulative`
    goes on from the day before. `planned` is the plan curve's part of the day, blank without a goal. `forecast` is the
    count reached at the end of each day left, `low` … `high` its 80 % interval; blank where it is too early for one.
    """
    now = season(choices, plans.load(), goals.load(), prefectures.load(), visitors.load(choices.sample), day_weights.load())
    if not len(now.days) or (now.curve is None and not now.counted):
        return pd.DataFrame()
    by_day = now.by_day.set_index("date").reindex(now.days)
    shown = (now.days <= pd.Timestamp(choices.as_of)) & now.counted
    table = pd.DataFrame(
        {
            "date": now.days,
            "day_number": range(1, len(now.days) + 1),
            "day_type": now.calendar["day_type"],
            "visitors": by_day["visitors"].to_numpy(),
            "cumulative": by_day["visitors"].fillna(0).cumsum().where(shown).to_numpy(),
        }
    )
    if now.curve is None:
        table[_PLAN] = float("nan")
    else:
        table[_PLAN] = now.curve[_PLAN].to_numpy()
    past = reference_seasons.load()
    seen = forecast(now.by_day, now.days[0], now.days[-1], choices.as_of, day_weights=now.weights, reference=past)
    ahead = seen.cumulative.set_index("date").reindex(now.days)
    table["forecast"], table["low"], table["high"] = (
        ahead[column].astype("float64").round(1).to_numpy() for column in ("visitors", "low", "high")
    )
    of_forecast = [weakest(now.by_day["basis"].dropna()), now.weights_basis, *past["basis"]] if seen.known else []
    sources_of_forecast = [*now.by_day["source_id"].dropna(), now.weights_source, *past["source_id"]] if seen.known else []
    left = table["forecast"].notna()
    table["basis"] = [now.basis(said, *(of_forecast if later else [])) for said, later in zip(by_day["basis"], left, strict=True)]
    table["source_id"] = [
        now.source(said, *(sources_of_forecast if later else [])) for said, later in zip(by_day["source_id"], left, strict=True)
    ]
    return table


def draw(table: pd.DataFrame, words: Words) -> go.Figure:
    """The count as a line to as-of, its forecast as a band to the last day, the plan curve behind; gaps as open marks."""
    figure = theme.figure(words.lang, height=400)
    notes = theme.Notes()
    dates, opening = [words.short_date(day) for day in table["date"]], table["date"].iloc[0]
    counted, ahead = table[table["cumulative"].notna()], table[table["forecast"].notna()]
    _golden_week(table, notes, words)
    if len(ahead):  # first, for the plan curve must be seen on it
        days = [counted["date"].iloc[-1], *ahead["date"]]
        high, low = ([counted["cumulative"].iloc[-1], *ahead[column]] for column in ("high", "low"))
        _days.interval(figure, days, low, high, words("band"), theme.DONE_SOFT)
    if table["planned_cumulative"].notna().any():
        for column, kind, key, look in (
            ("straight_cumulative", "straight", "straight_line", {"color": theme.REST, "width": 1, "dash": "dot"}),
            ("planned_cumulative", "planned", "plan_line", {"color": theme.PLAN, "width": 1.75, "dash": "dash"}),
        ):
            figure.add_scatter(
                x=table["date"],
                y=table[column],
                ids=[figures.until(opening, day, kind) for day in table["date"]],
                name=words(key),
                mode="lines",
                line=look,
                customdata=dates,
                hovertemplate=words(f"hover.{key}"),
            )
        goal = table["planned_cumulative"].iloc[-1]
        _days.goal(notes, goal, words("goal_end", goal=words.number(goal)))
    if len(ahead):
        _forecast(figure, notes, counted, ahead, opening, words)
    if len(counted):
        _counted(figure, notes, counted, len(table), words)
    figure.update_xaxes(**theme.weeks(table["date"], words.days))
    figure.update_yaxes(_days.visitors_axis())
    notes.write(figure)
    return figure


def _golden_week(table: pd.DataFrame, notes: theme.Notes, words: Words) -> None:
    look = {"yref": "paper", "y": 0.01, "yanchor": "bottom", "font": {"color": theme.MUTED, "size": 11}}
    for first, last in _days.golden_weeks(notes, table):
        notes.text(x=first + (last - first) / 2, text=words("day_type.golden_week"), **look)


def _forecast(
    figure: go.Figure, notes: theme.Notes, counted: pd.DataFrame, ahead: pd.DataFrame, opening: pd.Timestamp, words: Words
) -> None:
    """The line in the middle of it, and where it ends."""
    said = [
        words(
            "forecast_hover",
            date=words.short_date(row.date),
            value=words.number(row.forecast),
            low=words.number(row.low),
            high=words.number(row.high),
        )
        for row in ahead.itertuples()
    ]
    figure.add_scatter(
        x=[counted["date"].iloc[-1], *ahead["date"]],
        y=[counted["cumulative"].iloc[-1], *ahead["forecast"]],
        ids=["", *(figures.until(opening, day, "forecast") for day in ahead["date"])],
        name=words("forecast_line"),
        mode="lines",
        line={"color": theme.DONE, "width": 2, "dash": "dash"},
        hovertext=["", *said],
        hovertemplate="%{hovertext}<extra></extra>",
    )
    end = ahead.iloc[-1]
    notes.text(
        x=end["date"],
        y=end["high"],
        text=words("forecast_end", value=words.number(end["forecast"])),
        xanchor="right",
        yanchor="bottom",
        yshift=2,
        font={"color": theme.DONE, "size": 13},
    )


def _counted(figure: go.Figure, notes: theme.Notes, counted: pd.DataFrame, days: int, words: Words) -> None:
    figure.add_scatter(
        x=counted["date"],
        y=counted["cumulative"],
        ids=[figures.until(counted["date"].iloc[0], day) for day in counted["date"]],
        name=words("counted_line"),
        mode="lines",
        line={"color": theme.DONE, "width": 3},
        customdata=[words.short_date(day) for day in counted["date"]],
        hovertemplate=words("counted_hover"),
    )
    missing = counted[counted["visitors"].isna()]
    if len(missing):
        figure.add_scatter(
            x=missing["date"],
            y=missing["cumulative"],
            ids=[figures.until(counted["date"].iloc[0], day) for day in missing["date"]],
            name=words("missing"),
            mode="markers",
            marker={"symbol": "circle-open", "color": theme.MISSING, "size": 10, "line": {"width": 2}},
            customdata=[words.short_date(day) for day in missing["date"]],
            hovertemplate=words("missing_hover"),
        )
    end = counted.iloc[-1]
    figure.add_scatter(
        x=[end["date"]],
        y=[end["cumulative"]],
        mode="markers",
        marker={"color": theme.DONE, "size": 9},
        hoverinfo="skip",
        showlegend=False,
    )
    early = end["day_number"] < 0.7 * days
    notes.text(
        x=end["date"],
        y=end["cumulative"],
        text=words("amount.visitors", value=words.number(end["cumulative"])),
        xanchor="left" if early else "right",
        yanchor="top" if early else "bottom",
        xshift=8 if early else -8,
        yshift=-4 if early else 6,
        font={"color": theme.DONE, "size": 14},
    )


def message(table: pd.DataFrame, words: Words) -> str:
    """Where the count stands against the plan curve, and where it will stand on the last day."""
    counted, goal = table[table["cumulative"].notna()], table["planned_cumulative"].iloc[-1]
    if counted.empty:
        return words("message_plan", goal=words.number(goal), days=words.number(len(table)))
    end = counted.iloc[-1]
    total, date = words.number(end["cumulative"]), words.date(end["date"])
    last = table.iloc[-1]
    if pd.isna(goal):
        said = words("message_counted", total=total, date=date)
    else:
        on_count = counted[counted["visitors"].notna()]
        gap = float(end["cumulative"] - on_count["planned"].sum())
        over = end["day_number"] == len(table)
        gap = float(end["cumulative"] - goal) if over else gap
        side = "ahead" if gap >= 0 else "behind"
        key = f"result.{side}" if over else f"message.{side}"
        share = words.percent(end["cumulative"] / goal) if goal else ""
        said = words(key, total=total, date=date, gap=words.number(abs(gap)), goal=words.number(goal), share=share)
    if pd.notna(last["forecast"]):
        figures = {"total": last["forecast"], "low": last["low"], "high": last["high"]}
        key = "forecast_alone" if pd.isna(goal) else f"forecast_{_against(last, goal)}"
        said += words(key, **{name: words.number(value) for name, value in figures.items()})
    return said


def _against(last: pd.Series, goal: float) -> str:
    """Where the goal lies: above the interval, below it, or within."""
    return "short" if last["high"] < goal else "over" if last["low"] >= goal else "open"
