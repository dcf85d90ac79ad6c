"""Draw what the items of the timeline stand on: the axis of time, the expo's days, the lanes, the line of as-of."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from sejong_dash import theme
from sejong_dash.layout import lanes
from sejong_dash.measures import timeline
from sejong_dash.words import Words

TICKS, STRIP = 24, 18  # px: the ticks on top, a strip for one label


@dataclass(frozen=True, slots=True)
class TimelineAxes:
    """The axes of a timeline: `first` to `last` across, lanes from `top` to `bottom` (px from the top), `room` px wide."""

    figure: go.Figure
    words: Words
    first: pd.Timestamp
    last: pd.Timestamp
    top: int
    bottom: float
    room: int
    zoom: str
    notes: theme.Notes = field(default_factory=theme.Notes)

    def add_upright(self, at: pd.Timestamp, top: float, line: dict[str, Any], **look: str) -> None:
        """Draw an upright line at a moment, from `top` to the end of the lanes."""
        self.notes.shape(type="line", x0=at, x1=at, y0=top, y1=self.bottom, line=line, **look)

    def add_lead(self, row: dict[str, Any], drawn: list[pd.Timestamp]) -> None:
        """Draw a thin line from the edge where the label of a row stands to the first of what is `drawn` of it."""
        begin, end = (self.first, min(drawn)) if row["side"] == "edge_left" else (max(drawn), self.last)
        line = {"color": theme.AXIS, "width": 1}
        self.notes.shape(type="line", x0=begin, x1=end, y0=row["y"], y1=row["y"], line=line, layer="below", name="lead")


def lay_out(axes: TimelineAxes, table: pd.DataFrame, heads: list[lanes.Lane]) -> None:
    """Draw all that lies below the items."""
    _add_ticks(axes)
    _add_expo_days(axes, table)
    _add_lanes(axes, heads)


def _add_ticks(axes: TimelineAxes) -> None:
    """Draw ticks on top and below, as close as the stretch of time and the narrowest drawing leave room for."""
    wide, years = axes.room > lanes.PHONE, axes.last.year - axes.first.year
    scale = timeline.scale(axes.zoom, axes.first, axes.last)
    step = {
        "day": (7 if wide else 14) * 86_400_000,
        "month": "M1" if wide and years == 1 else "M3",
        "year": f"M{12 * max(1, -(-years // (10 if wide else 6)))}",
    }[scale]
    ticks = {"type": "date", "range": [axes.first, axes.last], "minallowed": axes.first, "maxallowed": axes.last}
    ticks |= {"dtick": step, "tickformat": axes.words(f"ticks.{scale}"), "fixedrange": not wide}
    ticks |= {"ticklabelmode": "instant" if scale == "day" else "period"}
    ticks |= {"tick0": axes.first - timedelta(days=axes.first.weekday())} if scale == "day" else {}
    on_top = {"overlaying": "x", "side": "top", "anchor": "free", "position": 1 - axes.top / axes.bottom, "matches": "x"}
    axes.figure.update_layout(xaxis=ticks | {"showgrid": True, "gridcolor": theme.GRID}, xaxis2=ticks | on_top)
    # an axis is drawn only where a trace stands on it
    axes.figure.add_scatter(x=[axes.first], y=[0], xaxis="x2", mode="markers", marker={"opacity": 0}, hoverinfo="skip")


def _add_expo_days(axes: TimelineAxes, table: pd.DataFrame) -> None:
    """Shade the expo's days behind everything; where they fill the axis, their days off."""
    opens, closes, precision = table[["opens_on", "closes_on", "dates_precision"]].iloc[0]
    if pd.isna(opens) or pd.isna(closes) or not axes.first <= opens < axes.last:
        return
    one_day = timedelta(days=1)
    end, is_by_day = closes + one_day, axes.zoom == "days"
    for at in (opens, end) if is_by_day else ():
        axes.add_upright(at, axes.top + 2 * STRIP, {"color": theme.PLAN, "width": 1.5}, layer="below")
    for begin, until in [(day, day + one_day) for day in timeline.shaded_days(table)] if is_by_day else [(opens, end)]:
        look = {"fillcolor": theme.SHADE, "line": {"width": 0}, "layer": "below"}
        axes.notes.shape(type="rect", x0=begin, x1=until, y0=axes.top + 2 * STRIP, y1=axes.bottom, **look)
    _add_strip_label(axes, (opens, end), axes.top, theme.PLAN, "window_of", axes.words.span(opens, closes, precision))


def kept_free(table: pd.DataFrame) -> list[tuple[pd.Timestamp, pd.Timestamp]]:
    """Return what no label should lie on: the line of as-of, and the expo's days unless they fill the axis."""
    as_of, opens, closes, zoom = table[["as_of", "opens_on", "closes_on", "zoom"]].iloc[0]
    one_day = timedelta(days=1)
    band = [] if zoom == "days" or pd.isna(opens) or pd.isna(closes) else [(opens, closes + one_day)]
    return [(as_of + one_day, as_of + one_day), *band]


def add_as_of(axes: TimelineAxes, as_of: pd.Timestamp) -> None:
    """Draw a line at the end of as-of, where the stretch of time holds it."""
    at, top = as_of + timedelta(days=1), axes.top + STRIP
    if axes.first <= at <= axes.last:
        axes.add_upright(at, top, {"color": theme.MISSING, "width": 1.5, "dash": "dot"})
        _add_strip_label(axes, (at, at), top, theme.MISSING, "as_of", axes.words.date(as_of))


def _add_strip_label(axes: TimelineAxes, ends: tuple[Any, Any], top: float, colour: str, key: str, dates: str) -> None:
    """Label a strip on top: from the first end on in the left half, up to the second in the right half."""
    is_right = ends[0] - axes.first > axes.last - ends[0]
    side = {"x": ends[is_right], "xanchor": "right" if is_right else "left", "xshift": -5 if is_right else 5}
    text, letters = axes.words(key, date=dates), {"size": lanes.LETTER, "color": colour}
    axes.notes.text(**side, y=top + STRIP / 2, yanchor="middle", text=text, font=letters)


def _add_lanes(axes: TimelineAxes, heads: list[lanes.Lane]) -> None:
    clear = {"fillcolor": theme.PAPER, "line": {"width": 0}, "layer": "between"}  # no line of a year runs through the key
    axes.notes.shape(type="rect", x0=axes.first, x1=axes.last, y0=0, y1=axes.top, **clear)
    for lane in heads:
        line = {"color": theme.AXIS, "width": 1}
        axes.notes.shape(type="line", xref="paper", x0=0, x1=1, y0=lane.top, y1=lane.top, line=line, layer="below")
        at = {"xref": "paper", "x": 0, "xanchor": "left", "y": lane.heading_y, "yanchor": "middle"}
        letters = {"size": lanes.LETTER + 1, "color": theme.INK}
        axes.notes.text(**at, text=f"<b>{lane.heading}</b>", font=letters, bgcolor=theme.PAPER, borderpad=0)
