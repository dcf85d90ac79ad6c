"""What happened and what is due, field by field?"""

from datetime import date, timedelta
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from .. import theme
from ..choices import Choices
from ..datasets import milestones, plans, programme
from ..datasets.columns import FIELDS
from ..measures import dated, lettering, plan
from ..words import Words

_PHONE = 296  # px that the drawing has on the narrowest screen; labels are broken for it
_LETTER, _LINE = 12, 15  # px
_BAR, _MARK, _GAP = 12, 11, 9
_KEY, _YEARS, _AS_OF = 44, 24, 20  # px of the three strips on top
_OPEN = 0.07  # part of the axis along which an open end fades
_DAYS_MARK = 0.012  # a span shorter than this part of the axis gets a mark, or nobody would see it
_LANES = (dated.EXPO, *FIELDS)
_DONE = ("happened", "under_way")


def table(choices: Choices) -> pd.DataFrame:
    """One row for each milestone and field: field, milestone_id, project_id, partner, title, starts_on, ends_on, precision,
    jis_code, status, stage, as_of, basis, source_id; the plan's own days have no milestone_id."""
    chosen = plan.chosen(plans.load(), choices.plan)
    rows = dated.told(milestones.load(), programme.load(), chosen, choices.lang, choices.as_of)
    rows = dated.by_field(dated.narrowed(rows, choices.field, choices.prefecture), _LANES)
    if choices.field:
        rows = rows[rows["field"].isin([choices.field, dated.EVERY])]
    rows = rows.assign(as_of=pd.Timestamp(choices.as_of))
    return rows[["field", "milestone_id", "project_id", "partner", "title", "starts_on", "ends_on", "precision", "jis_code",
                 "status", "stage", "as_of", "basis", "source_id"]].reset_index(drop=True)  # fmt: skip


def draw(table: pd.DataFrame, words: Words) -> go.Figure:
    """A lane for each field, a row for each milestone: as long as its date is uncertain, solid where known to the day,
    hollow where planned or after as-of, with an arrow where an end is not known.

    The vertical axis counts pixels, since a label needs as much room on a phone as on a wall.
    """
    as_of = table["as_of"].iloc[0]
    first, last = _years(table, as_of)
    rows, lanes, height = _placed(_labelled(_spans(table, first, last), first, last, words), words)
    figure = theme.figure(words.lang, height=height + 40, hovermode="closest", showlegend=False, barmode="overlay")
    figure.update_layout(margin={"t": 4, "b": 30, "l": 4, "r": 4})
    _frame(figure, first, last, lanes, height, words)
    for row in rows.to_dict("records"):
        _mark(figure, row, as_of, words)
    _as_of_line(figure, as_of, first, last, height, words)
    _key(figure, words)
    return figure


def _years(table: pd.DataFrame, as_of: pd.Timestamp) -> tuple[pd.Timestamp, pd.Timestamp]:
    """Whole years around everything."""
    days = pd.concat([table["starts_on"], table["ends_on"], pd.Series([as_of])]).dropna()
    return pd.Timestamp(days.min().year, 1, 1), pd.Timestamp(days.max().year + 1, 1, 1)


def _spans(table: pd.DataFrame, first: pd.Timestamp, last: pd.Timestamp) -> pd.DataFrame:
    """left and right: where a row is drawn, its last day included; an open end reaches a little beyond what is known."""
    beyond = (last - first) * _OPEN
    left, right = table["starts_on"], table["ends_on"] + timedelta(days=1)
    return table.assign(
        left=left.fillna(right - beyond).clip(lower=first), right=right.fillna(left + beyond).clip(upper=last)
    )


def _labelled(rows: pd.DataFrame, first: pd.Timestamp, last: pd.Timestamp, words: Words) -> pd.DataFrame:
    """label, lines, side: the title broken so that it fits a phone, on the side of the bar that has more room."""
    sides, labels, lines, edges = [], [], [], []
    for row in rows.to_dict("records"):
        begin, end = (0.0, 0.0) if pd.isna(row["left"]) else ((row[edge] - first) / (last - first) for edge in ("left", "right"))
        tried = {}
        for side, room in (("right", 1 - end), ("left", begin)):
            room = max(room * _PHONE - _GAP, 4 * _LETTER) / _LETTER
            tried[side] = lettering.wrap(_title(row, words), room, words.lang)
        side = min(tried, key=lambda one: len(tried[one]))
        wide = max(map(lettering.width, tried[side])) * _LETTER + _GAP
        sides.append(side)
        labels.append("<br>".join(tried[side]))
        lines.append(len(tried[side]))
        edges.append(begin * _PHONE - (wide if side == "left" else 0))
    return rows.assign(side=sides, label=labels, lines=lines, edge=edges)


def _title(row: dict[str, Any], words: Words) -> str:
    return words("expo_days", plan=row["title"]) if pd.isna(row["milestone_id"]) else row["title"]


