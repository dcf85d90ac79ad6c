"""Tests that the file of charts fits a phone, a screen and a sheet of A4."""

import io
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import bound_reports as reports
import pypdf
import pytest
from playwright.sync_api import Browser, Page
from visiting import DESKTOP, PHONE, TABLET

from sejong_dash.exports import REPORT_FORMATS
from sejong_dash.exports.report import ignore_progress

CHARTS = tuple(name for name in reports.discovery.NAMES if reports.shown(name, "ko").paper)
SHEET = (794 - 98, 1123)  # A4 in pixels, without its edges

# All charts drawn, then what of each lies outside of its frame.
_DRAWN = """limit => new Promise((resolve, reject) => {
  const places = [...document.querySelectorAll('.chart')], end = performance.now() + limit;
  const next = number => {
    if (number === places.length) return resolve(number);
    places[number].scrollIntoView({ behavior: 'instant' });
    const look = () => places[number].dataset.drawn ? next(number + 1)
      : performance.now() > end ? reject(new Error(`chart ${number} is not drawn`)) : requestAnimationFrame(look);
    look();
  };
  next(0);
})"""
_OUTSIDE = """() => [...document.querySelectorAll('.wide')].flatMap((frame, number) => {
  const { left, right } = frame.getBoundingClientRect();
  return [...frame.querySelectorAll('.chart, .svg-container, .main-svg, .cartesianlayer .plot')].map(box => {
    const seen = box.getBoundingClientRect();
    return [number, box.getAttribute('class'), Math.round(seen.left - left), Math.round(seen.right - right)];
  }).filter(([, , before, behind]) => before < -1 || behind > 1);
})"""


@cache
def content(langs: tuple[str, ...], name: str = "") -> bytes:
    names = (name,) if name else CHARTS
    return REPORT_FORMATS["html"].write(reports.of(*langs, names=names, single=bool(name)), ignore_progress)


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context()
    context.set_default_timeout(120_000)  # of a busy machine; only a failing test waits that long
    yield context.new_page()
    context.close()


def opened(page: Page, held: bytes, folder: Path, size: tuple[int, int]) -> Page:
    file = folder / "report.html"
    file.write_bytes(held)
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(file.as_uri())
    return page


@pytest.mark.parametrize(("langs", "size"), [(("ko",), PHONE), (("ja", "ko"), TABLET), (("ja", "ko"), DESKTOP)], ids=str)
def test_charts_stand_in_their_frames_and_fit_a_sheet(
    page: Page, tmp_path: Path, langs: tuple[str, ...], size: tuple[int, int]
) -> None:
    """A sheet also where a browser does not tell the page that it prints."""
    opened(page, content(langs), tmp_path, size)
    assert page.evaluate(_DRAWN, 120_000) == len(CHARTS) * len(langs)
    assert page.evaluate(_OUTSIDE) == []
    assert page.evaluate("document.scrollingElement.scrollWidth") == size[0]
    assert page.evaluate("[...document.querySelectorAll('.wide')].filter(one => one.scrollWidth > one.clientWidth).length") == 0
    page.emulate_media(media="print")
    page.set_viewport_size({"width": SHEET[0], "height": SHEET[1]})
    assert page.evaluate(_OUTSIDE) == []
    assert page.evaluate("document.scrollingElement.scrollWidth") == SHEET[0]


@pytest.mark.parametrize(("name", "size"), [("", DESKTOP), ("charts.daily_visitors", DESKTOP), ("maps.prefecture_map", PHONE)])
def test_a_printed_file_shows_its_charts_whole(page: Page, tmp_path: Path, name: str, size: tuple[int, int]) -> None:
    """Nobody scrolled to them before. Each label of each chart is on a sheet, as far as the last day."""
    opened(page, content(("ko",), name), tmp_path, size)
    printed = page.pdf(format="A4")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")  # the same once more, to read what must be there
    said = page.evaluate("() => [...document.querySelectorAll('.chart svg text')].map(one => one.textContent)")
    assert len(said) > 10
    sheets = pypdf.PdfReader(io.BytesIO(printed)).pages
    assert [float(side) for sheet in sheets for side in sheet.mediabox[2:]] == pytest.approx([595, 842] * len(sheets), abs=1.5)
    whole = bare("".join(sheet.extract_text() for sheet in sheets))  # what lies beyond the edge is not printed
    assert [text for text in said if bare(text) not in whole] == []


def bare(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
