"""Text stays text: what would be markup, a formula, a path, a template or a query elsewhere is shown as it is or refused where
it stands, in every table, on every page and in every file."""

import csv
import io
import itertools
import json
import shutil
import zipfile
from pathlib import Path

import attacks
import discovery
import openpyxl
import page_html
import pytest
from lxml import etree

from sejong_dash import words
from sejong_dash.api import asked_file, registry
from sejong_dash.api.problem_document import RequestError
from sejong_dash.decks import decks
from sejong_dash.errors import DashError, TableError
from sejong_dash.exports import REPORT_FORMATS
from sejong_dash.exports.report import ignore_progress
from sejong_dash.paths import PROJECT

pytestmark = pytest.mark.thorough

FORMULA = ("=", "+", "-", "@", "＝", "＠", "\t", "\r", "\n", "\u200b=")
CHOICES = [("sample", "true"), ("asof", "2026-05-06"), ("prefecture", "29"), ("lang", "ko")]
FILES = [file.relative_to(PROJECT / "data").as_posix() for file in attacks.files(PROJECT / "data")]


# Markup is made alike in every language, so that each screen is read in two of them in turn, and each language on many screens.
_TURNS = list(zip(discovery.SCREENS, itertools.cycle(itertools.combinations(words.LANGUAGES, 2)), strict=False))
SCREENS_READ = [(page, part, lang) for (page, part), langs in _TURNS for lang in langs]
# Each exhibit is tried as a sheet by itself: of sets, sheets hold nothing more but their contents.
SETS_WRITTEN = [
    (name, kind)
    for name in sorted(decks())
    for kind, format_ in REPORT_FORMATS.items()
    if not format_.needs_chrome and (kind in ("pptx", "html") or name == "weekly")
]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped data with one of the texts in every free cell."""
    data = Path(shutil.copytree(PROJECT / "data", tmp_path_factory.mktemp("hostile") / "data"))
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("SEJONG_DATA", str(data))
        poisoned = attacks.poison(data)
    assert sum(map(len, poisoned.values())) > 30
    return data


@pytest.fixture(autouse=True)
def on_hostile_data(request: pytest.FixtureRequest, shipped_data: None, monkeypatch: pytest.MonkeyPatch) -> None:
    if "hostile" in request.fixturenames:
        monkeypatch.setenv("SEJONG_DATA", str(request.getfixturevalue("hostile")))


@pytest.mark.parametrize("name", FILES)
def test_what_nobody_sees_is_refused_with_its_line_and_column(name: str, data_copy: Path) -> None:
    file = data_copy / name
    rows = attacks.rows_of(file)
    if len(rows) < 2:
        rows.append([""] * len(rows[0]))
    for text in attacks.UNSEEN:  # in all columns at once: each must be named
        attacks.write(file, [*rows[:-1], [text] * len(rows[0])])
        with pytest.raises(TableError) as refused:
            attacks.load(file)
        found = [(each.line, each.column) for each in refused.value.problems if each.code == "control_character"]
        assert found == [(len(rows), column) for column in sorted(rows[0])]


@pytest.mark.parametrize(("page", "part", "lang"), SCREENS_READ, ids=lambda value: getattr(value, "stem", value))
def test_no_page_makes_more_of_it(page: Path, part: str, lang: str, hostile: Path) -> None:
    app = discovery.opened(page, dict(CHOICES) | {"lang": lang} | ({"part": part} if part else {}))
    shown = page_html.html_of(app)
    assert [mark for text in shown for mark in attacks.Markup(text).found] == []
    plain = [element.value for kind in ("markdown", "caption", "header", "subheader", "title") for element in app.main.get(kind)]
    assert [text for text in plain if "evil.example" in text or "<script" in text] == []


def written(path: str) -> bytes | None:
    """A file by its address; None where there is nothing to show."""
    try:
        asked = asked_file.find(path, CHOICES)
        return asked.draw(ignore_progress).write()
    except RequestError as error:
        if error.kind != "nothing_to_show":
            raise
    except DashError as error:
        if error.key != "export_empty":
            raise
    return None


def no_formula(content: bytes) -> None:
    """Every text that a spreadsheet would take for a formula is one no more."""
    text = content.decode("utf-8-sig")
    for row in csv.reader(io.StringIO(text, newline="")):
        for cell in row:
            is_number = cell.lstrip("-").replace(".", "", 1).isdigit()
            assert is_number or not cell.startswith(FORMULA), cell


def no_formula_cells(content: bytes) -> None:
    book = openpyxl.load_workbook(io.BytesIO(content))
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f" or not {str(cell.value), str(cell.value)[1:]} & set(attacks.TEXTS), cell.value
                target = str(cell.hyperlink.target or "") if cell.hyperlink else ""
                assert not target.startswith(("javascript:", "file:", "..")), target


def well_formed(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            assert ".." not in name
            assert not name.startswith("/")
            if name.endswith((".xml", ".rels")):
                etree.fromstring(archive.read(name))
            if name.endswith(".rels"):
                assert b"evil.example" not in archive.read(name)
                assert b"javascript:" not in archive.read(name)


def checked(kind: str, content: bytes) -> None:
    if kind == "csv":
        no_formula(content)
    elif kind == "json":
        json.loads(content)
    elif kind == "html":
        assert attacks.Markup(content.decode()).found == []
    elif kind == "xlsx":
        well_formed(content)
        no_formula_cells(content)
    elif kind == "pptx":
        well_formed(content)


@pytest.mark.parametrize("name", sorted(registry.rooms()))
def test_no_file_of_an_exhibit_makes_more_of_it(name: str, hostile: Path) -> None:
    for kind in ("csv", "json", "xlsx"):
        content = written(f"{name}.{kind}")
        if content is not None:
            checked(kind, content)


@pytest.mark.parametrize(("name", "kind"), SETS_WRITTEN)
def test_no_report_makes_more_of_it(name: str, kind: str, hostile: Path) -> None:
    content = written(f"set/{name}.{kind}")
    assert content is not None
    if kind == "csv":  # an archive of them
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            tables = [each for each in archive.namelist() if each.endswith(".csv")]
            assert tables
            for each in tables:
                no_formula(archive.read(each))
    else:
        checked(kind, content)


@pytest.mark.parametrize("text", [*attacks.TEXTS, *attacks.UNSEEN])
@pytest.mark.parametrize("parameter", ["prefecture", "plan", "asof", "data", "field", "slides", "nothing"])
def test_an_address_is_answered_with_what_is_wrong_with_it(text: str, parameter: str) -> None:
    with pytest.raises((RequestError, DashError)):
        asked_file.find("set/weekly.csv" if parameter == "slides" else "goal_bar.csv", [(parameter, text)]).draw(ignore_progress)
    with pytest.raises(RequestError):
        asked_file.find(f"{text}.csv", [])


def test_the_texts_would_be_found() -> None:
    """What looks for harm finds each kind of it."""
    for text in (*attacks.TEXTS[:2], *attacks.TEXTS[3:5]):
        assert attacks.Markup(f"<p>{text}</p>").found, text
    assert attacks.Markup(f"<p title='{attacks.TEXTS[2]}'>").found
    assert attacks.Markup('<a href="javascript:alert(1)">').found
    with pytest.raises(AssertionError):
        no_formula("a,＠SUM(1)".encode())
    book = openpyxl.Workbook()
    book.active["A1"] = attacks.TEXTS[13]
    file = io.BytesIO()
    book.save(file)
    with pytest.raises(AssertionError):
        no_formula_cells(file.getvalue())
