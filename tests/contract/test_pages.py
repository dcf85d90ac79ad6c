"""Every page stands, with its words, charts and cards, whoever looks and whatever was chosen."""

import re
from html import unescape
from pathlib import Path

import discovery
import pytest
from discovery import FRAMED, PAGE_FILES, SCREENS
from page_html import html_of
from streamlit.testing.v1 import AppTest

from sejong_dash import words
from sejong_dash.paths import PROJECT

LOOKS = [
    {"lang": "ko"},
    {"lang": "ja", "sample": "false"},
    {"lang": "en", "plan": "2024-12-11", "prefecture": "29"},
]


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: "-".join(look.values()))
@pytest.mark.parametrize(
    ("file", "part"),
    [(file, part) for file, part in SCREENS if file in FRAMED],
    ids=[discovery.screen_name(*each) for each in SCREENS if each[0] in FRAMED],
)
def test_page(file: Path, part: str, look: dict[str, str]) -> None:
    app = AppTest.from_file(str(PROJECT / "sejong_dash" / "shell.py"), default_timeout=60)
    for name, said in look.items():
        app.query_params[name] = said
    app.query_params["part"] = part
    for name in discovery.on_demand(file):
        app.query_params[f"show_{name}"] = "true"
    app.context = {"theme": "dark" if look["lang"] == "ja" else "light"}
    app.switch_page(str(file)).run()
    assert len(app.exception) == 0, "see the log"
    shown = html_of(app)
    assert [said for said in shown if "sj-error" in said] == []
    own = words.of(file, look["lang"])
    assert any(f">{own('title')}</h1>" in said and own("intro") in said for said in shown)
    titles = [discovery.words_of(name, look["lang"])("title") for name in discovery.shown_on(file, look.get("prefecture"), part)]
    assert sorted(map(unescape, re.findall('class="sj-title">([^<]*?) ?<', "".join(shown)))) == sorted(
        titles
    )  # a mark may follow
    assert set(re.findall(' lang="(..)"', "".join(shown))) == {look["lang"]}
    assert any("sj-band" in said for said in shown) == (look.get("sample") != "false")
    assert not any(re.search(r">(nan|None|NaT|undefined)<", said) for said in shown)


def test_menu_and_address_are_those_of_the_folder() -> None:
    orders = [words.settings(page.with_suffix(".toml"))["order"] for page in PAGE_FILES]
    assert len(set(orders)) == len(orders), "two pages stand in the same place"
    assert PAGE_FILES[orders.index(min(orders))].stem == "overview"
    for page in PAGE_FILES:
        assert str(words.settings(page.with_suffix(".toml"))["icon"]).startswith(":material/")
