"""Counts rows of a gate log with DuckDB, in this process: the rows are an Arrow table, the query is that of gate_query."""

from collections.abc import Callable
from functools import cache

import duckdb
import ibis
import numpy as np
import pyarrow as pa

from . import gate_query
from .gate_tally import LogFormat, NoEntry, Tally, WrongRow, classify, classify_labels


def tally_rows(
    table: pa.Table, lines: np.ndarray, log_format: LogFormat, most: int, result: Tally, is_blank: Callable[[int], bool]
) -> None:
    """Add the rows of a table of time and labels to `result`.

    `lines` has the line of each row; `is_blank` says of a line whose cells are all blank whether there is no text at all.
    """
    names = tuple(name for name in table.column_names if name != "time")
    codes = {name: table[name].chunk(0).indices for name in names}
    texts = {name: [text.decode(errors="replace") for text in table[name].chunk(0).dictionary.to_pylist()] for name in names}
    at = [f"label{n}" for n in range(len(log_format.labels))]
    rows = pa.table({"row": pa.array(np.arange(len(table), dtype="i4")), "time": table["time"], **codes})
    wrong_groups: dict[tuple[int, ...], WrongRow] = {}
    odd_rows: set[int] = set()
    listed = 0
    for day, *group, odd, visitors in _count(rows, names, log_format.usual_form, log_format.is_day_before):
        label_codes = dict(zip(names, group, strict=True))
        labels = [texts[name][label_codes[name]] if name in label_codes else "" for name in at]
        if odd is None:
            of_labels = classify_labels(labels, log_format)
            outcome = of_labels if isinstance(of_labels, NoEntry | WrongRow) else (str(day), *of_labels)
            if isinstance(of_labels, WrongRow):
                wrong_groups[tuple(group)] = of_labels
        else:
            odd_rows.add(odd)
            line = int(lines[odd])
            cells = (table["time"][odd].as_py(), *labels)
            if not any(cell.strip() for cell in cells) and is_blank(line):
                result.blank += 1
                continue
            outcome = classify(cells, log_format)
            if isinstance(outcome, WrongRow) and listed < most:
                listed += 1
                result.wrong.append(WrongRow(line, outcome.column, outcome.code, outcome.found))
        result.add(outcome, visitors)
        result.note_values(labels[3:], log_format, visitors)
    if wrong_groups:
        result.wrong += _list_rows(wrong_groups, odd_rows, [codes[name].to_numpy() for name in names], lines, most)


def _list_rows(
    wrong_groups: dict[tuple[int, ...], WrongRow], odd_rows: set[int], codes: list[np.ndarray], lines: np.ndarray, most: int
) -> list[WrongRow]:
    """Return the first rows of the groups that cannot be counted, with their lines, without those whose day cannot be read."""
    listed: list[WrongRow] = []
    for row in np.flatnonzero(np.isin(codes[0], list({group[0] for group in wrong_groups}))):
        wrong = wrong_groups.get(tuple(int(column[row]) for column in codes))
        if wrong and row not in odd_rows:
            listed.append(WrongRow(int(lines[row]), wrong.column, wrong.code, wrong.found))
            if len(listed) == most:
                break
    return listed


def _count(rows: pa.Table, names: tuple[str, ...], usual_form: str, is_day_before: bool) -> list[tuple]:
    cursor = _connect().cursor()
    cursor.register("log", rows)
    return cursor.execute(_write_query(names, usual_form, is_day_before)).fetchall()


@cache
def _connect() -> duckdb.DuckDBPyConnection:
    """Return the connection; a query has one thread, since several blocks are counted at a time."""
    return duckdb.connect(config={"threads": 1, "enable_external_access": False})


@cache
def _write_query(names: tuple[str, ...], usual_form: str, is_day_before: bool) -> str:
    schema = {"row": "int32", "time": "string"} | dict.fromkeys(names, "int32")
    counted = gate_query.count(ibis.table(schema, name="log"), names, usual_form, is_day_before)
    return str(ibis.to_sql(counted, dialect="duckdb"))
