"""A table may be a query: asked at an interval, checked as a file is, and its last good answer kept."""

import shutil
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest
import sqlalchemy as sa
from filelock import FileLock, Timeout

from sejong_dash.datasets import snapshot
from sejong_dash.datasets.schema import data_files
from sejong_dash.datasets.schema.table_files import answer_file
from sejong_dash.errors import DashError, TableError
from sejong_dash.exhibits import defaults
from sejong_dash.paths import PROJECT
from sejong_dash.store import counts, queries, snapshots
from sejong_dash.store.queries import query_answer, query_file

from .conftest import SQL, change, keep_secret, pass_time, total

pytestmark = pytest.mark.thorough


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


def test_an_answer_that_cannot_be_written_is_not_asked_for_again_at_once(
    data: Path, ticketing: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    plain = query_answer.answer
    monkeypatch.setattr(query_answer, "answer", lambda query: asked.append(query) or plain(query))

    def refused(*_: object) -> None:
        raise PermissionError

    with monkeypatch.context() as patch:
        patch.setattr("sejong_dash.store.disk.replace_file", refused)
        with pytest.raises(PermissionError):
            queries.refresh_due()
        assert not queries.refresh_due()
    assert len(asked) == 1
    pass_time(monkeypatch, 11)
    assert queries.refresh_due()


def test_a_query_is_asked_by_nobody_else_meanwhile(data: Path, ticketing: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    plain, path = query_answer.answer, data / "visitors.sql"

    def answer(query: query_file.Query) -> bytes:
        with pytest.raises(Timeout):
            FileLock(answer_file(path).with_name(".visitors.lock"), timeout=0).acquire()
        assert not queries.refresh_due()
        return plain(query)

    monkeypatch.setattr(query_answer, "answer", answer)
    assert queries.ask(path).rows == 2
    pass_time(monkeypatch, 11)
    change(ticketing, "INSERT INTO tickets VALUES ('2026-04-12', '13', 5)")
    assert queries.refresh_due()


def test_a_query_may_hold_a_percent_sign(data: Path, ticketing: sa.Engine) -> None:
    text = SQL.replace("FROM tickets", "FROM tickets WHERE code LIKE '1%' AND visitors % 20 = 0 AND '%s' <> '%(a)s'")
    (data / "visitors.sql").write_text(text, encoding="utf-8")
    found = queries.ask(data / "visitors.sql")
    assert (found.problem, found.rows, total()) == ("", 1, 120)


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


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (Decimal("120.00"), "120"),
        (12.0, "12"),
        (0.00001, "0.00001"),
        (36.48000012, "36.48000012"),
        (1.2e-7, "0.00000012"),
        (pd.Timestamp("2026-04-10").to_pydatetime(), "2026-04-10"),
        (pd.Timestamp("2026-04-10").date(), "2026-04-10"),
        (pd.Timestamp("2026-04-10 09:30").to_pydatetime(), "2026-04-10T09:30:00"),
        ("가", "가"),
        (float("nan"), "nan"),
    ],
)
def test_values_become_cells(value: object, text: str) -> None:
    assert query_answer.cell_text(value) == text


def test_the_data_that_ships_has_no_query() -> None:
    assert list((PROJECT / "data").rglob("*.sql")) == []
