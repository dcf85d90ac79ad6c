"""The link that a chart offers brings the same picture back, on any later day."""

import json
import re
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import discovery
import pytest
from discovery import PAGE_FILES, SCREENS
from files_by_address import fetched
from page_html import html_of
from streamlit.testing.v1 import AppTest

from sejong_dash.paths import PROJECT

pytestmark = pytest.mark.dear

CHOSEN = {"lang": "ja", "asof": "2026-04-29", "prefecture": "29"}
WITH_CHARTS = [screen for screen in SCREENS if discovery.on_page(screen[0])]
EACH_SCREEN = pytest.mark.parametrize(("file", "part"), WITH_CHARTS, ids=[discovery.screen_name(*each) for each in WITH_CHARTS])


def opened(file: Path, asked: dict[str, str]) -> list[str]:
    app = AppTest.from_file(str(PROJECT / "sejong_dash" / "shell.py"), default_timeout=60)
    for name, said in asked.items():
        app.query_params[name] = said
    app.switch_page(str(file)).run()
    assert len(app.exception) == 0
    return html_of(app)


def links(shown: list[str]) -> list[str]:
    return [unescape(one) for one in re.findall(r'class="sj-link" href="([^"]+)"', " ".join(shown))]


def told(shown: str) -> str:
    """What is read on it: the addresses behind differ by what is now said in full."""
    return re.sub(r'href="[^"]*"', "", shown)


@EACH_SCREEN
def test_a_link_brings_the_same_figures_back(file: Path, part: str) -> None:
    shown = opened(file, CHOSEN | {"part": part})
    found = links(shown)
    names = {name.partition(".")[2] for name in discovery.shown_on(file, CHOSEN["prefecture"], part)}
    assert len(found) == len(set(found)) == len(names - {*discovery.on_demand(file)})
    parts = urlsplit(found[0])
    asked = {name: said[0] for name, said in parse_qs(parts.query).items()}
    assert asked | CHOSEN == asked, "what was chosen is in it"
    assert {"plan", "sample"} <= set(asked), "what holds by default today is in it as well"
    assert asked.get("part", "") == part, "a link names the part that holds the chart"
    assert {urlsplit(one).fragment for one in found} <= names
    assert [told(one) for one in opened(file, asked)] == [told(one) for one in shown]


def test_a_link_without_a_choice_names_the_day() -> None:
    asked = parse_qs(urlsplit(links(opened(WITH_CHARTS[0][0], {}))[0]).query)
    assert asked["asof"] == ["2026-05-06"]
    assert asked["sample"] == ["true"]


def files(shown: list[str]) -> list[str]:
    """The addresses below `/export/` that a page links to."""
    return [unescape(one) for one in re.findall(r'href="export/([^"]+)"', " ".join(shown))]


@EACH_SCREEN
def test_each_file_says_what_the_page_says(file: Path, part: str) -> None:
    shown = opened(file, CHOSEN | {"part": part})
    named = (address for address in files(shown) if not address.startswith("set/"))
    found = [address for address in named if address.partition("?")[0].endswith(".json")]
    assert found
    page = unescape(" ".join(shown))
    for address in found:
        answer = fetched(address)
        content = json.loads(answer.body)
        assert answer.status == 200, address
        assert content["title"] in page
        assert content["message"] in page or "sj-card" in page, address
        assert content["stamp"] in page


@pytest.mark.parametrize("file", PAGE_FILES, ids=lambda file: file.stem)
def test_no_page_has_a_button_for_a_file(file: Path) -> None:
    assert len(discovery.opened(file, CHOSEN).get("download_button")) == 0
