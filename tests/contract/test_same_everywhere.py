"""The screen, the slides, the sheets, the page and the paper of a ready set say the same."""

import csv
import io
import itertools
import re
import shutil
import unicodedata
import zipfile
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import openpyxl
import pptx
import pypdf
import pytest
from covering import covering
from discovery import needs_chrome
from page_html import html_of
from streamlit.testing.v1 import AppTest

from sejong_dash import cards, charts, clock, maps, paths
from sejong_dash import words as wording
from sejong_dash.decks import decks, parse
from sejong_dash.exhibits import defaults
from sejong_dash.exports import REPORT_FORMATS
from sejong_dash.exports.report import Report, gather_report, ignore_progress
from sejong_dash.store import snapshots

pytestmark = pytest.mark.dear

ROOMS = {name: room for room in (charts, maps, cards) for name in room.names()}
ENTRIES = ("title", "basis_name", "sources", "stamp", "sample")
each_language = pytest.mark.parametrize("lang", wording.LANGUAGES)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the data, in which something may be kept."""
    data = tmp_path_factory.mktemp("meeting") / "data"
    shutil.copytree(paths.PROJECT / "data", data, ignore=shutil.ignore_patterns(".*"))
    return data


@pytest.fixture
def meeting(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The version of a frozen meeting."""
    monkeypatch.setenv("SEJONG_DATA", str(folder))
    return snapshots.create()


@cache
def made(deck: str, lang: str, version: str) -> Report:
    slides = [parse(code, ROOMS) for code in decks()[deck].slides]
    shown = [(ROOMS[one.name].named(one.name), dict(one.changes)) for one in slides if one]
    choices = replace(defaults.choices(lang, prefecture="22" if deck == "partner" else None), data=version)
    return gather_report(deck, decks()[deck].titles, shown, choices, [lang], version, clock.now(), ignore_progress)


def bare(text: str) -> str:
    """Without spaces, line ends and twins of a letter, of which paper has its own."""
    for twin, letter in (("‧", "・"), ("‒", "–"), ("〜", "～"), ("∕", "／")):
        text = text.replace(twin, letter)
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def in_slides(content: bytes) -> str:
    said = []
    for slide in pptx.Presentation(io.BytesIO(content)).slides:
        said += [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
        said.append(slide.notes_slide.notes_text_frame.text if slide.has_notes_slide else "")
    return "\n".join(said)


def in_sheets(content: bytes) -> str:
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    return "\n".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None)


def in_page(content: bytes) -> str:
    said: list[str] = []

    class Reader(HTMLParser):
        def handle_data(self, data: str) -> None:
            said.append(data)

    Reader().feed(content.decode())
    return "".join(said)


def in_archive(content: bytes) -> str:
    return zipfile.ZipFile(io.BytesIO(content)).read("00_contents.csv").decode("utf-8-sig")


def on_paper(content: bytes) -> str:
    return "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)


READERS: dict[str, Callable[[bytes], str]] = {
    "pptx": in_slides,
    "xlsx": in_sheets,
    "html": in_page,
    "csv": lambda content: "".join(cell for row in csv.reader(io.StringIO(in_archive(content))) for cell in row),
    "pdf": on_paper,
}


# A format knows nothing of what is in a set: each set meets each language, each format each set, and each language.
_ALL = list(itertools.product(decks(), wording.LANGUAGES, [kind for kind in READERS if kind != "pdf"]))
WRITTEN = covering(_ALL, lambda row: itertools.combinations(enumerate(row), 2))


@pytest.mark.thorough
@pytest.mark.parametrize(("deck", "lang", "kind"), WRITTEN)
def test_a_file_says_what_the_screen_says(deck: str, lang: str, kind: str, meeting: str) -> None:
    says_what_the_screen_says(deck, lang, kind, meeting)


@needs_chrome
@pytest.mark.thorough  # a Chrome prints for seconds; what is printed is the page of the kind html, so three sets will do
@pytest.mark.parametrize(("deck", "lang"), [("mayor", "ko"), ("mayor", "ja"), ("partner", "ja")])
def test_the_paper_says_what_the_screen_says(deck: str, lang: str, meeting: str) -> None:
    says_what_the_screen_says(deck, lang, "pdf", meeting)


def says_what_the_screen_says(deck: str, lang: str, kind: str, meeting: str) -> None:
    report = made(deck, lang, meeting)
    said = bare(READERS[kind](REPORT_FORMATS[kind].write(report, ignore_progress)))
    for (one,) in report.parts:
        has_entries = one.has_shared_caption or kind not in ("html", "pdf")
        missing = [name for name in ENTRIES if bare(one.words(name)) not in said] if has_entries else []
        assert missing == [], (one.name, missing)
        # where the cards say the message themselves, as on the screen, it is not said twice
        told = [card.text for card in one.cards] if one.has_message_inside and kind in ("html", "pdf") else [one.message]
        assert [text for text in told if bare(text) not in said] == [], one.name
    assert meeting in said, "the version that was frozen"


@pytest.mark.thorough
@each_language
def test_the_screen_says_what_the_files_say(lang: str, meeting: str) -> None:
    report = made("mayor", lang, meeting)
    app = AppTest.from_file(str(paths.PROJECT / "sejong_dash" / "shell.py"), default_timeout=60)
    for name, said in {"lang": lang, "data": meeting, "measure": "visitors"}.items():
        app.query_params[name] = said
    shown = ""
    for page in ("overview", "map", "progress", "report"):
        app.switch_page(str(paths.PAGES / f"{page}.py")).run()
        assert len(app.exception) == 0
        shown += " ".join(re.sub("<[^>]*>", " ", text) for text in html_of(app))
    seen = bare(unescape(shown))
    for (one,) in report.parts:
        assert [name for name in ("title", "sources", "stamp") if bare(one.words(name)) not in seen] == [], one.name
        assert bare(one.message) in seen or one.has_message_inside
