"""The version is said once: the changelog's newest heading, the foot of each page and every kind of file agree with it."""

import csv
import io
import re
import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import bound_reports as reports
import openpyxl
import pptx
import pypdf
import pytest
from discovery import FRAMED, PAGE_FILES, needs_chrome, opened

from sejong_dash import words
from sejong_dash.exports import FORMATS, REPORT_FORMATS
from sejong_dash.exports.report import ignore_progress
from sejong_dash.paths import PROJECT
from sejong_dash.version import RELEASED, TAG, VERSION

CHANGELOG = (PROJECT / "CHANGELOG.md").read_text("utf-8")
UNRELEASED = "Unreleased"  # may stand on top, for what no version has yet
LONGEST_LINE = 130


def breaches(text: str) -> list[str]:
    """Return a sentence for each heading that is not a version with its day, or is not older than the one above it."""
    headings = re.findall(r"^## (.*)$", text, re.MULTILINE)
    found, above = [], None
    for heading in headings[headings[:1] == [UNRELEASED] :]:
        parts = re.fullmatch(r"(\d+)\.(\d+)\.(\d+) \((\d{4}-\d\d-\d\d)\)", heading)
        if not parts:
            found.append(f"{heading}: not like 0.2.0 (2026-11-30)")
            continue
        version = tuple(map(int, parts.groups()[:3])), date.fromisoformat(parts[4])
        if above and not (version[0] < above[0] and version[1] <= above[1]):
            found.append(f"{heading}: not older than the version above it")
        above = version
    return found


def newest(text: str) -> str:
    """Return the heading of the newest version."""
    return next(heading for heading in re.findall(r"^## (.*)$", text, re.MULTILINE) if heading != UNRELEASED)


def test_the_newest_version_of_the_changelog_is_that_of_the_code() -> None:
    assert newest(CHANGELOG) == f"{VERSION} ({RELEASED.isoformat()})"


def test_versions_of_the_changelog_descend_with_their_days() -> None:
    assert breaches(CHANGELOG) == []
    assert max(map(len, CHANGELOG.splitlines())) <= LONGEST_LINE


@pytest.mark.parametrize(
    ("headings", "broken"),
    [
        (("Unreleased", "0.2.0 (2026-11-30)", "0.1.0 (2026-11-22)"), 0),
        (("0.10.0 (2026-11-30)", "0.9.0 (2026-11-30)"), 0),
        (("0.1.0 (2026-11-30)", "0.2.0 (2026-11-22)"), 1),
        (("0.2.0 (2026-11-22)", "0.1.0 (2026-11-30)"), 1),
        (("0.2.0 (30 November 2026)",), 1),
        (("0.2.0 (2026-11-30)", "Unreleased"), 1),
    ],
)
def test_a_broken_changelog_is_noticed(headings: Sequence[str], broken: int) -> None:
    assert len(breaches("\n".join(f"## {heading}\n\n- x\n" for heading in headings))) == broken


def test_the_version_is_said_once() -> None:
    files = [*(PROJECT / "sejong_dash").rglob("*.py"), *(PROJECT / "pages").glob("*.py"), PROJECT / "pyproject.toml"]
    assert [file.name for file in files if VERSION in file.read_text("utf-8")] == ["version.py"]


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_the_foot_of_a_page_shows_it_last(lang: str) -> None:
    html = [element.value for element in opened(FRAMED[0], {"lang": lang}).main.get("html")]
    assert [text for text in html if "sj-version" in text] == html[-1:]
    assert f">{TAG}</p>" in html[-1]
    assert words.shared(lang).date(RELEASED) in html[-1]


@pytest.mark.parametrize("page", [page for page in PAGE_FILES if page not in FRAMED], ids=lambda page: page.stem)
def test_a_page_that_has_the_screen_to_itself_has_no_foot(page: Path) -> None:
    assert not [element for element in opened(page, {}).main.get("html") if "sj-version" in element.value]


def written(kind: str, lang: str) -> bytes:
    return REPORT_FORMATS[kind].write(reports.of(lang, names=("charts.goal_bar",)), ignore_progress)


def named(lang: str) -> str:
    return f"{words.shared(lang)('app')} {TAG}"


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_slides_books_and_pages_name_it_in_their_properties(lang: str) -> None:
    assert pptx.Presentation(io.BytesIO(written("pptx", lang))).core_properties.comments == named(lang)
    book = openpyxl.load_workbook(io.BytesIO(written("xlsx", lang)))
    assert book.properties.description.splitlines()[-1] == named(lang)
    assert f'<meta name="generator" content="{named(lang)}">' in written("html", lang).decode()


def test_the_list_of_an_archive_names_it() -> None:
    archive = zipfile.ZipFile(io.BytesIO(written("csv", "ja")))
    assert [named("ja")] in list(csv.reader(io.StringIO(archive.read("00_contents.csv").decode("utf-8-sig"))))


def test_a_table_by_itself_names_it() -> None:
    shown = reports.shown("charts.goal_bar", "ko")
    book = openpyxl.load_workbook(io.BytesIO(FORMATS["xlsx"].write(None, shown.table, shown.words)))
    assert book.properties.description == named("ko")


@needs_chrome
def test_paper_names_it_as_what_made_it_and_stays_whole() -> None:
    reader = pypdf.PdfReader(io.BytesIO(written("pdf", "ko")), strict=True)
    assert reader.metadata.creator == named("en")
    assert len(reader.pages) > 0
