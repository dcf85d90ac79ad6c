"""Ask a database by a query, and write its answer as the text of a CSV."""

import csv
import io
import logging
from datetime import date, datetime
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy import exc, pool

from sejong_dash.errors import DashError

from .query_file import Query

MOST_ROWS = 2_000_000
_AT_ONCE = 10_000
_LOG = logging.getLogger(__name__)


def answer(query: Query) -> bytes:
    """Return what the database answers. Nothing is changed there: the transaction is read-only where the database knows such, and
    is never committed. Raises DashError."""
    try:
        engine = sa.create_engine(query.url, poolclass=pool.NullPool)
        with engine.connect() as connection:
            connection = _read_only(connection, query)
            connection = connection.execution_options(stream_results=True, no_parameters=True)  # a % in the query is a %
            return _as_csv(connection.exec_driver_sql(query.sql), query)
    except (exc.SQLAlchemyError, ModuleNotFoundError) as error:
        cause = getattr(error, "orig", None) or error
        _LOG.warning("%s failed: %s: %s", query.path.name, type(cause).__name__, cause)
        raise DashError("query_refused", file=query.path.name, what=type(cause).__name__) from None  # it may hold the address


def _read_only(connection: sa.Connection, query: Query) -> sa.Connection:
    if connection.dialect.name == "postgresql":
        connection = connection.execution_options(postgresql_readonly=True)
        milliseconds = round(query.timeout.total_seconds() * 1000)
        connection.exec_driver_sql(f"SET LOCAL statement_timeout = {milliseconds}")
    return connection


def _as_csv(result: "sa.CursorResult[tuple[object, ...]]", query: Query) -> bytes:
    if not result.returns_rows:
        raise DashError("query_refused", file=query.path.name, what="no rows")
    text = io.StringIO(newline="")
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(result.keys())
    count = 0
    for rows in result.partitions(_AT_ONCE):
        count += len(rows)
        if count > MOST_ROWS:
            raise DashError("query_too_long", file=query.path.name, most=f"{MOST_ROWS:,}")
        lines.writerows([cell_text(value) for value in row] for row in rows)
    return text.getvalue().encode("utf-8", "replace")


def cell_text(value: object) -> str:
    """Return a value as a table's cell has it: a day as 2026-04-10, a whole number without a point, blank for none."""
    match value:
        case None:
            return ""
        case datetime() if (value.hour, value.minute, value.second, value.microsecond) == (0, 0, 0, 0):
            return value.date().isoformat()  # what a database without a type for days keeps in place of one
        case date():
            return value.isoformat()
        case float() | Decimal() if value == value and value not in (float("inf"), float("-inf")):
            return str(int(value)) if value == int(value) else format(Decimal(str(value)), "f")  # of a float itself: six digits
        case _:
            return str(value)
