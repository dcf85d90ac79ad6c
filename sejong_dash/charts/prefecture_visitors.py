"""Draw the visitors of each prefecture beside what is due and its part of the goal."""

from dataclasses import replace

import pandas as pd
import plotly.graph_objects as go

from sejong_dash import theme
from sejong_dash.basis import joined, weakest
from sejong_dash.choices import Choices
from sejong_dash.datasets import Tables
from sejong_dash.measures import figure_codes as figures
from sejong_dash.measures import goal, prefecture_values
from sejong_dash.measures.season import counts_as_of, prefecture_pace
from sejong_dash.measures.season.season import season_of_channel
from sejong_dash.words import Words

_ROW, _HEAD = 16, 74  # px
NARROWED_BY = ("on", "channel")
JUDGES_PACE = True
_ON_SLIDE = 8  # rows that a room can read
_COLUMNS = ["jis_code", "name", "role", "visitors", "due", "gap", "goal", "share_pct", "basis", "source_id"]


def table(choices: Choices, tables: Tables) -> pd.DataFrame:
    """Return a row for each prefecture, the largest shortfall first, and last one for visitors of unknown prefecture.

    Columns: jis_code, name, role, visitors, due, gap, goal, share_pct (visitors of goal), basis, source_id.

    `goal` is the prefecture's part of the whole goal, by population unless one is stated; `due` what it should have brought
    by as-of: its part of what the plan curve asks of Japan on the days on which it was counted. `gap` = visitors - due; both are
    blank where too much is missing for a verdict. Before the first count the largest part of the goal comes first, without a goal
    the most visitors. Narrowed to a day (`choices.on`), all figures are of that day and there is no `goal`; narrowed to a channel
    there are visitors alone.
    """
    places = tables.prefectures()
    japan = replace(choices, prefecture=None)
    now = season_of_channel(tables, japan)
    is_part = choices.on is not None or choices.channel is not None
    parts = None if is_part else goal.by_prefecture(tables.goals(), choices.plan, places)
    known = now.known if choices.on is None else now.known[now.known["date"] == pd.Timestamp(choices.on)]
    counts = counts_as_of.by(known, now.days, "jis_code")
    if parts is None and counts.empty:
        return pd.DataFrame()
    rows = places[["jis_code", f"name_{choices.lang}", "role"]].rename(columns={f"name_{choices.lang}": "name"})
    rows = rows.merge(counts.rename(columns={"basis": "count_basis", "source_id": "count_source"}), on="jis_code", how="outer")
    if parts is None:
        rows = rows.assign(goal=pd.NA, basis=pd.NA, source_id=pd.NA)
    else:
        rows = rows.merge(parts, on="jis_code", how="left")
    rows["visitors"], rows["goal"] = rows["visitors"].astype("Int64"), rows["goal"].astype("Int64")
    rows["due"] = pd.Series(pd.NA, index=rows.index, dtype="Int64")
    if len(counts):  # a day that was counted in full has no visitors from a prefecture without a row
        zeros = rows["jis_code"].map(prefecture_values.zeros(now, choices.as_of, choices.on)).astype("Int64")
        rows["visitors"] = rows["visitors"].fillna(zeros)
        rows["count_basis"] = rows["count_basis"].fillna(weakest(counts["basis"]))
        rows["count_source"] = rows["count_source"].fillna(joined(counts["source_id"]))
    if len(counts) and now.due_by_place is not None and not now.pace.is_withheld:
        rows["due"] = rows["jis_code"].map(prefecture_pace.until(now.due_by_place, choices.as_of, choices.on)).astype("Int64")
        rows["due"] = rows["due"].where(rows["visitors"].notna())
    rows["gap"] = rows["visitors"] - rows["due"]
    rows["share_pct"] = (100 * rows["visitors"] / rows["goal"].where(rows["goal"] > 0)).astype("Float64").round(2)
    spread = rows["due"].notna().map({True: now.weights_basis, False: None})
    rows["basis"] = [weakest(bases) for bases in zip(rows["count_basis"], rows["basis"], spread, strict=True)]
    sources = zip(rows["count_source"], rows["source_id"], rows["due"].notna(), strict=True)
    rows["source_id"] = [
        joined([count_source, goal_source, now.weights_source if has_due else None])
        for count_source, goal_source, has_due in sources
    ]
    if choices.prefecture:
        rows = rows[rows["jis_code"] == choices.prefecture]
    first = rows["gap"] if rows["gap"].notna().any() else -(rows["visitors"] if len(counts) else rows["goal"])
    order = rows.assign(last=rows["name"].isna(), first=first).sort_values(["last", "first"], kind="stable").index
    return rows.loc[order, _COLUMNS].reset_index(drop=True)


