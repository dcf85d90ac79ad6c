"""Tests that native charts show what the figure shows in PowerPoint, LibreOffice and Excel: order, numbers, steps, goal."""

import io
from collections import Counter
from dataclasses import replace
from functools import cache
from typing import Any
from xml.etree import ElementTree

import bound_reports as reports
import discovery
import openpyxl
import pandas as pd
import pytest
from native_charts import C, ends, height_of, inner, parts, scale_of
from pptx import Presentation
from pptx.enum.chart import XL_CHART_TYPE
from pptx.enum.shapes import MSO_SHAPE_TYPE

from sejong_dash import cards, charts, maps
from sejong_dash import words as wording
from sejong_dash.decks import decks, parse
from sejong_dash.exhibits import Exhibit
from sejong_dash.exports import REPORT_FORMATS
from sejong_dash.exports.report import Report, gather_report, ignore_progress
from sejong_dash.exports.slides import step_chart

pytestmark = [pytest.mark.dear, pytest.mark.thorough]

ROOMS = {name: room for room in (charts, maps, cards) for name in room.names()}
# each ready set, each language, two languages beside each other, and everything there is
SETS = [("weekly", "ko"), ("weekly", "ja", "ko"), ("mayor", "ja"), ("partner", "en"), ("all", "en")]
each_set = pytest.mark.parametrize("chosen", SETS, ids="-".join)
STEPPED = ("charts.daily_visitors", "charts.required_rate")


@cache
def report(chosen: tuple[str, ...]) -> Report:
    name, *langs = chosen
    if name == "all":
        return reports.of(*langs)
    slides = [parse(code, ROOMS) for code in decks()[name].slides]
    found = [(ROOMS[one.name].named(one.name), dict(one.changes)) for one in slides if one]
    choices = replace(discovery.BASE, lang=langs[0], prefecture="22" if name == "partner" else None)
    return gather_report(name, decks()[name].titles, found, choices, langs, "0123456789abcdef", reports.MADE_AT, ignore_progress)


@cache
def written(chosen: tuple[str, ...], kind: str) -> bytes:
    return REPORT_FORMATS[kind].write(report(chosen), ignore_progress)


@each_set
@pytest.mark.parametrize("kind", ["pptx", "xlsx"])
def test_series_are_drawn_in_the_order_of_the_file(chosen: tuple[str, ...], kind: str) -> None:
    """PowerPoint and Excel go by c:order, LibreOffice by the place."""
    found = parts(written(chosen, kind), r"charts/chart\d+\.xml$")
    assert found
    for name, chart in found.items():
        series = list(chart.iter(f"{C}ser"))
        assert [int(one.find(f"{C}order").get("val")) for one in series] == list(range(len(series))), name
        assert [int(one.find(f"{C}idx").get("val")) for one in series] == list(range(len(series))), name


@each_set
def test_the_clear_part_of_a_band_lies_below_the_visible_one(chosen: tuple[str, ...]) -> None:
    bands = [one for chart in parts(written(chosen, "pptx"), r"charts/chart").values() for one in chart.iter(f"{C}areaChart")]
    for band in bands:
        clear = [one.find(f"{C}spPr")[0].tag.endswith("noFill") for one in band.iter(f"{C}ser")]
        assert clear == [True, False]
        assert band.find(f"{C}grouping").get("val") == "stacked"
    assert bands or chosen[0] == "partner"


@each_set
def test_no_two_shapes_of_a_slide_have_a_number_or_a_name_in_common(chosen: tuple[str, ...]) -> None:
    for name, slide in parts(written(chosen, "pptx"), r"(slides|slideLayouts|slideMasters|notesSlides)/\w+\.xml$").items():
        shapes = [one for one in slide.iter() if one.tag.endswith("}cNvPr")]
        assert [of for of, times in Counter(one.get("id") for one in shapes).items() if times > 1] == [], name
        if name.startswith("ppt/slides/"):
            names = Counter(one.get("name") for one in shapes if one.get("name"))
            assert [of for of, times in names.items() if times > 1] == [], name


def slides_of(content: bytes, shown: Exhibit) -> list[Any]:
    return [one for one in Presentation(io.BytesIO(content)).slides if one.shapes.title.text == shown.message]


@pytest.mark.parametrize("name", ["charts.visitor_progress", "charts.catch_up"])
def test_the_goal_line_stands_before_the_chart(name: str) -> None:
    shown = reports.shown(name, "ko")
    goal = next(one.y0 for one in shown.paper().layout.shapes if one.type == "line" and one.xref == "paper")
    content = REPORT_FORMATS["pptx"].write(reports.of("en", names=(name,), single=True), ignore_progress)
    (slide,) = slides_of(content, reports.shown(name, "en"))
    shapes = list(slide.shapes)
    (place,) = (number for number, one in enumerate(shapes) if one.has_chart)
    left, _, wide, _ = inner(shapes[place])
    lines = [
        number
        for number, one in enumerate(shapes)
        if one.shape_type == MSO_SHAPE_TYPE.LINE
        and abs(one.top - height_of(shapes[place], goal)) < 12700
        and one.height == 0
        and abs(one.left - left) < 12700
        and abs(one.width - wide) < 12700
    ]
    assert len(lines) == 1
    assert lines[0] > place


def wanted_corners(days: list[pd.Timestamp], values: list[float], first: pd.Timestamp) -> list[tuple[float, float]]:
    """Plotly's hvh: from day to day the level changes at midnight. Days counted from `first`."""
    at = [(day - first).days for day in days]
    found = [(at[0], values[0])]
    for number in range(1, len(at)):
        found += [(at[number] - 0.5, values[number - 1]), (at[number] - 0.5, values[number]), (at[number], values[number])]
    return found


