"""Draw the running total of visitors, the plan curve, and the forecast to the last day."""

import pandas as pd
import plotly.graph_objects as go

from sejong_dash import theme
from sejong_dash.basis import weakest
from sejong_dash.choices import Choices
from sejong_dash.datasets import Tables
from sejong_dash.measures import figure_codes as figures
from sejong_dash.measures.goal import share_pct
from sejong_dash.measures.season.outlook import outlook_of
from sejong_dash.measures.season.season import season_of
from sejong_dash.words import Words

from . import _days

JUDGES_PACE = True
_PLAN = ["planned", "planned_cumulative", "straight_cumulative"]


def table(choices: Choices, tables: Tables) -> pd.DataFrame:
    """Return one row for each day of the plan; none without days, or with neither a plan curve nor a count.

    Columns: date, day_number, day_type, visitors, cumulative, state, due, days_gone, lacking, planned, planned_cumulative,
    straight_cumulative, forecast, low, high, low_50, high_50, basis, source_id.

    `visitors` and `cumulative` are blank after as-of and before the first count; `visitors` also on days that were not counted,
    where `cumulative` goes on from the day before. `state` is counted, partial, missing or ahead; `due` the running total that
    the plan asks of what was counted. `lacking` names the days whose counts are wanted where no verdict is given. `planned` is
    the plan curve's part of the day, blank without a goal. `forecast` is the count reached at the end of each day left,
    `low` … `high` its 80 % interval, `low_50` … `high_50` that of 50 %; blank where it is too early for one.
    """
    now = season_of(tables, choices)
    if not len(now.days) or (now.curve is None and not now.has_counts):
        return pd.DataFrame()
    by_day = now.by_day.set_index("date").reindex(now.days)
    shown = (now.days <= pd.Timestamp(choices.as_of)) & by_day["visitors"].notna().cummax()
    table = pd.DataFrame(
        {
            "date": now.days,
            "day_number": range(1, len(now.days) + 1),
            "day_type": now.calendar["day_type"],
            "visitors": by_day["visitors"].to_numpy(),
            "cumulative": by_day["visitors"].fillna(0).cumsum().where(shown).to_numpy(),
            "state": by_day["state"].fillna("ahead").to_numpy(),
            "due": (by_day["due"].astype("Int64") if now.curve is not None else pd.Series(pd.NA, now.days, "Int64")).to_numpy(),
            "days_gone": now.pace.days_gone,
            "lacking": now.lacking,
        }
    )
    if now.curve is None:
        table[_PLAN] = float("nan")
    else:
        table[_PLAN] = now.curve[_PLAN].to_numpy()
    past = tables.reference_seasons()
    forecast = outlook_of(tables, choices)
    ahead = forecast.cumulative.set_index("date").reindex(now.days)
    table["forecast"], table["low"], table["high"] = (ahead[column].to_numpy() for column in ("visitors", "low", "high"))
    inner = forecast.inner().set_index("date").reindex(now.days)
    table["low_50"], table["high_50"] = (inner[column].round().to_numpy() for column in ("low", "high"))
    of_forecast = [weakest(now.by_day["basis"].dropna()), now.weights_basis, *past["basis"]] if forecast.is_known else []
    sources_of_forecast = [*now.by_day["source_id"].dropna(), now.weights_source, *past["source_id"]] if forecast.is_known else []
    left = table["forecast"].notna()
    table["basis"] = [
        now.basis(basis, *(of_forecast if is_left else [])) for basis, is_left in zip(by_day["basis"], left, strict=True)
    ]
    table["source_id"] = [
        now.source(source, *(sources_of_forecast if is_left else []))
        for source, is_left in zip(by_day["source_id"], left, strict=True)
    ]
    return table


def draw(table: pd.DataFrame, words: Words) -> go.Figure:
    """Draw the count as a line to as-of, its forecast with a band to the last day, the plan curve behind, gaps as open marks."""
    figure = theme.figure(words.lang, height=400)
    notes = theme.Notes()
    dates, opening = [words.short_date(day) for day in table["date"]], table["date"].iloc[0]
    counted, ahead = table[table["cumulative"].notna()], table[table["forecast"].notna()]
    _add_golden_weeks(table, notes, words)
    if len(ahead):  # first, for the plan curve must be seen on it
        days = [counted["date"].iloc[-1], *ahead["date"]]
        edges = ("high", "low", "high_50", "low_50")
        high, low, high_50, low_50 = ([counted["cumulative"].iloc[-1], *ahead[column]] for column in edges)
        _days.add_interval(figure, days, low, high, words("band"), theme.DONE_SOFT)
        _days.add_interval(figure, days, low_50, high_50, words("band_50"), theme.DONE_MIDDLE)
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
        _days.add_goal(notes, goal, words("goal_end", goal=words.number(goal)))
    ends = [float(line.iloc[-1]) for line in (counted["cumulative"], ahead["forecast"]) if len(line)]
    top = _days.top_of(float(table["planned_cumulative"].iloc[-1]), *ends)
    if len(ahead):
        _add_forecast(figure, notes, counted, ahead, opening, top, words)
        _days.add_interval_end(notes, ahead["date"].iloc[-1], high[-1], top, words("band_beyond", high=words.number(high[-1])))
    if len(counted):
        _add_counted(figure, notes, counted, len(table), top, words)
    figure.update_xaxes(**theme.weeks(table["date"], words.days))
    figure.update_yaxes(_days.visitors_axis(words), range=[0, top])
    notes.write(figure)
    return figure


