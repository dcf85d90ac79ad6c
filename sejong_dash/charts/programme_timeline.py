"""What happened and what is due, field by field?"""

from datetime import date, timedelta
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from .. import theme
from ..choices import Choices
from ..datasets import milestones, plans, programme
from ..datasets.columns import FIELDS
from ..measures import dated, lanes, lettering, plan
from ..words import Words

_MARK = 11  # px
_KEY, _YEARS, _AS_OF = 44, 24, 20  # px of the three strips on top
_SHORT = 0.012  # a span of days shorter than this part of the axis gets a mark, or nobody would see it
_LANES = (dated.EXPO, *FIELDS)
_DONE = ("happened", "under_way")
# known to the day, done: filled, or soft where all that is known is the span
_LOOKS = {(True, True): theme.DONE, (False, True): theme.DONE_SOFT, (True, False): theme.PAPER, (False, False): theme.REST_SOFT}


def table(choices: Choices) -> pd.DataFrame:
    """One row for each milestone and field: field, milestone_id, project_id, partner, title, starts_on, ends_on, precision,
    jis_code, status, stage, as_of, basis, source_id; the plan's own days have no milestone_id."""
    chosen = plan.chosen(plans.load(), choices.plan)
    rows = dated.told(milestones.load(), programme.load(), chosen, choices.lang, choices.as_of)
    rows = dated.by_field(dated.narrowed(rows, choices.field, choices.prefecture), _LANES)
    if choices.field:
        rows = rows[rows["field"].isin([choices.field, dated.EVERY])]
    rows = rows.assign(as_of=pd.Timestamp(choices.as_of))
    return rows[
        [
            "field",
            "milestone_id",
            "project_id",
            "partner",
            "title",
            "starts_on",
            "ends_on",
            "precision",
            "jis_code",
            "status",
            "stage",
            "as_of",
            "basis",
            "source_id",
        ]
    ].reset_index(drop=True)


def draw(table: pd.DataFrame, words: Words) -> go.Figure:
    """A lane for each field, a row for each milestone: as long as its date is uncertain, solid where known to the day,
    hollow where planned or after as-of, with an arrow where an end is not known."""
    as_of = table["as_of"].iloc[0]
    first, last = lanes.years(pd.concat([table["starts_on"], table["ends_on"], table["as_of"]]))
    titles = pd.Series([_title(row, words) for row in table.to_dict("records")], index=table.index)
    rows = lanes.labelled(lanes.spans(table, first, last), titles, first, last, words.lang)
    headings = {field: words(f"field.{field}") for field in table["field"].unique()}
    rows, heads, height = lanes.placed(rows, headings, _KEY + _YEARS + _AS_OF)
    figure = theme.figure(words.lang, height=int(height) + 40, hovermode="closest", showlegend=False, barmode="overlay")
    figure.update_layout(margin={"t": 4, "b": 30, "l": 4, "r": 4})
    notes = theme.Notes()
    _frame(figure, notes, first, last, heads, height, words)
    told = [row | {"hover": _hover(row, words)} for row in rows.to_dict("records")]
    drawn = [row for row in told if pd.notna(row["left"])]
    _bars(figure, drawn, as_of)
    _marks(figure, drawn, as_of, (last - first) * _SHORT)
    for row in told:
        _label(notes, row)
    _as_of_line(notes, as_of, (as_of - first) / (last - first), height, words)
    _key(notes, words)
    notes.write(figure)
    return figure


def _title(row: dict[str, Any], words: Words) -> str:
    return words("expo_days", plan=row["title"]) if pd.isna(row["milestone_id"]) else row["title"]


