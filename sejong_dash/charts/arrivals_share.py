"""What share of all arrivals in Korea from Japan would the goal be, beside what other expos had?"""

import pandas as pd
import plotly.graph_objects as go

from .. import theme
from ..basis import joined, weakest
from ..choices import Choices
from ..datasets import benchmarks, goals, plans
from ..measures import arrivals, goal, plan
from ..words import Words

# expo: its visitors from Japan and the arrivals from Japan in its days, both benchmarks
_HELD = {
    "yeosu_2012": ("yeosu-2012-japan", "arrivals-japan-2012-yeosu"),
    "suncheon_2013": ("suncheon-2013-japan", "arrivals-japan-2013-suncheon"),
}


def table(choices: Choices) -> pd.DataFrame:
    """A row for the goal for each year that it is held against, then one for each expo that was held: expo, arrivals_year,
    visitors, arrivals, share_pct, basis, source_id.

    `visitors` from Japan are wanted (expo = sejong) or came, `arrivals` all arrivals from Japan in the days of the expo, pro
    rata to the days of the months; `share_pct` = visitors of arrivals.
    """
    known = benchmarks.load()
    days, japan = plan.days(plan.chosen(plans.load(), choices.plan)), goal.of_plan(goals.load(), choices.plan)
    rows = []
    if japan is not None:
        for year in arrivals.during(known, days):
            basis, source = weakest([japan["basis"], year.basis]), joined([japan["source_id"], year.source_id])
            rows.append(("sejong", year.year, float(japan["visitors"]), float(round(year.arrivals)), basis, source))
    figures = known.set_index("benchmark_id")
    for expo, pair in _HELD.items():
        if set(pair) <= set(figures.index):
            came, all_ = figures.loc[pair[0]], figures.loc[pair[1]]
            basis, source = weakest([came["basis"], all_["basis"]]), joined([came["source_id"], all_["source_id"]])
            rows.append((expo, int(all_["period"][:4]), came["value"], all_["value"], basis, source))
    found = pd.DataFrame(rows, columns=["expo", "arrivals_year", "visitors", "arrivals", "basis", "source_id"])
    found = found[found["arrivals"] > 0]
    found.insert(4, "share_pct", (100 * found["visitors"] / found["arrivals"]).round(2))
    return found.reset_index(drop=True)


def draw(table: pd.DataFrame, words: Words) -> go.Figure:
    """A bar for each share, its two figures above it; what is wanted in outline, what was reached filled."""
    figure = theme.figure(words.lang, height=44 + 68 * len(table), barmode="overlay", hovermode=False)
    wanted = table["expo"] == "sejong"
    looks = (
        ("wanted", wanted, {"color": theme.MISSING_SOFT, "line": {"color": theme.MISSING, "width": 1.5}}),
        ("reached", ~wanted, {"color": theme.DONE}),
    )
    for key, which, look in looks:
        some = table[which]
        if len(some):
            figure.add_bar(
                x=some["share_pct"],
                y=some.index,
                orientation="h",
                name=words(key),
                width=0.36,
                marker=look,
                text=[f"<b>{_about(share, words)}</b>" for share in some["share_pct"]],
                textposition="outside",
                cliponaxis=False,
                textfont={"size": 14, "color": theme.INK},
            )
    notes = theme.Notes()
    for row in table.itertuples():
        said = f"<b>{_name(row, words)}</b><br>{_figures(row, words)}"
        place = {"xref": "paper", "x": 0, "xanchor": "left", "y": row.Index - 0.22, "yanchor": "bottom", "align": "left"}
        notes.text(**place, text=said, font={"size": 12, "color": theme.INK})
    notes.write(figure)
    figure.update_yaxes(visible=False, range=[len(table) - 0.7, -0.95])
    figure.update_xaxes(visible=False, range=[0, max(float(table["share_pct"].max()), 1.0) * 1.4])
    figure.update_layout(margin={"t": 36})
    return figure


def _about(share_pct: float, words: Words) -> str:
    """To two digits: the arrivals are pro rata."""
    return words("about", value=words.percent(share_pct / 100, 0 if share_pct >= 10 else 1))


def _name(row: object, words: Words) -> str:
    return words(f"expo.{row.expo}", year=f"{row.arrivals_year}")  # type: ignore[attr-defined]


def _figures(row: object, words: Words) -> str:
    key = "figures_wanted" if row.expo == "sejong" else "figures_reached"  # type: ignore[attr-defined]
    visitors, all_ = words.number(row.visitors), words.number(round(row.arrivals, -3))  # type: ignore[attr-defined]
    return words(key, visitors=visitors, arrivals=all_)


def message(table: pd.DataFrame, words: Words) -> str:
    """What the chart says in one sentence."""
    wanted, reached = table[table["expo"] == "sejong"], table[table["expo"] != "sejong"]
    if wanted.empty:
        told = [words("told", name=_name(row, words), share=_about(row.share_pct, words)) for row in reached.itertuples()]
        return words("message_reached", told=words("comma").join(told))
    latest = wanted.iloc[0]
    fields = {
        "goal": words.number(latest["visitors"]),
        "share": _about(latest["share_pct"], words),
        "year": f"{latest['arrivals_year']}",
    }
    if reached.empty or latest["visitors"] == 0:
        return words("message_wanted", **fields)
    times = [
        words("times", name=_name(row, words), times=_times(latest["share_pct"] / row.share_pct, words))
        for row in reached[reached["share_pct"] > 0].itertuples()
    ]
    return words("message", times=words("comma").join(times), **fields) if times else words("message_wanted", **fields)


def _times(ratio: float, words: Words) -> str:
    return words.number(ratio, 0 if ratio >= 10 else 1)
