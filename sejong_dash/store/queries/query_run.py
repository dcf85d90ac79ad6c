"""Ask queries when they are due, check their answers as tables, and keep the last good ones."""

import json
import logging
import shutil
import tempfile
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from filelock import FileLock, Timeout

from sejong_dash import clock, paths
from sejong_dash.datasets import Tables
from sejong_dash.datasets.schema import data_files
from sejong_dash.datasets.schema.table_files import answer_file
from sejong_dash.errors import DashError, TableError

from .. import disk
from . import query_file
from .query_file import Query

_LOG = logging.getLogger(__name__)
_asked: dict[Path, datetime] = {}  # when this process asked last, also where that cannot be written down
_SAMPLE = "sample"  # the folder of tables of the same name that are invented


@dataclass(frozen=True)
class Standing:
    """How a query stands: when it was asked last, when it last gave a sound answer (blank: never), how many rows that has, and
    the problem of the last time, if there was one: the key and fields of an entry of errors.toml, or what a table's check
    found."""

    asked_at: str = ""
    answered_at: str = ""
    rows: int = 0
    problem: str = ""
    fields: dict[str, str] | None = None


def query_paths() -> list[Path]:
    """Return the files of the queries, without asking them."""
    live = paths.live_dir()
    return sorted([*live.glob("*.sql"), *(live / _SAMPLE).glob("*.sql")])


def standing(path: Path) -> Standing:
    """Return how a query stands."""
    try:
        return Standing(**json.loads(disk.read(_note(path)) or b"{}"))
    except (ValueError, TypeError):  # written by another version, or by hand: it is asked anew
        return Standing()


class Troubled(NamedTuple):
    """A query whose last answer could not be used: its place in the folder of the tables, and how it stands."""

    file: str
    standing: Standing


def troubled() -> list[Troubled]:
    """Return the queries whose last answer could not be used: what they answered before, if anything, is still shown."""
    found = [Troubled(path.relative_to(paths.live_dir()).as_posix(), standing(path)) for path in query_paths()]
    return [each for each in found if each.standing.problem]


def refresh_due() -> bool:
    """Ask every query whose interval has passed; return whether any answer is new."""
    return any([_ask_if_due(path) for path in query_paths()])


def ask(path: Path) -> Standing:
    """Ask a query now, and keep its answer if it is a sound table; return how it stands then. Waits while somebody else asks it.
    Never raises what a query, its database or its answer are to blame for: that is in what is returned, and in the log."""
    with _lock(path, -1):
        return _ask(path)


def _lock(path: Path, timeout: float) -> FileLock:
    """The right to ask a query: two that wrote its answer at once would publish half of it."""
    path_of_answer = answer_file(path)
    path_of_answer.parent.mkdir(exist_ok=True)
    return FileLock(path_of_answer.with_name(f".{path.stem}.lock"), timeout=timeout)


def _ask(path: Path) -> Standing:
    _asked[path] = clock.now()
    path_of_answer = answer_file(path)
    now = _asked[path].isoformat()
    found = replace(standing(path), asked_at=now)
    try:
        query = query_file.read(path)
        content, rows = _checked(query)
        if disk.read(path_of_answer) != content:
            disk.replace_file(path_of_answer, content)
        found = Standing(now, now, rows)
    except TableError as error:
        _LOG.warning("The answer to %s is not used: %s", path.name, error)
        found = replace(
            found, problem=error.key, fields={"file": path.name, "count": str(len(error.problems)), "what": str(error)}
        )
    except DashError as error:
        _LOG.warning("The answer to %s is not used: %s", path.name, error)
        found = replace(found, problem=error.key, fields={name: str(value) for name, value in error.fields.items()})
    disk.replace_file(_note(path), json.dumps(asdict(found), ensure_ascii=False).encode())
    return found


def _ask_if_due(path: Path) -> bool:
    """Ask a query if it is due, and nobody else is asking it; return whether its answer is another."""
    path_of_answer = answer_file(path)
    try:
        with _lock(path, 0):
            if not _is_due(path):
                return False
            before = disk.read(path_of_answer)
            _ask(path)
            return disk.read(path_of_answer) != before
    except Timeout:
        return False


def _is_due(path: Path) -> bool:
    """Whether a query was never asked, its file is newer than that, or its interval has passed."""
    noted = standing(path).asked_at
    times = [time for time in (_asked.get(path), datetime.fromisoformat(noted) if noted else None) if time]
    if not times or path.stat().st_mtime > max(times).timestamp():
        return True
    try:
        return clock.now() - max(times) >= query_file.read(path).every
    except DashError:  # it was asked as it stands, and cannot be
        return False


def _checked(query: Query) -> tuple[bytes, int]:
    """The answer to a query and its number of rows, once pages could load it. Raises DashError where they could not."""
    from .query_answer import answer  # SQLAlchemy, which a server without queries does without

    name, is_sample = query.path.stem, query.path.parent.name == _SAMPLE
    if not callable(getattr(Tables, name, None)) or name.startswith("_"):
        raise DashError("query_no_table", name=name, file=query.path.name)
    content = answer(query)
    paths.frozen_dir("").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="check-", dir=paths.frozen_dir("")) as folder:
        for file in data_files.files():  # with the tables that it refers to
            if file.suffix in {".csv", ".sql"} and file.is_file():
                copy = Path(folder) / file.relative_to(paths.live_dir())
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file, copy)
        own = answer_file(Path(folder) / query.path.relative_to(paths.live_dir()))
        own.parent.mkdir(parents=True, exist_ok=True)
        own.write_bytes(content)
        load = getattr(Tables(Path(folder).name), name)
        return content, len(load(is_sample) if name in {"visitors", "bookings"} else load())


def _note(path: Path) -> Path:
    return answer_file(path).with_name(f".{path.stem}.json")
