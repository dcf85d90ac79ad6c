"""The page says what the screen says, runs nothing but its own scripts and asks nobody for anything."""

import base64
import hashlib
import json
import re
from functools import cache
from html.parser import HTMLParser

import bound_reports as reports
import pandas as pd
import pytest
from discovery import needs_chrome, tables_now

from sejong_dash.exhibits import caption
from sejong_dash.exports import REPORT_FORMATS
from sejong_dash.exports.report import ignore_progress
from sejong_dash.exports.web import printing

pytestmark = pytest.mark.dear

each_languages = pytest.mark.parametrize("langs", reports.LANGUAGES_OF_REPORTS, ids="-".join)
_VOID = {"wbr", "meta", "br", "img", "link", "input", "hr"}


class Page(HTMLParser):
    """Text below each article, scripts, attributes and links of a page; a tag that does not close is an error."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.articles: list[tuple[str, list[str]]] = []
        self.scripts: list[tuple[dict[str, str | None], str]] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.cells: list[list[str]] = []
        self.open: list[str] = []
        # what stands on one line has an element of its own within its sentence
        self.feed(re.sub('<span class="whole">([^<]*)</span>', r"\1", content.decode()))
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "article":
            self.articles.append((dict(attrs)["lang"] or "", []))
            self.cells.append([])
        if tag == "script":
            self.scripts.append((dict(attrs), ""))
        if tag == "td":
            self.cells[-1].append("")
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "script":
            attributes, text = self.scripts[-1]
            self.scripts[-1] = (attributes, text + data)
        elif "article" in self.open:
            self.articles[-1][1].append(data)
            if self.open[-1] == "td":
                self.cells[-1][-1] += data


@cache
def _bytes(langs: tuple[str, ...]) -> bytes:
    return REPORT_FORMATS["html"].write(reports.of(*langs), ignore_progress)


@cache
def _page(langs: tuple[str, ...]) -> Page:
    return Page(_bytes(langs))


@each_languages
def test_each_article_says_what_the_screen_says(langs: tuple[str, ...]) -> None:
    shown = [one for part in reports.of(*langs).parts for one in part]
    for (lang, texts), one in zip(_page(langs).articles, shown, strict=True):
        said = "\n".join(texts)
        assert lang == one.words.lang
        assert texts[0] == one.words("title")
        assert one.has_message_inside or one.message in texts
        entries = reports.ENTRIES if one.has_shared_caption else ("title", "stamp", "plan", "state", "sample")
        for entry in entries:
            assert one.words(entry) in said, (one.name, entry)
        for card in one.cards:
            assert {text for text in (card.title, *(text for pair in card.facts for text in pair)) if text} <= set(texts), (
                one.name
            )
            assert card.value in said
            if not one.has_shared_caption:
                assert caption.source_line(card.source_id, one.words, tables_now()) in said


@each_languages
def test_each_table_is_whole_and_in_the_readers_words(langs: tuple[str, ...]) -> None:
    shown = [one for part in reports.of(*langs).parts for one in part]
    for cells, one in zip(_page(langs).cells, shown, strict=True):
        wide = len(one.table.columns)
        assert len(cells) == wide * len(one.table)
        rows = [cells[at : at + wide] for at in range(0, len(cells), wide)]
        for number, name in enumerate(one.table.columns):
            if name == "basis":
                assert [row[number] for row in rows] == [one.words(f"basis.{basis}") for basis in one.table["basis"]]
            if str(one.table[name].dtype) in ("int64", "Int64"):
                said = [int(row[number].replace(",", "")) if row[number] else None for row in rows]
                assert said == [None if pd.isna(value) else int(value) for value in one.table[name]]


@each_languages
def test_titles_stamps_and_contents(langs: tuple[str, ...]) -> None:
    report, said = reports.of(*langs), _bytes(langs).decode()
    assert said.startswith("<!doctype html>")
    assert said.count("Report &lt;" + langs[0] + "&gt; &amp; ") == 2  # title and heading
    for number, lang in enumerate(langs):
        assert said.count(f'<p lang="{lang}">{report.stamp(number)}</p>') == 2
    targets = [attributes["href"] for tag, attributes in _page(langs).tags if tag == "a"]
    ids = [attributes["id"] for tag, attributes in _page(langs).tags if tag == "section"]
    assert targets == [f"#{one}" for one in ids]
    assert len(ids) == len(report.parts)


@each_languages
def test_figures_are_those_of_the_screen(langs: tuple[str, ...]) -> None:
    drawn = [one.paper() for part in reports.of(*langs).parts for one in part if one.paper]
    held = [json.loads(text) for attributes, text in _page(langs).scripts if attributes.get("class") == "figure"]
    assert held == [json.loads(figure.to_json()) for figure in drawn]


def test_only_its_own_scripts_run_and_nothing_is_asked_for() -> None:
    page = _page(("ko",))
    rules = next(attributes["content"] or "" for _, attributes in page.tags if attributes.get("http-equiv"))
    assert "default-src 'none'" in rules
    run = [text for attributes, text in page.scripts if "type" not in attributes]
    assert len(run) == 2
    for text in run:
        assert "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'" in rules
    assert "unsafe-inline" not in re.findall(r"script-src[^;]*", rules)[0]
    assert not [tag for tag, attributes in page.tags if tag == "link" or "src" in attributes]


def test_data_never_becomes_markup() -> None:
    content = REPORT_FORMATS["html"].write(reports.nasty(), ignore_progress)
    page = Page(content)
    assert {"b", "i"} & {tag for tag, _ in page.tags} == set()
    assert page.cells[0][::3] == list(reports.NASTY)
    assert page.cells[0][1] == "-5"


def test_the_same_report_gives_the_same_page() -> None:
    report = reports.of("ko", names=reports.FEW)
    assert REPORT_FORMATS["html"].write(report, ignore_progress) == REPORT_FORMATS["html"].write(report, ignore_progress)


@needs_chrome
def test_it_draws_itself_without_asking_anybody() -> None:
    report = reports.of("ko", names=("charts.goal_bar", "charts.visitor_progress"), single=True)
    with printing.page(REPORT_FORMATS["html"].write(report, ignore_progress).decode(), lambda: None) as page:
        page.run(
            "new Promise((then, fail) => { const end = Date.now() + 20000; const look = () =>"
            " document.querySelectorAll('[data-drawn]').length === 2 ? then() :"
            " Date.now() > end ? fail(new Error('not drawn')) : setTimeout(look, 50); look(); })"
        )
        said = page.call("(() => [...document.querySelectorAll('.chart svg text')].map((one) => one.textContent))")
        asked = page.call("(() => performance.getEntriesByType('resource').map((one) => one.name))")
    assert any("83,787" in text for text in said)
    assert asked == []


def test_a_failure_names_the_chart() -> None:
    reports.assert_failure_names_exhibit("html")


def test_progress_is_told_and_a_cancel_ends_it() -> None:
    reports.assert_progress_and_cancel("html")
