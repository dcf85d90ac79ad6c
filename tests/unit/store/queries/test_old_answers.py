"""Where a query has no newer answer, the page and the server say so, and the last good answer is shown."""

from html import unescape
from pathlib import Path

import pytest
import sqlalchemy as sa
from page_html import html_of
from streamlit.testing.v1 import AppTest

from sejong_dash import errors, words
from sejong_dash.datasets.schema import last_good
from sejong_dash.datasets.schema.table_files import answer_file
from sejong_dash.exhibits import defaults
from sejong_dash.paths import PROJECT
from sejong_dash.store import queries
from sejong_dash.watch import readiness

from .conftest import change, pass_time, total

pytestmark = pytest.mark.thorough


def test_the_page_and_the_server_say_that_an_answer_is_old(
    data: Path, ticketing: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    queries.refresh_due()
    assert (readiness.look().state, queries.troubled()) == ("ready", [])
    before = defaults.state()
    change(ticketing, "DROP TABLE tickets")
    pass_time(monkeypatch, 11)
    queries.refresh_due()
    assert defaults.state() != before, "open pages are drawn anew"
    found = readiness.look()
    assert (found.state, found.kept) == ("degraded", {"visitors.sql": "query_refused"})
    app = AppTest.from_file(str(PROJECT / "sejong_dash" / "shell.py"), default_timeout=120)
    app.query_params["lang"] = "en"
    shown = " ".join(html_of(app.run()))
    assert words.of(errors.__file__, "en")("query_refused", **(queries.troubled()[0].standing.fields or {})) in unescape(shown)
    assert words.shared("en")("status.kept") in shown


def test_the_last_good_state_of_a_query_is_that_of_its_answer(data: Path, ticketing: sa.Engine) -> None:
    queries.refresh_due()
    assert total() == 200
    answer_file(data / "visitors.sql").write_bytes(b"\xff\xfe no table")
    assert total() == 200
    (found,) = last_good.troubles()
    assert (found.file, found.code) == ("visitors.sql", "not_utf8")
    assert found.good_at is not None
    queries.ask(data / "visitors.sql")
    assert total() == 200
    assert last_good.troubles() == []
