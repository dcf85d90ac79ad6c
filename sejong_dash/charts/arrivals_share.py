"""Draw the goal as a share of all arrivals in Korea from Japan, beside the shares of past expos."""

import pandas as pd
import plotly.graph_objects as go

from sejong_dash import theme
from sejong_dash.basis import joined, weakest
from sejong_dash.choices import Choices
from sejong_dash.datasets import Tables
from sejong_dash.measures import arrivals, goal, plan
from sejong_dash.words import Words

# of each expo: its visitors from Japan and the arrivals from Japan in its days, both benchmarks
_HELD = {
    "yeosu_2012": ("yeosu-2012-japan", "arrivals-japan-2012-yeosu"),
    "suncheon_2013": ("suncheon-2013-japan", "arrivals-japan-2013-suncheon"),
}


def table(choices: Choices, tables: Tables) -> pd.DataFrame:
    """Return a row of the goal for each year that it is held against, then one for each expo that was held.

    Columns: expo, arrivals_year, visitors, bound, arrivals, share_pct, basis, source_id.

    `visitors` from Japan are wanted (expo = sejong) or counts, `arrivals` all arrivals from Japan in the days of the expo, pro
    rata to the days of the months; `share_pct` = visitors of arrivals.
    """
    known = tables.benchmarks()
    days, japan = plan.days(plan.chosen(tables.plans(), choices.plan)), goal.of_plan(tables.goals(), choices.plan)
    rows = []
    if japan is not None:
        for year in arrivals.during(known, days):
            basis, source = weakest([japan["basis"], year.basis]), joined([japan["source_id"], year.source_id])
            rows.append(
                ("sejong", year.year, float(japan["visitors"]), goal.bound_of(japan), float(round(year.arrivals)), basis, source)
            )
    figures = known.set_index("benchmark_id")
    for expo, pair in _HELD.items():
        if set(pair) <= set(figures.index):
            visitors_row, arrivals_row = figures.loc[pair[0]], figures.loc[pair[1]]
            basis = weakest([visitors_row["basis"], arrivals_row["basis"]])
            source = joined([visitors_row["source_id"], arrivals_row["source_id"]])
            rows.append(
                (expo, int(arrivals_row["period"][:4]), visitors_row["value"], None, arrivals_row["value"], basis, source)
            )
    found = pd.DataFrame(rows, columns=["expo", "arrivals_year", "visitors", "bound", "arrivals", "basis", "source_id"])
    found = found[found["arrivals"] > 0]
    found.insert(5, "share_pct", (100 * found["visitors"] / found["arrivals"]).round(2))
    return found.reset_index(drop=True)


def draw(table: pd.DataFrame, words: Words) -> go.Figure:
    """Draw a bar for each share, its two figures above it; what is wanted in outline, what was reached filled."""
    figure = theme.figure(words.lang, height=44 + 68 * len(table), barmode="overlay", hovermode=False)
    wanted = table["expo"] == "sejong"
    looks = (
        ("wanted", wanted, {"color": theme.MISSING_SOFT, "line": {"color": theme.MISSING, "width": 1.5}}),
        ("reached", ~wanted, {"color": theme.DONE}),
    )
    for key, is_shown, look in looks:
        rows = table[is_shown]
        if len(rows):
            figure.add_bar(
                x=rows["share_pct"],
                y=rows.index,
                orientation="h",
                name=words(key),
                width=0.36,
                marker=look,
                text=[f"<b>{_about(share, words)}</b>" for share in rows["share_pct"]],
                textposition="outside",
                cliponaxis=False,
                textfont={"size": 14, "color": theme.INK},
            )
    notes = theme.Notes()
    for row in table.itertuples():
        text = f"<b>{_name(row, words)}</b><br>{_figures(row, words)}"
        place = {"xref": "paper", "x": 0, "xanchor": "left", "y": row.Index - 0.22, "yanchor": "bottom", "align": "left"}
        notes.text(**place, text=text, font={"size": 12, "color": theme.INK})
    notes.write(figure)
    figure.update_yaxes(visible=False, range=[len(table) - 0.7, -0.95])
    figure.update_xaxes(visible=False, range=[0, max(float(table["share_pct"].max()), 1.0) * 1.4])
    figure.update_layout(margin={"t": 36})
    return figure


def _about(share_pct: float, words: Words, bound: object = None) -> str:
    """Return a share to two digits, for the arrivals are pro rata; with a bound where there is one."""
    share = words.percent(share_pct / 100, 0 if share_pct >= 10 else 1)
    bounded = words.bounded(share, bound)
    return words("about" if bounded == share else "about_bounded", value=bounded)


def _name(row: object, words: Words) -> str:
    return words(f"expo.{row.expo}", year=f"{row.arrivals_year}")  # type: ignore[attr-defined]


def _figures(row: object, words: Words) -> str:
    key = "figures_wanted" if row.expo == "sejong" else "figures_reached"  # type: ignore[attr-defined]
    visitors = words.goal(row.visitors, row.bound) if row.expo == "sejong" else words.number(row.visitors)  # type: ignore[attr-defined]
    arrivals = words.number(round(row.arrivals, -3))  # type: ignore[attr-defined]
    return words(key, visitors=visitors, arrivals=arrivals)


def message(table: pd.DataFrame, words: Words) -> str:
    """Return what the chart says in one sentence."""
    wanted, reached = table[table["expo"] == "sejong"], table[table["expo"] != "sejong"]
    if wanted.empty:
        shares = [words("told", name=_name(row, words), share=_about(row.share_pct, words)) for row in reached.itertuples()]
        return words("message_reached", told=words("comma").join(shares))
    latest = wanted.iloc[0]
    fields = {
        "goal": words.goal(latest["visitors"], latest["bound"]),
        "share": _about(latest["share_pct"], words, latest["bound"]),
        "year": f"{latest['arrivals_year']}",
    }
    if reached.empty or latest["visitors"] == 0:
        return words("message_wanted", **fields)
    times = [
        words("times", name=_name(row, words), times=_times(latest["share_pct"] / row.share_pct, words))
        for row in reached[reached["share_pct"] > 0].itertuples()
    ]
    return words("message", times=words("comma").join(times), **fields) if times else words("message_wanted", **fields)


def headline(table: pd.DataFrame, words: Words) -> str:
    """Return the share that the goal is of the latest year's arrivals; blank without a goal."""
    wanted = table[table["expo"] == "sejong"]
    if wanted.empty:
        return ""
    latest = wanted.iloc[0]
    return words("headline", share=_about(latest["share_pct"], words, latest["bound"]))


def _times(ratio: float, words: Words) -> str:
    return words.number(ratio, 0 if ratio >= 10 else 1)
