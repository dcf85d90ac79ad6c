"""How many came from each prefecture, and who is furthest from what was to come by now?"""

from dataclasses import replace

import pandas as pd
import plotly.graph_objects as go

from .. import theme
from ..basis import joined, weakest
from ..choices import Choices
from ..datasets import day_weights, goals, plans, prefectures, visitors
from ..measures import counts, figures, goal, prefecture_pace
from ..measures.season import season
from ..words import Words

_ROW, _HEAD = 20, 74  # px
_ON_SLIDE = 8  # rows that a room can read
_COLUMNS = ["jis_code", "name", "role", "visitors", "due", "gap", "goal", "share_pct", "basis", "source_id"]


def table(choices: Choices) -> pd.DataFrame:
    """A row for each prefecture, the largest shortfall first, and last one for the visitors whose prefecture is not known:
    jis_code, name, role, visitors, due, gap, goal, share_pct (visitors of goal), basis, source_id.

    `goal` is the prefecture's part of the whole goal, by population unless one is stated; `due` what it should have brought
    by as-of: its part of what the plan curve wants of Japan on the days that were counted. `gap` = visitors - due. Before
    the first count the largest part of the goal comes first, without a goal the most visitors.
    """
    places = prefectures.load()
    japan = replace(choices, prefecture=None)
    now = season(japan, plans.load(), goals.load(), places, visitors.load(choices.sample), day_weights.load())
    parts = goal.by_prefecture(goals.load(), choices.plan, places)
    came = counts.by(now.known, now.days, "jis_code")
    if parts is None and came.empty:
        return pd.DataFrame()
    rows = places[["jis_code", f"name_{choices.lang}", "role"]].rename(columns={f"name_{choices.lang}": "name"})
    rows = rows.merge(came.rename(columns={"basis": "count_basis", "source_id": "count_source"}), on="jis_code", how="outer")
    if parts is None:
        rows = rows.assign(goal=pd.NA, basis=pd.NA, source_id=pd.NA)
    else:
        rows = rows.merge(parts, on="jis_code", how="left")
    rows["visitors"], rows["goal"] = rows["visitors"].astype("Int64"), rows["goal"].astype("Int64")
    rows["due"] = pd.Series(pd.NA, index=rows.index, dtype="Int64")
    if len(came):  # days were counted: from a prefecture without a row came nobody
        rows["visitors"] = rows["visitors"].fillna(0)
        rows["count_basis"] = rows["count_basis"].fillna(weakest(came["basis"]))
        rows["count_source"] = rows["count_source"].fillna(joined(came["source_id"]))
    if len(came) and parts is not None and now.curve is not None:
        asked = prefecture_pace.by_as_of(prefecture_pace.asked(now.curve, now.by_day), choices.as_of)
        due = prefecture_pace.due(asked, parts.set_index("jis_code")["goal"])
        rows["due"] = rows["jis_code"].map(due).astype("Int64")
    rows["gap"] = rows["visitors"] - rows["due"]
    rows["share_pct"] = (100 * rows["visitors"] / rows["goal"].where(rows["goal"] > 0)).astype("Float64").round(2)
    spread = rows["due"].notna().map({True: now.weights_basis, False: None})
    rows["basis"] = [weakest(said) for said in zip(rows["count_basis"], rows["basis"], spread, strict=True)]
    sources = zip(rows["count_source"], rows["source_id"], rows["due"].notna(), strict=True)
    rows["source_id"] = [joined([came_of, of, now.weights_source if due else None]) for came_of, of, due in sources]
    if choices.prefecture:
        rows = rows[rows["jis_code"] == choices.prefecture]
    first = rows["gap"] if rows["gap"].notna().any() else -(rows["visitors"] if len(came) else rows["goal"])
    order = rows.assign(last=rows["name"].isna(), first=first).sort_values(["last", "first"], kind="stable").index
    return rows.loc[order, _COLUMNS].reset_index(drop=True)