def _frame(
    figure: go.Figure,
    notes: theme.Notes,
    first: pd.Timestamp,
    last: pd.Timestamp,
    heads: list[lanes.Lane],
    height: float,
    words: Words,
) -> None:
    """Years on top and below, a line for each, the lanes with their headings."""
    for year in range(first.year, last.year + 1):
        at = pd.Timestamp(year, 1, 1)
        line = {"color": theme.GRID, "width": 1}
        notes.shape(type="line", x0=at, x1=at, y0=_KEY + _YEARS, y1=height, line=line, layer="below")
    for lane in heads:
        line = {"color": theme.AXIS, "width": 1}
        notes.shape(type="line", xref="paper", x0=0, x1=1, y0=lane.top, y1=lane.top, line=line, layer="below")
        notes.text(
            xref="paper",
            x=0,
            xanchor="left",
            y=lane.heading_y,
            yanchor="middle",
            text=f"<b>{lane.heading}</b>",
            font={"size": lanes.LETTER + 1, "color": theme.INK},
        )
    year_of = words.date(date(2000, 1, 1), "year").replace("2000", "%Y")
    ticks = {
        "range": [first, last],
        "type": "date",
        "tickformat": year_of,
        "ticklabelmode": "period",
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
    }
    # few years have room for each on a phone; of many, Plotly leaves out what the screen has no room for
    ticks |= {"dtick": "M12"} if last.year - first.year <= 6 else {"tickmode": "auto"}
    on_top = {"overlaying": "x", "side": "top", "anchor": "free", "position": 1 - (_KEY + _YEARS) / height}
    figure.update_layout(xaxis=ticks, xaxis2=ticks | on_top, yaxis={"range": [height, 0], "visible": False, "fixedrange": True})
    # an axis is drawn only where a trace stands on it
    figure.add_scatter(x=[first], y=[0], xaxis="x2", mode="markers", marker={"opacity": 0}, hoverinfo="skip")


def _bars(figure: go.Figure, rows: list[dict[str, Any]], as_of: pd.Timestamp) -> None:
    """A bar for each row, as long as what is known of it; what is under way is done up to as-of only."""
    now, parts = as_of + timedelta(days=1), []
    for row in rows:
        begin, end = row["left"], row["right"]
        if row["stage"] == "under_way" and begin < now < end:
            parts += [(row, begin, now, True), (row, now, end, False)]
        else:
            parts.append((row, begin, end, row["stage"] in _DONE))
    for exact, done in _LOOKS:
        some = [part for part in parts if ((part[0]["precision"] == "day"), part[3]) == (exact, done)]
        if some:
            figure.add_bar(
                x=[(end - begin).total_seconds() * 1000 for _, begin, end, _ in some],
                base=[begin for _, begin, _, _ in some],
                y=[row["y"] for row, *_ in some],
                orientation="h",
                width=lanes.BAR,
                marker=_look(exact, done),
                **_told([row for row, *_ in some], done),
            )


def _marks(figure: go.Figure, rows: list[dict[str, Any]], as_of: pd.Timestamp, shortest: timedelta) -> None:
    """A mark on days too few to be seen, and an arrow where an end is not known."""
    now, marks = as_of + timedelta(days=1), []
    for row in rows:
        if row["precision"] == "day" and row["right"] - row["left"] < shortest:
            marks.append((row, row["left"] + (row["right"] - row["left"]) / 2, "diamond"))
        marks += [(row, row["left"], "triangle-left")] if pd.isna(row["starts_on"]) else []
        marks += [(row, row["right"], "triangle-right")] if pd.isna(row["ends_on"]) else []
    for done in (True, False):
        some = [one for one in marks if (one[0]["stage"] in _DONE and one[1] <= now) == done]
        if some:
            edge = theme.DONE if done else theme.PLAN
            figure.add_scatter(
                x=[at for _, at, _ in some],
                y=[row["y"] for row, *_ in some],
                mode="markers",
                marker={
                    "symbol": [symbol for *_, symbol in some],
                    "size": _MARK,
                    "color": theme.DONE if done else theme.PAPER,
                    "line": {"width": 1.5, "color": edge},
                },
                **_told([row for row, *_ in some], done),
            )


def _told(rows: list[dict[str, Any]], done: bool) -> dict[str, Any]:
    """What the pointer shows, and what is drawn for whoever reads the figure and not the picture."""
    return {
        "hovertext": [row["hover"] for row in rows],
        "hoverinfo": "text",
        "meta": {"done": done},
        "customdata": [row["milestone_id"] for row in rows],
    }


