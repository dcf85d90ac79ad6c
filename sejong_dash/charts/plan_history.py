"""Draw the decisions about the plan in the order of time, each with the days that it gave the expo."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from sejong_dash import theme
from sejong_dash.choices import Choices
from sejong_dash.datasets import Tables
from sejong_dash.layout import lanes, text_width
from sejong_dash.measures import plan
from sejong_dash.words import Words

_LINE, _MARK = 16, 11  # px
_SYMBOLS = {
    "announced": "circle",
    "postponed": "triangle-right",
    "planned": "square",
    "approved": "star",
    "moved": "diamond",
    "cancelled": "x",
}
_MONTHS = {"day": 0, "month": 1, "season": 3, "year": 12}  # that a precision leaves open


def table(choices: Choices, tables: Tables) -> pd.DataFrame:
    """Return one row for each decision in the order of time.

    Columns: plan_id, decided_on, decided_precision, state, title, opens_on, closes_on, dates_precision, followed, later (decided
    after as-of), as_of, basis, source_id.
    """
    rows = plan.history(tables.plans()).reset_index(drop=True)
    rows = rows.rename(columns={f"title_{choices.lang}": "title"})
    as_of = pd.Timestamp(choices.as_of)
    rows = rows.assign(followed=rows["plan_id"] == choices.plan, later=rows["decided_on"] > as_of, as_of=as_of)
    return rows[
        [
            "plan_id",
            "decided_on",
            "decided_precision",
            "state",
            "title",
            "opens_on",
            "closes_on",
            "dates_precision",
            "followed",
            "later",
            "as_of",
            "basis",
            "source_id",
        ]
    ]


def draw(table: pd.DataFrame, words: Words) -> go.Figure:
    """Draw a row for each decision: its label, below it its day and, dashed, the way to the days that it gave the expo.

    The vertical axis counts pixels, as labels do.
    """
    first, last = lanes.years(pd.concat([table["decided_on"], table["opens_on"], table["closes_on"]]))
    y, places = 6.0, []
    spans = lanes.spans(table.rename(columns={"opens_on": "starts_on", "closes_on": "ends_on"}), first, last)
    table = table.assign(left=spans["left"], right=spans["right"])
    rows = [_labelled(row, words) for row in table.to_dict("records")]
    for row in rows:
        tall = len(row["label"]) * _LINE + 30
        places.append((y, y + len(row["label"]) * _LINE + 14, y + tall))
        y += tall + 6
    figure = theme.figure(words.lang, height=int(y) + 34, hovermode="closest", showlegend=False, barmode="overlay")
    figure.update_layout(margin={"t": 4, "b": 30, "l": 4, "r": 4})
    figure.update_yaxes(range=[y, 0], visible=False, fixedrange=True)
    year_of = words.date(pd.Timestamp(2000, 1, 1), "year").replace("2000", "%Y")
    figure.update_xaxes(
        range=[first, last], type="date", dtick="M12", tickformat=year_of, ticklabelmode="period", fixedrange=True
    )
    notes = theme.Notes()
    for year in range(first.year, last.year + 1):
        at = pd.Timestamp(year, 1, 1)
        notes.shape(type="line", x0=at, x1=at, y0=0, y1=y, line={"color": theme.GRID, "width": 1}, layer="below")
    for row, place in zip(rows, places, strict=True):
        _add_decision(figure, notes, row, *place, words)
    _add_moves(figure, notes, rows, [y for _, y, _ in places])
    notes.write(figure)
    return figure


def _add_moves(figure: go.Figure, notes: theme.Notes, rows: list[dict[str, Any]], ys: list[float]) -> None:
    """Draw an arrow from each window of time for the expo to the next; what was cancelled is crossed out where it was to be."""
    before, at, window = 0.0, None, None
    for row, y in zip(rows, ys, strict=True):
        is_dated = pd.notna(row["left"])
        middle = row["left"] + (row["right"] - row["left"]) / 2 if is_dated else at
        if at is not None and window != (row["opens_on"], row["closes_on"], row["dates_precision"]):
            ends = {"x": middle, "y": y - lanes.BAR / 2 - 2, "ax": at, "ay": before + lanes.BAR / 2, "axref": "x", "ayref": "y"}
            notes.text(**ends, showarrow=True, arrowhead=2, arrowwidth=1.6, arrowcolor=row["colour"], text="")
        if at is not None and not is_dated:
            cross = {"symbol": "x-thin", "size": _MARK, "line": {"width": 2.5, "color": row["colour"]}}
            look = {"mode": "markers", "hovertext": row["hover"], "hoverinfo": "text", "marker": cross}
            figure.add_scatter(x=[middle], y=[y], name="crossed", meta={"plan_id": row["plan_id"]}, **look)
        before, at, window = y, middle, (row["opens_on"], row["closes_on"], row["dates_precision"])


def _labelled(row: dict[str, Any], words: Words) -> dict[str, Any]:
    """Return the row with its label, what the pointer shows, its colour, and `until`, the end of the time of the decision."""
    dates = words.span(row["opens_on"], row["closes_on"], row["dates_precision"])
    marks = [words(key) for key in ("followed", "later") if row[key]]
    decided = words.date(row["decided_on"], row["decided_precision"])
    head = words("join").join([words(f"state.{row['state']}"), decided, *marks])
    title = words.dated(row["title"], dates or words("no_dates"))
    room = lanes.PHONE / lanes.LETTER - 1
    lines = [f"<b>{line}</b>" for line in text_width.break_lines(head, room - 1, is_label=True)]
    lines += text_width.break_lines(title, room, is_label=True)
    hover = [*lines, words(f"precision.{row['dates_precision']}")] if dates else [*lines]
    hover.append(words("colon", name=words("columns.basis"), value=words(f"basis.{row['basis']}")))
    colour = theme.REST if row["later"] else theme.MISSING if row["state"] == "cancelled" else theme.PLAN
    until = row["decided_on"] + pd.DateOffset(months=_MONTHS[row["decided_precision"]])
    return row | {"label": lines, "hover": "<br>".join(hover), "colour": colour, "until": until}


def _add_decision(
    figure: go.Figure, notes: theme.Notes, row: dict[str, Any], top: float, y: float, bottom: float, words: Words
) -> None:
    colour, until, is_exact = row["colour"], row["until"], row["decided_precision"] == "day"
    if row["followed"]:
        notes.shape(
            type="rect",
            xref="paper",
            x0=0,
            x1=1,
            y0=top - 3,
            y1=bottom + 3,
            fillcolor=theme.DONE_SOFT,
            opacity=0.45,
            line={"width": 0},
            layer="below",
        )
    notes.text(
        xref="paper",
        x=0,
        xanchor="left",
        xshift=4,
        y=top,
        yanchor="top",
        text="<br>".join(row["label"]),
        align="left",
        font={"size": lanes.LETTER, "color": theme.MUTED if row["later"] else theme.INK},
    )
    if is_exact:
        notes.shape(type="line", x0=until, x1=until, y0=y - 11, y1=y + 11, line={"color": colour, "width": 1.5})
    else:
        _add_bar(figure, row, row["decided_on"], until, y, False)
    if pd.isna(row["left"]):
        notes.text(
            x=until,
            y=y,
            text=words("no_dates"),
            xanchor="left",
            xshift=10,
            font={"size": lanes.LETTER, "color": colour},
        )
    else:
        way = {"color": colour, "width": 1, "dash": "dot"}
        notes.shape(type="line", x0=until, x1=row["left"], y0=y, y1=y, line=way)
        is_to_the_day = row["dates_precision"] == "day" and pd.notna(row["opens_on"]) and pd.notna(row["closes_on"])
        _add_bar(figure, row, row["left"], row["right"], y, is_to_the_day)
    figure.add_scatter(
        x=[row["decided_on"] + (until - row["decided_on"]) / 2],
        y=[y],
        mode="markers",
        hovertext=row["hover"],
        hoverinfo="text",
        meta={"plan_id": row["plan_id"]},
        marker={
            "symbol": _SYMBOLS[row["state"]],
            "size": _MARK,
            "color": colour if is_exact and not row["later"] else theme.PAPER,
            "line": {"width": 1.5, "color": colour},
        },
    )


def _add_bar(figure: go.Figure, row: dict[str, Any], start: pd.Timestamp, end: pd.Timestamp, y: float, is_exact: bool) -> None:
    fill = theme.PAPER if row["later"] else row["colour"] if is_exact else theme.REST_SOFT
    figure.add_bar(
        x=[(end - start).total_seconds() * 1000],
        base=[start],
        y=[y],
        width=lanes.BAR,
        orientation="h",
        hovertext=row["hover"],
        hoverinfo="text",
        meta={"plan_id": row["plan_id"]},
        marker={"color": fill, "line": {"color": row["colour"], "width": 1.2}},
    )


def message(table: pd.DataFrame, words: Words) -> str:
    """Return how many decisions there were, what came last, and which is followed here."""
    known = table[~table["later"]]
    followed = table[table["followed"]]
    text = words("message_none", date=words.date(table["as_of"].iloc[0]))
    if len(known):
        last = known.iloc[-1]
        text = words(
            "message",
            count=words.number(len(known)),
            title=last["title"],
            date=words.date(last["decided_on"], last["decided_precision"]),
        )
    return words("message_followed", said=text, plan=followed["title"].iloc[0]) if len(followed) else text
