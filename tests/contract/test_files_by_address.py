"""Every exhibit and every set is a file at its address, with the bytes that exports give."""

import io
import itertools
import json
from datetime import datetime
from typing import Any

import bound_reports
import discovery
import openpyxl
import pytest
from discovery import BASE, NAMES, needs_chrome
from files_by_address import fetched, local_name, path_of, problem

from sejong_dash import clock, exhibits, exports, words
from sejong_dash.api import registry
from sejong_dash.decks import decks
from sejong_dash.exhibits import defaults
from sejong_dash.exports import single_file
from sejong_dash.store import snapshots

NOW = datetime(2026, 5, 7, 9, 30, tzinfo=clock.ZONE)


@pytest.fixture(autouse=True)
def stopped_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


def content_of(kind: str, file: bytes) -> Any:
    """The bytes of a file; of a workbook, which holds when it was made, the cells of its sheets."""
    if kind != "xlsx":
        return file
    return [(sheet.title, list(sheet.iter_rows(values_only=True))) for sheet in openpyxl.load_workbook(io.BytesIO(file))]


# Routes know nothing of what an exhibit or a format is: each exhibit is asked for in two formats, in turn, and as a table.
_KINDS = itertools.cycle([("json",), ("html",), ("xlsx",)])
FETCHED = [(name, kind) for name, kinds in zip(NAMES, _KINDS, strict=False) for kind in ("csv", *kinds)]


@pytest.mark.dear
@pytest.mark.parametrize(("name", "kind"), FETCHED)
def test_a_file_is_what_exports_give(name: str, kind: str) -> None:
    choices = discovery.told(name, BASE)
    answer = fetched(path_of(f"{name.partition('.')[2]}.{kind}", choices))
    drawn = bound_reports.shown(name, BASE.lang)
    version = snapshots.version_of(defaults.state())
    assert answer.status == 200, answer.body
    assert content_of(kind, answer.body) == content_of(kind, single_file.write(kind, drawn, version, NOW))
    assert answer.headers["content-type"].partition(";")[0] == single_file.SINGLE_FORMATS[kind].mime
    assert answer.headers["content-length"] == str(len(answer.body))
    assert local_name(answer) == single_file.local_name(drawn, kind)
    assert f'filename="{single_file.file_name(drawn, kind)}"' in answer.headers["content-disposition"]


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_json_says_what_the_page_says(lang: str) -> None:
    choices = discovery.replace(BASE, lang=lang, prefecture="29")
    answer = fetched(path_of("visitor_progress.json", choices))
    table, content = discovery.table_of("charts.visitor_progress", choices), json.loads(answer.body)
    own = discovery.words_of("charts.visitor_progress", lang)
    assert answer.headers["content-language"] == lang
    assert (content["title"], content["basis"]) == (own("title"), "sample")
    assert content["message"] == discovery.module("charts.visitor_progress").message(table, own)
    assert [column["name"] for column in content["columns"]] == list(table.columns)
    assert len(content["rows"]) == len(table)
    assert content["rows"][0]["date"] == f"{table['date'].iloc[0]:%Y-%m-%d}"
    counted = [row["visitors"] for row in content["rows"] if row["visitors"] is not None]
    assert counted == table["visitors"].dropna().tolist()
    assert all(text is not None for text in content.values())


SLOW = [kind for kind, made in single_file.SINGLE_FORMATS.items() if not made.is_quick]


@pytest.mark.parametrize("kind", [pytest.param(kind, marks=needs_chrome if kind != "pptx" else ()) for kind in SLOW])
def test_slow_kinds_are_files_too(kind: str) -> None:
    answer = fetched(path_of(f"goal_bar.{kind}", BASE))
    begins = {"pptx": b"PK", "pdf": b"%PDF", "png": b"\x89PNG", "svg": b"<svg"}
    assert answer.status == 200
    assert answer.body.startswith(begins[kind])


@pytest.mark.thorough
@pytest.mark.parametrize("kind", [kind for kind, made in exports.REPORT_FORMATS.items() if not made.needs_chrome])
def test_a_set_is_a_file(kind: str) -> None:
    answer = fetched(path_of(f"set/mayor.{kind}", BASE, slides="goal_bar,prefecture_map.measure.gap"))
    bound = exports.REPORT_FORMATS[kind]
    assert answer.status == 200
    assert answer.headers["content-type"].partition(";")[0] == bound.mime
    assert local_name(answer).startswith(decks()["mayor"].titles["ko"])
    assert local_name(answer).endswith(f"_sample.{kind if kind == bound.suffix else f'{kind}.{bound.suffix}'}")


def test_a_set_holds_its_slides_in_the_languages_that_were_asked_for() -> None:
    answer = fetched(path_of("set/mayor.json", BASE, languages="ja,ko"))
    content = json.loads(answer.body)
    assert answer.headers["content-language"] == "ja, ko"
    assert content["titles"] == [decks()["mayor"].titles[lang] for lang in ("ja", "ko")]
    shown = [code.partition(".")[0] for code in decks()["mayor"].slides]
    assert [(each["name"], each["lang"]) for each in content["exhibits"]] == [
        (name, lang) for name in shown for lang in ("ja", "ko")
    ]


def test_a_set_of_a_prefecture_is_of_that_prefecture() -> None:
    answer = fetched(path_of("set/partner.json", discovery.replace(BASE, prefecture="29")))
    assert answer.status == 200
    assert "prefecture_profile" in {each["name"] for each in json.loads(answer.body)["exhibits"]}
    told = problem(fetched(path_of("set/partner.json", BASE)))
    assert [each["parameter"] for each in told["errors"]] == ["prefecture"]


@pytest.mark.parametrize("kind", registry.RECEIPT_FORMATS)
def test_a_receipt_is_a_file(kind: str) -> None:
    answer = fetched(path_of(f"receipt.{kind}", BASE, receipt="2026-05-06"))
    assert answer.status == 200
    assert local_name(answer) == f"receipt_2026-05-06.all.{kind}"
    if kind == "json":
        rows = json.loads(answer.body)["rows"]
        table = exhibits.snapshot().visitors(True)
        assert sum(row["visitors"] for row in rows) == table.loc[table["date"] == "2026-05-06", "visitors"].sum()
