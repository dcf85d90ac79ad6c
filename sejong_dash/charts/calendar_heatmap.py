"""Draw a calendar of the plan's days, each cell on the ground of its class against the plan."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from sejong_dash import theme
from sejong_dash.choices import Choices
from sejong_dash.datasets import Tables
from sejong_dash.measures import figure_codes
from sejong_dash.measures.season.season import season_of_channel
from sejong_dash.words import Words

from . import _days

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
    "partial": theme.PAPER,
    "missing": theme.PAPER,
    "ahead": theme.PAPER,
}
# The kind of a day by a mark in an upper corner of its cell, and how far across; weekends stand in their columns.
_MARKS = {"holiday_kr": ("square", -0.41), "holiday_jp": ("diamond", 0.41), "golden_week": ("star", 0.41)}
_CELL, _WIDE, _TALL = 62, 0.95, 0.93  # pixels; of a cell
NARROWED_BY = ("channel",)
JUDGES_PACE = True


def table(choices: Choices, tables: Tables) -> pd.DataFrame:
    """Return one row for each day of the plan; none without days, or with neither a count nor a goal.

    Columns: date, week, weekday, day_type, holiday_kr, holiday_jp, visitors, prefectures, usual_prefectures, channels,
    usual_channels, planned, share_pct, level, basis, source_id.

    `week` counts from the opening's, `weekday` from Monday = 1. `share_pct` is visitors in percent of `planned`, rounded
    down, blank for a day that was counted in part. `level` is the cell's class: by `share_pct` with a goal, by thirds of the
    counted days without one; partial or missing where a past day was counted in part or not at all, ahead where it is to come.
    """
    now = season_of_channel(tables, choices)
    wanted = now.curve is not None and bool(now.goal and now.goal.visitors)
    if now.days.empty or not (now.has_counts or wanted):
        return now.by_day.iloc[:0]
    rows = now.calendar[["date", "day_type", "holiday_kr", "holiday_jp"]].merge(now.by_day, on="date", how="left")
    weekday = rows["date"].dt.day_of_week + 1
    planned = now.curve["planned"].astype("Int64") if now.curve is not None and wanted else pd.Series(pd.NA, rows.index, "Int64")
    full = rows["visitors"].where(rows["state"] == "counted")
    share = full * 100 // planned.mask(planned == 0)
    level = _by_plan(full, planned, share) if wanted else _by_thirds(full)
    state = rows["state"].fillna("ahead")
    # a day that was not counted stands on the plan alone
    day_basis, day_source = rows["basis"].fillna(now.plan["basis"]), rows["source_id"].fillna(now.plan["source_id"])
    return pd.DataFrame(
        {
            "date": rows["date"],
            "week": (rows.index + weekday.iloc[0] - 1) // 7 + 1,
            "weekday": weekday,
            "day_type": rows["day_type"],
            "holiday_kr": rows["holiday_kr"],
            "holiday_jp": rows["holiday_jp"],
            "visitors": rows["visitors"],
            **{name: rows[name].astype("Int64") for name in _days.COVERAGE},
            "planned": planned,
            "share_pct": share,
            "level": level.where(state == "counted", state),
            "basis": [now.basis(basis) for basis in day_basis],
            "source_id": [now.source(source) for source in day_source],
        }
    )


def _by_plan(visitors: pd.Series, planned: pd.Series, share: pd.Series) -> pd.Series:
    """Return the class of each day by its share of the plan in percent."""
    level = pd.Series("far_short", index=visitors.index, dtype="str")
    for name, start in _FROM.items():
        level = level.mask((share >= start).fillna(False), name)
    is_unplanned = ((planned == 0) & visitors.notna()).fillna(False)  # the plan has no visitors on this day
    return level.mask(is_unplanned, "met").mask(is_unplanned & (visitors > 0).fillna(False), "above")


def _by_thirds(visitors: pd.Series) -> pd.Series:
    """Return the class of each day by the third of the counted days that it lies in."""
    place = (visitors.rank() - 0.5) / max(int(visitors.count()), 1)  # days alike share a place: all alike is the middle
    return pd.Series("middle", index=visitors.index, dtype="str").mask(place < 1 / 3, "fewest").mask(place > 2 / 3, "most")


def draw(table: pd.DataFrame, words: Words) -> go.Figure:
    """Draw a row for each week and a cell for each day: date, visitors, percent of the plan, on the ground of its class."""
    return _calendar(table, words, "<br>", 3, 0.37)


def slide(table: pd.DataFrame, words: Words) -> go.Figure:
    """Draw the calendar with date and visitors of a day in one line."""
    return _calendar(table, words, "  ", 2, 0.3)


def _calendar(table: pd.DataFrame, words: Words, between: str, lines: int, above: float) -> go.Figure:
    """Draw the first `lines` of each cell, joined by `between`; holidays are marked so much `above` its middle."""
    weeks, opening = int(table["week"].iloc[-1]), table["date"].iloc[0]
    figure = theme.figure(words.lang, height=weeks * _CELL + 130, hovermode="closest", barmode="overlay", bargap=0)
    for level, ground in _GROUNDS.items():
        days = table[table["level"] == level]
        if len(days):
            figure.add_bar(
                x=days["weekday"],
                y=[_TALL] * len(days),
                base=days["week"] - _TALL / 2,
                ids=_codes(days),
                width=_WIDE,
                name=words("level.to_come" if level == "ahead" and days["planned"].isna().all() else f"level.{level}"),
                marker=_cell_look(level, ground),
                text=[between.join(_cell_lines(day, day["date"] == opening, words)[:lines]) for day in days.to_dict("records")],
                textposition="inside",
                insidetextanchor="middle",
                textangle=0,
                constraintext="none",
                insidetextfont={"size": 12, "color": theme.MUTED if level in ("ahead", "missing") else theme.INK},
                hovertext=[_hover(day, words) for day in days.to_dict("records")],
                hovertemplate="%{hovertext}<extra></extra>",
            )
    for kind, (symbol, across) in _MARKS.items():
        days = table[_is_marked(table, kind)]
        if len(days):
            figure.add_scatter(
                x=days["weekday"] + across,
                y=days["week"] - above,
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


def _codes(days: pd.DataFrame) -> list[str]:
    """Return the code of the figure in each cell: the count, or what is planned for a day to come."""
    has_figure = days["visitors"].notna() | days["planned"].notna()
    kinds = days["level"].map({"ahead": "planned"}).fillna("counted").where(has_figure, "")
    return [figure_codes.of_day(day, kind) if kind else "" for day, kind in zip(days["date"], kinds, strict=True)]


def _cell_look(level: str, colour: str) -> dict[str, Any]:
    look: dict[str, Any] = {
        "color": colour,
        "line": {"color": theme.AXIS if level in ("ahead", "missing", "partial") else theme.GRID, "width": 1},
    }
    if level == "partial":
        look["pattern"] = _days.hatching(theme.MISSING_SOFT)
    if level == "missing":
        look["pattern"] = {"shape": "/", "fgcolor": theme.GRID, "bgcolor": theme.PAPER, "size": 7, "solidity": 0.35}
    return look


def _is_marked(table: pd.DataFrame, kind: str) -> pd.Series:
    """Return which days bear the mark of a kind."""
    # Korea's holidays keep their mark on a weekend and in Golden Week; Japan's in Golden Week are marked as that
    if kind == "holiday_kr":
        return table["holiday_kr"] != ""
    return table["day_type"] == kind


def _cell_lines(day: dict[str, Any], is_first: bool, words: Words) -> list[str]:
    """Return date, visitors in bold and percent of the plan; of a day to come what is planned."""
    date = words.day_month(day["date"]) if is_first or day["date"].day == 1 else str(day["date"].day)
    lines = [date]
    if day["level"] == "missing":
        lines.append(words("not_counted"))
    elif day["level"] == "ahead":
        lines += [words.number(day["planned"])] if pd.notna(day["planned"]) else []
    else:
        lines.append(f"<b>{words.number(day['visitors'])}</b>")
        lines += [words("in_part")] if day["level"] == "partial" else []
        if pd.notna(day["share_pct"]):
            lines.append(words.percent(day["share_pct"] / 100, 0))
    return lines


def _hover(day: dict[str, Any], words: Words) -> str:
    date = words.short_date(day["date"])
    has_count = pd.notna(day["visitors"])
    lines = [
        words("hover.counted", date=date, value=words.number(day["visitors"]))
        if has_count
        else words(f"hover.{day['level']}", date=date)
    ]
    if day["level"] == "partial":
        lines.append(_days.partial_hover(day, words))
    if pd.notna(day["planned"]):
        lines.append(words("hover.planned", value=words.number(day["planned"])))
    if pd.notna(day["share_pct"]):
        lines.append(words("hover.share", share=words.percent(day["share_pct"] / 100, 0)))
    lines.append(words(f"day_type.{day['day_type']}"))
    for country in ("kr", "jp"):
        if day[f"holiday_{country}"]:
            lines.append(words(f"hover.{country}", name=words.holiday(country, day[f"holiday_{country}"])))
    return "<br>".join(lines)


def message(table: pd.DataFrame, words: Words) -> str:
    """Return what the chart says in one sentence."""
    counted = table[table["visitors"].notna() & (table["level"] != "partial")]
    levels = table["level"].value_counts()
    lacking = words.lacking(int(levels.get("missing", 0)), int(levels.get("partial", 0)))
    if counted.empty and not (table["level"] == "ahead").any():
        return words("lacking.closed") if table["visitors"].isna().all() else lacking
    if counted.empty:
        text = words("message_plan", days=words.number(len(table)), goal=words.number(table["planned"].sum()))
    elif table["planned"].isna().all():
        most, least = counted.loc[counted["visitors"].idxmax()], counted.loc[counted["visitors"].idxmin()]
        text = words(
            "message_counted",
            days=words.number(len(counted)),
            date=words.short_date(most["date"]),
            most=words.number(most["visitors"]),
            low_date=words.short_date(least["date"]),
            least=words.number(least["visitors"]),
        )
    else:
        met = counted["level"].isin(["met", "above"])
        text = words(
            "message",
            days=words.number(len(counted)),
            met=words.number(met.sum()),
            short=words.number((~met).sum()),
            far=words.number((counted["level"] == "far_short").sum()),
        )
    return words.sentences(filter(None, [text, lacking]))
