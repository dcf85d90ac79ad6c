"""Keep a table of counts as rows of a database: each row of the CSV with its place, so that a change writes what it changes."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from sejong_dash.errors import TableError

from ..counts_csv import COLUMNS
from ..entries import parse_csv
from ..hunks import diff
from .database_schema import counts

_STEP = 1 << 20  # between two places, so that rows find room between others
_MOST = 10_000  # places named in one statement: PostgreSQL takes up to 65,535
_DAYS, _NUMBERS = ("date", "recorded_on"), ("visitors",)


def read(connection: sa.Connection) -> bytes:
    """Return the table as a CSV, byte for byte as it was stored."""
    return b"".join(connection.execute(sa.select(counts.c.line).order_by(counts.c.place)).scalars())


def replace(connection: sa.Connection, new: bytes) -> None:
    """Let the table become `new`: rows that stay are not written."""
    stored = connection.execute(sa.select(counts.c.place, counts.c.line).order_by(counts.c.place)).all()
    before, places = [row.line for row in stored], [row.place for row in stored]
    records = _records(new)
    removed: list[int] = []
    added: list[dict[str, Any]] = []
    end = 0  # of the rows of `new` that have been looked at
    read_until = 0  # of the rows of `before`
    for start, gone, inserted in diff(before, [line for line, _ in records]):
        end += start - read_until
        read_until = start + gone
        removed += places[start : start + gone]
        room = _places_between(places, start, start + gone, len(inserted))
        if room is None:  # too many between two rows: all of them get new places
            removed, added = places, [_row(_STEP * (number + 1), *record) for number, record in enumerate(records)]
            break
        added += [_row(place, *record) for place, record in zip(room, records[end : end + len(inserted)], strict=True)]
        end += len(inserted)
    _delete(connection, removed, is_all=len(removed) == len(places))
    if added:
        connection.execute(sa.insert(counts), added)


def _places_between(places: Sequence[int], start: int, end: int, count: int) -> list[int] | None:
    """Return places for so many rows that come in where those from `start` to `end` were; None where there is no room."""
    low = places[start - 1] if start else 0
    if end == len(places):
        return [low + _STEP * (number + 1) for number in range(count)]
    step = (places[end] - low) // (count + 1)
    return [low + step * (number + 1) for number in range(count)] if step else None


def _delete(connection: sa.Connection, removed: Sequence[int], is_all: bool) -> None:
    """Delete the rows at these places."""
    if is_all:
        connection.execute(sa.delete(counts))
        return
    for first in range(0, len(removed), _MOST):
        connection.execute(sa.delete(counts).where(counts.c.place.in_(removed[first : first + _MOST])))


def _records(content: bytes) -> list[tuple[bytes, Mapping[str, str]]]:
    """Return the rows of a CSV as they are written, each with its cells; physical lines without cells where it cannot be read."""
    if not content:
        return []
    try:
        counts_csv = parse_csv(content)
    except TableError:
        return [(line, {}) for line in content.splitlines(keepends=True)]
    records: list[tuple[bytes, Mapping[str, str]]] = [(counts_csv.header.encode(), {})]
    for record in counts_csv.records:
        cells = dict(zip(counts_csv.columns, record.row, strict=True)) if record.row else {}
        records.append((record.text.encode(), cells))
    if b"".join(line for line, _ in records) != content:  # a file without headings
        return [(line, {}) for line in content.splitlines(keepends=True)]
    return records


def _row(place: int, line: bytes, cells: Mapping[str, str]) -> dict[str, Any]:
    values: dict[str, Any] = {name: cells.get(name) or None for name in COLUMNS}
    values |= {name: date.fromisoformat(values[name]) for name in _DAYS if values[name]}
    values |= {name: int(values[name]) for name in _NUMBERS if values[name]}
    return {"place": place, "line": line, **values}
