"""A table may be a query: asked at an interval, checked as a file is, and its last good answer kept."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from pathlib import Path

import pandas as pd
import pytest
import sqlalchemy as sa
from page_html import html_of
from postgres import Postgres, postgres
from streamlit.testing.v1 import AppTest

from sejong_dash import clock, errors, words
from sejong_dash.datasets import snapshot
from sejong_dash.datasets.schema import data_files, last_good
from sejong_dash.datasets.schema.table_files import answer_file
from sejong_dash.errors import DashError, TableError
from sejong_dash.exhibits import defaults
from sejong_dash.paths import PROJECT
from sejong_dash.store import counts, queries, snapshots
from sejong_dash.store.queries import query_answer, query_file
from sejong_dash.watch import readiness

TICKETS = """
CREATE TABLE tickets (day DATE, code VARCHAR(2), visitors INTEGER);
INSERT INTO tickets VALUES ('2026-04-10', '13', 100), ('2026-04-10', '13', 20), ('2026-04-11', '27', 80);
"""
SQL = """-- connection: ticketing
-- every: 10 minutes
SELECT day AS date, code AS jis_code, 'group' AS channel, SUM(visitors) AS visitors,
       'reported' AS basis, NULL AS source_id
FROM tickets GROUP BY day, code ORDER BY 1, 2
"""


@pytest.fixture(scope="module")
def server() -> Iterator[Postgres]:
    """Yield a PostgreSQL for the tests of this file."""
    with postgres() as started:
        yield started


@pytest.fixture(params=["postgresql", "duckdb"])
def ticketing(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[sa.Engine]:
    """Yield a ticketing system's database, which the connection `ticketing` names."""
    if request.param == "postgresql":
        started: Postgres = request.getfixturevalue("server")
        url = started.new_database(tmp_path.name)
    else:
        url = f"duckdb:///{tmp_path / 'tickets.duckdb'}"
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    change(engine, *filter(str.strip, TICKETS.split(";")))
    keep_secret(tmp_path, monkeypatch, "ticketing", url)
    yield engine
    engine.dispose()


@pytest.fixture
def data(data_copy: Path) -> Path:
    """Return a data folder whose counts are a query that was not asked yet."""
    (data_copy / "visitors.csv").unlink()
    (data_copy / "visitors.sql").write_text(SQL, encoding="utf-8")
    return data_copy


def keep_secret(folder: Path, monkeypatch: pytest.MonkeyPatch, connection: str, url: str) -> None:
    file = folder / "secrets.toml"
    file.write_text(f'[connections.{connection}]\nurl = "{url}"\n', encoding="utf-8")
    monkeypatch.setenv("SEJONG_SECRETS", str(file))


def change(engine: sa.Engine, *statements: str) -> None:
    with engine.begin() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)


def total() -> int:
    return int(snapshot().visitors(sample=False)["visitors"].sum())


def pass_time(monkeypatch: pytest.MonkeyPatch, minutes: float) -> None:
    later = clock.now() + timedelta(minutes=minutes)
    monkeypatch.setattr(clock, "now", lambda: later)


def test_a_query_takes_the_place_of_a_file(data: Path, ticketing: sa.Engine) -> None:
    before = data_files.fingerprint()
    with pytest.raises(TableError) as refused:
        snapshot().visitors(sample=False)
    assert (refused.value.file, refused.value.problems[0].code) == ("visitors.sql", "query_unanswered")
    assert queries.refresh_due()
    assert data_files.fingerprint() != before, "open pages see it"
    table = snapshot().visitors(sample=False)
    assert table[["jis_code", "visitors"]].to_numpy().tolist() == [["13", 120], ["27", 80]]
    assert table["date"].tolist() == [pd.Timestamp("2026-04-10"), pd.Timestamp("2026-04-11")]
    assert defaults.has_counts(snapshot())


