"""Draw the visitors of each day or the running total, the kind of each day, and what the plan asks of it."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from sejong_dash import theme
from sejong_dash.choices import Choices
from sejong_dash.datasets import Tables
from sejong_dash.measures import dated, figure_codes
from sejong_dash.measures.season.season import season_of_channel
from sejong_dash.words import Words

from . import _day_kinds, _days

NARROWED_BY = ("channel",)
JUDGES_PACE = True


def table(choices: Choices, tables: Tables) -> pd.DataFrame:
    """Return one row for each day of the plan; none without days, or with neither a count nor a goal.

    Columns: date, weekday, day_type, holiday_kr, holiday_jp, edge, milestones, state, shown, visitors, was, recorded_on,
    prefectures, usual_prefectures, channels, usual_channels, planned, due, cumulative, planned_cumulative, basis, source_id.

    `weekday` counts from Monday = 1. `edge` is opening or closing. `milestones` begin on that day. `state` is counted,
    partial (counted in part, see `measures.coverage`), missing (the day is past and nothing was counted) or ahead; `due` the
    running total that the plan asks of what was counted. `shown` is day or total, the same in every row.
    `cumulative` goes on over a missing day and is blank until the first count and after as-of.
    """
    now = season_of_channel(tables, choices)
    if now.days.empty or not (now.has_counts or now.goal):
        return now.by_day.iloc[:0]
    rows = now.calendar[["date", "day_type", "holiday_kr", "holiday_jp"]].merge(now.by_day, on="date", how="left")
    counted, past = rows["visitors"].notna(), rows["date"] <= pd.Timestamp(choices.as_of)
    known = dated.placed(tables.milestones(), tables.programme())
    events = dated.beginning(known, choices.prefecture, choices.lang).reindex(now.days)
    edge = (
        pd.Series("", index=rows.index, dtype="str").mask(rows.index == len(rows) - 1, "closing").mask(rows.index == 0, "opening")
    )
    planned = now.curve.set_index("date").reindex(now.days) if now.curve is not None else None
    blank = pd.Series(pd.NA, index=rows.index, dtype="Int64")
    # a day that was not counted stands on the plan alone
    day_basis = rows["basis"].fillna(now.plan["basis"])
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
            "state": rows["state"].fillna("ahead"),
            "shown": "total" if choices.running else "day",
            "visitors": rows["visitors"],
            "was": rows["was"],
            "recorded_on": rows["recorded_on"],
            **{name: rows[name].astype("Int64") for name in _days.COVERAGE},
            "planned": blank if planned is None else planned["planned"].astype("Int64").to_numpy(),
            "due": blank if planned is None else rows["due"].astype("Int64"),
            "cumulative": rows["visitors"].fillna(0).cumsum().where(past & counted.cummax()),
            "planned_cumulative": blank if planned is None else planned["planned_cumulative"].astype("Int64").to_numpy(),
            "basis": [now.basis(*pair) for pair in zip(day_basis, events["basis"], strict=True)],
            "source_id": [now.source(*pair) for pair in zip(sources, events["source_id"], strict=True)],
        }
    )


def draw(table: pd.DataFrame, words: Words) -> go.Figure:
    """Draw a bar for each counted day, or the running total, against what the plan asks of it.

    Days that were not counted are open marks; days to come stand with their kind and the plan's share alone.
    """
    figure = theme.figure(words.lang, height=430, hovermode="closest", barmode="overlay")
    is_total = _is_total(table)
    value = table["cumulative"] if is_total else table["visitors"]
    hovers = pd.Series([_hover(day, words) for day in table.to_dict("records")], index=table.index, dtype="str")
    _day_kinds.add_kinds(figure, table, hovers, words)
    (_add_area if is_total else _add_bars)(figure, table, hovers, words)
    planned = table["planned_cumulative" if is_total else "planned"]
    if planned.fillna(0).any():
        figure.add_scatter(
            x=table["date"],
            y=planned,
            name=words("planned_total" if is_total else "planned"),
            mode="lines",
            line={"color": theme.PLAN, "width": 1.5, "dash": "dot", "shape": "linear" if is_total else "hvh"},
            hoverinfo="skip",
        )
    corrected, missing = table[table["was"].notna()], table[table["state"] == "missing"]
    if len(corrected):
        look = {"symbol": "diamond", "size": 9, "color": theme.MISSING, "line": {"color": theme.PAPER, "width": 1.5}}
        ids = _codes(corrected, table)
        _day_kinds.add_points(figure, corrected, value[corrected.index], hovers, name=words("corrected"), marker=look, ids=ids)
    if len(missing):
        heights = value[missing.index].fillna(0) if is_total else [0] * len(missing)
        look = {"marker": _days.MISSING_MARK, "ids": _codes(missing, table)}
        _day_kinds.add_points(figure, missing, heights, hovers, name=words("missing"), **look)
    figure.update_xaxes(**theme.weeks(table["date"], words.days), anchor="y2", showline=False)
    top = max(value.fillna(0).max(), planned.fillna(0).max())
    figure.update_layout(legend={"font": {"size": 12}, "itemwidth": 30}, **_day_kinds.axes(words, top))
    return figure


def _is_total(table: pd.DataFrame) -> bool:
    return bool(table["shown"].iloc[0] == "total")


def _codes(days: pd.DataFrame, table: pd.DataFrame) -> list[str]:
    """Return the code of the figure that each of `days` shows: the day's, or the running total."""
    opening = table["date"].iloc[0]
    return [figure_codes.until(opening, day) if _is_total(table) else figure_codes.of_day(day) for day in days["date"]]