def _placed(rows: pd.DataFrame, words: Words) -> tuple[pd.DataFrame, list[tuple[str, float, float]], float]:
    """y of each row; (heading, its y, top) of each lane; the height. A heading shares its lane's first row if it fits."""
    y, lanes, places = float(_KEY + _YEARS + _AS_OF), [], []
    for field, lane in rows.groupby("field", sort=False):
        heading, top = words(f"field.{field}"), y
        y += 7
        fits = lane["edge"].iloc[0] > lettering.width(heading) * (_LETTER + 1) + 12
        lanes.append((heading, y + 9, top))
        y += 0 if fits else 21
        for lines in lane["lines"]:
            tall = max(lines * _LINE, _BAR) + 8
            places.append(y + tall / 2)
            y += tall
        if fits:
            lanes[-1] = (heading, places[-len(lane)], top)
        y += 7
    return rows.assign(y=places), lanes, y


def _frame(figure: go.Figure, first: pd.Timestamp, last: pd.Timestamp, lanes: list[tuple[str, float, float]], height: float,
           words: Words) -> None:  # fmt: skip
    for year in range(first.year, last.year + 1):
        at = pd.Timestamp(year, 1, 1)
        figure.add_shape(type="line", x0=at, x1=at, y0=_KEY + _YEARS, y1=height, line={"color": theme.GRID, "width": 1}, layer="below")
    for heading, y, top in lanes:
        figure.add_shape(type="line", xref="paper", x0=0, x1=1, y0=top, y1=top, line={"color": theme.AXIS, "width": 1}, layer="below")
        figure.add_annotation(
            xref="paper", x=0, xanchor="left", y=y, yanchor="middle", text=f"<b>{heading}</b>", showarrow=False,
            font={"size": _LETTER + 1, "color": theme.INK},
        )  # fmt: skip
    year_of = words.date(date(2000, 1, 1), "year").replace("2000", "%Y")
    # few years have room for each on a phone; of many, Plotly leaves out what the screen has no room for
    ticks = {"range": [first, last], "type": "date", "tickformat": year_of, "ticklabelmode": "period", "fixedrange": True,
             "showgrid": False, "zeroline": False}  # fmt: skip
    ticks |= {"dtick": "M12"} if last.year - first.year <= 6 else {"tickmode": "auto"}
    figure.update_layout(
        xaxis=ticks | {"showline": True},
        xaxis2=ticks | {"overlaying": "x", "side": "top", "anchor": "free", "position": 1 - (_KEY + _YEARS) / height},
        yaxis={"range": [height, 0], "visible": False, "fixedrange": True},
    )
    figure.add_scatter(x=[first], y=[0], xaxis="x2", mode="markers", marker={"opacity": 0}, hoverinfo="skip")  # so that x2 is drawn


def _mark(figure: go.Figure, row: dict[str, Any], as_of: pd.Timestamp, words: Words) -> None:
    told = "<br>".join(_hover(row, words))
    if pd.notna(row["left"]):
        now, exact = as_of + timedelta(days=1), row["precision"] == "day"
        parts = [(row["left"], row["right"], row["stage"] in _DONE)]
        if row["stage"] == "under_way":
            parts = [(row["left"], now, True), (now, row["right"], False)] if row["left"] < now < row["right"] else parts
        for begin, end, done in parts:
            figure.add_bar(
                x=[(end - begin).total_seconds() * 1000], base=[begin], y=[row["y"]], width=_BAR, orientation="h",
                marker=_look(exact, done), hovertext=told, hoverinfo="text", meta=_meta(row, done),
            )  # fmt: skip
        first, last = figure.layout.xaxis.range
        if exact and (row["right"] - row["left"]) / (pd.Timestamp(last) - pd.Timestamp(first)) < _DAYS_MARK:
            done = row["stage"] in _DONE
            figure.add_scatter(
                x=[row["left"] + (row["right"] - row["left"]) / 2], y=[row["y"]], mode="markers", meta=_meta(row, done),
                marker={"symbol": "diamond", "size": _MARK, "color": theme.DONE if done else theme.PAPER,
                        "line": {"width": 1.5, "color": theme.DONE if done else theme.PLAN}},
                hovertext=told, hoverinfo="text",
            )  # fmt: skip
        _open(figure, row)
    right = row["side"] == "right"
    at = {"xref": "paper", "x": 0} if pd.isna(row["left"]) else {"x": row["right"] if right else row["left"]}
    figure.add_annotation(
        **at, y=row["y"], text=row["label"], showarrow=False, align="left" if right else "right",
        xanchor="left" if right else "right", xshift=_GAP if right else -_GAP, yanchor="middle", hovertext=told,
        bgcolor=theme.PAPER, borderpad=0,  # on a phone labels lie over the line of as-of
        font={"size": _LETTER, "color": theme.INK if row["stage"] in _DONE else theme.MUTED},
    )  # fmt: skip


