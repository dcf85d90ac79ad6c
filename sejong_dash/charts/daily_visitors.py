"""How many came on each day, what kind of day was it, and what should it have brought?"""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from .. import theme
from ..basis import joined, weakest
from ..choices import Choices
from ..datasets import day_weights, goals, milestones, plans, prefectures, programme, visitors
from ..measures import dated, figures
from ..measures.season import season
from ..words import Words
from . import _days

# The kind of a day by colour and, along the axis, by a mark of its own; a weekday has none.
_COLOURS = {
    "weekday": theme.REST,
    "weekend": theme.BLUE,
    "holiday_kr": theme.GREEN,
    "holiday_jp": theme.PURPLE,
    "golden_week": theme.ORANGE,
}
_MARKS = {"weekend": "circle", "holiday_kr": "square", "holiday_jp": "diamond", "golden_week": "star"}
_LANE, _TOP = 0.055, 0.06  # of the height: the marks below the bars, what happens above them


def table(choices: Choices) -> pd.DataFrame:
    """One row for each day of the plan: date, weekday, day_type, holiday_kr, holiday_jp, edge, milestones, state, shown,
    visitors, was, recorded_on, planned, cumulative, planned_cumulative, basis, source_id.

    `weekday` counts from Monday = 1. `edge` is opening or closing. `milestones` begin on that day. `state` is counted,
    missing (the day is past and nothing was counted) or ahead. `shown` is day or total, the same in every row.
    `cumulative` goes on over a missing day and is blank until the first count and after as-of. Without days, or with
    neither a count nor a goal, there are no rows.
    """
    all_visitors, weights = visitors.load(choices.sample), day_weights.load()
    now = season(choices, plans.load(), goals.load(), prefectures.load(), all_visitors, weights)
    if now.days.empty or not (now.counted or now.wanted):
        return now.by_day.iloc[:0]
    rows = now.calendar[["date", "day_type", "holiday_kr", "holiday_jp"]].merge(now.by_day, on="date", how="left")
    counted, past = rows["visitors"].notna(), rows["date"] <= pd.Timestamp(choices.as_of)
    events = _events(dated.placed(milestones.load(), programme.load()), choices).reindex(now.days)
    edge = (
        pd.Series("", index=rows.index, dtype="str").mask(rows.index == len(rows) - 1, "closing").mask(rows.index == 0, "opening")
    )
    planned = now.curve.set_index("date").reindex(now.days) if now.curve is not None else None
    blank = pd.Series(pd.NA, index=rows.index, dtype="Int64")
    said = rows["basis"].fillna(now.plan["basis"])  # of a day that was not counted the plan alone tells
    sources = rows["source_id"].fillna(now.plan["source_id"])
    return pd.DataFrame(
        {
            "date": rows["date"],
            "weekday": rows["date"].dt.day_of_week + 1,
            "day_type": rows["day_type"],
            "holiday_kr": rows["holiday_kr"],
            "holiday_jp": rows["holiday_jp"],
            "edge": edge,
            "milestones": events["title"].fillna("").to_numpy(),
            "state": pd.Series("ahead", index=rows.index, dtype="str").mask(past, "missing").mask(counted, "counted"),
            "shown": "total" if choices.running else "day",
            "visitors": rows["visitors"],
            "was": rows["was"],
            "recorded_on": rows["recorded_on"],
            "planned": blank if planned is None else planned["planned"].astype("Int64").to_numpy(),
            "cumulative": rows["visitors"].fillna(0).cumsum().where(past & counted.cummax()),
            "planned_cumulative": blank if planned is None else planned["planned_cumulative"].astype("Int64").to_numpy(),
            "basis": [now.basis(*both) for both in zip(said, events["basis"], strict=True)],
            "source_id": [now.source(*both) for both in zip(sources, events["source_id"], strict=True)],
        }
    )


def _events(rows: pd.DataFrame, choices: Choices) -> pd.DataFrame:
    """What begins on a day, by date: title, basis, source_id; only what is known to the day and ends with it known."""
    rows = rows[(rows["precision"] == "day") & rows["starts_on"].notna() & rows["ends_on"].notna()]
    if choices.prefecture:
        rows = rows[rows["jis_code"].isna() | (rows["jis_code"] == choices.prefecture)]
    by_day = rows.groupby("starts_on")
    title = by_day[f"title_{choices.lang}"].agg("; ".join)
    return pd.DataFrame({"title": title, "basis": by_day["basis"].agg(weakest), "source_id": by_day["source_id"].agg(joined)})


