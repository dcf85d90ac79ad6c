"""Draw how much of the goal is reached, and how much is due by as-of."""

import pandas as pd
import plotly.graph_objects as go

from sejong_dash import theme
from sejong_dash.choices import Choices
from sejong_dash.datasets import Tables
from sejong_dash.layout import text_width
from sejong_dash.measures.figure_codes import FigureCode
from sejong_dash.measures.goal import share_pct
from sejong_dash.measures.season.season import season_of
from sejong_dash.words import Words

JUDGES_PACE = True
_HALF, _TICK, _LABEL = 0.35, 0.5, 0.2  # from the bar's middle to its edge, the tick's end, and what its labels need
_LETTER = 13  # px
_PADDING = "\u00a0" * 2  # Plotly leaves 3 px between a text and its bar's end; it counts these spaces where it looks for room


def table(choices: Choices, tables: Tables) -> pd.DataFrame:
    """Return two rows, part = counted and part = left; none without a goal.

    Columns: part, visitors, share_pct, goal, goal_bound, due, gap, days_gone, days_left, days_missing, days_partial, lacking,
    basis, source_id.

    `due` is what the plan curve asks of what was counted up to as-of (an assumption), `gap` counted - due. `lacking` names the
    days gone that were not counted in full, where they are so many that the verdict is withheld: nothing can then be `left`. What
    nobody has counted is blank, never zero.
    """
    now = season_of(tables, choices)
    if now.goal is None or now.goal.visitors == 0:
        return pd.DataFrame()
    pace, goal = now.pace, now.goal.visitors
    is_judged = now.has_counts and not pace.is_withheld
    is_open = not pace.days_gone  # before the opening all of the goal is left
    parts = [pace.counted if now.has_counts else None, max(goal - pace.counted, 0) if is_judged or is_open else None]
    counted = now.by_day.dropna(subset="visitors")
    table = pd.DataFrame(
        {
            "part": ["counted", "left"],
            "visitors": pd.array(parts, dtype="Int64"),
            "share_pct": pd.array([None if part is None else share_pct(part, goal) for part in parts], dtype="Float64"),
            "goal": goal,
            "goal_bound": now.goal.bound,
            "due": pd.array([pace.due if now.has_counts else None] * 2, dtype="Int64"),
            "gap": pd.array([pace.gap if now.has_counts else None] * 2, dtype="Int64"),
            "days_gone": pace.days_gone,
            "days_left": pace.days_left,
            "days_missing": pace.days_missing,
            "days_partial": pace.days_partial,
            "lacking": now.lacking,
            "basis": now.basis(*counted["basis"]) if now.has_counts else now.goal.basis,
            "source_id": now.source(*counted["source_id"]) if now.has_counts else now.goal.source_id,
        }
    )
    table.attrs["is_part"] = choices.prefecture is not None
    return table


def draw(table: pd.DataFrame, words: Words) -> go.Figure:
    """Draw one bar as long as the goal, what is counted filled, a tick across it where the plan curve stands."""
    figure = theme.figure(
        words.lang,
        height=140 + theme.LABEL_LINE * words("axis.visitors").count("<br>"),
        barmode="stack",
        showlegend=False,
        hovermode="closest",
        margin={"l": 12, "r": 40, "t": 12, "b": 8},
        uniformtext={"minsize": 11, "mode": "hide"},
    )
    colours = {"counted": (theme.DONE, theme.PAPER), "left": (theme.REST_SOFT, theme.MUTED)}
    is_over = not table["days_left"].iloc[0]
    for part in _bar_parts(table).itertuples():
        name = "short" if part.part == "left" and is_over else part.part
        has_count = pd.notna(part.visitors)
        hover = label = words("part.unknown", goal=words.goal(part.goal, part.goal_bound))
        if has_count:
            fields = {"value": words.number(part.visitors), "share": words.percent(part.share_pct / 100)}
            hover, label = words(f"part.{name}", **fields), words(f"label.{name}", **fields)
        figure.add_bar(
            x=[part.length],
            y=[""],
            ids=[FigureCode(part.part).code() if has_count else ""],
            orientation="h",
            name=words(f"name.{name}"),
            width=2 * _HALF,
            marker={"color": colours[part.part][0]},
            text=_PADDING + label + _PADDING,
            textposition="inside",
            insidetextanchor="middle" if part.part == "counted" else "end",
            textfont={"color": colours[part.part][1], "size": 15},
            textangle=0,
            hovertemplate=f"{hover}<extra></extra>",
        )
    due, most = table["due"].iloc[0], max(table["goal"].iloc[0], table["visitors"].fillna(0).sum())
    if pd.notna(due) and due:
        notes = theme.Notes()
        for line in ({"color": theme.PAPER, "width": 9}, {"color": theme.MISSING, "width": 3}):  # a halo, to be seen on the bar
            for inner, outer in ((_LABEL, _TICK), (-_TICK, -_LABEL)):  # open where the bar's labels stand
                notes.shape(type="line", x0=due, x1=due, y0=inner, y1=outer, line=line)
        text = words("due_over" if is_over else "due", value=words.number(due), share=words.percent(due / table["goal"].iloc[0]))
        # as far along its tick as the tick is along the bar: it stays within the bar's length on a screen of any width
        along = (0.5 - due / most) * text_width.width(text) * _LETTER
        letters = {"color": theme.MISSING, "size": _LETTER}
        notes.text(x=due, xshift=along, y=_TICK, yshift=2, text=text, yanchor="bottom", xanchor="center", font=letters)
        notes.write(figure)
    figure.update_yaxes(visible=False, range=[-0.6, 0.75])
    quarters = [table["goal"].iloc[0] * part / 4 for part in range(5)]
    labels = [words.number(at) for at in quarters]
    labels[-1] += words("axis.visitors")
    figure.update_xaxes(range=[0, most], tickvals=quarters, ticktext=labels, showline=False)
    return figure


def _bar_parts(table: pd.DataFrame) -> pd.DataFrame:
    """Return the parts that are drawn, each with its `length`: what was counted, and the rest of the goal."""
    counted = table["visitors"].fillna(0).iloc[0]
    parts = table.assign(length=[counted, max(table["goal"].iloc[0] - counted, 0)])
    return parts[parts["visitors"].notna() | (parts["part"] == "left")]


def _key(table: pd.DataFrame, name: str) -> str:
    """Return the key of a sentence; a prefecture's part is an assumption, where Japan's goal is reported."""
    return f"assigned.{name}" if table.attrs.get("is_part") else name


def message(table: pd.DataFrame, words: Words) -> str:
    """Return what the chart says: the goal, how many have come, how many are left; after closing, how many were lacking."""
    counted = table.iloc[0]
    goal = words.goal(counted["goal"], counted["goal_bound"])
    if pd.isna(counted["visitors"]):
        return words(_key(table, "message_none" if counted["days_left"] else "message_closed"), goal=goal)
    if counted["lacking"]:
        so_far = words("message_counted", done=words.number(counted["visitors"]))
        return words.sentences([so_far, words.withheld(counted["lacking"], counted["days_gone"])])
    key = "message"
    if not counted["days_left"]:
        key = "message_over_short" if table["visitors"].iloc[1] else "message_over_reached"
    text = words(
        _key(table, key),
        done=words.number(counted["visitors"]),
        share=words.percent(counted["share_pct"] / 100),
        goal=goal,
        left=words.number(table["visitors"].iloc[1]),
    )
    return words.sentences(filter(None, [text, words.lacking(counted["days_missing"], counted["days_partial"])]))
