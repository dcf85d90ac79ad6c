"""What happened, what is due, and what moved, field by field?"""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from .. import theme
from .. import words as wording
from ..choices import Choices
from ..datasets import milestones, plans, programme
from ..datasets.columns import FIELDS
from ..measures import dated, lanes, lettering, plan, timeline
from ..words import Words
from . import _timeline_sheet
from ._timeline_sheet import STRIP, TICKS, Sheet

_MARK, _ROW = 11, 19  # px: a mark, a row of the key
_SHORT = 0.012  # a span of days shorter than this part of the axis gets a mark, or nobody would see it
# known to the day, done: filled, or soft where all that is known is the span
_LOOKS = {(True, True): theme.DONE, (False, True): theme.DONE_SOFT, (True, False): theme.PAPER, (False, False): theme.REST_SOFT}


def table(choices: Choices) -> pd.DataFrame:
    """One row for each milestone and field (`kind` milestone), for the plan's own days (expo), for each decision about the plan
    (decision: starts_on, ends_on are the days that it gave the expo) and, where the expo's days fill the axis, for each holiday
    (day_off). `shown_from` and `shown_to` bound the axis, opens_on and closes_on are the plan's."""
    known, said = plans.load(), wording.of(__file__, choices.lang)
    rows = dated.told(milestones.load(), programme.load(), plan.chosen(known, choices.plan), choices.lang, choices.as_of)
    rows["title"] = rows["title"].mask(rows["milestone_id"].isna(), rows["title"].map(lambda plan: said("expo_days", plan=plan)))
    narrowed = dated.narrowed(rows, choices.field, choices.prefecture, choices.partner)
    rows = timeline.rows(narrowed, known, choices, FIELDS)
    for row in rows[rows["kind"] == "day_off"].itertuples():
        named = [(one, getattr(row, f"holiday_{one}")) for one in ("kr", "jp") if getattr(row, f"holiday_{one}")]
        parts = [said("off_in", name=said.holiday(one, name), country=said(f"country.{one}")) for one, name in named]
        rows.loc[row.Index, "title"] = said("comma").join(parts)
    rows = rows.drop(columns=["holiday_kr", "holiday_jp"])
    rows.attrs["narrow"] = choices.narrow
    return rows


