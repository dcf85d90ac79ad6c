"""Counts the rows of a block by their distinct days and labels; days in another form than the usual are read by DuckDB."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache

import duckdb
import ibis
import numpy as np
import pandas as pd
import pyarrow as pa

from . import gate_days, gate_query
from .gate_tally import BETWEEN, LogFormat, NoEntry, Tally, WrongRow

_FEW = 500  # cells of a block in another form than the usual, which are read one by one
LineFinder = Callable[[np.ndarray], np.ndarray]  # the lines of rows
_DENSE = 1_000_000  # groups that may be counted in a table with a place for each


def tally_rows(
    table: pa.Table, find_lines: LineFinder, log_format: LogFormat, most: int, result: Tally, is_blank: Callable[[int], bool]
) -> None:
    """Add the rows of a table of time, labels and perhaps tickets to `result`, with the first `most` wrong ones.

    `is_blank` says of a line whose cells are all blank whether there is no text at all.
    """
    columns = {name: table[name].chunk(0) for name in table.column_names if name.startswith("label")}
    codes = {name: column.indices.to_numpy() for name, column in columns.items()}
    texts = {name: [text.decode(errors="replace") for text in column.dictionary.to_pylist()] for name, column in columns.items()}
    labels_of_log = [f"label{n}" for n in range(len(log_format.labels))]

    def name_labels(found: Mapping[str, np.ndarray], rows: int) -> Iterator[tuple[str, ...]]:
        absent = [""] * rows
        return zip(
            *([texts[name][code] for code in found[name].tolist()] if name in found else absent for name in labels_of_log),
            strict=True,
        )

    numbers, days = _read_days(table["time"].chunk(0), log_format)
    groups, rows_of, found, (of_day, *of_labels) = _group((numbers, *codes.values()), (len(days), *map(len, texts.values())))
    room, labelled = len(rows_of), name_labels(dict(zip(codes, of_labels, strict=True)), len(found))
    keys: dict[int, str] = {}
    wrong_groups: dict[int, WrongRow | None] = {}  # None: their rows have no day, and are read one by one
    for group, number, labels, rows in zip(found.tolist(), of_day.tolist(), labelled, rows_of[found].tolist(), strict=True):
        day = days[number]
        outcome = day and result.add_group(day, labels, rows, log_format)
        if not isinstance(outcome, tuple | NoEntry):
            wrong_groups[group] = outcome or None
        elif day and isinstance(outcome, tuple):
            keys[group] = BETWEEN.join((day, *outcome))
    if "ticket" in table.column_names:
        result.scan_table = _list_scans(table["ticket"], find_lines, groups, keys, room)
    is_wrong, is_odd = np.zeros((2, room), bool)
    is_wrong[list(wrong_groups)] = True
    is_odd[[group for group, wrong in wrong_groups.items() if wrong is None]] = True
    found = np.flatnonzero(is_wrong[groups])
    of_odd = is_odd[groups[found]]
    listed = found[of_odd | (np.cumsum(~of_odd) <= most)]
    labelled = name_labels({name: column[listed] for name, column in codes.items()}, len(listed))
    for row, line, labels in zip(listed.tolist(), find_lines(listed).tolist(), labelled, strict=True):
        wrong = wrong_groups[groups[row]]
        cells = table["time"][row].as_py(), *labels
        if wrong is not None:
            result.list_wrong(wrong, line, most)
        elif not any(cell.strip() for cell in cells) and is_blank(line):
            result.blank += 1
        else:
            result.add_row(cells, line, log_format, most, table["ticket"][row].as_py() if "ticket" in table.column_names else "")


def _list_scans(
    tickets: pa.ChunkedArray, find_lines: LineFinder, groups: np.ndarray, keys: Mapping[int, str], room: int
) -> pa.Table:
    """Return line, key and ticket of each row that is an entry."""
    number_of = np.full(room, -1, "i4")
    number_of[list(keys)] = np.arange(len(keys))
    numbers = number_of[groups]
    rows = np.flatnonzero(numbers >= 0)
    key = pa.DictionaryArray.from_arrays(numbers[rows], pa.array(keys.values(), "string"))
    return pa.table({"line": find_lines(rows), "key": key, "ticket": tickets.take(rows)})


def _group(
    columns: Sequence[np.ndarray], sizes: Sequence[int]
) -> tuple[np.ndarray, np.ndarray, np.ndarray, Sequence[np.ndarray]]:
    """Return a number for each row, the same for the same numbers in all columns, and how many rows have each; then the numbers
    that any row has, and what stands for them in each column."""
    numbers, room, is_dense = columns[0], sizes[0], True
    for column, size in zip(columns[1:], sizes[1:], strict=True):
        room *= size
        numbers = numbers.astype("i4" if room <= _DENSE else "i8", copy=False) * size + column
        if room > _DENSE:
            numbers, distinct = pd.factorize(numbers)
            room, is_dense = len(distinct), False
    rows_of = np.bincount(numbers, minlength=room)
    found = np.flatnonzero(rows_of)
    if is_dense:
        return numbers, rows_of, found, np.unravel_index(found, sizes)
    member = np.empty(room, "i8")
    member[numbers] = np.arange(len(numbers))  # some row of each
    return numbers, rows_of, found, [column[member[found]] for column in columns]


def _read_days(times: pa.Array, log_format: LogFormat) -> gate_days.Days:
    """Return the day of each moment: at once where nearly all have the usual form, else DuckDB reads each distinct text."""
    usual = None if log_format.is_day_before else gate_days.read(times, _FEW)
    if usual is not None:
        return usual
    texts = times.dictionary_encode()
    cursor = _connect().cursor()
    cursor.register("log", pa.table({"row": np.arange(len(texts.dictionary), dtype="i4"), "time": texts.dictionary}))
    read = [day and day.isoformat() for (day,) in cursor.execute(_write_query(log_format.is_day_before)).fetchall()]
    numbers, days = pd.factorize(np.array(read, object), use_na_sentinel=False)
    return numbers[texts.indices.to_numpy()], [day if isinstance(day, str) else None for day in days]


@cache
def _connect() -> duckdb.DuckDBPyConnection:
    """Return the connection; a query has one thread, since several blocks are counted at a time."""
    return duckdb.connect(config={"threads": 1, "enable_external_access": False})


@cache
def _write_query(is_day_before: bool) -> str:
    rows = ibis.table({"row": "int32", "time": "string"}, name="log").order_by("row")
    return str(ibis.to_sql(rows.select(day=gate_query.read_day(rows["time"], is_day_before)), dialect="duckdb"))