def stepped_trace(shown: Exhibit) -> tuple[str, list[pd.Timestamp], list[float], pd.Timestamp]:
    figure = shown.paper()
    (trace,) = (one for one in figure.data if one.type == "scatter" and one.line.shape == "hvh")
    first = min(pd.Timestamp(day) for one in figure.data if (one.yaxis or "y") == "y" for day in one.x)
    return trace.name, [pd.Timestamp(day) for day in trace.x], [float(value) for value in trace.y], first


@pytest.mark.parametrize("name", STEPPED)
@pytest.mark.parametrize("lang", wording.LANGUAGES)
def test_slides_draw_steps_as_steps(name: str, lang: str) -> None:
    shown = reports.shown(name, lang)
    said, days, values, first = stepped_trace(shown)
    content = REPORT_FORMATS["pptx"].write(reports.of(lang, names=(name,), single=True), ignore_progress)
    (slide,) = slides_of(content, shown)
    base, over = [one for one in slide.shapes if one.has_chart]
    assert over.chart.chart_type == XL_CHART_TYPE.XY_SCATTER_LINES_NO_MARKERS
    assert over.name == said
    (series,) = over.chart.plots[0].series
    assert series.name == said
    corners = wanted_corners(days, values, first)
    opening = (first - pd.Timestamp(1899, 12, 30)).days
    assert [(x - opening, y) for x, y in zip(over_x(series), series.values, strict=True)] == corners
    # exactly on the plot below, whose first and last day have half a day before and behind them
    assert inner(over) == pytest.approx(inner(base), abs=500)
    assert ends(over) == ends(base)
    across = over.chart._chartSpace.findall(f".//{C}valAx")[0].find(f"{C}scaling")
    shown_days = len(base.chart.plots[0].categories)
    assert [float(across.find(f"{C}{end}").get("val")) - opening for end in ("min", "max")] == [-0.5, shown_days - 0.5]
    # the line below has the values, and is not drawn a second time as a slope
    (below,) = (one for plot in base.chart.plots for one in plot.series if one.name == said)
    assert below.format.line.fill.type is not None
    assert below._element.find(f"{C}spPr")[0][0].tag.endswith("noFill")
    # in the sheet inside the corners follow from one value a day
    held = io.BytesIO(over.chart.part.chart_workbook.xlsx_part.blob)
    sheet, drawn = openpyxl.load_workbook(held).active, openpyxl.load_workbook(held, data_only=True).active
    known = {row[0]: row[1] for row in drawn.iter_rows(min_row=2, max_col=2, values_only=True) if row[1] is not None}
    assert known == {day.to_pydatetime(): pytest.approx(value) for day, value in zip(days, values, strict=True)}
    cells = [row[2:4] for row in sheet.iter_rows(min_row=2, values_only=True) if row[2] is not None]
    assert len(cells) == len(corners)
    for (place, height), (x, y) in zip(cells, corners, strict=True):
        assert place == f"=$A$2+{x:g}"
        assert drawn[height.removeprefix("=")].value == pytest.approx(y)


def over_x(series: Any) -> list[float]:
    return [float(one.text) for one in series._element.find(f"{C}xVal").iter(f"{C}v")]


@pytest.mark.parametrize("name", STEPPED)
def test_sheets_draw_steps_as_steps(name: str) -> None:
    shown = reports.shown(name, "en")
    said, days, values, first = stepped_trace(shown)
    content = REPORT_FORMATS["xlsx"].write(reports.of("en", names=(name,), single=True), ignore_progress)
    found = list(parts(content, r"charts/chart\d+\.xml$").values())
    assert len(found) == 2
    base, over = sorted(found, key=lambda one: one.find(f".//{C}scatterChart") is not None)
    (series,) = over.iter(f"{C}ser")
    sheet = openpyxl.load_workbook(io.BytesIO(content), data_only=True).active
    xs, ys = ([row[0].value for row in sheet[cells_of(series, axis)]] for axis in ("xVal", "yVal"))
    found_corners = [((x - first).total_seconds() / 86400, y) for x, y in zip(xs, ys, strict=True)]
    assert found_corners == [(x, pytest.approx(y)) for x, y in wanted_corners(days, values, first)]
    assert sheet[series.find(f"{C}tx//{C}f").text.rpartition("!")[2].replace("$", "")].value == said
    places = [place_of(one) for one in (base, over)]
    assert places[0] == places[1]
    assert scale_of(base)[-1] == scale_of(over)[-1]
    (anchors,) = parts(content, r"drawings/drawing\d+\.xml$").values()
    boxes = [ElementTree.tostring(part) for one in anchors for part in one[:2]]
    assert boxes[:2] == boxes[2:]


def cells_of(series: ElementTree.Element, axis: str) -> str:
    return series.find(f"{C}{axis}//{C}f").text.rpartition("!")[2].replace("$", "")


def place_of(chart: ElementTree.Element) -> list[str]:
    return [one.get("val") for one in chart.find(f".//{C}plotArea/{C}layout/{C}manualLayout")]


@pytest.mark.parametrize(
    ("shape", "places"),
    [
        ("hv", [(0, 1), (1, 1), (1, 3), None, (3, 5)]),
        ("vh", [(0, 1), (0, 3), (1, 3), None, (3, 5)]),
        ("hvh", [(0, 1), (0.5, 1), (0.5, 3), (1, 3), None, (3, 5)]),
        ("vhv", [(0, 1), (0, 2), (1, 2), (1, 3), None, (3, 5)]),
    ],
)
def test_corners_of_each_kind_of_step(shape: str, places: list[tuple[float, float] | None]) -> None:
    values = [1.0, 3.0, None, 5.0]
    found = step_chart.corners(values, shape)
    assert [(one.place, step_chart.amount(one, values)) if one else None for one in found] == places