def _add_bars(figure: go.Figure, table: pd.DataFrame, hovers: pd.Series, words: Words) -> None:
    for kind, colour in _day_kinds.COLOURS.items():
        days = table[(table["day_type"] == kind) & (table["state"] == "counted")]
        if len(days):
            figure.add_bar(
                x=days["date"],
                y=days["visitors"],
                ids=_codes(days, table),
                width=_days.BAR,
                name=words(f"day_type.{kind}"),
                marker={"color": colour},
                showlegend=kind not in _day_kinds.MARKS,  # its mark stands there with the same colour
                legendrank=1,
                hovertext=hovers[days.index].tolist(),
                hovertemplate="%{hovertext}<extra></extra>",
            )
    days = table[table["state"] == "partial"]
    if len(days):
        figure.add_bar(
            x=days["date"],
            y=days["visitors"],
            ids=_codes(days, table),
            width=_days.BAR,
            name=words("lacking.partial_day"),
            marker=_days.hatched(theme.MISSING),
            hovertext=hovers[days.index].tolist(),
            hovertemplate="%{hovertext}<extra></extra>",
        )


def _add_area(figure: go.Figure, table: pd.DataFrame, hovers: pd.Series, words: Words) -> None:
    so_far = table[table["cumulative"].notna()]
    if len(so_far):
        _day_kinds.add_points(
            figure,
            so_far,
            so_far["cumulative"],
            hovers,
            ids=_codes(so_far, table),
            name=words("counted_total"),
            mode="lines+markers",
            line={"color": theme.DONE, "width": 2.5},
            marker={"color": theme.DONE, "size": 5},
            fill="tozeroy",
            fillcolor=theme.DONE_SOFT,
        )


def _hover(day: dict[str, Any], words: Words) -> str:
    """Return all that is known of a day."""
    date = words.short_date(day["date"])
    is_total = day["shown"] == "total"
    if pd.notna(day["visitors"]):
        lines = [words("day_hover", date=date, value=words.number(day["visitors"]))]
        lines += [_days.partial_hover(day, words)] if day["state"] == "partial" else []
        if pd.notna(day["was"]):
            was, since = words.number(day["was"]), words.day_month(day["recorded_on"])
            lines.append(words("corrected_hover", was=was, now=words.number(day["visitors"]), date=since))
    else:
        lines = [words(f"hover.{day['state']}", date=date)]
    if pd.notna(day["planned"]):
        lines.append(words("planned_hover", value=words.number(day["planned"])))
    if is_total and pd.notna(day["cumulative"]):
        lines.append(words("total_hover", value=words.number(day["cumulative"])))
    if is_total and pd.notna(day["planned_cumulative"]):
        lines.append(words("planned_total_hover", value=words.number(day["planned_cumulative"])))
    lines.append(words(f"day_type.{day['day_type']}"))
    for country in ("kr", "jp"):
        if day[f"holiday_{country}"]:
            lines.append(words(f"holiday_hover_{country}", name=words.holiday(country, day[f"holiday_{country}"])))
    lines += [words(f"edge.{day['edge']}")] if day["edge"] else []
    return "<br>".join([*lines, *filter(None, day["milestones"].split("; "))])


def headline(table: pd.DataFrame, words: Words) -> str:
    """Return the large number: the visitors of the last counted day, or the running total up to it; blank without a count."""
    counted = table[table["visitors"].notna()]
    if counted.empty:
        return ""
    last = counted.iloc[-1]
    if not _is_total(table):
        return words("headline_day", date=words.short_date(last["date"]), value=words.number(last["visitors"]))
    missing = int(((table["state"] == "missing") & (table["date"] < last["date"])).sum())
    text = words("headline_total", date=words.short_date(last["date"]), value=words.number(last["cumulative"]))
    return text + (words("headline_missing", days=words.number(missing)) if missing else "")


def message(table: pd.DataFrame, words: Words) -> str:
    """Return what the chart says in one sentence."""
    counted, states = table[table["state"] == "counted"], table["state"].value_counts()
    lacking = words.lacking(int(states.get("missing", 0)), int(states.get("partial", 0)))
    if counted.empty and (table["state"] != "ahead").all():
        return words("lacking.closed") if table["visitors"].isna().all() else lacking
    if counted.empty:
        most = table.loc[table["planned"].idxmax()]
        text = words(
            "message_plan",
            days=words.number(len(table)),
            goal=words.number(table["planned_cumulative"].iloc[-1]),
            date=words.short_date(most["date"]),
            most=words.number(most["planned"]),
        )
    elif _is_total(table):
        text = _total_message(table, table[table["visitors"].notna()].iloc[-1], words)
    else:
        most = counted.loc[counted["visitors"].idxmax()]
        text = words(
            "message",
            days=words.number(len(counted)),
            mean=words.number(counted["visitors"].mean()),
            most=words.number(most["visitors"]),
            date=words.short_date(most["date"]),
        )
    return words.sentences(filter(None, [text, lacking]))


def _total_message(table: pd.DataFrame, last: pd.Series, words: Words) -> str:
    """Return the running total against the plan, without what the plan asks of days that were not counted."""
    total, day = words.number(last["cumulative"]), words.date(last["date"])
    if table["planned"].isna().any():
        return words("message_total", total=total, date=day)
    due = int(last["due"])
    gap = int(last["cumulative"]) - due
    key = "message_total_ahead" if gap >= 0 else "message_total_behind"
    return words(key, total=total, date=day, due=words.number(due), gap=words.number(abs(gap)))
