"""On what does the timeline stand: its axis of time, the expo's days behind it, its lanes, the line of as-of?"""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from .. import theme
from ..measures import lanes, timeline
from ..words import Words

TICKS, STRIP = 24, 18  # px: the ticks on top, a strip for one label


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is drawn on: the axis across, where its lanes begin and end (px from the top), how much room there is."""

    figure: go.Figure
    words: Words
    first: pd.Timestamp
    last: pd.Timestamp
    top: int
    bottom: float
    room: int
    zoom: str
    notes: theme.Notes = field(default_factory=theme.Notes)

    def upright(self, at: pd.Timestamp, top: float, line: dict[str, Any], **more: str) -> None:
        self.notes.shape(type="line", x0=at, x1=at, y0=top, y1=self.bottom, line=line, **more)


def lay_out(sheet: Sheet, table: pd.DataFrame, heads: list[lanes.Lane]) -> None:
    """All that lies below the items."""
    _axes(sheet)
    _ground(sheet, table)
    _lanes(sheet, heads)


def _axes(sheet: Sheet) -> None:
    """Ticks on top and below, as close as the stretch and the narrowest drawing leave room for."""
    wide, years = sheet.room > lanes.PHONE, sheet.last.year - sheet.first.year
    scale = timeline.scale(sheet.zoom, sheet.first, sheet.last)
    step = {
        "day": (7 if wide else 14) * 86_400_000,
        "month": "M1" if wide and years == 1 else "M3",
        "year": f"M{12 * max(1, -(-years // (10 if wide else 6)))}",
    }[scale]
    ticks = {"type": "date", "range": [sheet.first, sheet.last], "minallowed": sheet.first, "maxallowed": sheet.last}
    ticks |= {"dtick": step, "tickformat": sheet.words(f"ticks.{scale}"), "fixedrange": not wide}
    ticks |= {"ticklabelmode": "instant" if scale == "day" else "period"}
    ticks |= {"tick0": sheet.first - timedelta(days=sheet.first.weekday())} if scale == "day" else {}
    on_top = {"overlaying": "x", "side": "top", "anchor": "free", "position": 1 - sheet.top / sheet.bottom, "matches": "x"}
    sheet.figure.update_layout(xaxis=ticks | {"showgrid": True, "gridcolor": theme.GRID}, xaxis2=ticks | on_top)
    # an axis is drawn only where a trace stands on it
    sheet.figure.add_scatter(x=[sheet.first], y=[0], xaxis="x2", mode="markers", marker={"opacity": 0}, hoverinfo="skip")


def _ground(sheet: Sheet, table: pd.DataFrame) -> None:
    """The expo's days behind everything; where they fill the axis, their days off."""
    opens, closes, precision = table[["opens_on", "closes_on", "dates_precision"]].iloc[0]
    if pd.isna(opens) or pd.isna(closes) or not sheet.first <= opens < sheet.last:
        return
    end, one, days = closes + timedelta(days=1), timedelta(days=1), sheet.zoom == "days"
    for at in (opens, end) if days else ():
        sheet.upright(at, sheet.top + 2 * STRIP, {"color": theme.PLAN, "width": 1.5}, layer="below")
    for begin, until in [(day, day + one) for day in timeline.free(table)] if days else [(opens, end)]:
        look = {"fillcolor": theme.SHADE, "line": {"width": 0}, "layer": "below"}
        sheet.notes.shape(type="rect", x0=begin, x1=until, y0=sheet.top + 2 * STRIP, y1=sheet.bottom, **look)
    _said_of(sheet, (opens, end), sheet.top, theme.PLAN, "window_of", sheet.words.span(opens, closes, precision))


def as_of_line(sheet: Sheet, as_of: pd.Timestamp) -> None:
    """The line stands at the end of the day; a stretch of time that does not hold it has none."""
    at, top = as_of + timedelta(days=1), sheet.top + STRIP
    if sheet.first <= at <= sheet.last:
        sheet.upright(at, top, {"color": theme.MISSING, "width": 1.5, "dash": "dot"})
        _said_of(sheet, (at, at), top, theme.MISSING, "as_of", sheet.words.date(as_of))


def _said_of(sheet: Sheet, places: tuple[Any, Any], top: float, colour: str, key: str, dates: str) -> None:
    """What stands in a strip on top: from the place on in the left half, up to it in the right half."""
    right = places[0] - sheet.first > sheet.last - places[0]
    side = {"x": places[right], "xanchor": "right" if right else "left", "xshift": -5 if right else 5}
    said, letters = sheet.words(key, date=dates), {"size": lanes.LETTER, "color": colour}
    sheet.notes.text(**side, y=top + STRIP / 2, yanchor="middle", text=said, font=letters)


def _lanes(sheet: Sheet, heads: list[lanes.Lane]) -> None:
    clear = {"fillcolor": theme.PAPER, "line": {"width": 0}, "layer": "between"}  # no line of a year runs through the key
    sheet.notes.shape(type="rect", x0=sheet.first, x1=sheet.last, y0=0, y1=sheet.top, **clear)
    for lane in heads:
        line = {"color": theme.AXIS, "width": 1}
        sheet.notes.shape(type="line", xref="paper", x0=0, x1=1, y0=lane.top, y1=lane.top, line=line, layer="below")
        at = {"xref": "paper", "x": 0, "xanchor": "left", "y": lane.heading_y, "yanchor": "middle"}
        letters = {"size": lanes.LETTER + 1, "color": theme.INK}
        sheet.notes.text(**at, text=f"<b>{lane.heading}</b>", font=letters, bgcolor=theme.PAPER, borderpad=0)
