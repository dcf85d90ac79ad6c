"""A database and its working copies: what only a database can do, or fail to do."""

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa
from clerk import APRIL, HEADER, assert_rebuilt, put, rows, store, visitors_of
from postgres import postgres

from sejong_dash.errors import DashError
from sejong_dash.paths import PROJECT
from sejong_dash.startup.following import Following
from sejong_dash.store import backends, counts, history
from sejong_dash.store.backends import database_schema, store_copy
from sejong_dash.store.backends.database_errors import engine_of

pytestmark = pytest.mark.thorough


@pytest.fixture
def data(folders: list[Path], database: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a data folder beside an empty database."""
    monkeypatch.setenv("SEJONG_DATABASE", database)
    monkeypatch.setenv("SEJONG_DATA", str(folders[0]))
    return folders[0]


@contextmanager
def past_us() -> Iterator[sa.Connection]:
    """A connection to the database that is not the dashboard's."""
    engine = engine_of(backends.database_url())
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


def sql(question: str) -> list[tuple[object, ...]]:
    """What the database answers."""
    with past_us() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(question)]


def test_counts_and_history_can_be_asked_for_by_sql(data: Path) -> None:
    store(("2026-04-10", "13", "group", 120), ("2026-04-10", "", "individual", 30))
    found = sql("SELECT date::text, jis_code, channel, visitors FROM sejong_counts WHERE date IS NOT NULL ORDER BY place")
    assert found == [("2026-04-10", None, "individual", 30), ("2026-04-10", "13", "group", 120)]
    assert sql("SELECT kind, who, why, file FROM sejong_journal ORDER BY change")[1] == (
        "applied",
        "Kim",
        "daily counts",
        "counts.xlsx",
    )


def test_a_change_writes_the_rows_that_it_changes(data: Path) -> None:
    store(*[(f"2026-04-{day:02}", "13", "group", day) for day in range(1, 31)], when="2026-05-01")
    before = dict(sql("SELECT line, place FROM sejong_counts"))
    store(("2026-04-15", "13", "group", 99), ("2026-04-20", "01", "group", 7), when="2026-05-02")
    after = dict(sql("SELECT line, place FROM sejong_counts"))
    assert {line: after[line] for line in before} == before, "rows that stay keep their place"
    assert len(after) == len(before) + 2
    assert_rebuilt(data)


def test_rows_find_a_place_however_often_one_comes_between_two(data: Path) -> None:
    """Each time in the same gap, which is halved: after twenty times there is no room, and all rows move."""
    put(data, HEADER + "2026-04-01,13,a,1,,reported,\n2026-04-01,13,z,1,,reported,\n")
    store_copy.copy("files", "database")
    for number in range(30):
        store(("2026-04-01", "13", f"b{30 - number:02}", number), when="2026-05-01")
    assert [row[0] for row in sql("SELECT channel FROM sejong_counts WHERE date IS NOT NULL ORDER BY place")] == sorted(
        ["a", "z", *(f"b{number:02}" for number in range(1, 31))]
    )
    assert_rebuilt(data)


def test_an_edit_of_the_copy_is_set_aside_and_not_lost(data: Path) -> None:
    store(("2026-04-10", "13", "group", 120))
    edited = (data / "visitors.csv").read_text("utf-8") + "2026-04-11,13,group,5,,reported,\n"
    put(data, edited)
    backends.refresh()
    assert visitors_of(counts.figures()) == {("2026-04-10", "13", "group"): 120}
    assert [file.read_text("utf-8") for file in (data / ".journal").glob("set_aside_*.csv")] == [edited]


def test_a_copy_that_was_left_behind_torn_or_removed_comes_back(data: Path) -> None:
    store(("2026-04-10", "13", "group", 120))
    journal, table = data / ".journal" / "visitors.jsonl", data / "visitors.csv"
    lines, content = journal.read_bytes(), table.read_bytes()
    store(("2026-04-11", "13", "group", 80))
    whole, now = journal.read_bytes(), table.read_bytes()
    for damage in (lines, lines + b'{"chan', whole[:40], b""):
        journal.write_bytes(damage)
        table.write_bytes(content)
        assert backends.refresh()
        assert (journal.read_bytes(), table.read_bytes()) == (whole, now)
    journal.unlink()
    table.unlink()
    assert backends.refresh()
    assert (journal.read_bytes(), table.read_bytes()) == (whole, now)
    assert list((data / ".journal").glob("set_aside_*")) == [], "what the database has once had is no edit"


def test_a_folder_with_counts_beside_an_empty_database_is_left_alone(data: Path) -> None:
    put(data, HEADER + APRIL)
    for step in (backends.refresh, lambda: store(("2026-04-12", "13", "group", 1))):
        with pytest.raises(DashError, match="database_empty"):
            step()
    assert (data / "visitors.csv").read_text("utf-8") == HEADER + APRIL


def test_a_history_that_was_changed_in_the_database_is_noticed(data: Path) -> None:
    store(("2026-04-10", "13", "group", 120))
    store(("2026-04-11", "13", "group", 80))
    with past_us() as connection:
        line = sa.select(database_schema.journal.c.line).where(database_schema.journal.c.change == 2)
        changed = connection.execute(line).scalar_one().replace(b"group,120", b"group,121")
        connection.execute(sa.update(database_schema.journal).where(database_schema.journal.c.change == 2).values(line=changed))
    with pytest.raises(DashError, match="store_journal_broken") as refused:
        backends.current().contents()
    assert refused.value.fields["line"] == 2