def draw(table: pd.DataFrame, words: Words) -> go.Figure:
    """A bullet for each prefecture: pale what it is to bring in all, green who came, a tick where it should stand; the gap
    in figures at the right."""
    rows, places = len(table), list(range(len(table)))
    alone = rows <= 2  # the legend has as many lines as ever: the axis makes room for it
    tall = 110 if alone else _ROW * (rows + 1)
    figure = theme.figure(
        words.lang, height=tall + _HEAD + (30 if alone else 0), hovermode="closest", barmode="overlay", bargap=0
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
        figure.update_layout(_gaps(figure, table, words))
    gardens = table["role"] == "garden"
    if gardens.any():  # explains the mark before the names
        mark = {"symbol": "diamond", "size": 9, "color": theme.INK}
        figure.add_scatter(x=[None], y=[None], name=words("role.garden"), mode="markers", marker=mark, hoverinfo="skip")
    names = table["name"].fillna(words("unknown"))
    figure.update_layout(
        yaxis={
            "tickvals": places,
            "ticktext": [f"◆ <b>{name}</b>" if marked else name for name, marked in zip(names, gardens, strict=True)],
            "tickfont": {"size": 12, "color": theme.INK},
            "range": [rows - 0.4, -1.4],
            "fixedrange": True,
            "showgrid": False,
        },
        legend={"y": 1 + (4 if alone else 30) / tall, "x": 0},
        margin={"t": _HEAD if alone else _HEAD - 8},
    )
    most = table[["goal", "visitors", "due"]].max().max()
    figure.update_xaxes(
        range=[0, max(float(most), 1) * 1.02], tickformat=",d", nticks=4, showgrid=True, side="bottom" if alone else "top"
    )
    return figure


def _codes(table: pd.DataFrame, column: str) -> list[str]:
    """Which figure each mark of a column is; where none is drawn, none."""
    kind = "counted" if column == "visitors" else column
    said = zip(table["jis_code"], table[column].notna(), strict=True)
    return [figures.of_place(place, kind) if drawn else "" for place, drawn in said]


def slide(table: pd.DataFrame, words: Words) -> go.Figure:
    """Those that lack most (first in the table), and how many there are in all."""
    known = table[table["name"].notna()]
    figure = draw(known.head(_ON_SLIDE), words)
    if len(known) > _ON_SLIDE:
        said = words("on_slide", shown=words.number(_ON_SLIDE), all=words.number(len(known)))
        at = {"xref": "paper", "yref": "paper", "x": 1, "y": 0, "xanchor": "right", "yanchor": "top", "showarrow": False}
        figure.add_annotation(text=said, yshift=-4, font={"size": 12, "color": theme.MUTED}, **at)
        figure.update_layout(margin_b=26)
    return figure


def _gaps(figure: go.Figure, table: pd.DataFrame, words: Words) -> dict[str, object]:
    """Two axes at the right that bear the gaps as labels, so that they keep their room however wide the page is: one for
    those behind, with the heading, one for the others. An axis is there only if a trace lies on it."""
    axes: dict[str, object] = {}
    known = table[table["gap"].notna()]
    sides = ((2, known[known["gap"] < 0], theme.MISSING), (3, known[known["gap"] >= 0], theme.DONE))
    for number, some, colour in sides:
        heading = number == 2
        axes[f"yaxis{number}"] = {
            "overlaying": "y",
            "range": [len(table) - 0.4, -1.4],
            "fixedrange": True,
            "side": "right",
            "showgrid": False,
            "zeroline": False,
            "tickvals": [*([-1] if heading else []), *some.index],
            "ticktext": [*([words("gap")] if heading else []), *(words.signed(gap) for gap in some["gap"])],
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
            said = words("amount.visitors", value=number)
            lines.append(words("colon", name=words(f"legend.{column}"), value=said))
    return "<br>".join(lines)


def message(table: pd.DataFrame, words: Words) -> str:
    """What the chart says in one sentence."""
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
        words("with_gap", name=row.name, gap=words.signed(row.gap)) for row in behind.head(3).itertuples(index=False)
    )
    return words("message", count=words.number(len(behind)), all=words.number(len(known)), worst=worst)
