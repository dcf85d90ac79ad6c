"""Read the settings of the sample: its plan, its as-of date, its seed."""

import tomllib
from datetime import date
from typing import Any

from sejong_dash import contents
from sejong_dash.errors import Problem, TableError
from sejong_dash.paths import data_dir

from .schema.unread import unread


def as_of(version: str = "") -> date:
    """Return the as-of date of the sample, from `data/sample/sample.toml`. Raises TableError."""
    day = settings(version).get("as_of")
    if not isinstance(day, date):
        raise TableError("sample", _FILE, [Problem("not_a_date", column="as_of", found=str(day))])
    return day


def settings(version: str = "") -> dict[str, Any]:
    """Return plan_id, as_of, seed and the words of the sample; callers must not change the dict. Raises TableError."""
    path = data_dir(version) / "sample" / _FILE
    try:
        return _SETTINGS(path)
    except OSError as error:
        raise unread(path, "sample", error) from error


def _parsed(content: bytes) -> dict[str, Any]:
    try:
        return tomllib.loads(content.decode("utf-8"))
    except ValueError as error:  # TOML that cannot be parsed, or not UTF-8
        raise TableError("sample", _FILE, [Problem("not_toml", found=str(error))]) from error


_FILE = "sample.toml"
_SETTINGS = contents.Derived(_parsed, 8)
