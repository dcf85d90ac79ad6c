"""Which days, week by week, brought what the plan wants of them?"""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from .. import theme
from ..choices import Choices
from ..datasets import day_weights, goals, plans, prefectures, visitors
from ..measures import figures
from ..measures.season import season
from ..words import Words

# Class by the percent of the day's plan, rounded down: from which percent on, and its ground.
_FROM = {"far_short": 0, "short": 60, "nearly": 85, "met": 100, "above": 115}
_GROUNDS = {
    "far_short": theme.SHORT_3,
    "short": theme.SHORT_2,
    "nearly": theme.SHORT_1,
    "met": theme.OVER_1,
    "above": theme.OVER_2,
    "fewest": theme.OVER_1,
    "middle": theme.OVER_2,
    "most": theme.OVER_3,
    "missing": theme.PAPER,
    "ahead": theme.PAPER,
}
# The kind of a day by a mark in an upper corner of its cell, and how far across; weekends stand in their columns.
_MARKS = {"holiday_kr": ("square", -0.41), "holiday_jp": ("diamond", 0.41), "golden_week": ("star", 0.41)}
_CELL, _WIDE, _TALL = 62, 0.95, 0.93  # pixels; of a cell


def table(choices: Choices) -> pd.DataFrame:
    """One row for each day of the plan: date, week, weekday, day_type, holiday_kr, holiday_jp, visitors, planned,
    share_pct, level, basis, source_id.

    `week` counts from the opening's, `weekday` from Monday = 1. `share_pct` is visitors in percent of `planned`, rounded
    down. `level` is the cell's class: by `share_pct` with a goal, by thirds of the counted days without one; missing where
    a past day was not counted, ahead where the day is to come.
    """
    all_visitors, weights = visitors.load(choices.sample), day_weights.load()
    now = season(choices, plans.load(), goals.load(), prefectures.load(), all_visitors, weights)
    wanted = now.curve is not None and bool(now.wanted and now.wanted.visitors)
    if now.days.empty or not (now.counted or wanted):
        return now.by_day.iloc[:0]
    rows = now.calendar[["date", "day_type", "holiday_kr", "holiday_jp"]].merge(now.by_day, on="date", how="left")
    weekday = rows["date"].dt.day_of_week + 1
    planned = now.curve["planned"].astype("Int64") if now.curve is not None and wanted else pd.Series(pd.NA, rows.index, "Int64")
    share = rows["visitors"] * 100 // planned.mask(planned == 0)
    level = _by_plan(rows["visitors"], planned, share) if wanted else _by_thirds(rows["visitors"])
    past = rows["date"] <= pd.Timestamp(choices.as_of)
    said = rows["basis"].fillna(now.plan["basis"])  # of a day that was not counted the plan alone tells
    return pd.DataFrame(
        {
            "date": rows["date"],
            "week": (rows.index + weekday.iloc[0] - 1) // 7 + 1,
            "weekday": weekday,
            "day_type": rows["day_type"],
            "holiday_kr": rows["holiday_kr"],
            "holiday_jp": rows["holiday_jp"],
            "visitors": rows["visitors"],
            "planned": planned,
            "share_pct": share,
            "level": level.mask(rows["visitors"].isna() & past, "missing").mask(~past, "ahead"),
            "basis": [now.basis(one) for one in said],
            "source_id": [now.source(one) for one in rows["source_id"].fillna(now.plan["source_id"])],
        }
    )


def _by_plan(visitors: pd.Series, planned: pd.Series, share: pd.Series) -> pd.Series:
    level = pd.Series("far_short", index=visitors.index, dtype="str")
    for name, start in _FROM.items():
        level = level.mask((share >= start).fillna(False), name)
    unasked = ((planned == 0) & visitors.notna()).fillna(False)  # a day of which the plan wants nobody
    return level.mask(unasked, "met").mask(unasked & (visitors > 0).fillna(False), "above")


def _by_thirds(visitors: pd.Series) -> pd.Series:
    place = (visitors.rank() - 0.5) / max(int(visitors.count()), 1)  # days alike share a place: all alike is the middle
    return pd.Series("middle", index=visitors.index, dtype="str").mask(place < 1 / 3, "fewest").mask(place > 2 / 3, "most")


def draw(table: pd.DataFrame, words: Words) -> go.Figure:
    """A week a row and a day a cell: its date, its visitors and their percent of the plan on the ground of its class."""
    return _drawn(table, words, "<br>", 3, 0.37)


def slide(table: pd.DataFrame, words: Words) -> go.Figure:
    """Date and visitors in one line; the ground tells the rest."""
    return _drawn(table, words, "  ", 2, 0.3)


