"""Draw the bookings by stage, and how many are due in each by as-of."""

import pandas as pd
import plotly.graph_objects as go

from sejong_dash import theme
from sejong_dash.basis import joined, weakest
from sejong_dash.choices import Choices
from sejong_dash.datasets import Tables
from sejong_dash.datasets.bookings import STAGES
from sejong_dash.measures import goal, plan
from sejong_dash.measures.bookings_due import days_before, due_share_pct
from sejong_dash.words import Words

JUDGES_PACE = True


def table(choices: Choices, tables: Tables) -> pd.DataFrame:
    """Return one row for each stage in order; none without bookings.

    Columns: stage, visitors, for_days_to_come, days_before_opening, goal, due_share_pct, due, gap, basis, source_id.

    `visitors` have ever reached the stage by as-of, for any day of the plan; `for_days_to_come` those whose day of visit
    lies after as-of. `due` = goal × due_share_pct should have reached it by then (an assumption); `gap` = visitors - due.
    """
    days, end = plan.days(plan.chosen(tables.plans(), choices.plan)), pd.Timestamp(choices.as_of)
    booked = tables.bookings(choices.sample)
    booked = booked[(booked["recorded_on"] <= end) & booked["visit_on"].isin(days)]
    wanted = goal.goal_for(tables.goals(), choices.plan, tables.prefectures(), choices.prefecture)
    curve = tables.booking_curve()
    if choices.prefecture:
        booked = booked[booked["jis_code"] == choices.prefecture]
    if booked.empty:
        return pd.DataFrame()
    to_come = booked[booked["visit_on"] > end]
    before = days_before(days[0], choices.as_of)
    shares = [due_share_pct(curve, stage, before) if wanted else None for stage in STAGES]
    has_due = [share is not None for share in shares]
    basis, source = ("sample", "sample") if choices.sample else ("reported", "bookings")
    due_basis = weakest([basis, wanted.basis, *curve["basis"]]) if wanted else basis
    due_source = joined([source, wanted.source_id, *curve["source_id"]]) if wanted else source
    rows = pd.DataFrame(
        {
            "stage": STAGES,
            "visitors": booked.groupby("stage")["visitors"].sum().reindex(STAGES).fillna(0).to_numpy(),
            "for_days_to_come": to_come.groupby("stage")["visitors"].sum().reindex(STAGES).fillna(0).to_numpy(),
            "days_before_opening": before,
            "goal": pd.Series([wanted.visitors if wanted else None] * len(STAGES), dtype="Int64"),
            "due_share_pct": pd.Series(shares, dtype="Float64").round(2),
            "basis": [due_basis if is_due else basis for is_due in has_due],
            "source_id": [due_source if is_due else source for is_due in has_due],
        }
    ).astype({"visitors": "Int64", "for_days_to_come": "Int64"})
    due = (rows["goal"] * rows["due_share_pct"] / 100).round().astype("Int64")
    rows.insert(6, "due", due)
    rows.insert(7, "gap", rows["visitors"] - due)
    return rows


def draw(table: pd.DataFrame, words: Words) -> go.Figure:
    """Draw a bar for each stage, days past solid, days to come pale with an outline, and a tick where the stage is due."""
    has_due = table["due"].notna().any()
    figure = theme.figure(words.lang, height=340 if has_due else 300, barmode="stack", hovermode="closest")
    stages = [_label(row, words) for row in table.itertuples()]  # the figures stand below the name, where they fit on a phone
    past = table["visitors"] - table["for_days_to_come"]
    for key, values, look in (
        ("past", past, {"color": theme.DONE}),
        ("to_come", table["for_days_to_come"], {"color": theme.DONE_SOFT, "line": {"color": theme.DONE, "width": 1}}),
    ):
        if values.sum() or not table["visitors"].sum():
            figure.add_bar(
                y=stages,
                x=values,
                orientation="h",
                name=words(key),
                marker=look,
                customdata=[words.number(v) for v in values],
                hovertemplate=words("hover", name=words(key)),
            )
    if has_due:
        rows = table[table["due"].notna()]
        figure.add_scatter(
            y=[stages[n] for n in rows.index],
            x=rows["due"],
            mode="markers",
            name=words("due"),
            marker={"symbol": "line-ns", "size": 20, "line": {"color": theme.MISSING, "width": 3}},
            customdata=[words.number(v) for v in rows["due"]],
            hovertemplate=words("hover", name=words("due")),
        )
    figure.update_yaxes(autorange="reversed", showgrid=False, tickfont={"color": theme.INK, "size": 13})
    # an entry a row, on a phone too: beside the names of stages two would lie on each other
    figure.update_layout(legend={"traceorder": "normal", "entrywidth": 1, "entrywidthmode": "fraction"})
    most = max(float(table[["visitors", "due"]].max().max()), 1.0)
    figure.update_xaxes(visible=False, range=[0, most * 1.04])
    return figure


def _label(row: object, words: Words) -> str:
    stage, value = words(f"stage.{row.stage}"), words.number(row.visitors)  # type: ignore[attr-defined]
    if pd.isna(row.due):  # type: ignore[attr-defined]
        return words("bar", name=stage, value=value)
    return words("bar_due", name=stage, value=value, gap=words.signed(row.gap))  # type: ignore[attr-defined]


def message(table: pd.DataFrame, words: Words) -> str:
    """Return what the chart says in one sentence: before opening, which stage is furthest behind what is due."""
    due = table[table["due"].fillna(0) > 0]
    days_before = int(table["days_before_opening"].iloc[0])
    if days_before > 0 and len(due):
        reached = (due["visitors"] / due["due"]).astype("float64")
        furthest = due.loc[reached.idxmin()]
        return words(
            "message_behind" if furthest["gap"] < 0 else "message_none_behind",
            days=words.number(days_before),
            stage=words(f"stage.{furthest['stage']}"),
            value=words.number(furthest["visitors"]),
            due=words.number(furthest["due"]),
            gap=words.number(abs(furthest["gap"])),
        )
    by_stage = table.set_index("stage")
    return words(
        "message",
        lead=words.number(by_stage.loc["lead", "visitors"]),
        paid=words.number(by_stage.loc["paid", "visitors"]),
        come=words.number(by_stage.loc["paid", "for_days_to_come"]),
    )
