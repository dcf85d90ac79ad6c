"""Draw the running total of each prefecture in percent of its part of the goal, beside what is due."""

from dataclasses import replace

import pandas as pd
import plotly.graph_objects as go

from sejong_dash import theme
from sejong_dash.basis import joined, weakest
from sejong_dash.choices import Choices
from sejong_dash.datasets import Tables
from sejong_dash.measures import figure_codes as figures
from sejong_dash.measures import goal
from sejong_dash.measures.season.season import season_of
from sejong_dash.words import Words

JUDGES_PACE = True
LARGEST = 12  # prefectures by their part of the goal; those for whose gardens a campaign is planned come in addition
_COLUMNS = 2  # two beside each other are legible on a phone
_PANEL, _TITLE, _FOOT, _HEAD = 76, 26, 26, 34  # px


def table(choices: Choices, tables: Tables) -> pd.DataFrame:
    """Return a row for each day of the plan and each prefecture that has a panel; none where the verdict is withheld.

    Panels have the prefectures with the largest parts of the goal and those with gardens, or the chosen one alone, furthest
    behind in percent of its goal first. Columns: jis_code, name, role, date, visitors, cumulative, cumulative_pct, due, due_pct,
    gap, goal, basis, source_id.

    `due` is the running total that its part of the goal asks by the end of the day; days on which it was not counted ask for
    nothing, so that the last one may lie below the goal. `gap` = cumulative - due; blank after as-of, as all that is counted.
    """
    places = tables.prefectures()
    japan = replace(choices, prefecture=None)
    now = season_of(tables, japan)
    parts = goal.by_prefecture(tables.goals(), choices.plan, places)
    if now.due_by_place is None or parts is None or not now.has_counts or now.pace.is_withheld:
        return pd.DataFrame()
    shown = _shown(parts.merge(places[["jis_code", "role"]], on="jis_code"), choices.prefecture)
    due, shares = now.due_by_place, now.coverage.shares
    by_place = now.known.pivot_table(index="date", columns="jis_code", values="visitors", aggfunc="sum")
    basis, source = weakest(now.by_day["basis"].dropna()), joined(now.by_day["source_id"].dropna())
    past = now.days <= pd.Timestamp(choices.as_of)
    panels = []
    for place in shown.itertuples():
        counts = by_place.get(place.jis_code, pd.Series(dtype="Int64")).reindex(now.days).where(past)
        counts = counts.mask(counts.isna() & (shares[place.jis_code] == 1.0).reindex(now.days, fill_value=False), 0)
        running = counts.fillna(0).cumsum().where(past & counts.notna().cummax())
        panel = pd.DataFrame({"date": now.days, "visitors": counts.to_numpy(), "cumulative": running.to_numpy()})
        panel = panel.astype({"visitors": "Int64", "cumulative": "Int64"})
        panel["cumulative_pct"] = (100 * panel["cumulative"] / place.goal).astype("Float64").round(2)
        panel["due"] = due[place.jis_code].astype("Int64").to_numpy()
        panel["due_pct"] = (100 * panel["due"] / place.goal).astype("Float64").round(2)
        panel["gap"] = panel["cumulative"] - panel["due"]
        plan_of, planned_by = (place.basis, now.weights_basis), (place.source_id, now.weights_source)
        panel["basis"] = pd.Series(past).map({True: weakest([basis, *plan_of]), False: weakest(plan_of)})
        panel["source_id"] = pd.Series(past).map({True: joined([source, *planned_by]), False: joined(planned_by)})
        panels.append(panel.assign(jis_code=place.jis_code, role=place.role, goal=place.goal))
    panels = [panel for panel in panels if panel["cumulative"].notna().any()]
    if not panels:
        return pd.DataFrame()
    panels.sort(key=lambda panel: float((panel["cumulative_pct"] - panel["due_pct"]).dropna().iloc[-1]))
    rows = pd.concat(panels, ignore_index=True)
    rows["name"] = rows["jis_code"].map(places.set_index("jis_code")[f"name_{choices.lang}"])
    before, after = ["jis_code", "name", "role", "date", "visitors"], ["cumulative", "cumulative_pct", "due", "due_pct", "gap"]
    return rows[[*before, *after, "goal", "basis", "source_id"]]


def _shown(places: pd.DataFrame, prefecture: str | None) -> pd.DataFrame:
    """Return the prefectures that have a panel."""
    places = places[places["goal"] > 0]  # a part of nothing has no percent
    if prefecture:
        return places[places["jis_code"] == prefecture]
    largest = places.sort_values("goal", ascending=False, kind="stable").head(LARGEST)["jis_code"]
    return places[places["jis_code"].isin(largest) | (places["role"] == "garden")]