def draw(table: pd.DataFrame, words: Words) -> go.Figure:
    """A lane for each field, a row for each milestone: as long as its date is uncertain, solid where known to the day, hollow
    where planned or after as-of, with an arrow where an end is not known. The plan's lane has a row for each time that the
    expo was to have, an arrow from one to the next, and the days on which that was decided."""
    as_of, first, last, zoom = table[["as_of", "shown_from", "shown_to", "zoom"]].iloc[0]
    room = lanes.PHONE if table.attrs.get("narrow") else lanes.WIDE
    rows = lanes.spans(timeline.windows(table), first, last)
    titles = [_moved(row, table, words) if row["kind"] == "decision" else row["title"] for row in rows.to_dict("records")]
    rows["title"] = pd.Series(titles, index=rows.index)
    rows = lanes.labelled(rows, rows["title"], first, last, words.lang, room, rows["kind"] == "decision")
    across = 2 if room == lanes.PHONE else 3
    top = _ROW * (6 // across) + 4 + TICKS
    headings = {name: words(f"field.{name}") for name in table["field"].unique()}
    rows, heads, height = lanes.placed(rows, headings, top + 2 * STRIP)
    figure = theme.figure(words.lang, height=int(height) + 40, hovermode="closest", showlegend=False, barmode="overlay")
    figure.update_layout(margin={"t": 4, "b": 30, "l": 7, "r": 7}, dragmode="zoom")
    figure.update_yaxes(range=[height, 0], visible=False, fixedrange=True)
    sheet = Sheet(figure, words, first, last, top, height, room, zoom)
    _timeline_sheet.lay_out(sheet, table, heads)
    told = rows.assign(hover=[_hover(row, words) for row in rows.to_dict("records")]).to_dict("records")
    drawn = [row for row in told if pd.notna(row["left"]) and row["kind"] != "decision"]
    for exact, done in _LOOKS:
        _bars(sheet, [one[:3] for one in timeline.parts(drawn, as_of) if one[3:] == (exact, done)], _look(exact, done), done)
    for done, colour, edge in ((True, theme.DONE, theme.DONE), (False, theme.PAPER, theme.PLAN)):
        marks = timeline.marks(drawn, as_of, (last - first) * _SHORT)
        _marks(sheet, [one[:3] for one in marks if one[3] == done], colour, edge, done)
    _moves(sheet, [row for row in told if row["kind"] == "decision"], table)
    for row in told:
        _label(sheet, row)
    _timeline_sheet.as_of_line(sheet, as_of)
    sheet.notes.key(_key(words), across, room, _ROW)
    sheet.notes.write(figure)
    return figure


def _moved(row: dict[str, Any], table: pd.DataFrame, words: Words) -> str:
    """All the decisions for one time, and that time."""
    some = table[table["window"] == row["window"]][["state", "decided_on", "decided_precision"]]
    decided = [words("decided", state=words(f"state.{state}"), date=words.date(*when)) for state, *when in some.to_numpy()]
    dates = words.span(row["starts_on"], row["ends_on"], row["precision"]) or words("no_dates")
    return words("window", decided=words("join").join(decided), dates=dates)


def _bars(sheet: Sheet, some: list[tuple[dict[str, Any], Any, Any]], look: dict[str, Any], done: bool) -> None:
    if some:
        sheet.figure.add_bar(
            x=[(end - begin).total_seconds() * 1000 for _, begin, end in some],
            base=[begin for _, begin, _ in some],
            y=[row["y"] for row, *_ in some],
            orientation="h",
            width=lanes.BAR,
            marker=look,
            **_told([row for row, *_ in some], done),
        )


def _marks(sheet: Sheet, some: list[tuple[dict[str, Any], Any, str]], colour: str, edge: str, done: bool) -> None:
    if some:
        sheet.figure.add_scatter(
            x=[at for _, at, _ in some],
            y=[row["y"] for row, *_ in some],
            mode="markers",
            cliponaxis=False,
            marker={"symbol": [one for *_, one in some], "size": _MARK, "color": colour, "line": {"width": 1.5, "color": edge}},
            **_told([row for row, *_ in some], done),
        )


def _moves(sheet: Sheet, rows: list[dict[str, Any]], table: pd.DataFrame) -> None:
    """The time that the expo was to have, an arrow from each to the next, and the days on which that was decided. What lies
    beyond the axis is an arrow at its end; what was cancelled is crossed out where it was to be."""
    before: tuple[Any, float] | None = None
    for row in rows:
        later = row["stage"] == "ahead"
        colour = theme.REST if later else theme.MISSING if row["state"] == "cancelled" else theme.PLAN
        fill = theme.PAPER if later else colour if row["precision"] == "day" else theme.REST_SOFT
        dated_ = pd.notna(row["left"])
        at = row["left"] + (row["right"] - row["left"]) / 2 if dated_ else before[0] if before else None
        if dated_ and row["left"] < row["right"]:
            _bars(sheet, [(row, row["left"], row["right"])], _edged(fill, colour), False)
        elif at is not None:
            beyond = "triangle-left" if at == sheet.first else "triangle-right"
            _marks(sheet, [(row, at, beyond if dated_ else "x")], fill if dated_ else colour, colour, False)
        if before and at is not None:
            ends = {"x": at, "y": row["y"] - lanes.BAR / 2 - 2, "ax": before[0], "ay": before[1] + lanes.BAR / 2}
            sheet.notes.text(
                **ends, axref="x", ayref="y", showarrow=True, arrowhead=2, arrowcolor=colour, arrowwidth=1.6, text=""
            )
        some = table[(table["window"] == row["window"]) & table["decided_on"].between(sheet.first, sheet.last)]
        some = some[some["decided_precision"] == "day"].to_dict("records")
        _marks(sheet, [(row | {"plan_id": one["plan_id"]}, one["decided_on"], "line-ns") for one in some], colour, colour, False)
        if some and at is not None:
            line = {"color": colour, "width": 1, "dash": "dot"}
            sheet.notes.shape(type="line", x0=some[0]["decided_on"], x1=at, y0=row["y"], y1=row["y"], line=line, layer="below")
        before = before if at is None else (at, row["y"])


def _told(rows: list[dict[str, Any]], done: bool) -> dict[str, Any]:
    """What the pointer shows, what is pressed, and what is drawn for whoever reads the figure and not the picture."""
    return {
        "hovertext": [row["hover"] for row in rows],
        "hoverinfo": "text",
        "meta": {"done": done},
        "customdata": [timeline.item(row) for row in rows],
        "unselected": {"marker": {"opacity": 0.45}},
    }


def _label(sheet: Sheet, row: dict[str, Any]) -> None:
    side = row["side"]
    to_left, edge = side in ("left", "above_right", "edge_right"), side.startswith("edge") or pd.isna(row["left"])
    if edge:
        at = {"xref": "paper", "x": int(side == "edge_right")}
    else:
        at = {"x": row["left"] if side in ("left", "above_left") else row["right"]}
    shift = 0 if edge else 3 if side.startswith("above") else lanes.GAP
    sheet.notes.text(
        **at,
        y=row["label_y"],
        text="<br>".join(row["lines"]),
        align="right" if to_left else "left",
        xanchor="right" if to_left else "left",
        xshift=-shift if to_left else shift,
        yanchor="middle",
        hovertext=row["hover"],
        font={"size": lanes.LETTER, "color": theme.INK if row["stage"] in timeline.DONE else theme.MUTED},
        bgcolor=theme.PAPER,
        borderpad=0,  # labels lie over the lines of years and of as-of
    )


def _look(exact: bool, done: bool) -> dict[str, Any]:
    return _edged(_LOOKS[exact, done], theme.DONE if done else theme.PLAN)


def _edged(colour: str, edge: str) -> dict[str, Any]:
    return {"color": colour, "line": {"color": edge, "width": 1.2}, "cornerradius": 2}


def _hover(row: dict[str, Any], words: Words) -> str:
    lines = [f"<b>{line}</b>" for line in lettering.wrap(row["title"], 22, words.lang)]
    if pd.notna(row["partner"]):
        lines += lettering.wrap(words("colon", name=words("columns.partner"), value=row["partner"]), 24, words.lang)
    if row["kind"] != "decision":
        when = words.span(row["starts_on"], row["ends_on"], row["precision"]) or words("stage.undated")
        lines += [words("colon", name=words("when"), value=when), words(f"precision.{row['precision']}")]
        lines.append(words("colon", name=words("columns.stage"), value=words(f"stage.{row['stage']}")))
    return "<br>".join([*lines, words("colon", name=words("columns.basis"), value=words(f"basis.{row['basis']}"))])


def _key(words: Words) -> list[tuple[str, str, str, str]]:
    box, plan_ = "0,-5 14,-5 14,5 0,5 0,-5", (theme.PLAN, theme.PLAN)
    looks = [(box, _LOOKS[look], theme.DONE if look[1] else theme.PLAN) for look in ((True, True), (False, True), (True, False))]
    looks += [("12,-6 12,6 2,0 12,-6", theme.DONE, theme.DONE), ("0,0 8,0 8,-4 14,0 8,4 8,0", *plan_), ("7,-6 7,6", *plan_)]
    names = ("exact", "coarse", "not_done", "open", "moved", "decided")
    return [(*look, words(f"key.{name}")) for look, name in zip(looks, names, strict=True)]


def message(table: pd.DataFrame, words: Words) -> str:
    """How many are behind, under way, known only as plans, ahead; and what is next."""
    each = table[table["kind"].isin(["milestone", "expo"])].drop_duplicates(["milestone_id", "project_id"])
    count = {stage: words.number((each["stage"] == stage).sum()) for stage in dated.STAGES}
    said = words("message", date=words.date(table["as_of"].iloc[0]), total=words.number(len(each)), **count)
    ahead = dated.in_time(each[each["stage"] == "ahead"])
    if ahead.empty:
        return said
    first = ahead.iloc[0].to_dict()
    when = words.span(first["starts_on"], first["ends_on"], first["precision"])
    return words("message_next", said=said, title=first["title"], when=when)


def items(table: pd.DataFrame, words: Words) -> dict[str, str]:
    """What can be pressed: the name of each item and how it is called, in the order of time."""
    each = dated.in_time(table[table["kind"] != "day_off"]).drop_duplicates(["milestone_id", "plan_id"])
    told = {}
    for row in each.to_dict("records"):
        when = words.span(row["starts_on"], row["ends_on"], row["precision"]) or words("no_dates")
        told[timeline.item(row)] = words("colon", name=when, value=row["title"])
    return told