def test_a_database_of_another_layout_is_left_alone(data: Path) -> None:
    store(("2026-04-10", "13", "group", 120))
    with past_us() as connection:
        connection.exec_driver_sql("UPDATE sejong_state SET number = 99 WHERE part = 'layout'")
    backends.of_database.cache_clear()
    with pytest.raises(DashError, match="database_layout"):
        backends.refresh()


@pytest.mark.parametrize("url", ["nonsense", "mysql://a:secret@b/c", "postgresql+nodriver://a:secret@b/c"])
def test_an_address_that_cannot_be_used_is_said_without_its_password(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEJONG_DATABASE", url)
    with pytest.raises(DashError, match="database_unknown") as refused:
        backends.refresh()
    assert "secret" not in str(refused.value)


def test_whoever_writes_too_long_makes_others_say_so(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store(("2026-04-10", "13", "group", 120))
    monkeypatch.setattr("sejong_dash.store.backends.database_parts.PATIENCE", 1)
    with backends.current().turn(), pytest.raises(DashError, match="store_busy"):
        # the working copy's lock is free: only the database's turn is taken
        store(("2026-04-11", "13", "group", 80))
    assert store(("2026-04-11", "13", "group", 80)) is not None


def test_a_database_that_ends_while_it_is_listened_to_is_reported(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    backends.refresh()
    listen = psycopg.Connection.notifies

    def notifies(connection: psycopg.Connection, **given: float) -> Iterator[psycopg.Notify]:
        sql(f"SELECT pg_terminate_backend({connection.info.backend_pid})")
        return listen(connection, **given)

    monkeypatch.setattr(psycopg.Connection, "notifies", notifies)
    with pytest.raises(DashError, match="database_refused"):
        backends.wait(60)


def test_what_cannot_be_read_to_be_kept_is_reported(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> dict[str, bytes]:
        raise PermissionError(13, "Permission denied")

    for name in ("snapshot_files", "settings"):
        monkeypatch.setattr(f"sejong_dash.store.backends.folder_files.{name}", refused)
    for keep in (lambda: backends.current().keep_snapshot("x"), lambda: backends.current().keep_setting("letterhead.toml")):
        with pytest.raises(DashError, match="store_unread"):
            keep()


def test_a_database_that_goes_away_leaves_pages_as_they_were_and_comes_back(
    folders: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a server of its own, which ends as in a failure."""
    with postgres() as server:
        monkeypatch.setenv("SEJONG_DATABASE", server.url)
        monkeypatch.setenv("SEJONG_DATA", str(folders[0]))
        store(("2026-04-10", "13", "group", 120))
        changes = counts.change_set(rows(("2026-04-11", "13", "group", 80)))
        server.stop()
        with pytest.raises(DashError, match="database_refused"):
            backends.refresh()
        with pytest.raises(DashError, match="database_refused"):
            counts.apply(changes, who="Kim", why="daily")
        assert visitors_of(counts.figures()) == {("2026-04-10", "13", "group"): 120}, "pages show what came last"
        assert len(history.history()) == 2
        server.start()
        assert counts.apply(changes, who="Kim", why="daily") is not None
        assert len(counts.figures()) == 2


def test_another_machine_follows_by_itself(data: Path, folders: list[Path]) -> None:
    following = Following(backends.refresh, backends.wait, every=60)  # so that a notice is what brings it
    following.start()
    program = "import sys; sys.path.insert(0, 'tests/lib'); from clerk import store; store(('2026-04-10', '13', 'group', 120))"
    environment = {"SEJONG_DATA": str(folders[1]), "SEJONG_DATABASE": backends.database_url(), "PATH": "/usr/bin:/bin"}
    subprocess.run([sys.executable, "-c", program], cwd=PROJECT, env=environment, check=True)
    end = time.monotonic() + 30
    while not (data / "visitors.csv").is_file() and time.monotonic() < end:
        time.sleep(0.02)
    following.stop()
    while not following.join(0.1) and time.monotonic() < end + 30:  # a notice wakes it, so that it sees that it is to stop
        with past_us() as connection:
            connection.exec_driver_sql("NOTIFY sejong_dash")
    assert following.join(0)
    assert visitors_of(counts.figures()) == {("2026-04-10", "13", "group"): 120}


def test_a_folder_that_was_only_looked_at_takes_over_from_the_database(data: Path, folders: list[Path], database: str) -> None:
    """A server on files writes where its history begins, without any count: nothing that could be lost."""
    put(data, HEADER)
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("SEJONG_DATABASE")
        counts.record_outside_edit()
    assert len(history.history()) == 1
    backends.refresh()
    store(("2026-04-10", "13", "group", 120))
    assert [change.kind for change in history.history()] == ["applied", "begun"]
    assert_rebuilt(data)


def test_a_server_on_files_does_without_sqlalchemy(tmp_path: Path) -> None:
    program = (
        "import sys; from sejong_dash.store import counts, snapshots; from sejong_dash.startup import following;"
        "from sejong_dash.exhibits import defaults; following.begin(); defaults.state(); counts.record_outside_edit();"
        "sys.exit('sqlalchemy' in sys.modules)"
    )
    environment = {"PATH": "/usr/bin:/bin", "SEJONG_DATA": str(shutil.copytree(PROJECT / "data", tmp_path / "data"))}
    assert subprocess.run([sys.executable, "-c", program], cwd=PROJECT, env=environment).returncode == 0
