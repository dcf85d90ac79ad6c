"""Tests that every file is well-formed whatever text reaches it, and that a control character is seen in it."""

import io
import json
import re
import zipfile
from dataclasses import replace
from html.parser import HTMLParser
from xml.etree import ElementTree

import bound_reports as reports
import discovery
import openpyxl
import pandas as pd
import plotly.graph_objects as go
import pytest
from discovery import needs_chrome
from pptx import Presentation

from sejong_dash import words as wording
from sejong_dash.exhibits import Exhibit
from sejong_dash.exports import REPORT_FORMATS
from sejong_dash.exports.model import safe_text
from sejong_dash.exports.pictures import svg
from sejong_dash.exports.report import Report, bind_report, ignore_progress
from sejong_dash.exports.sheets import template, xlsx

BELL, SEEN = "ring\x07 \x0bthe\x1f \x00bell\x85\ufffe", "ring\ufffd \ufffdthe\ufffd \ufffdbell\ufffd\ufffd"
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
ENTRIES = ("title", "message", "unit", "basis_name", "sources", "stamp", "plan", "state", "sample")


def lying() -> go.Figure:
    figure = go.Figure(go.Bar(x=[3, 4], y=[BELL, "b"], text=[BELL, BELL], orientation="h", name=BELL))
    return figure.add_bar(x=[1, 2], y=[BELL, "b"], orientation="h", name="other").add_annotation(text=BELL, x=1, y=0)


def over_days() -> go.Figure:
    days = pd.date_range("2026-05-01", periods=3)
    figure = go.Figure(go.Bar(x=days, y=[1, 2, 3], name=BELL))
    line = {"shape": "hvh", "color": "#1f7a4d"}
    return figure.add_scatter(x=days, y=[2, 1, 2], mode="lines", line=line, name=BELL).add_annotation(text=BELL, x=days[0], y=1)


def drawn() -> go.Figure:
    figure = go.Figure(go.Scatter(x=[0, 1], y=[0, 1], mode="markers+text", text=[BELL, "b"], name=BELL))
    return figure.update_xaxes(range=[0, 1]).update_yaxes(range=[0, 1], tickvals=[0, 1], ticktext=[BELL, "b"])


def rung() -> Report:
    """Charts of each kind and cards, every text of which rings a bell."""
    table = pd.DataFrame({"said": [BELL, "b"], "visitors": [3, 4]})
    entries = dict.fromkeys(ENTRIES, BELL) | {"columns.said": BELL, "columns.visitors": BELL}
    words = wording.shared("en").with_entries(**entries, basis="sample")
    choices = replace(discovery.BASE, lang="en")
    parts = [
        [Exhibit("charts.rung", choices, table, words, BELL, figure=make(), paper=make, headline=BELL)]
        for make in (lying, over_days, drawn)
    ]
    card = reports.shown("cards.expo_plan", "en")
    rings = [replace(one, title=BELL, value=BELL, text=BELL) for one in card.cards[:2]]
    parts.append([replace(card, cards=rings, table=table, words=card.words.with_entries(**entries), message=BELL)])
    return bind_report("rung", [BELL], parts, "0123456789abcdef", reports.MADE_AT)


def parsed(content: bytes) -> dict[str, str]:
    """The text of every part of an archive that is XML; a part that is not well-formed is an error."""
    archive = zipfile.ZipFile(io.BytesIO(content))
    names = [name for name in archive.namelist() if name.endswith((".xml", ".rels"))]
    inside = [name for name in archive.namelist() if name.endswith(".xlsx")]
    found = {name: ElementTree.tostring(ElementTree.fromstring(archive.read(name)), encoding="unicode") for name in names}
    return found | {f"{name}/{of}": text for name in inside for of, text in parsed(archive.read(name)).items()}


@pytest.mark.parametrize("kind", ["pptx", "xlsx"])
def test_slides_and_workbooks_are_well_formed_and_show_it(kind: str) -> None:
    content = REPORT_FORMATS[kind].write(rung(), ignore_progress)
    held = parsed(content)
    assert [name for name, text in held.items() if FORBIDDEN.search(text) or "_x0007_" in text] == []
    charts = [text for name, text in held.items() if re.search(r"charts/chart\d", name)]
    assert charts
    assert any(SEEN in text for text in charts) or kind == "xlsx"  # whose charts name cells
    if kind == "pptx":
        slides = Presentation(io.BytesIO(content)).slides
        assert [slide.shapes.title.text for slide in slides][2:] == [SEEN] * (len(slides) - 2)
        assert all(SEEN in slide.notes_slide.notes_text_frame.text for slide in slides)
        sheets = [text for name, text in held.items() if name.endswith(".xlsx/xl/sharedStrings.xml")]
        assert all(SEEN in text for text in sheets)
    else:
        book = openpyxl.load_workbook(io.BytesIO(content))
        assert all(sheet["A1"].value in (SEEN, SEEN.strip()) for sheet in book)


def test_a_table_by_itself_and_the_empty_sheet_show_it() -> None:
    one = rung().parts[0][0]
    book = openpyxl.load_workbook(io.BytesIO(xlsx.write(None, one.table, one.words)))
    assert [cell.value for cell in book.worksheets[0]["A"]] == [SEEN, SEEN, "b"]
    empty = template.workbook(BELL, [BELL, "b", "c", "d"], [BELL], [BELL], one.words)
    parsed(empty)
    assert openpyxl.load_workbook(io.BytesIO(empty)).worksheets[0]["A1"].value == SEEN


def test_pages_show_it() -> None:
    content = REPORT_FORMATS["html"].write(rung(), ignore_progress).decode()
    texts: list[str] = []
    figures: list[str] = []

    class Reader(HTMLParser):
        inside = ""

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            self.inside = dict(attrs).get("class") or tag
            texts.extend(value for _, value in attrs if value)

        def handle_data(self, data: str) -> None:
            (figures if self.inside == "figure" else texts if self.inside != "script" else []).append(data)

    Reader().feed(content)
    assert [text for text in texts if FORBIDDEN.search(text)] == []
    assert sum(SEEN in text for text in texts) > 20
    assert len(figures) == 3
    for held in map(json.loads, figures):
        assert FORBIDDEN.search(json.dumps(held, ensure_ascii=False)) is None
        assert held["data"][0]["name"] == SEEN


@pytest.mark.parametrize("said", ["plain", "a\\u0007b", "a\\\\u0007", "back\\slash", "C:\\bin\\f", "tab\tline\nend", "\u2010"])
def test_other_text_stays_as_it_is(said: str) -> None:
    assert safe_text.visible(said) == said
    assert json.loads(safe_text.visible_json(json.dumps({"a": [said]}))) == {"a": [said]}


@needs_chrome
@pytest.mark.parametrize("figure", [lying, over_days, drawn])
def test_drawings_are_well_formed_and_show_it(figure: object) -> None:
    one = rung().parts[0][0]
    said = "".join(ElementTree.fromstring(svg.write(figure(), one.table, one.words)).itertext())  # type: ignore[operator]
    assert FORBIDDEN.search(said) is None
    assert "\ufffd" in said


@needs_chrome
def test_paper_and_pictures_are_made_of_it() -> None:
    assert REPORT_FORMATS["pdf"].write(rung(), ignore_progress).startswith(b"%PDF")
    for kind in ("png", "svg"):
        archive = zipfile.ZipFile(io.BytesIO(REPORT_FORMATS[kind].write(rung(), ignore_progress)))
        assert len([name for name in archive.namelist() if name.endswith(kind)]) == 3
