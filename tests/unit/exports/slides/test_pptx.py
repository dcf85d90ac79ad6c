"""Tests that slides hold every exhibit with its message, figures and sources, and nothing outside of them."""

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from typing import Any

import discovery
import openpyxl
import pandas as pd
import pytest
from bound_reports import shown
from pptx import Presentation
from pptx.enum.chart import XL_CHART_TYPE
from pptx.enum.shapes import MSO_SHAPE_TYPE

from sejong_dash import words as wording
from sejong_dash.exhibits import Exhibit
from sejong_dash.exports import REPORT_FORMATS, report
from sejong_dash.exports.model import plane
from sejong_dash.exports.model import series as _series
from sejong_dash.exports.report import Report
from sejong_dash.exports.slides import pptx as slides

pytestmark = pytest.mark.dear

TONGUES = [("ko",), ("ja",), ("en",), ("ko", "ja")]
MADE = datetime(2026, 5, 7, 9, 30, tzinfo=UTC)
each_tongue = pytest.mark.parametrize("langs", TONGUES, ids="+".join)


def parts(langs: tuple[str, ...], names: tuple[str, ...] = tuple(discovery.NAMES)) -> list[tuple[Exhibit, ...]]:
    return [tuple(shown(name, lang) for lang in langs) for name in discovery.NAMES if name in names]


def bound(langs: tuple[str, ...], names: tuple[str, ...] = tuple(discovery.NAMES), single: bool = False) -> Report:
    some = parts(langs, names)
    return report.bind_report("report", [f"report {lang}" for lang in langs], some, "0123456789abcdef", MADE, single=single)


@cache
def deck(langs: tuple[str, ...]) -> Any:
    return Presentation(io.BytesIO(slides.write(bound(langs), report.ignore_progress)))


def leaves(shapes: Any) -> Iterator[Any]:
    for one in shapes:
        yield one
        if one.shape_type == MSO_SHAPE_TYPE.GROUP:
            yield from leaves(one.shapes)


def is_overlay(frame: Any) -> bool:
    """Whether a chart is one of stepped lines, laid on another."""
    return bool(frame.chart.chart_type == XL_CHART_TYPE.XY_SCATTER_LINES_NO_MARKERS)


def text_of(slide: Any) -> str:
    return "\n".join(one.text_frame.text for one in leaves(slide.shapes) if one.has_text_frame)


def flat(text: str) -> str:
    return "".join(text.split())


def of(langs: tuple[str, ...], one: Exhibit) -> list[Any]:
    """The slides of an exhibit in the first language."""
    return [
        slide
        for slide in deck(langs).slides
        if flat(one.words("title")) in flat(slide.notes_slide.notes_text_frame.text) and slide.shapes.title.text == one.message
    ]


@pytest.mark.thorough
@each_tongue
def test_every_exhibit_has_a_slide_that_says_its_message_and_its_sources(langs: tuple[str, ...]) -> None:
    for part in parts(langs):
        found = of(langs, part[0])
        assert found, part[0].name
        for slide in found:
            notes = slide.notes_slide.notes_text_frame.text
            for one in part:
                words = one.words
                assert one.message in text_of(slide)
                assert flat(words("title")) in flat(text_of(slide))
                for said in (one.message, words("basis_name"), words("sources"), words("stamp"), words("plan"), words("state")):
                    assert said in notes
                assert words("sample") in text_of(slide)
                assert flat(words("stamp")) in flat(text_of(slide))


@pytest.mark.thorough
@each_tongue
def test_no_line_of_a_slide_is_cut(langs: tuple[str, ...]) -> None:
    assert [
        one.text_frame.text
        for slide in deck(langs).slides
        for one in leaves(slide.shapes)
        if one.has_text_frame and "…" in one.text_frame.text
    ] == []


@pytest.mark.thorough
def test_a_slide_names_sources_in_its_reader_s_language_and_their_originals_in_the_notes() -> None:
    originals = set(discovery.tables_now().sources()["title"].dropna())
    listed = {slide.slide_id for slide in of(("ja",), shown("cards.sources", "ja"))}  # these cards have them as 原題
    slides = [slide for slide in deck(("ja",)).slides if slide.slide_id not in listed]
    assert [text_of(slide) for slide in slides if any(title in text_of(slide) for title in originals)] == []
    assert any(title in slide.notes_slide.notes_text_frame.text for slide in slides for title in originals)


@pytest.mark.thorough
@each_tongue
def test_nothing_leaves_its_slide(langs: tuple[str, ...]) -> None:
    shown = deck(langs)
    for number, slide in enumerate(shown.slides, start=1):
        for one in leaves(slide.shapes):
            assert one.left >= -12700, (number, one.name)
            assert one.top >= -12700, (number, one.name)
            assert one.left + one.width <= shown.slide_width + 12700, (number, one.name)
            assert one.top + one.height <= shown.slide_height + 12700, (number, one.name)


@pytest.mark.thorough
@each_tongue
def test_charts_and_groups_are_told_in_words_and_no_picture_is_needed(langs: tuple[str, ...]) -> None:
    messages = {one.message for part in parts(langs) for one in part}
    seen = 0
    for slide in deck(langs).slides:
        for one in slide.shapes:
            assert one.shape_type != MSO_SHAPE_TYPE.PICTURE
            if one.has_chart or one.shape_type == MSO_SHAPE_TYPE.GROUP:
                assert one._element._nvXxPr.cNvPr.get("descr") in messages
                seen += 1
    assert seen > 10


