"""Tests that the workbook says what the screen says, with numbers as numbers and charts drawn from its cells."""

import io
import re
import zipfile
from functools import cache
from typing import Any

import bound_reports as reports
import openpyxl
import pandas as pd
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from sejong_dash import words as wording
from sejong_dash.exhibits import Exhibit
from sejong_dash.exports import REPORT_FORMATS
from sejong_dash.exports.model import series as _series
from sejong_dash.exports.report import Report, ignore_progress

pytestmark = pytest.mark.dear

each_languages = pytest.mark.parametrize("langs", reports.LANGUAGES_OF_REPORTS, ids="-".join)


@cache
def _bytes(langs: tuple[str, ...]) -> bytes:
    return REPORT_FORMATS["xlsx"].write(reports.of(*langs), ignore_progress)


@cache
def _book(langs: tuple[str, ...]) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(_bytes(langs)))


def _pairs(langs: tuple[str, ...]) -> list[tuple[Worksheet, Exhibit]]:
    shown = [one for part in reports.of(*langs).parts for one in part]
    return list(zip(_book(langs).worksheets[1:], shown, strict=True))


def _top(sheet: Worksheet, one: Exhibit) -> int:
    """The row of the table's head."""
    heads = [one.words(f"columns.{name}") for name in one.table.columns]
    rows = sheet.iter_rows(max_col=len(heads), values_only=True)
    return next(number for number, row in enumerate(rows, start=1) if list(row) == heads)


def _value(cell: Any) -> Any:
    if pd.isna(cell) or cell == "":
        return None
    cell = cell.to_pydatetime() if isinstance(cell, pd.Timestamp) else cell.item() if hasattr(cell, "item") else cell
    return pytest.approx(cell, rel=1e-14) if isinstance(cell, float) else cell


@pytest.mark.thorough
@each_languages
def test_each_sheet_holds_the_table_as_it_is(langs: tuple[str, ...]) -> None:
    for sheet, one in _pairs(langs):
        top, wide = _top(sheet, one), len(one.table.columns)
        rows = sheet.iter_rows(min_row=top + 1, max_row=top + len(one.table), max_col=wide, values_only=True)
        for row, cells in zip(rows, one.table.itertuples(index=False), strict=True):
            assert list(row) == [_value(cell) for cell in cells], one.name


@pytest.mark.thorough
@each_languages
def test_each_sheet_says_what_the_screen_says(langs: tuple[str, ...]) -> None:
    report = reports.of(*langs)
    for sheet, one in _pairs(langs):
        said = [row[0] for row in sheet.iter_rows(max_row=_top(sheet, one) - 1, max_col=1, values_only=True) if row[0]]
        assert said[0] == one.words("title")
        assert one.message in said
        assert report.stamp(langs.index(one.words.lang)) in said
        for entry in reports.ENTRIES[1:]:
            wanted = one.words(entry)
            assert not wanted or any(line.endswith(wanted) for line in said), (one.name, entry)


@each_languages
@pytest.mark.thorough
def test_contents_lead_to_every_sheet(langs: tuple[str, ...]) -> None:
    book, report = _book(langs), reports.of(*langs)
    contents = book.worksheets[0]
    assert contents.title == report.words()("contents")
    rows = [row for row in contents.iter_rows() if row[1].hyperlink]
    for row, (sheet, one) in zip(rows, _pairs(langs), strict=True):
        assert row[1].hyperlink.location == "'{}'!A1".format(sheet.title.replace("'", "''"))
        assert [cell.value or "" for cell in row[1:6]] == [
            one.words("title"), one.message, one.words("basis_name"), one.words("sources"), one.words("sample")
        ]  # fmt: skip
    names = [sheet.title.casefold() for sheet in book]
    assert len(set(names)) == len(names)
    assert all(len(name) <= 31 and not re.search(r"[\[\]:*?/\\]", name) for name in names)


@pytest.mark.thorough
@each_languages
def test_what_is_plotted_has_a_chart_of_excels_own_from_cells_of_its_sheet(langs: tuple[str, ...]) -> None:
    drawn = 0
    for sheet, one in _pairs(langs):
        plot = _series.read(one.paper(), one.words("title")) if one.paper else None
        stepped = plot is not None and any(series.is_stepped for series in plot.series)
        assert len(sheet._charts) == (plot is not None) + stepped, one.name
        if plot is None:
            continue
        drawn += 1
        top, left = _top(sheet, one), len(one.table.columns) + 2
        heads = [sheet.cell(top, column).value for column in range(left, sheet.max_column + 1)]
        for series in plot.series:
            if series.kind != "band" and series.name in heads:
                column = left + heads.index(series.name)
                cells = [sheet.cell(top + row, column).value for row in range(1, len(plot.categories) + 1)]
                assert cells == [_value(value) for value in series.values], (one.name, series.name)
    assert drawn >= 7


@pytest.mark.thorough
def test_charts_refer_to_their_own_sheet_alone() -> None:
    archive = zipfile.ZipFile(io.BytesIO(_bytes(("ko",))))
    charts = [archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/charts/chart")]
    named = [sheet.title for sheet in _book(("ko",)).worksheets]
    for chart in charts:
        references = re.findall(r"<c:f>([^<]+)</c:f>", chart)
        sheets = {one.rpartition("!")[0].strip("'").replace("''", "'").replace("&amp;", "&") for one in references}
        assert references
        assert len(sheets) == 1
        assert sheets <= set(named)


def test_no_cell_is_a_formula_and_no_label_a_reference() -> None:
    report = reports.nasty()
    content = REPORT_FORMATS["xlsx"].write(report, ignore_progress)
    book = openpyxl.load_workbook(io.BytesIO(content))
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert kinds == {"s", "n", "d"}
    sheet, one = book.worksheets[1], report.parts[0][0]
    top = _top(sheet, one)
    assert [sheet.cell(top + n, 1).value for n in range(1, len(reports.NASTY) + 1)] == list(reports.NASTY)
    assert sheet.cell(top + 1, 2).value == -5
    archive = zipfile.ZipFile(io.BytesIO(content))
    inside = [archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml")]
    assert not [text for text in inside if re.search(r"<f>|<c:f>(?!')|definedName>=", text)]


@pytest.mark.parametrize("lang", wording.LANGUAGES)
def test_one_chart_by_itself_has_no_contents(lang: str) -> None:
    report = reports.of(lang, names=("charts.goal_bar",), single=True)
    book = openpyxl.load_workbook(io.BytesIO(REPORT_FORMATS["xlsx"].write(report, ignore_progress)))
    assert len(book.worksheets) == 1


def test_the_same_report_gives_the_same_book() -> None:
    report: Report = reports.of("ko", names=reports.FEW)
    assert REPORT_FORMATS["xlsx"].write(report, ignore_progress) == REPORT_FORMATS["xlsx"].write(report, ignore_progress)


def test_a_failure_names_the_chart() -> None:
    reports.assert_failure_names_exhibit("xlsx")


def test_progress_is_told_and_a_cancel_ends_it() -> None:
    reports.assert_progress_and_cancel("xlsx")
