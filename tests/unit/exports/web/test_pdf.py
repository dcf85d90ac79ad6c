"""The paper says what the screen says, in letters that can be read and sought, two charts to a sheet."""

import io
import re
import unicodedata
from collections.abc import Iterator
from functools import cache

import bound_reports as reports
import pypdf
import pytest
from discovery import needs_chrome

from sejong_dash.exports import REPORT_FORMATS
from sejong_dash.exports.report import ignore_progress
from sejong_dash.exports.web import printing

pytestmark = [needs_chrome, pytest.mark.dear]
BINDINGS_PRINTED = (("ko",), ("ja", "ko"))
each_languages = pytest.mark.parametrize("langs", BINDINGS_PRINTED, ids="-".join)


@cache
def _bytes(langs: tuple[str, ...]) -> bytes:
    return REPORT_FORMATS["pdf"].write(reports.of(*langs), ignore_progress)


@cache
def _pages(langs: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(_bare(page.extract_text()) for page in pypdf.PdfReader(io.BytesIO(_bytes(langs))).pages)


def _bare(text: str) -> str:
    """Without spaces and line ends, of which a printed line has its own. A face may give one letter's glyph to its twin as well
    (the radical of a moon to the moon, one middle dot to another); whoever seeks in a document finds both."""
    for twin, letter in (("‧", "・"), ("‒", "–"), ("〜", "～"), ("∕", "／")):
        text = text.replace(twin, letter)
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


@each_languages
def test_it_says_what_the_screen_says(langs: tuple[str, ...]) -> None:
    pages = _pages(langs)
    everything = "".join(pages)
    for part in reports.of(*langs).parts:
        for one in part:
            entries = reports.ENTRIES if one.has_shared_caption else ("title", "stamp", "plan", "sample")
            said = [one.words(entry) for entry in entries] + ([] if one.has_message_inside else [one.message])
            # in half the width a value takes two lines, and what stands beside it is read between them
            said += [card.value for card in one.cards] if len(langs) == 1 else []
            here = [page for page in pages[1:] if _bare(one.words("title")) in page]
            assert here, one.name
            for text in said:
                assert _bare(text) in everything, (one.name, text)


@each_languages
def test_every_sheet_has_title_stamp_and_number(langs: tuple[str, ...]) -> None:
    report, pages = reports.of(*langs), _pages(langs)
    for number, page in enumerate(pages, start=1):
        for place, title in enumerate(report.titles):
            assert _bare(title) in page
            assert _bare(report.stamp(place)) in page
        assert f"{number}/{len(pages)}" in page


@each_languages
def test_contents_name_the_sheet_of_each_part(langs: tuple[str, ...]) -> None:
    pages, report = _pages(langs), reports.of(*langs)
    for part in report.parts:
        title = _bare("·".join(one.words("title") for one in part)) if len(part) > 1 else _bare(part[0].words("title"))
        found = re.search(re.escape(title) + r"(\d+)", pages[0])
        assert found, title
        sheets = [number for number, page in enumerate(pages, start=1) if number > 1 and _bare(part[0].words("title")) in page]
        assert any(found[1].startswith(str(number)) for number in sheets), (title, found[1], sheets)


def test_it_is_a4_with_a_chart_on_each_half() -> None:
    names = ("charts.visitor_progress", "charts.daily_visitors", "charts.goal_bar", "charts.booking_stages")
    report = reports.of("ko", names=names)
    reader = pypdf.PdfReader(io.BytesIO(REPORT_FORMATS["pdf"].write(report, ignore_progress)))
    for page in reader.pages:
        assert float(page.mediabox.width) == pytest.approx(595, abs=1)
        assert float(page.mediabox.height) == pytest.approx(842, abs=1)
    pages = [_bare(page.extract_text()) for page in reader.pages]
    on = [[name for name in names if _bare(reports.shown(name, "ko").message) in page] for page in pages]
    assert [len(one) for one in on] == [1, 2, 1]


def test_letters_are_inside_the_file() -> None:
    reader = pypdf.PdfReader(io.BytesIO(_bytes(("ko",))))
    fonts = [font for page in reader.pages for font in _fonts(page)]
    assert fonts
    assert all(fonts)


def _fonts(page: pypdf.PageObject) -> Iterator[bool]:
    """Of each font of a page, whether its letters are in the file."""
    for font in page["/Resources"].get_object().get("/Font", {}).values():
        for below in font.get_object().get("/DescendantFonts", [font]):
            kind = below.get_object()
            described = kind.get("/FontDescriptor")
            inside = described and any(name.startswith("/FontFile") for name in described.get_object())
            yield bool(inside) or kind.get("/Subtype") == "/Type3"


def test_the_same_report_gives_the_same_paper() -> None:
    report = reports.of("ko", names=("charts.goal_bar",), single=True)
    first = REPORT_FORMATS["pdf"].write(report, ignore_progress)
    assert first == REPORT_FORMATS["pdf"].write(report, ignore_progress)
    assert pypdf.PdfReader(io.BytesIO(first)).metadata.creation_date.replace(tzinfo=None) == reports.MADE_AT
    assert len(pypdf.PdfReader(io.BytesIO(first)).pages) == 1


def test_who_waits_for_another_is_asked_whether_to_go_on() -> None:
    def cancel(done: int, total: int, title: str) -> None:
        raise reports.Cancelled

    with printing.page("", lambda: None), pytest.raises(reports.Cancelled):
        REPORT_FORMATS["pdf"].write(reports.of("ko", names=("charts.goal_bar",)), cancel)


def test_a_failure_names_the_chart() -> None:
    reports.assert_failure_names_exhibit("pdf")


def test_progress_is_told_and_a_cancel_ends_it() -> None:
    reports.assert_progress_and_cancel("pdf")
