"""Tests that a native chart keeps the range and the notes of its figure, each where it can be read."""

import io
from dataclasses import replace
from itertools import pairwise

import bound_reports as reports
import discovery
import openpyxl
import pandas as pd
import plotly.graph_objects as go
import pytest
from native_charts import ends, height_of, inner, parts, scale_of
from pptx import Presentation

from sejong_dash.exhibits import Exhibit
from sejong_dash.exports import REPORT_FORMATS
from sejong_dash.exports.model import series
from sejong_dash.exports.report import Report, bind_report, ignore_progress

DAYS = list(pd.date_range("2026-05-01", periods=10))


def by_hand(side: str, shift: float = 0) -> Exhibit:
    """A count, its forecast in the middle of a band that goes beyond the axis, and notes, as a figure made by hand."""
    look = {"mode": "lines", "line": {"width": 0}, "fill": "toself", "fillcolor": "#cfe6da", "name": "band"}
    low, high = [80, 85, 90, 95, 100], [80, 120, 160, 200, 250]
    figure = go.Figure()
    figure.add_scatter(x=[*DAYS[5:], *reversed(DAYS[5:])], y=[*high, *reversed(low)], **look)
    figure.add_scatter(x=DAYS[5:], y=[80, 95, 110, 125, 140], mode="lines", name="forecast", line={"color": "#1f7a4d"})
    figure.add_scatter(x=DAYS[:6], y=[10, 25, 40, 50, 65, 80], mode="lines", name="counted", line={"color": "#1f7a4d"})
    figure.update_yaxes(range=[0, 187])
    note = {"showarrow": False, "text": "forecast 140", "x": DAYS[-1], "y": 140, "xanchor": side, "yanchor": "bottom"}
    figure.add_annotation(**note, xshift=shift, font={"size": 13})
    figure.add_annotation(text="the band goes on to 250", x=1, xref="paper", y=1, yref="paper", showarrow=False)
    words = reports.shown("charts.visitor_progress", "en").words
    table = pd.DataFrame({"date": DAYS})
    return Exhibit(
        "charts.by_hand", replace(discovery.BASE, lang="en"), table, words, "A message.", figure=figure, paper=lambda: figure
    )


def alone(shown: Exhibit) -> Report:
    return bind_report("by_hand", ["By hand"], [[shown]], "0123456789abcdef", reports.MADE_AT, single=True)


def test_an_axis_with_a_range_of_its_own_keeps_it_and_the_note_about_it() -> None:
    shown = by_hand("right")
    (slide,) = Presentation(io.BytesIO(REPORT_FORMATS["pptx"].write(alone(shown), ignore_progress))).slides
    (frame,) = (one for one in slide.shapes if one.has_chart)
    assert ends(frame) == (0, 187)
    texts = [one.text_frame.text for one in slide.shapes if one.has_text_frame]
    assert "the band goes on to 250" in texts
    content = REPORT_FORMATS["xlsx"].write(alone(shown), ignore_progress)
    (chart,) = parts(content, r"charts/chart\d+\.xml$").values()
    assert [float(end) for end in scale_of(chart)[0]] == [0, 187]
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    said = [row[0] for row in sheet.iter_rows(max_col=1, values_only=True) if isinstance(row[0], str)]
    assert "Notes on the chart: forecast 140 · the band goes on to 250" in said
    plot = series.read(shown.paper())
    assert (plot.low, plot.high) == (0, 187)


@pytest.mark.parametrize(("side", "shift"), [("right", 0), ("left", 6)])
def test_a_label_stands_where_its_line_ends(side: str, shift: float) -> None:
    """Not moved onto the band: right of the end there is room for what begins there."""
    (slide,) = Presentation(io.BytesIO(REPORT_FORMATS["pptx"].write(alone(by_hand(side, shift)), ignore_progress))).slides
    (frame,) = (one for one in slide.shapes if one.has_chart)
    (label,) = (one for one in slide.shapes if one.has_text_frame and one.text_frame.text == "forecast 140")
    assert abs(label.top + label.height - height_of(frame, 140)) < 12700
    left, _, wide, _ = inner(frame)
    end = left + wide * (len(DAYS) - 0.5) / len(DAYS)
    if side == "right":
        assert abs(label.left + label.width - end) < 12700
    else:
        assert label.left >= end
        assert label.left + label.width <= 960 * 12700


@pytest.mark.parametrize("goal", [146, 141, 120, None])
def test_no_line_runs_through_a_label_at_the_end_of_its_line(goal: float | None) -> None:
    shown = by_hand("right")
    if goal:
        line = {"color": "#57635c", "width": 1}
        shown.figure.add_shape(type="line", xref="paper", x0=0, x1=1, y0=goal, y1=goal, line=line, layer="below")
    (slide,) = Presentation(io.BytesIO(REPORT_FORMATS["pptx"].write(alone(shown), ignore_progress))).slides
    (frame,) = (one for one in slide.shapes if one.has_chart)
    (label,) = (one for one in slide.shapes if one.has_text_frame and one.text_frame.text == "forecast 140")
    left, _, wide, _ = inner(frame)
    day = wide / len(DAYS)
    ends = [(left + day * (5.5 + number), height_of(frame, value)) for number, value in enumerate([80, 95, 110, 125, 140])]
    assert abs(label.left + label.width - ends[-1][0]) < 12700
    top, bottom = label.top + 0.2 * label.height, label.top + 0.8 * label.height
    for (x0, y0), (x1, y1) in pairwise(ends):
        seen = [y0 + (y1 - y0) * part / 50 for part in range(51) if x0 + (x1 - x0) * part / 50 > label.left]
        assert [y for y in seen if top < y < bottom] == []
    assert goal is None or not top < height_of(frame, goal) < bottom
    near = min(abs(edge - ends[-1][1]) for edge in (label.top, label.top + label.height))
    assert near < 2 * label.height


@pytest.mark.parametrize("shape", ["hv", "hvh"])
def test_what_is_drawn_steps_as_well(shape: str) -> None:
    """A line of a figure that is no chart, as a freeform: as many corners as it has on the screen."""
    figure = go.Figure(go.Scatter(x=[0, 1, 2], y=[0, 2, 1], mode="lines", line={"shape": shape, "color": "#57635c"}))
    figure.update_xaxes(range=[0, 2]).update_yaxes(range=[0, 2], tickvals=[0, 2])
    figure.add_scatter(x=[0], y=[0], xaxis="x2", mode="markers").update_layout(xaxis2={"range": [0, 2], "overlaying": "x"})
    shown = replace(by_hand("right"), figure=figure, paper=lambda: figure)
    assert series.read(figure) is None
    (slide,) = parts(REPORT_FORMATS["pptx"].write(alone(shown), ignore_progress), r"slides/slide1\.xml$").values()
    (path,) = (one for one in slide.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}path"))
    dots = [
        (int(dot.get("x")), int(dot.get("y"))) for dot in path.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}pt")
    ]
    corners = {"hv": 5, "hvh": 7}[shape]
    assert len(dots) == corners
    assert all(one[0] == other[0] or one[1] == other[1] for one, other in pairwise(dots))
