"""Read and write the parts of the database: counts, journal, snapshots and settings, within a transaction of the caller's."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from hashlib import blake2b
from typing import NamedTuple

import sqlalchemy as sa

from sejong_dash.errors import DashError

from .. import journal
from . import database_rows
from . import database_schema as schema
from .backend import StoreContents
from .database_errors import PATIENCE

_LAYING_OUT = 7_305_204_811  # the advisory lock of whoever makes the tables; any number that nobody else uses


class LastChange(NamedTuple):
    """The last line of the journal: its number (0: there is none) and the hash of it and all before."""

    number: int
    chain: bytes


def lay_out(connection: sa.Connection) -> None:
    """Make the tables where they are missing. Raises DashError where they have another layout."""
    if not sa.inspect(connection).has_table(schema.state.name):
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LAYING_OUT)))
        schema.metadata.create_all(connection)
        if not numbers(connection):
            rows = [(schema.COUNTS, 0, journal.version_of(b"")), (schema.SNAPSHOTS, 0, ""), (schema.SETTINGS, 0, "")]
            rows.append((schema.LAYOUT_PART, schema.LAYOUT, ""))
            named = [dict(zip(("part", "number", "version"), row, strict=True)) for row in rows]
            connection.execute(sa.insert(schema.state), named)
    if (found := numbers(connection).get(schema.LAYOUT_PART)) != schema.LAYOUT:
        raise DashError("database_layout", found=found, wanted=schema.LAYOUT)


def take_turn(connection: sa.Connection) -> None:
    """Wait for the right to write, which ends with the transaction. Raises OperationalError where that takes too long."""
    connection.execute(sa.text(f"SET LOCAL lock_timeout = '{PATIENCE}s'"))
    row = sa.select(schema.state.c.number).where(schema.state.c.part == schema.COUNTS)
    connection.execute(row.with_for_update()).one()


def numbers(connection: sa.Connection) -> dict[str, int]:
    """Return the number of each part, which grows with every change of it."""
    return {row.part: row.number for row in connection.execute(sa.select(schema.state.c.part, schema.state.c.number))}


def counts_version(connection: sa.Connection) -> str:
    """Return the name of the counts as they are stored."""
    return str(connection.execute(sa.select(schema.state.c.version).where(schema.state.c.part == schema.COUNTS)).scalar_one())


def put_counts(connection: sa.Connection, content: bytes) -> None:
    """Let the table of counts become this."""
    if counts_version(connection) != journal.version_of(content):
        database_rows.replace(connection, content)
    _count(connection, schema.COUNTS, journal.version_of(content))


def last_change(connection: sa.Connection) -> LastChange:
    """Return the last line of the journal."""
    return chain_at(connection, None)


def chain_at(connection: sa.Connection, number: int | None) -> LastChange:
    """Return the line of this number, or the last one (None)."""
    line = sa.select(schema.journal.c.change, schema.journal.c.chain)
    if number is not None:
        line = line.where(schema.journal.c.change == number)
    row = connection.execute(line.order_by(schema.journal.c.change.desc()).limit(1)).one_or_none()
    return LastChange(row.change, row.chain) if row else LastChange(0, b"")


def add_lines(connection: sa.Connection, lines: Iterable[bytes]) -> None:
    """Add lines to the journal, each linked to the one before."""
    number, chain = last_change(connection)
    rows = []
    for line in lines:
        number, chain = number + 1, linked(chain, line)
        entry = journal.entry_at(line.rstrip(b"\n"), number)
        texts = {name: getattr(entry, name).replace("\0", "") for name in ("who", "why", "file")}  # PostgreSQL has no U+0000
        named = {"change": number, "line": line, "chain": chain, "kind": entry.kind, "at": datetime.fromisoformat(entry.when)}
        rows.append(named | texts | {"undoes": entry.undoes, "version": entry.version})
    if rows:
        connection.execute(sa.insert(schema.journal), rows)


def lines_after(connection: sa.Connection, number: int) -> list[bytes]:
    """Return the lines of the journal behind the line of this number. Raises DashError where their chain is broken."""
    chain = chain_at(connection, number).chain if number else b""
    columns = (schema.journal.c.change, schema.journal.c.line, schema.journal.c.chain)
    rows = connection.execute(sa.select(*columns).where(schema.journal.c.change > number).order_by(schema.journal.c.change))
    lines = []
    for place, row in enumerate(rows, start=number + 1):
        chain = linked(chain, row.line)
        if row.change != place or row.chain != chain:
            raise DashError("store_journal_broken", file=schema.journal.name, line=place)
        lines.append(row.line)
    return lines


def has_version(connection: sa.Connection, version: str) -> bool:
    """Return whether the counts have had this version at some time."""
    row = sa.select(schema.journal.c.change).where(schema.journal.c.version == version).limit(1)
    return connection.execute(row).one_or_none() is not None


def linked(chain: bytes, line: bytes) -> bytes:
    """Return the hash of a line of the journal and of the chain before it."""
    return blake2b(chain + line, digest_size=16).digest()


def snapshot_digests(connection: sa.Connection) -> dict[str, bytes]:
    """Return a hash of each snapshot's files, by its version."""
    return {row.version: row.digest for row in connection.execute(sa.select(schema.snapshots))}