def test_it_is_asked_again_when_its_interval_has_passed(
    data: Path, ticketing: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    queries.refresh_due()
    change(ticketing, "INSERT INTO tickets VALUES ('2026-04-12', '13', 5)")
    pass_time(monkeypatch, 9)
    assert not queries.refresh_due()
    assert total() == 200
    pass_time(monkeypatch, 2)
    assert queries.refresh_due()
    assert total() == 205


def test_the_last_good_answer_stays_where_the_database_fails(
    data: Path, ticketing: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    queries.refresh_due()
    since = queries.standing(data / "visitors.sql").answered_at
    change(ticketing, "DROP TABLE tickets")
    pass_time(monkeypatch, 11)
    assert not queries.refresh_due()
    found = queries.standing(data / "visitors.sql")
    assert (found.problem, found.answered_at) == ("query_refused", since)
    assert found.asked_at > since
    assert total() == 200


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


def test_an_answer_that_cannot_be_written_is_not_asked_for_again_at_once(
    data: Path, ticketing: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    plain = query_answer.answer
    monkeypatch.setattr(query_answer, "answer", lambda query: asked.append(query) or plain(query))

    def refused(*_: object) -> None:
        raise PermissionError

    with monkeypatch.context() as patch:
        patch.setattr("sejong_dash.store.queries.query_run._replace", refused)
        with pytest.raises(PermissionError):
            queries.refresh_due()
        assert not queries.refresh_due()
    assert len(asked) == 1
    pass_time(monkeypatch, 11)
    assert queries.refresh_due()


def test_an_answer_that_breaks_the_schema_is_not_used(data: Path, ticketing: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    queries.refresh_due()
    for number, row in enumerate(["'2026-04-12', '13', -5", "'2026-04-12', '99', 5", "NULL, '13', 5"]):
        change(ticketing, f"INSERT INTO tickets VALUES ({row})")
        pass_time(monkeypatch, 11)
        assert not queries.refresh_due()
        found = queries.standing(data / "visitors.sql")
        assert (found.problem, (found.fields or {})["file"]) == ("table", "visitors.sql"), number
        assert total() == 200
        change(ticketing, "DELETE FROM tickets WHERE visitors IN (-5, 5)")
    pass_time(monkeypatch, 11)
    queries.refresh_due()
    assert queries.standing(data / "visitors.sql").problem == ""


def test_a_query_changes_nothing_where_it_asks(data: Path, ticketing: sa.Engine) -> None:
    (data / "visitors.sql").write_text("-- connection: ticketing\nDELETE FROM tickets", encoding="utf-8")
    assert queries.ask(data / "visitors.sql").problem, "refused, or an answer that is no table"
    with ticketing.connect() as connection:
        assert connection.exec_driver_sql("SELECT COUNT(*) FROM tickets").scalar_one() == 3


def test_counts_of_a_query_are_not_stored_here(data: Path, ticketing: sa.Engine) -> None:
    queries.refresh_due()
    assert len(counts.figures()) == 2
    assert counts.record_outside_edit() is None
    changes = counts.change_set(counts.figures().head(1).assign(visitors=7))
    with pytest.raises(DashError, match="store_query"):
        counts.apply(changes, who="Kim", why="recount")
    assert not (data / "visitors.csv").exists()


def test_a_snapshot_keeps_the_answer(data: Path, ticketing: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    queries.refresh_due()
    version = snapshots.create()
    change(ticketing, "INSERT INTO tickets VALUES ('2026-04-12', '13', 5)")
    pass_time(monkeypatch, 11)
    queries.refresh_due()
    assert total() == 205
    assert int(snapshot(version).visitors(sample=False)["visitors"].sum()) == 200


def test_another_table_may_be_a_query_too(data_copy: Path, ticketing: sa.Engine) -> None:
    plans = pd.read_csv(data_copy / "day_weights.csv", dtype=str)
    names = list(plans.columns)
    cells = ", ".join(
        "(" + ", ".join("NULL" if pd.isna(cell) else f"'{cell}'" for cell in row) + ")" for row in plans.to_numpy().tolist()
    )
    before = snapshot().day_weights()
    (data_copy / "day_weights.csv").unlink()
    (data_copy / "day_weights.sql").write_text(
        f"-- connection: ticketing\nSELECT * FROM (VALUES {cells}) AS w ({', '.join(names)})", encoding="utf-8"
    )
    assert queries.refresh_due()
    assert snapshot().day_weights().equals(before)


def test_a_file_beside_a_query_is_a_problem(data_copy: Path) -> None:
    (data_copy / "visitors.sql").write_text(SQL, encoding="utf-8")
    with pytest.raises(TableError) as refused:
        snapshot().visitors(sample=False)
    assert [problem.code for problem in refused.value.problems] == ["two_sources"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("SELECT 1", "query_header"),
        ("-- connection: a b\nSELECT 1", "query_header"),
        ("-- connection: ticketing\n-- every: 0 minutes\nSELECT 1", "query_header"),
        ("-- connection: ticketing\n-- every: often\nSELECT 1", "query_header"),
        ("-- connection: ticketing\n-- evry: 5 minutes\nSELECT 1", "query_header"),
        ("-- connection: unheard_of\nSELECT 1", "query_no_connection"),
        ("-- connection: broken\nSELECT 1", "query_refused"),
    ],
)
def test_what_cannot_be_asked_says_why(data: Path, text: str, problem: str, monkeypatch: pytest.MonkeyPatch) -> None:
    keep_secret(data.parent, monkeypatch, "broken", "nonsense://a:secret@b")
    (data / "visitors.sql").write_text(text, encoding="utf-8")
    found = queries.ask(data / "visitors.sql")
    assert found.problem == problem
    assert "secret" not in str(found)


def test_a_table_that_nobody_knows_is_named(data: Path, ticketing: sa.Engine) -> None:
    shutil.copy(data / "visitors.sql", data / "unheard_of.sql")
    assert queries.ask(data / "unheard_of.sql").problem == "query_no_table"


def test_an_answer_that_is_too_long_is_not_used(data: Path, ticketing: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(query_answer, "MOST_ROWS", 1)
    assert queries.ask(data / "visitors.sql").problem == "query_too_long"


def test_connections_stand_in_the_secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sejong_dash.paths.PROJECT", tmp_path)
    monkeypatch.delenv("SEJONG_SECRETS", raising=False)
    (tmp_path / ".streamlit").mkdir()
    (tmp_path / query_file.SECRETS).write_text('[connections.ticketing]\nurl = "duckdb:///x"\n', encoding="utf-8")
    (tmp_path / "visitors.sql").write_text(SQL, encoding="utf-8")
    query = query_file.read(tmp_path / "visitors.sql")
    assert (query.url, query.every, query.timeout) == ("duckdb:///x", timedelta(minutes=10), timedelta(seconds=60))


def test_the_data_that_ships_has_no_query() -> None:
    assert list((PROJECT / "data").rglob("*.sql")) == []