def _add_golden_weeks(table: pd.DataFrame, notes: theme.Notes, words: Words) -> None:
    look = {"yref": "paper", "y": 0.01, "yanchor": "bottom", "font": {"color": theme.MUTED, "size": 11}}
    for first, last in _days.add_golden_weeks(notes, table):
        notes.text(x=first + (last - first) / 2, text=words("day_type.golden_week"), **look)


def _add_forecast(
    figure: go.Figure,
    notes: theme.Notes,
    counted: pd.DataFrame,
    ahead: pd.DataFrame,
    opening: pd.Timestamp,
    top: float,
    words: Words,
) -> None:
    """Draw the forecast as a line, with where it ends."""
    hovers = [
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
        hovertext=["", *hovers],
        hovertemplate="%{hovertext}<extra></extra>",
    )
    value = words("forecast_end", value=words.number(ahead["forecast"].iloc[-1]))
    line = [counted["cumulative"].iloc[-1], *ahead["low"]]  # below the band, on whose green it would be hard to read
    _days.add_end_label(notes, ahead["date"].tolist(), line, top, value, theme.DONE)


def _add_counted(figure: go.Figure, notes: theme.Notes, counted: pd.DataFrame, days: int, top: float, words: Words) -> None:
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
    partial = counted[counted["state"] == "partial"]
    if len(partial):
        figure.add_scatter(
            x=partial["date"],
            y=partial["cumulative"],
            ids=[figures.until(counted["date"].iloc[0], day) for day in partial["date"]],
            name=words("lacking.partial_day"),
            mode="markers",
            marker={"symbol": "diamond-open", "color": theme.MISSING, "size": 10, "line": {"width": 2}},
            customdata=[words.short_date(day) for day in partial["date"]],
            hovertemplate=words("counted_hover"),
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
    is_early = end["day_number"] < 0.7 * days
    is_below = is_early and not _days.is_low(end["cumulative"], top)
    notes.text(
        x=end["date"],
        y=end["cumulative"],
        text=words("amount.visitors", value=words.number(end["cumulative"])),
        xanchor="left" if is_early else "right",
        yanchor="top" if is_below else "bottom",
        xshift=8 if is_early else -8,
        yshift=-4 if is_below else 6,
        font={"color": theme.DONE, "size": 14},
    )


def message(table: pd.DataFrame, words: Words) -> str:
    """Return where the count stands against the plan curve, and where the forecast ends."""
    counted, goal = table[table["cumulative"].notna()], table["planned_cumulative"].iloc[-1]
    if counted.empty and table["days_gone"].iloc[0] == len(table):
        return words("lacking.closed")
    if counted.empty:
        return words("message_plan", goal=words.number(goal), days=words.number(len(table)))
    end = counted.iloc[-1]
    total, date = words.number(end["cumulative"]), words.date(end["date"])
    last = table.iloc[-1]
    if pd.isna(goal):
        text = words("message_counted", total=total, date=date)
    elif table["lacking"].iloc[0]:
        counted_so_far = words("message_so_far", total=total, date=date)
        return words.sentences([counted_so_far, words.withheld(table["lacking"].iloc[0], int(table["days_gone"].iloc[0]))])
    else:
        is_over = end["day_number"] == len(table)
        gap = float(end["cumulative"] - (goal if is_over else end["due"]))
        side = "ahead" if gap >= 0 else "behind"
        key = f"result.{side}" if is_over else f"message.{side}"
        share = words.percent(share_pct(end["cumulative"], goal) / 100) if goal else ""
        text = words(key, total=total, date=date, gap=words.number(abs(gap)), goal=words.number(goal), share=share)
    if pd.notna(last["forecast"]):
        figures = {"total": last["forecast"], "low": last["low"], "high": last["high"]}
        key = "forecast_alone" if pd.isna(goal) else f"forecast_{_against(last, goal)}"
        text += words(key, **{name: words.number(value) for name, value in figures.items()})
    states = counted["state"].value_counts()
    return words.sentences(filter(None, [text, words.lacking(int(states.get("missing", 0)), int(states.get("partial", 0)))]))


def _against(last: pd.Series, goal: float) -> str:
    """Return where the interval lies against the goal: short of it, over it, or around it (open)."""
    return "short" if last["high"] < goal else "over" if last["low"] >= goal else "open"