def draw(table: pd.DataFrame, words: Words) -> go.Figure:
    """Draw a bullet for each prefecture: its goal pale, its visitors green, a tick where they are due, the gap at the right."""
    rows, places = len(table), list(range(len(table)))
    is_alone = rows <= 2  # the legend has as many lines as ever: the axis makes room for it
    tall = 110 if is_alone else _ROW * (rows + 1)
    head = _HEAD + theme.LABEL_LINE * words("axis.visitors").count("<br>")
    figure = theme.figure(
        words.lang, height=tall + head + (30 if is_alone else 0), hovermode="closest", barmode="overlay", bargap=0
    )
    hover = {"hovertext": [_hover(row, words) for row in table.itertuples()], "hovertemplate": "%{hovertext}<extra></extra>"}
    for column, width, colour in (("goal", 0.78, theme.REST_SOFT), ("visitors", 0.42, theme.DONE)):
        if table[column].notna().any():
            look = {"orientation": "h", "width": width, "marker": {"color": colour}, "ids": _codes(table, column)}
            figure.add_bar(x=table[column], y=places, name=words(f"legend.{column}"), **look, **hover)
    if table["due"].notna().any():
        tick = {"symbol": "line-ns", "size": 12, "line": {"width": 2.5, "color": theme.MISSING}}
        tick = {"marker": tick, "ids": _codes(table, "due")}
        figure.add_scatter(x=table["due"], y=places, name=words("legend.due"), mode="markers", **tick, **hover)
        figure.update_layout(_add_gaps(figure, table, words))
    gardens = table["role"] == "garden"
    if gardens.any():  # explains the mark before the names
        mark = {"symbol": "star", "size": 10, "color": theme.INK}
        figure.add_scatter(x=[None], y=[None], name=words("role.garden"), mode="markers", marker=mark, hoverinfo="skip")
    names = table["name"].fillna(words("unknown"))
    figure.update_layout(
        yaxis={
            "tickvals": places,
            "ticktext": [f"★ <b>{name}</b>" if is_garden else name for name, is_garden in zip(names, gardens, strict=True)],
            "tickfont": {"size": 12, "color": theme.INK},
            "range": [rows - 0.4, -1.4],
            "fixedrange": True,
            "showgrid": False,
        },
        legend={"y": 1 + (4 if is_alone else 30 + head - _HEAD) / tall, "x": 0},
        margin={"t": _HEAD if is_alone else head - 8},
    )
    most = table[["goal", "visitors", "due"]].max().max()
    figure.update_xaxes(
        range=[0, max(float(most), 1) * 1.02],
        tickformat=",d",
        nticks=4,
        showgrid=True,
        side="bottom" if is_alone else "top",
        **theme.with_unit(words),
    )
    return figure


def _codes(table: pd.DataFrame, column: str) -> list[str]:
    """Return the code of the figure that each mark of a column shows; blank where none is drawn."""
    kind = "counted" if column == "visitors" else column
    places = zip(table["jis_code"], table[column].notna(), strict=True)
    return [figures.of_place(place, kind) if is_drawn else "" for place, is_drawn in places]


def slide(table: pd.DataFrame, words: Words) -> go.Figure:
    """Draw the prefectures that lack most, and write how many there are in all."""
    known = table[table["name"].notna()]
    figure = draw(known.head(_ON_SLIDE), words)
    if len(known) > _ON_SLIDE:
        text = words("on_slide", shown=words.number(_ON_SLIDE), all=words.number(len(known)))
        at = {"xref": "paper", "yref": "paper", "x": 1, "y": 0, "xanchor": "right", "yanchor": "top", "showarrow": False}
        figure.add_annotation(text=text, yshift=-4, font={"size": 12, "color": theme.MUTED}, **at)
        figure.update_layout(margin_b=26)
    return figure


def _add_gaps(figure: go.Figure, table: pd.DataFrame, words: Words) -> dict[str, object]:
    """Return two axes at the right that bear the gaps as labels: those behind with the heading, and the others."""
    # as labels of an axis they keep their room however wide the page is; an axis is drawn only where a trace stands on it
    axes: dict[str, object] = {}
    known = table[table["gap"].notna()]
    sides = ((2, known[known["gap"] < 0], theme.MISSING), (3, known[known["gap"] >= 0], theme.DONE))
    for number, rows, colour in sides:
        has_heading = number == 2
        axes[f"yaxis{number}"] = {
            "overlaying": "y",
            "range": [len(table) - 0.4, -1.4],
            "fixedrange": True,
            "side": "right",
            "showgrid": False,
            "zeroline": False,
            "tickvals": [*([-1] if has_heading else []), *rows.index],
            "ticktext": [*([words("gap")] if has_heading else []), *(words.signed(gap) for gap in rows["gap"])],
            "tickfont": {"size": 12, "color": colour},
        }
        nothing = {"mode": "markers", "marker": {"opacity": 0}, "hoverinfo": "skip", "showlegend": False}
        figure.add_scatter(x=[0], y=[0], yaxis=f"y{number}", **nothing)
    return axes


def _hover(row: object, words: Words) -> str:
    name = words("prefecture.unknown") if pd.isna(row.name) else row.name  # type: ignore[attr-defined]
    lines = [f"<b>{name}</b>"]
    for column in ("visitors", "due", "gap", "goal"):
        value = getattr(row, column)
        if pd.notna(value):
            number = words.signed(value) if column == "gap" else words.number(value)
            amount = words("amount.visitors", value=number)
            lines.append(words("colon", name=words(f"legend.{column}"), value=amount))
    return "<br>".join(lines)


def message(table: pd.DataFrame, words: Words) -> str:
    """Return what the chart says in one sentence."""
    known = table[table["name"].notna()]
    if known["visitors"].isna().all():
        first = known.iloc[0]
        key = "message_goal" if len(known) > 1 else "message_goal_one"
        return words(key, name=first["name"], goal=words.number(first["goal"]))
    if known["gap"].isna().all():
        first = known.iloc[0]
        return words("message_counted", name=first["name"], came=words.number(first["visitors"]))
    if len(known) == 1:
        row = known.iloc[0]
        key = "message_one_behind" if row["gap"] < 0 else "message_one_ahead"
        figures = {"came": words.number(row["visitors"]), "due": words.number(row["due"]), "gap": words.number(abs(row["gap"]))}
        return words(key, name=row["name"], **figures)
    behind = known[known["gap"] < 0]
    if behind.empty:
        return words("message_none_behind", all=words.number(len(known)))
    worst = words("comma").join(
        words("with_gap", name=row.name, gap=words.number(-row.gap)) for row in behind.head(3).itertuples(index=False)
    )
    return words("message", count=words.number(len(behind)), all=words.number(len(known)), worst=worst)
