"""Open a database, and say in sentences of ours what a database refuses."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from sqlalchemy import exc

from sejong_dash.errors import DashError

PATIENCE = 10  # seconds, as the lock on files has
_BUSY = {"55P03"}  # lock_not_available
_LOG = logging.getLogger(__name__)


def engine_of(url: str) -> sa.Engine:
    """Return an engine for this address; nothing is opened yet. Raises DashError where it is none that can be used."""
    try:
        address = sa.make_url(url)
        if address.get_backend_name() != "postgresql":
            raise DashError("database_unknown", name=address.get_backend_name())
        return sa.create_engine(
            address,
            pool_pre_ping=True,  # a connection that the database has closed meanwhile is replaced
            pool_size=2,
            connect_args={"connect_timeout": PATIENCE, "application_name": "sejong_dash"},
        )
    except (exc.ArgumentError, ModuleNotFoundError) as error:
        # The address is not repeated: it may hold a password.
        raise DashError("database_unknown", name=type(error).__name__) from None


@contextmanager
def explained() -> Iterator[None]:
    """Turn what a database refuses into a DashError that says what to do; the log has the details."""
    try:
        yield
    except exc.SQLAlchemyError as error:
        cause = getattr(error, "orig", None)
        state = str(getattr(cause, "sqlstate", None) or "")
        _LOG.warning("The database refused: %s %s %s", type(error).__name__, state, cause)
        if state in _BUSY:
            raise DashError("store_busy", holder="PostgreSQL", seconds=PATIENCE) from error
        what = " ".join(filter(None, (type(cause or error).__name__, state)))
        raise DashError("database_refused", what=what) from error
