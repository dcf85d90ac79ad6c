"""Finds tickets that were scanned again on the same day. The scans wait in a database on disk, so that memory stays bounded."""

import tempfile
from collections import Counter
from pathlib import Path
from types import TracebackType

import ibis
import pyarrow as pa

from . import gate_query
from .gate_tally import BETWEEN, LogFormat, Tally, WrongRow

_MEMORY = "150MB"  # beyond it, DuckDB sorts on disk
_SCHEMA = {"file": "string", "line": "int64", "key": "string", "ticket": "string"}


class TicketScans:
    """The scans of all tickets of a log, or of a folder of logs."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="sejong-scans-", ignore_cleanup_errors=True)
        self._engine: ibis.BaseBackend | None = None

    def __enter__(self) -> "TicketScans":
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._engine is not None:
            self._engine.disconnect()
        self._folder.cleanup()

    def add(self, part: Tally, file: str, line: int) -> None:
        """Add the scans of a part of a log, whose lines are numbered from `line`."""
        rows = [{"line": at, "key": BETWEEN.join(key), "ticket": ticket} for at, key, ticket in part.scans]
        for table in (part.scan_table, pa.Table.from_pylist(rows) if rows else None):
            if table is not None:
                engine = self._engine = self._engine or self._open()
                engine.con.register("part", table)
                engine.con.execute(
                    "insert into scans select ?, line + ?, key, trim(ticket) from part where trim(ticket) <> ''", [file, line]
                )

    def settle(self, total: Tally, log_format: LogFormat, most: int) -> None:
        """Take repeated scans out of the counts: they are no entries, or wait for an answer."""
        if self._engine is None:
            return
        scans = self._engine.table("scans").mutate(day=ibis._.key.left(len("2026-04-10")))
        repeats = self._engine.create_table("repeats", gate_query.find_repeats(scans, "file", "line"))
        found = self._engine.to_pyarrow(repeats.group_by("key").agg(rows=ibis._.count())).to_pylist()
        listed = self._engine.to_pyarrow(repeats.order_by("file", "line").limit(most)).to_pylist()
        title = log_format.tickets[0]
        total.set_repeats(Counter({tuple(row["key"].split(BETWEEN)): row["rows"] for row in found}), log_format)
        if log_format.repeats is None:
            wrong = [WrongRow(row["line"], title, "ticket_repeated", row["ticket"], row["file"]) for row in listed]
            total.wrong = sorted([*total.wrong, *wrong], key=lambda row: (row.file, row.row))[:most]

    def _open(self) -> ibis.BaseBackend:
        path = Path(self._folder.name)
        engine = ibis.duckdb.connect(path / "scans.duckdb", memory_limit=_MEMORY, temp_directory=str(path), threads=2)
        engine.create_table("scans", schema=ibis.schema(_SCHEMA))
        return engine
