"""A ticketing system's database, and a data folder whose counts are a query to it."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from postgres import Postgres, postgres

from sejong_dash import clock
from sejong_dash.datasets import snapshot

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
