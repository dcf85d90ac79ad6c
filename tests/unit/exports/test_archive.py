"""An archive holds every picture or table under a name that says what it is, and a list of them."""

import csv
import io
import zipfile

import bound_reports as reports
import pytest
from discovery import needs_chrome

from sejong_dash.exports import REPORT_FORMATS
from sejong_dash.exports.report import Report, ignore_progress
from sejong_dash.exports.sheets import csv as csv_export

pytestmark = pytest.mark.dear


def _archive(report: Report, kind: str) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(REPORT_FORMATS[kind].write(report, ignore_progress)))


def _listed(archive: zipfile.ZipFile) -> list[list[str]]:
    text = archive.read("00_contents.csv").decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("langs", reports.LANGUAGES_OF_REPORTS, ids="-".join)
def test_tables_and_their_list(langs: tuple[str, ...]) -> None:
    report = reports.of(*langs)
    archive = _archive(report, "csv")
    rows = _listed(archive)
    assert [row[0] for row in rows[: 2 * len(langs)]] == [*report.titles, *(report.stamp(n) for n in range(len(langs)))]
    listed = {row[0]: row for row in rows if row and row[0].endswith(".csv")}
    assert ["00_contents.csv", *listed] == archive.namelist()
    for number, part in enumerate(report.parts, start=1):
        for one in part:
            name = f"{number:02}_{one.name.partition('.')[2]}_{one.words.lang}.csv"
            assert archive.read(name) == csv_export.write(None, one.table, one.words)
            assert {one.message, *(one.words(entry) for entry in reports.ENTRIES)} <= set(listed[name])


def test_the_same_report_gives_the_same_archive() -> None:
    report = reports.of("ko", names=reports.FEW)
    first = REPORT_FORMATS["csv"].write(report, ignore_progress)
    assert first == REPORT_FORMATS["csv"].write(report, ignore_progress)
    assert {one.date_time for one in zipfile.ZipFile(io.BytesIO(first)).infolist()} == {(2026, 5, 7, 9, 30, 0)}


def test_nothing_in_it_is_a_formula() -> None:
    archive = _archive(reports.nasty(), "csv")
    texts = [archive.read(name).decode("utf-8-sig") for name in archive.namelist()]
    cells = [cell for text in texts for row in csv.reader(text.splitlines()) for cell in row]
    numbers = [cell for cell in cells if cell.lstrip("-").isdigit()]
    assert "-5" in numbers
    assert [cell for cell in cells if cell[:1] in ("=", "+", "-", "@", "\t") and cell not in numbers] == []


@needs_chrome
def test_pictures_of_what_has_a_figure() -> None:
    archive = _archive(reports.of("ja", names=reports.FEW), "svg")
    assert archive.namelist() == ["00_contents.csv", "01_goal_bar_ja.svg", "02_visitor_progress_ja.svg"]
    said = archive.read("01_goal_bar_ja.svg").decode()
    assert reports.shown("charts.goal_bar", "ja").words("title") in said


@needs_chrome
def test_a_failure_names_the_chart() -> None:
    reports.assert_failure_names_exhibit("png")


def test_progress_is_told_and_a_cancel_ends_it() -> None:
    reports.assert_progress_and_cancel("csv")
