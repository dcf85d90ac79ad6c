"""Draw the milestones field by field, the expo's own days and the decisions that moved them on one axis of time."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from sejong_dash import theme
from sejong_dash import words as wording
from sejong_dash.choices import Choices
from sejong_dash.datasets import Tables
from sejong_dash.datasets.schema.columns import FIELDS
from sejong_dash.layout import lanes, text_width
from sejong_dash.measures import dated, plan, timeline
from sejong_dash.words import Words

from . import _timeline_axes
from ._timeline_axes import STRIP, TICKS, TimelineAxes

_MARK, _ROW = 11, 19  # px: a mark, a row of the key
_SHORT = 0.012  # a span of days shorter than this part of the axis gets a mark, or nobody would see it
# known to the day, done: filled, or soft where all that is known is the span
_LOOKS = {(True, True): theme.DONE, (False, True): theme.DONE_SOFT, (True, False): theme.PAPER, (False, False): theme.REST_SOFT}


def table(choices: Choices, tables: Tables) -> pd.DataFrame:
    """Return the rows of the timeline: milestones, the expo's days, decisions and holidays.

    `kind` is milestone (one row for each field of it), expo (the plan's own days), decision (starts_on and ends_on are the days
    that it gave the expo) or, where the expo's days fill the axis, day_off (a holiday). `shown_from` and `shown_to` bound the
    axis; opens_on and closes_on are the plan's.
    """
    known, words = tables.plans(), wording.of(__file__, choices.lang)
    chosen = plan.chosen(known, choices.plan)
    rows = dated.milestone_rows(tables.milestones(), tables.programme(), chosen, choices.lang, choices.as_of)
    rows["title"] = rows["title"].mask(rows["milestone_id"].isna(), rows["title"].map(lambda plan: words("expo_days", plan=plan)))
    narrowed = dated.narrowed(rows, choices.field, choices.prefecture, choices.partner)
    rows = timeline.rows(narrowed, known, choices, FIELDS)
    for row in rows[rows["kind"] == "day_off"].itertuples():
        holidays = {country: getattr(row, f"holiday_{country}") for country in ("kr", "jp")}
        parts = [
            words("off_in", name=words.holiday(country, name), country=words(f"country.{country}"))
            for country, name in holidays.items()
            if name
        ]
        rows.loc[row.Index, "title"] = words("comma").join(parts)
    rows = rows.drop(columns=["holiday_kr", "holiday_jp"])
    rows.attrs["narrow"] = choices.narrow
    return rows


def draw(table: pd.DataFrame, words: Words) -> go.Figure:
    """Draw a lane for each field and a row for each milestone.

    A milestone is as long as its date is uncertain, solid where known to the day, hollow where planned or after as-of, with an
    arrow where an end is not known. The plan's lane has a row for each window of time that the expo was to have, an arrow from
    each to the next, and the days on which that was decided.
    """
    as_of, first, last, zoom = table[["as_of", "shown_from", "shown_to", "zoom"]].iloc[0]
    room = lanes.PHONE if table.attrs.get("narrow") else lanes.WIDE
    rows = lanes.spans(timeline.windows(table), first, last)
    titles = [_window_title(row, table, words) if row["kind"] == "decision" else row["title"] for row in rows.to_dict("records")]
    rows["title"] = pd.Series(titles, index=rows.index)
    rows = lanes.labelled(rows, rows["title"], first, last, room, rows["kind"] == "decision", _timeline_axes.kept_free(table))
    across = 2 if room == lanes.PHONE else 3
    top = _ROW * (6 // across) + 4 + TICKS
    headings = {name: words(f"field.{name}") for name in table["field"].unique()}
    rows, heads, height = lanes.placed(rows, headings, top + 2 * STRIP)
    figure = theme.figure(words.lang, height=int(height) + 40, hovermode="closest", showlegend=False, barmode="overlay")
    figure.update_layout(margin={"t": 4, "b": 30, "l": 7, "r": 7}, dragmode="zoom")
    figure.update_yaxes(range=[height, 0], visible=False, fixedrange=True)
    axes = TimelineAxes(figure, words, first, last, top, height, room, zoom)
    _timeline_axes.lay_out(axes, table, heads)
    items = rows.assign(hover=[_hover(row, words) for row in rows.to_dict("records")]).to_dict("records")
    drawn = [row for row in items if pd.notna(row["left"]) and row["kind"] != "decision"]
    for exact, done in _LOOKS:
        bars = [part[:3] for part in timeline.parts(drawn, as_of) if part[3:] == (exact, done)]
        _add_bars(axes, bars, _look(exact, done), done)
    for done, colour, edge in ((True, theme.DONE, theme.DONE), (False, theme.PAPER, theme.PLAN)):
        marks = timeline.marks(drawn, as_of, (last - first) * _SHORT)
        _add_marks(axes, [mark[:3] for mark in marks if mark[3] == done], colour, edge, done)
    _add_moves(axes, [row for row in items if row["kind"] == "decision"], table)
    for row in items:
        _add_label(axes, row)
    _timeline_axes.add_as_of(axes, as_of)
    axes.notes.key(_key(words), across, room, _ROW)
    axes.notes.write(figure)
    return figure


def _window_title(row: dict[str, Any], table: pd.DataFrame, words: Words) -> str:
    """Return all the decisions for a window of time, and its days."""
    decisions = table[table["window"] == row["window"]][["state", "decided_on", "decided_precision"]]
    decided = [
        text_width.without_breaks(words("decided", state=words(f"state.{state}"), date=words.date(*when)))
        for state, *when in decisions.to_numpy()
    ]
    dates = words.span(row["starts_on"], row["ends_on"], row["precision"]) or words("no_dates")
    return words("window", decided=words("join").join(decided), dates=dates)


def _add_bars(axes: TimelineAxes, bars: list[tuple[dict[str, Any], Any, Any]], look: dict[str, Any], done: bool) -> None:
    """Draw bars of (row, begin, end)."""
    if bars:
        axes.figure.add_bar(
            x=[(end - begin).total_seconds() * 1000 for _, begin, end in bars],
            base=[begin for _, begin, _ in bars],
            y=[row["y"] for row, *_ in bars],
            orientation="h",
            width=lanes.BAR,
            marker=look,
            **_item_data([row for row, *_ in bars], done),
        )


def _add_marks(axes: TimelineAxes, marks: list[tuple[dict[str, Any], Any, str]], colour: str, edge: str, done: bool) -> None:
    """Draw marks of (row, moment, symbol)."""
    if marks:
        axes.figure.add_scatter(
            x=[at for _, at, _ in marks],
            y=[row["y"] for row, *_ in marks],
            mode="markers",
            cliponaxis=False,
            marker={
                "symbol": [symbol for *_, symbol in marks],
                "size": _MARK,
                "color": colour,
                "line": {"width": 1.5, "color": edge},
            },
            **_item_data([row for row, *_ in marks], done),
        )


def _add_moves(axes: TimelineAxes, rows: list[dict[str, Any]], table: pd.DataFrame) -> None:
    """Draw each window of time that the expo was to have, an arrow to the next, and the days on which that was decided.

    What lies beyond the axis is an arrow at its end; what was cancelled is crossed out where it was to be.
    """
    before: tuple[Any, float] | None = None
    for row in rows:
        is_later = row["stage"] == "ahead"
        colour = theme.REST if is_later else theme.MISSING if row["state"] == "cancelled" else theme.PLAN
        fill = theme.PAPER if is_later else colour if row["precision"] == "day" else theme.REST_SOFT
        is_dated = pd.notna(row["left"])
        at = row["left"] + (row["right"] - row["left"]) / 2 if is_dated else before[0] if before else None
        if is_dated and row["left"] < row["right"]:
            _add_bars(axes, [(row, row["left"], row["right"])], _edged(fill, colour), False)
        elif at is not None:
            beyond = "triangle-left" if at == axes.first else "triangle-right"
            _add_marks(axes, [(row, at, beyond if is_dated else "x")], fill if is_dated else colour, colour, False)
        if before and at is not None:
            ends = {"x": at, "y": row["y"] - lanes.BAR / 2 - 2, "ax": before[0], "ay": before[1] + lanes.BAR / 2}
            axes.notes.text(**ends, axref="x", ayref="y", showarrow=True, arrowhead=2, arrowcolor=colour, arrowwidth=1.6, text="")
        shown = table[(table["window"] == row["window"]) & table["decided_on"].between(axes.first, axes.last)]
        decisions = shown[shown["decided_precision"] == "day"].to_dict("records")
        marks = [(row | {"plan_id": decision["plan_id"]}, decision["decided_on"], "line-ns") for decision in decisions]
        _add_marks(axes, marks, colour, colour, False)
        if decisions and at is not None:
            line = {"color": colour, "width": 1, "dash": "dot"}
            ends = {"x0": decisions[0]["decided_on"], "x1": at, "y0": row["y"], "y1": row["y"]}
            axes.notes.shape(type="line", **ends, line=line, layer="below")
        if at is not None:
            ends_of_bar = [row["left"], row["right"]] if is_dated else []
            axes.add_lead(row, [at, *ends_of_bar, *(day["decided_on"] for day in decisions)])
            before = at, row["y"]


def _item_data(rows: list[dict[str, Any]], done: bool) -> dict[str, Any]:
    """Return what the pointer shows, what a press names, and (`meta`) what a trace stands for, for code that reads figures."""
    return {
        "hovertext": [row["hover"] for row in rows],
        "hoverinfo": "text",
        "meta": {"done": done},
        "customdata": [timeline.item(row) for row in rows],
        "unselected": {"marker": {"opacity": 0.45}},
    }


def _add_label(axes: TimelineAxes, row: dict[str, Any]) -> None:
    side = row["side"]
    is_left_of = side in ("left", "above_right", "edge_right")
    is_at_edge = side.startswith("edge") or pd.isna(row["left"])
    if is_at_edge:
        at = {"xref": "paper", "x": int(side == "edge_right")}
    else:
        at = {"x": row["left"] if side in ("left", "above_left") else row["right"]}
    shift = 0 if is_at_edge else 3 if side.startswith("above") else lanes.GAP
    axes.notes.text(
        **at,
        y=row["label_y"],
        text="<br>".join(row["lines"]),
        align="right" if is_left_of else "left",
        xanchor="right" if is_left_of else "left",
        xshift=-shift if is_left_of else shift,
        yanchor="middle",
        hovertext=row["hover"],
        font={"size": lanes.LETTER, "color": theme.INK if row["stage"] in timeline.DONE else theme.MUTED},
        bgcolor=theme.PAPER if row["clear"] else None,
        borderpad=0,  # a label hides the lines of years, and neither the expo's days nor as-of
    )


def _look(exact: bool, done: bool) -> dict[str, Any]:
    return _edged(_LOOKS[exact, done], theme.DONE if done else theme.PLAN)


def _edged(colour: str, edge: str) -> dict[str, Any]:
    return {"color": colour, "line": {"color": edge, "width": 1.2}, "cornerradius": 2}


def _hover(row: dict[str, Any], words: Words) -> str:
    lines = [f"<b>{line}</b>" for line in text_width.break_lines(row["title"], 22, is_label=True)]
    if pd.notna(row["partner"]):
        lines += text_width.break_lines(words("colon", name=words("columns.partner"), value=row["partner"]), 24, is_label=True)
    if row["kind"] != "decision":
        when = words.span(row["starts_on"], row["ends_on"], row["precision"]) or words("stage.undated")
        lines += [words("colon", name=words("when"), value=when), words(f"precision.{row['precision']}")]
        lines.append(words("colon", name=words("columns.stage"), value=words(f"stage.{row['stage']}")))
    return "<br>".join([*lines, words("colon", name=words("columns.basis"), value=words(f"basis.{row['basis']}"))])


def _key(words: Words) -> list[tuple[str, str, str, str]]:
    box, of_plan = "0,-5 14,-5 14,5 0,5 0,-5", (theme.PLAN, theme.PLAN)
    looks = [(box, _LOOKS[look], theme.DONE if look[1] else theme.PLAN) for look in ((True, True), (False, True), (True, False))]
    looks += [("12,-6 12,6 2,0 12,-6", theme.DONE, theme.DONE), ("0,0 8,0 8,-4 14,0 8,4 8,0", *of_plan), ("7,-6 7,6", *of_plan)]
    names = ("exact", "coarse", "not_done", "open", "moved", "decided")
    return [(*look, words(f"key.{name}")) for look, name in zip(looks, names, strict=True)]


def message(table: pd.DataFrame, words: Words) -> str:
    """Return how many milestones are done, under way, known only as plans or ahead."""
    dates = table[table["kind"].isin(["milestone", "expo"])].drop_duplicates(["milestone_id", "project_id"])
    count = {stage: words.number((dates["stage"] == stage).sum()) for stage in dated.STAGES}
    return words("message", date=words.date(table["as_of"].iloc[0]), total=words.number(len(dates)), **count)


def items(table: pd.DataFrame, words: Words) -> dict[str, str]:
    """Return what can be pressed, in the order of time: the code of each item and its label."""
    rows = dated.in_time(table[table["kind"] != "day_off"]).drop_duplicates(["milestone_id", "plan_id"])
    labels = {}
    for row in rows.to_dict("records"):
        when = words.span(row["starts_on"], row["ends_on"], row["precision"]) or words("no_dates")
        labels[timeline.item(row)] = words("colon", name=when, value=row["title"])
    return labels