def snapshot_files(connection: sa.Connection, version: str) -> dict[str, bytes]:
    """Return the files of a snapshot by their path."""
    table = schema.snapshot_files
    rows = connection.execute(sa.select(table.c.path, table.c.content).where(table.c.version == version).order_by(table.c.path))
    return {row.path: row.content for row in rows}


def put_snapshot(connection: sa.Connection, version: str, files: Mapping[str, bytes]) -> None:
    """Keep a snapshot with these files; without files, let go of it."""
    if files and snapshot_digests(connection).get(version) == digest_of(files):
        return
    connection.execute(sa.delete(schema.snapshots).where(schema.snapshots.c.version == version))
    if files:
        connection.execute(sa.insert(schema.snapshots), [{"version": version, "digest": digest_of(files)}])
        rows = [{"version": version, "path": path, "content": content} for path, content in files.items()]
        connection.execute(sa.insert(schema.snapshot_files), rows)
    _count(connection, schema.SNAPSHOTS)


def settings(connection: sa.Connection) -> dict[str, bytes]:
    """Return the settings by the name of their file."""
    return {row.name: row.content for row in connection.execute(sa.select(schema.settings).order_by(schema.settings.c.name))}


def put_setting(connection: sa.Connection, name: str, content: bytes | None) -> None:
    """Keep a setting; None: let go of it."""
    connection.execute(sa.delete(schema.settings).where(schema.settings.c.name == name))
    if content is not None:
        connection.execute(sa.insert(schema.settings), [{"name": name, "content": content}])
    _count(connection, schema.SETTINGS)


def contents(connection: sa.Connection) -> StoreContents:
    """Return everything."""
    kept = {version: snapshot_files(connection, version) for version in sorted(snapshot_digests(connection))}
    return StoreContents(database_rows.read(connection), tuple(lines_after(connection, 0)), kept, settings(connection))


def digest_of(files: Mapping[str, bytes]) -> bytes:
    """Return a hash of files with their names."""
    total = blake2b(digest_size=12)
    for name in sorted(files):
        total.update(f"{name}\0{len(files[name])}\0".encode() + files[name])
    return total.digest()


def _count(connection: sa.Connection, part: str, version: str | None = None) -> None:
    """Let the number of a part grow, by which every machine sees that it has changed."""
    values = {"number": schema.state.c.number + 1} | ({} if version is None else {"version": version})
    connection.execute(sa.update(schema.state).where(schema.state.c.part == part).values(**values))
