"""The files that a viewer takes away open, and their names say what they are."""

import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest
from playwright.sync_api import Browser
from visiting import Visit

from sejong_dash.words import shared

STAMP = "reports-2024_ko_2026-05-06"


@pytest.fixture(scope="module")
def taken(chromium: Browser, server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str, str], Path]]:
    """Take a chart of the progress page away as a file of a kind."""
    visit = Visit(chromium, server).open("progress")
    words = shared("ko")
    folder = tmp_path_factory.mktemp("taken")

    def take(chart: str, kind: str) -> Path:
        page = visit.page
        button = page.get_by_test_id("stPopoverBody").get_by_role("button", name=words(f"download.{kind}"), exact=True)
        page.locator(f".st-key-chart-{chart}").get_by_role("button", name=words("download.open"), exact=True).click()
        with page.expect_download() as told:
            button.click()
        page.keyboard.press("Escape")
        button.wait_for(state="detached")
        file = folder / told.value.suggested_filename
        told.value.save_as(file)
        return file

    yield take
    visit.close()
    assert visit.troubles == []


Take = Callable[[str, str], Path]


def test_csv_opens_in_a_korean_excel(taken: Take) -> None:
    file = taken("visitor_progress", "csv")
    assert file.name == f"visitor_progress_{STAMP}_sample.csv"
    body = file.read_bytes()
    assert body.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"))))
    assert {"date", "basis", "source_id"} <= set(rows[0])


def test_xlsx_holds_the_table(taken: Take) -> None:
    file = taken("visitor_progress", "xlsx")
    assert file.name == f"visitor_progress_{STAMP}_sample.xlsx"
    book = openpyxl.load_workbook(file)
    rows = len(list(csv.reader(io.StringIO(taken("visitor_progress", "csv").read_text("utf-8-sig")))))
    assert book.worksheets[0].max_row == rows
    assert "예시 데이터" in " ".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)


def test_png_is_a_picture(taken: Take) -> None:
    file = taken("visitor_progress", "png")
    assert file.name == f"visitor_progress_{STAMP}_sample.png"
    body = file.read_bytes()
    assert body.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = int.from_bytes(body[16:20]), int.from_bytes(body[20:24])
    assert width > 1000
    assert height > 400


def test_svg_is_a_drawing_with_its_words(taken: Take) -> None:
    file = taken("visitor_progress", "svg")
    assert file.name == f"visitor_progress_{STAMP}_sample.svg"
    root = ElementTree.parse(file).getroot()
    assert root.tag.endswith("svg")
    assert "누적 방문객" in " ".join(root.itertext())


def test_cards_are_taken_away_as_tables(taken: Take) -> None:
    file = taken("benchmarks", "csv")
    assert file.name == f"benchmarks_{STAMP}.csv"
    assert "일본" in file.read_text("utf-8-sig")
