"""A browser gets each figure at an address: that of the choices that the page shows, in its theme, compressed and with a mark."""

import gzip
import json
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from answers import Answer, ask
from discovery import BASE, NAMES, table_of, told
from files_by_address import APP, problem

from sejong_dash import charts, theme
from sejong_dash.api import figures
from sejong_dash.choices import Choices
from sejong_dash.datasets import snapshot
from sejong_dash.datasets.schema.columns import FIELDS
from sejong_dash.exhibits import defaults, figure_address
from sejong_dash.exhibits.cached import cached_exhibit
from sejong_dash.exports.pictures import chrome

CHARTS = [name.removeprefix("charts.") for name in NAMES if name.startswith("charts.")]


def address(name: str, choices: Choices = BASE, *, dark: bool = False) -> str:
    return f"/{figure_address.write(name, choices, defaults.state(), dark=dark)}"


def figure(answer: Answer) -> dict[str, Any]:
    assert (answer.status, answer.headers["content-type"]) == (200, "application/json")
    return json.loads(answer.text)


@pytest.mark.parametrize("name", CHARTS)
def test_each_chart_has_its_figure(name: str) -> None:
    choices = told(f"charts.{name}", BASE)
    drawn = figure(ask(APP, address(name, choices), accept_encoding="gzip"))
    assert len(drawn["data"]) == len(cached_exhibit(charts.named(name), choices, defaults.state(), snapshot()).figure.data)
    assert drawn["layout"]["template"]
    assert drawn["config"]["displaylogo"] is False


@pytest.mark.parametrize(
    "choices",
    [
        BASE,
        replace(BASE, lang="ja", prefecture="22", running=True),
        replace(BASE, zoom="year", narrow=True, field=FIELDS[0]),
    ],
)
@pytest.mark.parametrize("dark", [False, True])
def test_what_is_written_is_read(choices: Choices, dark: bool) -> None:
    query = parse_qsl(urlsplit(figure_address.write("charts.goal_bar", choices, "0123", dark=dark)).query)
    read = figure_address.read(query, BASE.as_of)
    assert (read.choices, read.is_dark) == (choices, dark)


def test_a_dark_page_has_dark_colours() -> None:
    light, dark = (ask(APP, address("goal_bar", dark=is_dark)).text for is_dark in (False, True))
    assert theme.DONE in light
    assert theme.dress(theme.DONE, True) in dark
    assert theme.DONE not in dark


def test_it_comes_compressed_and_only_once() -> None:
    path = address("visitor_progress")
    plain, packed = ask(APP, path), ask(APP, path, accept_encoding="gzip, br")
    assert gzip.decompress(packed.body) == plain.body
    assert packed.headers["vary"] == "Accept-Encoding"
    again = ask(APP, path, if_none_match=packed.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    other = ask(APP, address("visitor_progress", replace(BASE, prefecture="29")))
    assert other.headers["etag"] != packed.headers["etag"]


def test_other_data_have_another_address_and_another_figure(data_copy: Path) -> None:
    path = address("daily_visitors")
    before = ask(APP, path)
    counts = data_copy / "sample" / "visitors.csv"
    head, _, *rest = counts.read_text(encoding="utf-8").splitlines(keepends=True)
    counts.write_text(head + "".join(rest), encoding="utf-8")
    assert address("daily_visitors") != path
    assert ask(APP, address("daily_visitors")).body != before.body
    assert ask(APP, path).body == ask(APP, address("daily_visitors")).body, "an old address shows what holds now"


@pytest.mark.parametrize(
    ("path", "status", "kind"),
    [
        ("/figure/gold_bar.json", 404, "unknown-exhibit"),
        ("/figure/goal_bar.png", 404, "unknown-exhibit"),
        ("/figure/day_sentence.json", 404, "unknown-exhibit"),
        ("/figure/goal_bar.json?asof=yesterday", 400, "wrong-choices"),
        ("/figure/goal_bar.json?colour=red", 400, "wrong-choices"),
    ],
)
def test_what_is_wrong_is_said(path: str, status: int, kind: str) -> None:
    answer = ask(APP, path, accept_language="ja")
    assert answer.status == status
    assert problem(answer)["type"] == f"/export/#{kind}"
    assert answer.headers["content-language"] == "ja"


def test_nothing_to_show_is_no_figure() -> None:
    asked = address("arrivals_share", replace(BASE, prefecture="22"))
    answer = ask(APP, asked)
    empty = table_of("charts.arrivals_share", replace(BASE, prefecture="22")).empty
    assert answer.status == (404 if empty else 200)


def test_the_camera_is_there_where_the_server_makes_no_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    path = address("goal_bar")
    for found in ("", "/usr/bin/chromium"):
        monkeypatch.setattr(chrome, "found", partial(str, found))
        figures.figure_of.cache_clear()
        assert figure(ask(APP, path))["config"]["displayModeBar"] is not bool(found)
    figures.figure_of.cache_clear()
