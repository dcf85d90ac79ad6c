"""Counts rows of a gate log in this process: with DuckDB and the query of gate_query, or at once where their form is usual."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from functools import cache

import duckdb
import ibis
import numpy as np
import pyarrow as pa

from . import gate_days, gate_query
from .gate_tally import LogFormat, Tally, WrongRow, classify, classify_labels

_FEW = 500  # rows of a block in another form than the usual, which are read one by one
Group = tuple[int, ...]  # the numbers of a row's labels


def tally_rows(
    table: pa.Table, lines: np.ndarray, log_format: LogFormat, most: int, result: Tally, is_blank: Callable[[int], bool]
) -> None:
    """Add the rows of a table of time and labels to `result`.

    `lines` has the line of each row; `is_blank` says of a line whose cells are all blank whether there is no text at all.
    """
    names = tuple(name for name in table.column_names if name != "time")
    codes = [table[name].chunk(0).indices for name in names]
    texts = [[text.decode(errors="replace") for text in table[name].chunk(0).dictionary.to_pylist()] for name in names]
    labels_of_log = [f"label{n}" for n in range(len(log_format.labels))]
    places = [names.index(name) if name in names else None for name in labels_of_log]

    def read_labels(group: Group) -> tuple[str, ...]:
        return tuple("" if at is None else texts[at][group[at]] for at in places)

    groups: dict[Group, list[tuple[str, int]]] = {}
    odd_rows: dict[int, Group] = {}
    for day, group, odd, visitors in _count(table["time"], names, codes, [len(column) for column in texts], log_format):
        if day is not None:
            groups.setdefault(tuple(group), []).append((day, visitors))
        elif odd is not None:
            odd_rows[odd] = tuple(group)
    labelled = {group: (read_labels(group), days) for group, days in groups.items()}
    wrong_groups = _tally_groups(labelled, log_format, result)
    if wrong_groups:
        result.wrong += _list_rows(wrong_groups, odd_rows, [column.to_numpy() for column in codes], lines, most)
    listed = 0
    for row, group in sorted(odd_rows.items()):
        cells, line = (table["time"][row].as_py(), *read_labels(group)), int(lines[row])
        if not any(cell.strip() for cell in cells) and is_blank(line):
            result.blank += 1
            continue
        outcome = classify(cells, log_format)
        result.add(outcome)
        result.note_values(cells[4:], log_format)
        if isinstance(outcome, WrongRow) and listed < most:
            listed += 1
            result.wrong.append(replace(outcome, row=line))


def _tally_groups(
    groups: Mapping[Group, tuple[tuple[str, ...], list[tuple[str, int]]]], log_format: LogFormat, result: Tally
) -> dict[Group, WrongRow]:
    """Add groups of rows with the same labels to `result`, and return those that cannot be counted."""
    wrong_groups = {}
    for group, (labels, days) in groups.items():
        outcome = log_format.known.get(labels) or log_format.known.setdefault(labels, classify_labels(labels, log_format))
        if isinstance(outcome, tuple):
            for day, visitors in days:
                result.counted[day, *outcome] += visitors
        else:
            result.add(outcome, sum(visitors for _, visitors in days))
        if isinstance(outcome, WrongRow):
            wrong_groups[group] = outcome
        if labels[3:]:
            result.note_values(labels[3:], log_format, sum(visitors for _, visitors in days))
    return wrong_groups


def _list_rows(
    wrong_groups: Mapping[Group, WrongRow], odd_rows: Collection[int], codes: list[np.ndarray], lines: np.ndarray, most: int
) -> list[WrongRow]:
    """Return the first rows of the groups that cannot be counted, with their lines, without those whose day cannot be read."""
    listed: list[WrongRow] = []
    for row in np.flatnonzero(np.isin(codes[0], list({group[0] for group in wrong_groups}))):
        wrong = wrong_groups.get(tuple(int(column[row]) for column in codes))
        if wrong and row not in odd_rows:
            listed.append(replace(wrong, row=int(lines[row])))
            if len(listed) == most:
                break
    return listed


def _count(
    times: pa.ChunkedArray, names: tuple[str, ...], codes: list[pa.Array], sizes: list[int], log_format: LogFormat
) -> Iterator[gate_days.Group]:
    """Yield the groups of rows: counted at once where nearly all moments have the usual form, else by DuckDB."""
    if not log_format.is_day_before and len(times):
        usual = gate_days.count(times.chunk(0), [column.to_numpy() for column in codes], sizes, _FEW)
        if usual is not None:
            yield from usual
            return
    cursor = _connect().cursor()
    cursor.register(
        "log", pa.table({"row": np.arange(len(times), dtype="i4"), "time": times} | dict(zip(names, codes, strict=True)))
    )
    query = _write_query(names, log_format.usual_form, log_format.is_day_before)
    for day, *group, odd, visitors in cursor.execute(query).fetchall():
        yield day and day.isoformat(), group, odd, visitors


@cache
def _connect() -> duckdb.DuckDBPyConnection:
    """Return the connection; a query has one thread, since several blocks are counted at a time."""
    return duckdb.connect(config={"threads": 1, "enable_external_access": False})


@cache
def _write_query(names: tuple[str, ...], usual_form: str, is_day_before: bool) -> str:
    rows = ibis.table({"row": "int32", "time": "string"} | dict.fromkeys(names, "int32"), name="log")
    time = rows["time"]
    day = gate_query.read_day(time, is_day_before)
    if usual_form:
        day = ibis.coalesce(gate_query.read_usual_day(time, usual_form), day)
    return str(ibis.to_sql(gate_query.count(rows, names, day), dialect="duckdb"))