def draw(table: pd.DataFrame, words: Words) -> go.Figure:
    """Draw a small panel for each prefecture, all to the same scale in percent of its own goal, name and gap above it."""
    panels = [rows for _, rows in table.groupby("jis_code", sort=False)]
    columns = min(_COLUMNS, len(panels))
    lines = -(-len(panels) // columns)
    panel = _PANEL if len(panels) > 1 else 3 * _PANEL
    tall = lines * (panel + _TITLE) + _FOOT
    figure = theme.figure(words.lang, height=tall + _HEAD + 8, hovermode="closest")
    figure.update_layout(margin={"t": _HEAD, "b": 8}, legend={"y": 1 + 6 / tall, "x": 0})
    first, last = table["date"].iloc[0], table["date"].iloc[-1]
    most = max(100.0, float(table[["cumulative_pct", "due_pct"]].max().max())) * 1.03
    width = 1 / columns - (0.04 if columns > 1 else 0)
    axes: dict[str, object] = {}
    dates = {day: words.short_date(day) for day in table["date"].unique()}
    notes = theme.Notes()
    for number, rows in enumerate(panels):
        line, column = divmod(number, columns)
        end = "" if number == 0 else str(number + 1)
        left = column * (width + 0.08) if columns > 1 else 0.0
        top = 1 - (line * (panel + _TITLE) + _TITLE) / tall
        bottom = top - panel / tall
        outer = {"showgrid": False, "showticklabels": False, "showline": True}
        axes[f"xaxis{end}"] = {**outer, "domain": [left, left + width], "anchor": f"y{end}", "range": theme.around(rows["date"])}
        axes[f"yaxis{end}"] = {
            "domain": [bottom, top],
            "anchor": f"x{end}",
            "range": [0, most],
            "tickvals": [0, 50, 100],
            "ticktext": [words.percent(part, 0) for part in (0, 0.5, 1)],
            "showticklabels": column == 0,
            "tickfont": {"size": 11},
            "gridcolor": theme.GRID,
        }
        _add_panel(figure, rows, end, dates, words)
        gap = _last_counted(rows)["gap"]
        title = {"yref": "paper", "xref": "paper", "y": top, "yanchor": "bottom"}
        notes.text(**title, x=left, xanchor="left", text=_name(rows.iloc[0], words), font={"size": 13, "color": theme.INK})
        text = words("amount.visitors", value=words.signed(gap)) if columns == 1 else words("gap", gap=words.signed(gap))
        colour = theme.MISSING if gap < 0 else theme.DONE
        notes.text(**title, x=left + width, xanchor="right", text=text, font={"size": 13, "color": colour})
        if number >= len(panels) - columns:
            for x, side, day in ((left, "left", first), (left + width, "right", last)):
                look = {"text": words.day_month(day), "font": {"size": 11, "color": theme.MUTED}}
                notes.text(xref="paper", yref="paper", x=x, xanchor=side, y=bottom, yanchor="top", yshift=-2, **look)
    figure.update_layout(axes)
    notes.write(figure)
    return figure


def _last_counted(rows: pd.DataFrame) -> pd.Series:
    """Return the last day of a panel that counts are known for."""
    return rows[rows["cumulative"].notna()].iloc[-1]


def _name(row: pd.Series, words: Words) -> str:
    return words("garden", name=row["name"]) if row["role"] == "garden" else f"<b>{row['name']}</b>"


def _add_panel(figure: go.Figure, rows: pd.DataFrame, end: str, dates: dict[pd.Timestamp, str], words: Words) -> None:
    filled = {"line": {"color": theme.DONE, "width": 2}, "fill": "tozeroy", "fillcolor": theme.DONE_SOFT}
    dotted = {"line": {"color": theme.PLAN, "width": 1.5, "dash": "dot"}}
    known = rows[rows["cumulative"].notna()]
    for name, column, days, look in (("counted", "cumulative", known, filled), ("due", "due", rows, dotted)):
        figure.add_scatter(
            x=days["date"],
            y=days[f"{column}_pct"],
            ids=[figures.until(rows["date"].iloc[0], day, name, rows["jis_code"].iloc[0]) for day in days["date"]],
            name=words(name),
            legendgroup=name,
            mode="lines",
            customdata=[_hover(row, column, dates, words) for row in days.itertuples()],
            hovertemplate="%{customdata}<extra></extra>",
            xaxis=f"x{end}",
            yaxis=f"y{end}",
            showlegend=end == "",
            **look,
        )


def _hover(row: object, column: str, dates: dict[pd.Timestamp, str], words: Words) -> str:
    return words(
        f"hover_{column}",
        name=row.name,  # type: ignore[attr-defined]
        date=dates[row.date],  # type: ignore[attr-defined]
        value=words.number(getattr(row, column)),
        share=words.percent(getattr(row, f"{column}_pct") / 100),
    )


def message(table: pd.DataFrame, words: Words) -> str:
    """Return what the chart says in one sentence."""
    stands = table[table["cumulative"].notna()].groupby("jis_code", sort=False).last()
    behind = stands[stands["gap"] < 0]
    row = stands.iloc[0]  # furthest behind in percent of its goal
    figures = {
        "name": row["name"],
        "share": words.percent(row["cumulative_pct"] / 100),
        "due": words.percent(row["due_pct"] / 100),
    }
    if len(stands) == 1:
        return words("message_one", **figures)
    if behind.empty:
        return words("message_none_behind", all=words.number(len(stands)), **figures)
    return words("message", all=words.number(len(stands)), count=words.number(len(behind)), **figures)
