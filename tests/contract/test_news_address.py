"""`/news` says at a first visit what time it is, later what has changed, and what is wrong with a question."""

import json
from pathlib import Path

import pytest
from answers import ask
from clerk import store
from starlette.applications import Starlette

from sejong_dash.api.routes import export_routes

APP = Starlette(routes=export_routes())


def test_a_first_visit_gets_the_time_alone() -> None:
    answer = ask(APP, "/news?lang=ko")
    assert answer.status == 200
    assert answer.headers["cache-control"] == "no-store"
    found = json.loads(answer.text)
    assert found["text"] == ""
    assert found["now"][:4].isdigit()


def test_who_comes_back_gets_what_has_changed(data_copy: Path) -> None:
    (data_copy / "visitors.csv").unlink(missing_ok=True)
    store(("2026-04-10", "13", "group", 100), when="2026-04-12")
    found = json.loads(ask(APP, "/news?lang=en&since=2026-04-11T09%3A00%3A00%2B09%3A00").text)
    assert found["text"] == "Since your last look (11 Apr, 09:00): days newly counted: 1 · +100 visitors"
    assert json.loads(ask(APP, "/news?lang=en&since=2026-04-13T09%3A00%3A00").text)["text"] == ""


@pytest.mark.parametrize("query", ["lang=xx", "since=yesterday"])
def test_a_wrong_question_is_answered_with_what_is_wrong(query: str) -> None:
    answer = ask(APP, f"/news?{query}")
    assert answer.status == 400
    assert json.loads(answer.text)["errors"][0]["parameter"] == query.partition("=")[0]