def _drawn(table: pd.DataFrame, words: Words, between: str, lines: int, above: float) -> go.Figure:
    """`lines` of each cell, joined by `between`; the marks of holidays stand so much `above` its middle."""
    weeks, opening = int(table["week"].iloc[-1]), table["date"].iloc[0]
    figure = theme.figure(words.lang, height=weeks * _CELL + 130, hovermode="closest", barmode="overlay", bargap=0)
    for level, ground in _GROUNDS.items():
        some = table[table["level"] == level]
        if len(some):
            figure.add_bar(
                x=some["weekday"],
                y=[_TALL] * len(some),
                base=some["week"] - _TALL / 2,
                ids=_codes(some),
                width=_WIDE,
                name=words("level.to_come" if level == "ahead" and some["planned"].isna().all() else f"level.{level}"),
                marker=_ground(level, ground),
                text=[between.join(_cell(day, day["date"] == opening, words)[:lines]) for day in some.to_dict("records")],
                textposition="inside",
                insidetextanchor="middle",
                textangle=0,
                constraintext="none",
                insidetextfont={"size": 12, "color": theme.MUTED if level in ("ahead", "missing") else theme.INK},
                hovertext=[_hover(day, words) for day in some.to_dict("records")],
                hovertemplate="%{hovertext}<extra></extra>",
            )
    for kind, (symbol, across) in _MARKS.items():
        some = table[_marked(table, kind)]
        if len(some):
            figure.add_scatter(
                x=some["weekday"] + across,
                y=some["week"] - above,
                name=words(f"day_type.{kind}"),
                mode="markers",
                marker={"symbol": symbol, "size": 6 if kind == "holiday_kr" else 8, "color": theme.INK},
                hoverinfo="skip",
            )
    figure.update_xaxes(
        tickvals=list(range(1, 8)),
        ticktext=[words(f"weekday.{day}") for day in range(1, 8)],
        range=[0.5, 7.5],
        side="top",
        showline=False,
        fixedrange=True,
    )
    figure.update_yaxes(range=[weeks + 0.5, 0.5], visible=False, fixedrange=True)
    figure.update_layout(
        margin={"l": 2, "r": 2, "t": 34, "b": 8},
        legend={"y": -0.01, "yanchor": "top", "font": {"size": 12}, "itemwidth": 30},
    )
    return figure


def _codes(some: pd.DataFrame) -> list[str]:
    """Which figure stands in each cell: who came, or of a day to come what is planned."""
    kinds = (
        some["level"].map({"ahead": "planned"}).fillna("counted").where(some["visitors"].notna() | some["planned"].notna(), "")
    )
    return [figures.of_day(day, kind) if kind else "" for day, kind in zip(some["date"], kinds, strict=True)]


def _ground(level: str, colour: str) -> dict[str, Any]:
    look: dict[str, Any] = {
        "color": colour,
        "line": {"color": theme.AXIS if level in ("ahead", "missing") else theme.GRID, "width": 1},
    }
    if level == "missing":
        look["pattern"] = {"shape": "/", "fgcolor": theme.GRID, "bgcolor": theme.PAPER, "size": 7, "solidity": 0.35}
    return look


def _marked(table: pd.DataFrame, kind: str) -> pd.Series:
    """A holiday keeps its mark on a weekend and in Golden Week; what Japan has off in Golden Week is marked as that."""
    if kind == "holiday_kr":
        return table["holiday_kr"] != ""
    return table["day_type"] == kind


def _cell(day: dict[str, Any], first: bool, words: Words) -> list[str]:
    """Date, visitors in bold, percent of the plan; of a day to come what is planned."""
    date = words.day_month(day["date"]) if first or day["date"].day == 1 else str(day["date"].day)
    lines = [date]
    if day["level"] == "missing":
        lines.append(words("not_counted"))
    elif day["level"] == "ahead":
        lines += [words.number(day["planned"])] if pd.notna(day["planned"]) else []
    else:
        lines.append(f"<b>{words.number(day['visitors'])}</b>")
        if pd.notna(day["share_pct"]):
            lines.append(words.percent(day["share_pct"] / 100, 0))
    return lines


def _hover(day: dict[str, Any], words: Words) -> str:
    date = words.short_date(day["date"])
    counted = pd.notna(day["visitors"])
    said = [
        words("hover.counted", date=date, value=words.number(day["visitors"]))
        if counted
        else words(f"hover.{day['level']}", date=date)
    ]
    if pd.notna(day["planned"]):
        said.append(words("hover.planned", value=words.number(day["planned"])))
    if pd.notna(day["share_pct"]):
        said.append(words("hover.share", share=words.percent(day["share_pct"] / 100, 0)))
    said.append(words(f"day_type.{day['day_type']}"))
    for country in ("kr", "jp"):
        if day[f"holiday_{country}"]:
            said.append(words(f"hover.{country}", name=words.holiday(country, day[f"holiday_{country}"])))
    return "<br>".join(said)


def message(table: pd.DataFrame, words: Words) -> str:
    """What the chart says in one sentence."""
    counted = table[table["visitors"].notna()]
    gaps = int((table["level"] == "missing").sum())
    if counted.empty:
        said = words("message_plan", days=words.number(len(table)), goal=words.number(table["planned"].sum()))
    elif table["planned"].isna().all():
        most, least = counted.loc[counted["visitors"].idxmax()], counted.loc[counted["visitors"].idxmin()]
        said = words(
            "message_counted",
            days=words.number(len(counted)),
            date=words.short_date(most["date"]),
            most=words.number(most["visitors"]),
            low_date=words.short_date(least["date"]),
            least=words.number(least["visitors"]),
        )
    else:
        met = counted["level"].isin(["met", "above"])
        said = words(
            "message",
            days=words.number(len(counted)),
            met=words.number(met.sum()),
            short=words.number((~met).sum()),
            far=words.number((counted["level"] == "far_short").sum()),
        )
    return said + (words("message_missing", days=words.number(gaps)) if gaps else "")
