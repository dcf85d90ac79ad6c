"""Draw the six charts that every peer shows, with Plotly Express as its guide has it, from the sample's counts.

The same figures are shown by each peer, so that what differs is the program around them. Nothing is kept between two requests:
that is how such a page is written first.
"""

from pathlib import Path

import pandas as pd
import plotly.express as px
import plotly.graph_objects as go

DATA = Path(__file__).resolve().parents[3] / "data"
GOAL = 150_000
EVERYWHERE = "All"
TITLES = ("Cumulative", "Daily visitors", "By prefecture", "Calendar", "Milestones", "Map")


def places() -> list[str]:
    """Return the entries of the menu."""
    return [EVERYWHERE, *pd.read_csv(DATA / "prefectures.csv")["name_en"]]


def read() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return visitors with the place they come from, and milestones, as the files have them now."""
    visitors = pd.read_csv(DATA / "sample" / "visitors.csv", dtype={"jis_code": "str"}, parse_dates=["date"])
    prefectures = pd.read_csv(DATA / "prefectures.csv", dtype={"jis_code": "str"})
    milestones = pd.read_csv(DATA / "milestones.csv", parse_dates=["starts_on", "ends_on"])
    return visitors.merge(prefectures, on="jis_code"), milestones


def draw(place: str) -> tuple[list[str], list[go.Figure]]:
    """Return three figures and six charts for a place."""
    visitors, milestones = read()
    if place != EVERYWHERE:
        visitors = visitors[visitors["name_en"] == place]
    by_day = visitors.groupby("date", as_index=False)["visitors"].sum()
    total = int(by_day["visitors"].sum())
    figures = [f"{total:,}", f"{total / GOAL:.1%}", f"{int(by_day['visitors'].max()):,}"]
    charts = [
        _cumulative(by_day),
        px.bar(visitors.groupby(["date", "channel"], as_index=False)["visitors"].sum(), x="date", y="visitors", color="channel"),
        px.bar(
            visitors.groupby("name_en", as_index=False)["visitors"].sum().sort_values("visitors"),
            x="visitors",
            y="name_en",
            orientation="h",
        ),
        _calendar(by_day),
        px.timeline(
            milestones.assign(starts_on=milestones["starts_on"].fillna(milestones["ends_on"] - pd.Timedelta(days=30))),
            x_start="starts_on",
            x_end="ends_on",
            y="title_en",
        ),
        px.scatter(
            visitors.groupby(["name_en", "office_lat", "office_lon"], as_index=False)["visitors"].sum(),
            x="office_lon",
            y="office_lat",
            size="visitors",
            hover_name="name_en",
        ),
    ]
    for chart, title in zip(charts, TITLES, strict=True):
        chart.update_layout(title=f"{title} - {place}")
    return figures, charts


def _cumulative(by_day: pd.DataFrame) -> go.Figure:
    chart = px.line(by_day.assign(so_far=by_day["visitors"].cumsum()), x="date", y="so_far")
    return chart.add_hline(y=GOAL, line_dash="dash", annotation_text="Goal")


def _calendar(by_day: pd.DataFrame) -> go.Figure:
    weeks = by_day.assign(week=by_day["date"].dt.strftime("%G-W%V"), weekday=by_day["date"].dt.day_of_week)
    return px.imshow(weeks.pivot(index="weekday", columns="week", values="visitors"), aspect="auto")