@pytest.mark.thorough
@each_tongue
def test_charts_hold_the_figures_values_in_chart_and_sheet(langs: tuple[str, ...]) -> None:
    plotted = 0
    for part in parts(langs):
        plot = _series.read(part[0].paper(), part[0].words("title")) if part[0].paper else None
        frames = [one for slide in of(langs, part[0]) for one in slide.shapes if one.has_chart and not is_overlay(one)]
        assert bool(plot) == bool(frames), part[0].name
        if plot is None:
            continue
        plotted += 1
        charts = [one.chart for one in frames[:: len(langs)]]
        sheets = [
            openpyxl.load_workbook(io.BytesIO(one.part.chart_workbook.xlsx_part.blob), data_only=True).active for one in charts
        ]
        rows = [row for sheet in sheets for row in sheet.iter_rows(min_row=2, values_only=True)]
        assert [_day(row[0]) for row in rows] == [_day(one) for one in plot.categories]
        column = 1
        for series in plot.series:
            if series.kind == "band":
                assert _alike([row[column] for row in rows], series.low)
                column += 1
            assert _alike([row[column] for row in rows], series.values)
            column += 2 if series.kind == "band" else 1
        drawn = {tuple(values) for chart in charts for held in chart.plots for values in _cached(held)}
        for series in plot.series:
            if series.kind in ("bar", "line") and len(charts) == 1:
                assert series.values in drawn, (part[0].name, series.name)
    assert plotted == 11


def _day(said: Any) -> Any:
    return pd.Timestamp(said) if not isinstance(said, str) else said


def _alike(found: Any, wanted: Any) -> bool:
    """To the sixteen digits that a sheet keeps; an empty cell is only alike to nothing."""
    return all(
        (one is None) == (other is None) and (one is None or one == pytest.approx(other, rel=1e-14))
        for one, other in zip(found, wanted, strict=True)
    )


def _cached(plot: Any) -> Iterator[tuple[Any, ...]]:
    for series in plot.series:
        yield tuple(series.values)


@pytest.mark.thorough
@each_tongue
def test_cards_say_all_that_they_say_on_the_screen(langs: tuple[str, ...]) -> None:
    for part in parts(langs):
        if not part[0].cards:
            continue
        text = flat("\n".join(text_of(slide) for slide in of(langs, part[0])))
        for one in part:
            for card in one.cards:
                for said in (card.title, card.value, card.text, card.badge, *(value for _, value in card.facts)):
                    assert flat(said) in text, (one.name, said)


@pytest.mark.thorough
@pytest.mark.parametrize("lang", wording.LANGUAGES)
def test_all_letters_are_those_of_the_language(lang: str) -> None:
    """No run without its language: PowerPoint would mark it, and pick the wrong shapes for Han characters."""
    main = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
    for slide in deck((lang,)).slides:
        runs = [run for run in slide.shapes._spTree.iter(f"{main}rPr")]
        assert runs
        assert {run.get("lang", "")[:2] for run in runs} == {lang}


@pytest.mark.thorough
def test_the_same_report_gives_the_same_bytes() -> None:
    some = ("charts.goal_bar", "maps.prefecture_map", "cards.pace_figures")
    assert slides.write(bound(("ko",), some), report.ignore_progress) == slides.write(
        bound(("ko",), some), report.ignore_progress
    )


def test_one_chart_by_itself_has_neither_cover_nor_contents() -> None:
    alone = bound(("ja",), ("charts.visitor_progress",), single=True)
    shown = Presentation(io.BytesIO(REPORT_FORMATS["pptx"].write(alone, report.ignore_progress)))
    assert len(shown.slides) == 1
    assert shown.slides[0].shapes.title.text == alone.parts[0][0].message
    assert (shown.core_properties.title, shown.core_properties.language) == ("report ja", "ja-JP")
    assert shown.core_properties.created == MADE.replace(tzinfo=None)


@pytest.mark.thorough
def test_contents_name_the_slide_on_which_each_exhibit_begins() -> None:
    shown, listed = deck(("ko",)), deck(("ko",)).slides[1]
    entries = [one.text_frame.text for one in listed.shapes if one.name.startswith("entry")]
    numbers = [int(one.text_frame.text) for one in listed.shapes if one.name.startswith("number")]
    assert entries == [part[0].words("title") for part in parts(("ko",))]
    for part, number in zip(parts(("ko",)), numbers, strict=True):
        assert shown.slides[number - 1].shapes.title.text == part[0].message


def test_who_cancels_is_heard() -> None:
    class Cancelled(Exception):
        pass

    def progress(done: int, total: int, title: str) -> None:
        if done == 1:
            raise Cancelled(title)

    with pytest.raises(Cancelled):
        slides.write(bound(("ko",), ("charts.goal_bar", "cards.pace_figures")), progress)


def test_a_drawing_is_cut_only_where_nothing_stands() -> None:
    rows = [(20.0 * n, 20.0 * n + 14) for n in range(10)]
    cut = plane.even(rows, 200.0, 90.0, [])
    assert [start for start, _ in cut[1:]] == [end for _, end in cut[:-1]]
    assert all(end - start <= 90 for start, end in cut)
    assert not any(low < at < high for at, _ in cut[1:] for low, high in rows)
    assert [start for start, _ in plane.cuts(rows, 200.0, 90.0, [77.0])][1] == 77.0