def _label(notes: theme.Notes, row: dict[str, Any]) -> None:
    right = row["side"] == "right"
    at = {"x": row["right"] if right else row["left"]} if pd.notna(row["left"]) else {"xref": "paper", "x": 0}
    notes.text(
        **at,
        y=row["y"],
        text="<br>".join(row["lines"]),
        align="left" if right else "right",
        xanchor="left" if right else "right",
        xshift=lanes.GAP if right else -lanes.GAP,
        yanchor="middle",
        hovertext=row["hover"],
        font={"size": lanes.LETTER, "color": theme.INK if row["stage"] in _DONE else theme.MUTED},
        bgcolor=theme.PAPER,
        borderpad=0,  # on a phone labels lie over the line of as-of
    )


def _look(exact: bool, done: bool) -> dict[str, Any]:
    edge = theme.DONE if done else theme.PLAN
    return {"color": _LOOKS[exact, done], "line": {"color": edge, "width": 1.2}, "cornerradius": 2}


def _hover(row: dict[str, Any], words: Words) -> str:
    when = words.span(row["starts_on"], row["ends_on"], row["precision"]) or words("stage.undated")
    lines = [f"<b>{line}</b>" for line in lettering.wrap(_title(row, words), 22, words.lang)]
    if pd.notna(row["partner"]):
        said = words("colon", name=words("columns.partner"), value=row["partner"])
        lines += lettering.wrap(said, 24, words.lang)
    lines += [words("colon", name=words("when"), value=when), words(f"precision.{row['precision']}")]
    for name in ("stage", "basis"):
        lines.append(words("colon", name=words(f"columns.{name}"), value=words(f"{name}.{row[name]}")))
    return "<br>".join(lines)


def _as_of_line(notes: theme.Notes, as_of: pd.Timestamp, part: float, height: float, words: Words) -> None:
    """The line stands at the end of the day; `part` is how far along the axis that is."""
    at, line = as_of + timedelta(days=1), {"color": theme.MISSING, "width": 1.5, "dash": "dot"}
    notes.shape(type="line", x0=at, x1=at, y0=_KEY + _YEARS, y1=height, line=line)
    notes.text(
        x=at,
        y=_KEY + _YEARS + _AS_OF / 2,
        yanchor="middle",
        text=words("as_of", date=words.date(as_of)),
        xanchor="left" if part < 0.5 else "right",
        xshift=5 if part < 0.5 else -5,
        font={"size": lanes.LETTER, "color": theme.MISSING},
    )


def _key(notes: theme.Notes, words: Words) -> None:
    """How to read it, in the corner and in pixels, so that it is never wider than a phone."""
    looks = {"exact": _look(True, True), "coarse": _look(False, True), "not_done": _look(True, False)}
    for number, name in enumerate(("exact", "coarse", "not_done", "open")):
        left, y = (number % 2) * lanes.PHONE // 2, 10 + 19 * (number // 2)
        if name == "open":
            notes.shape(
                type="path",
                path=f"M {left + 12} {-6} L {left + 12} {6} L {left + 2} 0 Z",
                xref="paper",
                xanchor=0,
                xsizemode="pixel",
                yanchor=y,
                ysizemode="pixel",
                fillcolor=theme.DONE,
                line={"width": 0},
            )
        else:
            look = looks[name]
            notes.shape(
                type="rect",
                x0=left,
                x1=left + 14,
                y0=-5,
                y1=5,
                xref="paper",
                xanchor=0,
                xsizemode="pixel",
                yanchor=y,
                ysizemode="pixel",
                fillcolor=look["color"],
                line={"color": look["line"]["color"], "width": 1.2},
            )
        notes.text(
            xref="paper",
            x=0,
            xshift=left + 19,
            xanchor="left",
            y=y,
            yanchor="middle",
            text=words(f"key.{name}"),
            font={"size": 11, "color": theme.MUTED},
        )


def message(table: pd.DataFrame, words: Words) -> str:
    """How many are behind, under way, known only as plans, ahead; and what is next."""
    each = table.drop_duplicates(["milestone_id", "project_id"])
    count = each["stage"].value_counts()
    said = words(
        "message",
        date=words.date(table["as_of"].iloc[0]),
        total=words.number(len(each)),
        **{stage: words.number(count.get(stage, 0)) for stage in dated.STAGES},
    )
    ahead = dated.in_time(each[each["stage"] == "ahead"])
    if ahead.empty:
        return said
    first = ahead.iloc[0].to_dict()
    when = words.span(first["starts_on"], first["ends_on"], first["precision"])
    return words("message_next", said=said, title=_title(first, words), when=when)