def draw(table: pd.DataFrame, words: Words) -> go.Figure:
    """A bar for each counted day, or the running total, against what the plan wants of it. Days not counted are open
    marks; days to come stand with their kind and the plan's share alone."""
    figure = theme.figure(words.lang, height=430, hovermode="closest", barmode="overlay")
    total = _running(table)
    value = table["cumulative"] if total else table["visitors"]
    _calendar(figure, table, words)
    (_area if total else _bars)(figure, table, words)
    wanted = table["planned_cumulative" if total else "planned"]
    if wanted.fillna(0).any():
        figure.add_scatter(
            x=table["date"],
            y=wanted,
            name=words("planned_total" if total else "planned"),
            mode="lines",
            line={"color": theme.PLAN, "width": 1.5, "dash": "dot", "shape": "linear" if total else "hvh"},
            hoverinfo="skip",
        )
    late, gaps = table[table["was"].notna()], table[table["state"] == "missing"]
    if len(late):
        look = {"symbol": "diamond", "size": 9, "color": theme.MISSING, "line": {"color": theme.PAPER, "width": 1.5}}
        _points(figure, late, value[late.index], words, name=words("corrected"), marker=look, ids=_codes(late, table))
    if len(gaps):
        look = {"symbol": "x-open", "size": 9, "color": theme.MISSING, "line": {"width": 2}}
        height = value[gaps.index].fillna(0) if total else [0] * len(gaps)
        _points(figure, gaps, height, words, name=words("missing"), marker=look, ids=_codes(gaps, table))
    figure.update_xaxes(**theme.weeks(table["date"], words.days), anchor="y2", showline=False)
    top = max(value.fillna(0).max(), wanted.fillna(0).max())
    figure.update_layout(
        legend={"font": {"size": 12}, "itemwidth": 30},
        yaxis={"domain": [_LANE, 1 - _TOP], **_days.visitors_axis(top)},
        yaxis2={"domain": [0, _LANE], "range": [0, 1], "visible": False, "fixedrange": True},
        yaxis3={"domain": [1 - _TOP, 1], "range": [0, 1], "visible": False, "fixedrange": True},
    )
    return figure


def _running(table: pd.DataFrame) -> bool:
    return bool(table["shown"].iloc[0] == "total")


def _codes(some: pd.DataFrame, table: pd.DataFrame) -> list[str]:
    """Which figure a mark of each of `some` days is: the day's, or the running total."""
    opening = table["date"].iloc[0]
    return [figures.until(opening, day) if _running(table) else figures.of_day(day) for day in some["date"]]


def _bars(figure: go.Figure, table: pd.DataFrame, words: Words) -> None:
    for kind, colour in _COLOURS.items():
        some = table[(table["day_type"] == kind) & table["visitors"].notna()]
        if len(some):
            figure.add_bar(
                x=some["date"],
                y=some["visitors"],
                ids=_codes(some, table),
                width=_days.BAR,
                name=words(f"day_type.{kind}"),
                marker={"color": colour},
                showlegend=kind not in _MARKS,  # its mark stands there with the same colour
                legendrank=1,
                hovertext=[_hover(row, words) for row in some.to_dict("records")],
                hovertemplate="%{hovertext}<extra></extra>",
            )


def _area(figure: go.Figure, table: pd.DataFrame, words: Words) -> None:
    so_far = table[table["cumulative"].notna()]
    if len(so_far):
        _points(
            figure,
            so_far,
            so_far["cumulative"],
            words,
            ids=_codes(so_far, table),
            name=words("counted_total"),
            mode="lines+markers",
            line={"color": theme.DONE, "width": 2.5},
            marker={"color": theme.DONE, "size": 5},
            fill="tozeroy",
            fillcolor=theme.DONE_SOFT,
        )


def _calendar(figure: go.Figure, table: pd.DataFrame, words: Words) -> None:
    """The kinds of the days as marks below, Golden Week shaded, opening, closing and milestones above."""
    half, high = pd.Timedelta(hours=12), {"yref": "paper", "y0": 0, "y1": 1, "layer": "below"}
    notes = theme.Notes()
    _days.golden_weeks(notes, table)
    edges = table[table["edge"] != ""]
    for day, kind in zip(edges["date"], edges["edge"], strict=True):
        opens = kind == "opening"
        at, side = (day - half, "left") if opens else (day + half, "right")
        notes.shape(type="line", x0=at, x1=at, line={"color": theme.AXIS, "width": 1, "dash": "dot"}, **high)
        if opens or len(table) > 1:
            notes.text(
                x=at,
                yref="paper",
                y=1 - _TOP / 2,
                text=words(f"edge.{kind}"),
                xanchor=side,
                yanchor="middle",
                xshift=24 if opens else -24,
                font={"color": theme.MUTED, "size": 11},
            )
    notes.write(figure)
    for kind, symbol in _MARKS.items():
        some = table[table["day_type"] == kind]
        if len(some):
            look = {"symbol": symbol, "size": 9 if symbol == "star" else 7, "color": _COLOURS[kind]}
            name = words(f"day_type.{kind}")
            _points(figure, some, [0.45] * len(some), words, yaxis="y2", name=name, legendrank=2, marker=look)
    some = table[table["milestones"] != ""]
    if len(some):
        look = {"symbol": "triangle-down", "size": 9, "color": theme.PLAN}
        name = words("milestone")
        _points(figure, some, [0.5] * len(some), words, yaxis="y3", name=name, legendrank=1001, marker=look)


