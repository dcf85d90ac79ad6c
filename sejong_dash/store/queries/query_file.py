"""Read a query's file: SQL, with how to ask it in the comments at its top.

    -- connection: ticketing
    -- every: 10 minutes
    -- timeout: 60 seconds
    SELECT …

`connection` is a name in the server's secrets; the others may be left out.
"""

import os
import re
import tomllib
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from sejong_dash import contents, paths
from sejong_dash.errors import DashError

_SETTING = re.compile(r"--\s*(\w+)\s*:\s*(.*?)\s*")
_SPAN = re.compile(r"(\d{1,6})\s*(second|minute|hour)s?")
_SECONDS = {"second": 1, "minute": 60, "hour": 3600}
_NAMES = {"connection", "every", "timeout"}
_CONNECTION = re.compile(r"[A-Za-z]\w*", re.ASCII)
SECRETS = ".streamlit/secrets.toml"  # in the project's folder, where $SEJONG_SECRETS names no other file


@dataclass(frozen=True)
class Query:
    """A query: where it stands, what it asks, on which connection, how often, and how long an answer may take."""

    path: Path
    sql: str
    connection: str
    every: timedelta
    timeout: timedelta

    @property
    def url(self) -> str:
        """The address of its database, which may hold a password. Raises DashError where the connection is not known."""
        file = Path(os.environ.get("SEJONG_SECRETS") or paths.PROJECT / SECRETS)
        try:
            known = tomllib.loads(contents.read(file).decode("utf-8"))
            return str(known["connections"][self.connection]["url"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise DashError("query_no_connection", file=self.path.name, name=self.connection) from error


def read(path: Path) -> Query:
    """Return the query in a file. Raises DashError where it cannot be read."""
    try:
        text = contents.read(path).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise DashError("query_header", file=path.name, what=type(error).__name__) from error
    settings: dict[str, str] = {}
    for line in text.splitlines():
        if line.strip() and not line.lstrip().startswith("--"):
            break
        if found := _SETTING.fullmatch(line.strip()):
            settings[found[1].lower()] = found[2]
    if unknown := settings.keys() - _NAMES:
        raise DashError("query_header", file=path.name, what=", ".join(sorted(unknown)))
    if not _CONNECTION.fullmatch(settings.get("connection", "")):
        raise DashError("query_header", file=path.name, what="connection")
    return Query(
        path,
        text,
        settings["connection"],
        _span(path, "every", settings.get("every", "10 minutes")),
        _span(path, "timeout", settings.get("timeout", "60 seconds")),
    )


def _span(path: Path, name: str, text: str) -> timedelta:
    found = _SPAN.fullmatch(text)
    if not found or not int(found[1]):
        raise DashError("query_header", file=path.name, what=f"{name}: {text}")
    return timedelta(seconds=int(found[1]) * _SECONDS[found[2]])
