"""Counts rows of a gate log with DuckDB, in this process: the rows are an Arrow table, the query is that of gate_query."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

import duckdb
import ibis
import numpy as np
import pyarrow as pa

from . import gate_query
from .gate_tally import LogFormat, Tally, WrongRow, classify, classify_labels

_FEW = 500  # rows in another form than the usual one, which Python reads
Group = tuple[int, ...]  # the numbers of a row's labels


def tally_rows(
    table: pa.Table, lines: np.ndarray, log_format: LogFormat, most: int, result: Tally, is_blank: Callable[[int], bool]
) -> None:
    """Add the rows of a table of time and labels to `result`.

    `lines` has the line of each row; `is_blank` says of a line whose cells are all blank whether there is no text at all.
    """
    names = tuple(name for name in table.column_names if name != "time")
    codes = {name: table[name].chunk(0).indices for name in names}
    texts = [[text.decode(errors="replace") for text in table[name].chunk(0).dictionary.to_pylist()] for name in names]
    labels_of_log = [f"label{n}" for n in range(len(log_format.labels))]
    places = [names.index(name) if name in names else None for name in labels_of_log]

    def read_labels(group: Group) -> tuple[str, ...]:
        return tuple("" if at is None else texts[at][group[at]] for at in places)

    rows = pa.table({"row": np.arange(len(table), dtype="i4"), "time": table["time"], **codes})
    groups: dict[Group, list[tuple[date, int]]] = {}
    odd_rows: dict[int, Group] = {}
    for day, *group, odd, visitors in _count(rows, names, log_format):
        if odd is None:
            groups.setdefault(tuple(group), []).append((day, visitors))
        else:
            odd_rows[odd] = tuple(group)
    wrong_groups = {}
    for group, days in groups.items():
        labels = read_labels(group)
        outcome = log_format.known.get(labels) or log_format.known.setdefault(labels, classify_labels(labels, log_format))
        if isinstance(outcome, tuple):
            for day, visitors in days:
                result.counted[day.isoformat(), *outcome] += visitors
        else:
            result.add(outcome, sum(visitors for _, visitors in days))
        if isinstance(outcome, WrongRow):
            wrong_groups[group] = outcome
        if labels[3:]:
            result.note_values(labels[3:], log_format, sum(visitors for _, visitors in days))
    listed: list[WrongRow] = []
    for row, group in sorted(odd_rows.items()):
        cells, line = (table["time"][row].as_py(), *read_labels(group)), int(lines[row])
        if not any(cell.strip() for cell in cells) and is_blank(line):
            result.blank += 1
            continue
        of_row = classify(cells, log_format)
        result.add(of_row)
        result.note_values(cells[4:], log_format)
        if isinstance(of_row, WrongRow) and len(listed) < most:
            listed.append(replace(of_row, row=line))
    result.wrong += listed
    if wrong_groups:
        result.wrong += _list_rows(wrong_groups, odd_rows, [codes[name].to_numpy() for name in names], lines, most)


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


def _count(rows: pa.Table, names: tuple[str, ...], log_format: LogFormat) -> list[Any]:
    """Return the groups of rows: by the usual form alone where nearly all rows have it, since that takes half the time."""
    cursor = _connect().cursor()
    cursor.register("log", rows)
    if log_format.usual_form:
        groups = cursor.execute(_write_query(names, log_format.usual_form, False)).fetchall()
        if sum(group[-2] is not None for group in groups) < _FEW:
            return groups
    return cursor.execute(_write_query(names, "", log_format.is_day_before)).fetchall()


@cache
def _connect() -> duckdb.DuckDBPyConnection:
    """Return the connection; a query has one thread, since several blocks are counted at a time."""
    return duckdb.connect(config={"threads": 1, "enable_external_access": False})


@cache
def _write_query(names: tuple[str, ...], usual_form: str, is_day_before: bool) -> str:
    rows = ibis.table({"row": "int32", "time": "string"} | dict.fromkeys(names, "int32"), name="log")
    time = rows["time"]
    day = gate_query.read_usual_day(time, usual_form) if usual_form else gate_query.read_day(time, is_day_before)
    return str(ibis.to_sql(gate_query.count(rows, names, day), dialect="duckdb"))