def _meta(row: dict[str, Any], done: bool) -> dict[str, Any]:
    """What is drawn, for whoever reads the figure and not the picture."""
    return {"milestone_id": None if pd.isna(row["milestone_id"]) else row["milestone_id"], "done": done}


def _look(exact: bool, done: bool) -> dict[str, Any]:
    edge = theme.DONE if done else theme.PLAN
    fill = {(True, True): theme.DONE, (False, True): theme.DONE_SOFT, (True, False): theme.PAPER, (False, False): theme.REST_SOFT}
    return {"color": fill[exact, done], "line": {"color": edge, "width": 1.2}, "cornerradius": 2}


def _open(figure: go.Figure, row: dict[str, Any]) -> None:
    """An arrow where an end is not known."""
    for blank, edge, symbol in (("starts_on", "left", "triangle-left"), ("ends_on", "right", "triangle-right")):
        if pd.isna(row[blank]):
            colour = theme.DONE if row["stage"] in _DONE else theme.PLAN
            figure.add_scatter(
                x=[row[edge]], y=[row["y"]], mode="markers", hoverinfo="skip", marker={"symbol": symbol, "size": 12, "color": colour},
                meta=_meta(row, row["stage"] in _DONE) | {"open": blank},
            )  # fmt: skip


def _hover(row: dict[str, Any], words: Words) -> list[str]:
    when = words.span(row["starts_on"], row["ends_on"], row["precision"])
    lines = [f"<b>{line}</b>" for line in lettering.wrap(_title(row, words), 22, words.lang)]
    if pd.notna(row["partner"]):
        lines += lettering.wrap(words("colon", name=words("columns.partner"), value=row["partner"]), 24, words.lang)
    lines += [words("colon", name=words("when"), value=when), words(f"precision.{row['precision']}")]
    lines.append(words("colon", name=words("columns.stage"), value=words(f"stage.{row['stage']}")))
    lines.append(words("colon", name=words("columns.basis"), value=words(f"basis.{row['basis']}")))
    return lines


def _as_of_line(figure: go.Figure, as_of: pd.Timestamp, first: pd.Timestamp, last: pd.Timestamp, height: float, words: Words) -> None:
    """The line stands at the end of the day."""
    at = as_of + timedelta(days=1)
    figure.add_shape(type="line", x0=at, x1=at, y0=_KEY + _YEARS, y1=height, line={"color": theme.MISSING, "width": 1.5, "dash": "dot"})
    part = (at - first) / (last - first)
    figure.add_annotation(
        x=at, y=_KEY + _YEARS + _AS_OF / 2, yanchor="middle", text=words("as_of", date=words.date(as_of)), showarrow=False,
        xanchor="left" if part < 0.5 else "right", xshift=5 if part < 0.5 else -5, font={"size": _LETTER, "color": theme.MISSING},
    )  # fmt: skip


def _key(figure: go.Figure, words: Words) -> None:
    """How to read it, in the corner and in pixels, so that it is never wider than a phone."""
    looks = {"exact": _look(True, True), "coarse": _look(False, True), "not_done": _look(True, False)}
    for number, name in enumerate(("exact", "coarse", "not_done", "open")):
        left, y = (number % 2) * _PHONE // 2, 10 + 19 * (number // 2)
        if name == "open":
            # a triangle of pixels: paths are placed around the anchor as rectangles are
            figure.add_shape(
                type="path", path=f"M {left + 12} {-6} L {left + 12} {6} L {left + 2} 0 Z", xref="paper", xanchor=0,
                xsizemode="pixel", yanchor=y, ysizemode="pixel", fillcolor=theme.DONE, line={"width": 0},
            )  # fmt: skip
        else:
            look = looks[name]
            figure.add_shape(
                type="rect", x0=left, x1=left + 14, y0=-5, y1=5, xref="paper", xanchor=0, xsizemode="pixel", yanchor=y,
                ysizemode="pixel", fillcolor=look["color"], line={"color": look["line"]["color"], "width": 1.2},
            )  # fmt: skip
        figure.add_annotation(
            xref="paper", x=0, xshift=left + 19, xanchor="left", y=y, yanchor="middle", text=words(f"key.{name}"), showarrow=False,
            font={"size": 11, "color": theme.MUTED},
        )  # fmt: skip


def message(table: pd.DataFrame, words: Words) -> str:
    """How many are behind, under way, known only as plans, ahead; and what is next."""
    each = table.drop_duplicates(["milestone_id", "project_id"])
    count = each["stage"].value_counts()
    said = words("message", date=words.date(table["as_of"].iloc[0]), total=words.number(len(each)),
                 **{stage: words.number(count.get(stage, 0)) for stage in dated.STAGES})  # fmt: skip
    ahead = dated.in_time(each[each["stage"] == "ahead"])
    if ahead.empty:
        return said
    first = ahead.iloc[0].to_dict()
    when = words.span(first["starts_on"], first["ends_on"], first["precision"])
    return words("message_next", said=said, title=_title(first, words), when=when)