def _points(figure: go.Figure, days: pd.DataFrame, height: Any, words: Words, **look: Any) -> None:
    """A mark for each of `days` that tells the pointer all of the day."""
    figure.add_scatter(
        x=days["date"],
        y=height,
        hovertext=[_hover(day, words) for day in days.to_dict("records")],
        hovertemplate="%{hovertext}<extra></extra>",
        cliponaxis=False,
        **{"mode": "markers", **look},
    )


def _hover(day: dict[str, Any], words: Words) -> str:
    """All that is known of a day."""
    date = words.short_date(day["date"])
    total = day["shown"] == "total"
    if day["state"] == "counted":
        said = [words("day_hover", date=date, value=words.number(day["visitors"]))]
        if pd.notna(day["was"]):
            was, since = words.number(day["was"]), words.day_month(day["recorded_on"])
            said.append(words("corrected_hover", was=was, now=words.number(day["visitors"]), date=since))
    else:
        said = [words(f"hover.{day['state']}", date=date)]
    if pd.notna(day["planned"]):
        said.append(words("planned_hover", value=words.number(day["planned"])))
    if total and pd.notna(day["cumulative"]):
        said.append(words("total_hover", value=words.number(day["cumulative"])))
    if total and pd.notna(day["planned_cumulative"]):
        said.append(words("planned_total_hover", value=words.number(day["planned_cumulative"])))
    said.append(words(f"day_type.{day['day_type']}"))
    for country in ("kr", "jp"):
        if day[f"holiday_{country}"]:
            said.append(words(f"holiday_hover_{country}", name=words.holiday(country, day[f"holiday_{country}"])))
    said += [words(f"edge.{day['edge']}")] if day["edge"] else []
    return "<br>".join([*said, *filter(None, day["milestones"].split("; "))])


def headline(table: pd.DataFrame, words: Words) -> str:
    """The big number: visitors of the last counted day, or the running total up to it; nothing without a count."""
    counted = table[table["state"] == "counted"]
    if counted.empty:
        return ""
    last = counted.iloc[-1]
    if not _running(table):
        return words("headline_day", date=words.short_date(last["date"]), value=words.number(last["visitors"]))
    gaps = int(((table["state"] == "missing") & (table["date"] < last["date"])).sum())
    said = words("headline_total", date=words.short_date(last["date"]), value=words.number(last["cumulative"]))
    return said + (words("headline_missing", days=words.number(gaps)) if gaps else "")


def message(table: pd.DataFrame, words: Words) -> str:
    """What the chart says in one sentence."""
    counted, gaps = table[table["state"] == "counted"], int((table["state"] == "missing").sum())
    if counted.empty:
        most = table.loc[table["planned"].idxmax()]
        said = words(
            "message_plan",
            days=words.number(len(table)),
            goal=words.number(table["planned_cumulative"].iloc[-1]),
            date=words.short_date(most["date"]),
            most=words.number(most["planned"]),
        )
    elif _running(table):
        said = _told_total(table, counted.iloc[-1], words)
    else:
        most = counted.loc[counted["visitors"].idxmax()]
        said = words(
            "message",
            days=words.number(len(counted)),
            mean=words.number(counted["visitors"].mean()),
            most=words.number(most["visitors"]),
            date=words.short_date(most["date"]),
        )
    return said + (words("message_missing", days=words.number(gaps)) if gaps else "")


def _told_total(table: pd.DataFrame, last: pd.Series, words: Words) -> str:
    """Like is set against like: what the plan wants of the days that were not counted is left out."""
    total, day = words.number(last["cumulative"]), words.date(last["date"])
    if table["planned"].isna().any():
        return words("message_total", total=total, date=day)
    due = int(table.loc[table["state"] == "counted", "planned"].sum())
    gap = int(last["cumulative"]) - due
    key = "message_total_ahead" if gap >= 0 else "message_total_behind"
    return words(key, total=total, date=day, due=words.number(due), gap=words.number(abs(gap)))
