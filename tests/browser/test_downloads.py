"""The files that a viewer takes away open, and their names say what they are."""

import csv
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect
from visiting import WAIT_MS, Visit

from sejong_dash.exhibits import days_left_out
from sejong_dash.words import shared

STAMP = "reports-2024_2026-05-06"
SAMPLE = shared("ko")("basis.sample")


@pytest.fixture(scope="module")
def visit(chromium: Browser, server: str) -> Iterator[Visit]:
    visit = Visit(chromium, server).open("progress")
    yield visit
    visit.close()
    assert visit.troubles == []


def menu(visit: Visit, chart: str) -> Locator:
    files = visit.page.locator(f".st-key-chart-{chart} details.sj-files")
    files.scroll_into_view_if_needed()
    return files


@pytest.fixture(scope="module")
def taken(visit: Visit, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], Path]:
    """Take a chart of the progress page away as a file of a kind."""
    words = shared("ko")
    folder = tmp_path_factory.mktemp("taken")

    def take(chart: str, kind: str) -> Path:
        files = menu(visit, chart)
        files.locator("summary").click()
        with visit.page.expect_download() as told:
            files.get_by_role("link", name=words(f"download.{kind}"), exact=True).click()
        expect(files.locator("[aria-busy]")).to_have_count(0)
        visit.page.keyboard.press("Escape")
        expect(files).not_to_have_attribute("open", "")
        file = folder / told.value.suggested_filename
        told.value.save_as(file)
        return file

    return take


Take = Callable[[str, str], Path]


def test_csv_opens_in_a_korean_excel(taken: Take) -> None:
    file = taken("visitor_progress", "csv")
    assert file.name == f"관람객 누계, 목표와 예측_{STAMP}_{SAMPLE}.csv"
    body = file.read_bytes()
    assert body.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"))))
    assert {"date", "basis", "source_id"} <= set(rows[0])


def test_xlsx_holds_the_table(taken: Take) -> None:
    file = taken("visitor_progress", "xlsx")
    assert file.name == f"관람객 누계, 목표와 예측_{STAMP}_{SAMPLE}.xlsx"
    book = openpyxl.load_workbook(file)
    rows = len(list(csv.reader(io.StringIO(taken("visitor_progress", "csv").read_text("utf-8-sig")))))
    assert book.worksheets[0].max_row == rows
    assert "예시 데이터" in " ".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)


def test_png_is_a_picture(taken: Take) -> None:
    file = taken("visitor_progress", "png")
    assert file.name == f"관람객 누계, 목표와 예측_{STAMP}_{SAMPLE}.png"
    body = file.read_bytes()
    assert body.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = int.from_bytes(body[16:20]), int.from_bytes(body[20:24])
    assert width > 1000
    assert height > 400


def test_svg_is_a_drawing_with_its_words(taken: Take) -> None:
    file = taken("visitor_progress", "svg")
    assert file.name == f"관람객 누계, 목표와 예측_{STAMP}_{SAMPLE}.svg"
    root = ElementTree.parse(file).getroot()
    assert root.tag.endswith("svg")
    assert "관람객 누계" in " ".join(root.itertext())


def test_cards_are_taken_away_as_tables(taken: Take) -> None:
    file = taken("pace_figures", "csv")
    assert file.name == f"진행 현황_{STAMP}_{SAMPLE}.csv"
    assert "83787" in file.read_text("utf-8-sig")


def test_a_list_of_files_opens_and_closes_by_keyboard_and_pointer(visit: Visit) -> None:
    files, page = menu(visit, "visitor_progress"), visit.page
    summary, first = files.locator("summary"), files.get_by_role("link").first
    summary.focus()
    page.keyboard.press("Enter")
    expect(first).to_be_visible()
    page.keyboard.press("Tab")
    expect(first).to_be_focused()
    above = page.locator(".st-key-chart-visitor_progress .sj-message").bounding_box()  # here the page has scrolled
    below = first.bounding_box()
    assert above is not None
    assert below is not None
    assert below["y"] >= above["y"] + above["height"], "in the flow, over nothing"
    page.keyboard.press("Escape")
    expect(first).to_be_hidden()
    expect(summary).to_be_focused()
    summary.click()
    expect(first).to_be_visible()
    page.locator(".st-key-chart-required_rate .sj-title").click()
    expect(first).to_be_hidden()


def arrives(page: Page, held: list[Route], number: int) -> None:
    """Wait until so many requests are held: a button says that it is busy before its request is on the way."""
    for _ in range(WAIT_MS // 10):
        if len(held) >= number:
            return
        page.wait_for_timeout(10)
    raise AssertionError("no request has come")


def test_the_reader_sees_that_a_file_is_made_and_why_one_is_not(visit: Visit) -> None:
    words, page, files = shared("ko"), visit.page, menu(visit, "visitor_progress")
    link, state = files.get_by_role("link", name=words("download.csv"), exact=True), files.locator(".sj-file-state")
    held: list[Route] = []
    page.route("**/export/visitor_progress.csv*", lambda route: held.append(route))
    files.locator("summary").click()
    link.click()
    expect(state).to_have_text(words("download.busy"))
    expect(link).to_have_attribute("aria-busy", "true")
    arrives(page, held, 1)
    body = '{"title": "x", "detail": "15초 뒤에 다시"}'
    held[0].fulfill(status=503, body=body, headers={"content-type": "application/problem+json", "retry-after": "15"})
    expect(state).to_have_text("15초 뒤에 다시")
    expect(link).not_to_have_attribute("aria-busy", "true")
    link.click()
    expect(state).to_have_text(words("download.busy"))
    arrives(page, held, 2)
    held[1].abort()
    expect(state).to_have_text(words("download.failed"))
    page.unroute("**/export/visitor_progress.csv*")
    with page.expect_download():
        link.click()
    expect(state).to_have_text("")
    page.keyboard.press("Escape")
    # both were on purpose, and a browser says so
    assert len(visit.troubles) == 2
    assert all("503" in trouble or "ERR_FAILED" in trouble for trouble in visit.troubles)
    visit.troubles.clear()


def test_a_file_shows_what_the_page_shows(look: Callable[..., Visit]) -> None:
    visit = look().open("progress", lang="ja", asof="2026-04-25", prefecture="29")
    shown = visit.page.locator(".st-key-chart-visitor_progress .sj-message").inner_text()
    files = menu(visit, "visitor_progress")
    files.locator("summary").click()
    with visit.page.expect_download() as told:
        files.get_by_role("link", name=shared("ja")("download.json"), exact=True).click()
    content = json.loads(Path(told.value.path()).read_text("utf-8"))
    said = shared("ja")
    assert days_left_out.kinds(content["message"], said) == ["missing"], "a file stands alone"
    assert days_left_out.without(content["message"], said, ["missing"]) == shown, "the page says it at its first chart"
    assert "2026-04-25_29" in told.value.suggested_filename


def test_a_set_is_a_link(look: Callable[..., Visit]) -> None:
    visit = look().open("report", lang="ko", set="mayor")
    with visit.page.expect_download() as told:
        visit.page.locator("a.sj-file[href*='export/set/']", has_text="JSON").click()
    content = json.loads(Path(told.value.path()).read_text("utf-8"))
    assert [each["name"] for each in content["exhibits"]] == ["day_sentence", "goal_bar", "visitor_progress", "prefecture_map"]
    assert told.value.suggested_filename.startswith("시장 보고_reports-2024_ko_2026-05-06")
