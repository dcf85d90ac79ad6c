"""How does a CSV become a checked table, and what exactly is wrong with one that does not?

Cells are read as text with their physical line number and turned into the types of the pandera schema one by one, so
that `2026.4.10`, `1,200` or `1` for prefecture `01` is reported where it stands and never guessed. The rest of the rules
is the schema's. A table is parsed once for each state of its file.
"""

import csv
import io
import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

import pandas as pd
import pandera.pandas as pa

from ..errors import Problem, TableError
from ..paths import data_dir

_MOST = 50  # problems told of one file; more would hide the first
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_ARGUMENTS = re.compile(r"\w+\((.*)\)", re.DOTALL)

References = dict[str, Callable[[], "pd.Series"]]


class Table(pa.DataFrameModel):
    """Base of every schema: columns of the file in any order, further columns let through."""

    class Config:
        strict = False
        coerce = False


def load(name: str, schema: type[Table], *, optional: tuple[str, ...] = (), references: References | None = None,
         folder: str = "") -> pd.DataFrame:  # fmt: skip
    """The table `name` of the data folder, typed and checked; index = physical line in the file.

    `optional` columns may be missing from the file and are then blank. `references` names, for a column, where its
    values must stand; a column of several values holds them joined by `;`.

    Raises TableError with every problem found: file missing or not UTF-8, columns, types, rules, references.
    """
    path = data_dir() / folder / f"{name}.csv"
    if not path.is_file():
        raise TableError(name, str(path.name), [Problem("file_missing", expected=str(path))])
    stamp = path.stat()
    table = _checked(path, stamp.st_mtime_ns, stamp.st_size, name, schema, optional)
    if references:
        _refer(table, name, path, references)
    return table.copy(deep=False)  # copy-on-write: a caller's change stays the caller's


def fingerprint() -> str:
    """A short hash of everything in the data folder: two equal ones stand for the same content."""
    total = blake2b(digest_size=12)
    for path in sorted(data_dir().rglob("*")):
        if path.suffix in {".csv", ".toml", ".geojson"}:
            stamp = path.stat()
            total.update(path.name.encode() + _content(path, stamp.st_mtime_ns, stamp.st_size))
    return total.hexdigest()


@lru_cache(maxsize=256)
def _content(path: Path, mtime_ns: int, size: int) -> bytes:
    return blake2b(path.read_bytes(), digest_size=12).digest()


@lru_cache(maxsize=64)
def _checked(path: Path, mtime_ns: int, size: int, name: str, schema: type[Table], optional: tuple[str, ...]) -> pd.DataFrame:
    problems: list[Problem] = []
    table = _typed(_cells(path, name, optional, schema, problems), schema, problems)
    problems += _broken_rules(table, schema, {(p.line, p.column) for p in problems})
    if problems:
        problems.sort(key=lambda p: (p.line or 0, p.column or ""))
        raise TableError(name, path.name, problems[:_MOST])
    return table


def _cells(path: Path, name: str, optional: tuple[str, ...], schema: type[Table], problems: list[Problem]) -> pd.DataFrame:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise TableError(name, path.name, [Problem("not_utf8", line, expected="UTF-8", found=repr(error.object[error.start : error.end]))]) from error  # fmt: skip
    rows, lines = csv.reader(io.StringIO(text, newline="")), []
    header = next(rows, None)
    if not header:
        raise TableError(name, path.name, [Problem("empty_file", 1, expected=", ".join(schema.to_schema().columns))])
    missing = [c for c in schema.to_schema().columns if c not in header and c not in optional]
    if missing:
        raise TableError(name, path.name, [Problem("missing_column", 1, c, c, ", ".join(header)) for c in missing])
    cells = []
    for row in rows:
        if not row:
            continue  # a blank line at the end of the file
        if len(row) != len(header):
            problems.append(Problem("row_length", rows.line_num, None, str(len(header)), str(len(row))))
            row = (row + [""] * len(header))[: len(header)]
        cells.append([cell.strip() for cell in row])
        lines.append(rows.line_num)
    table = pd.DataFrame(cells, columns=header, index=pd.Index(lines, dtype="int64"), dtype="str")
    for column in optional:
        if column not in table:
            table[column] = pd.Series("", index=table.index, dtype="str")
    return table


def _typed(table: pd.DataFrame, schema: type[Table], problems: list[Problem]) -> pd.DataFrame:
    typed = {}
    for name, column in schema.to_schema().columns.items():
        kind = str(column.dtype)
        read = next((r for start, r in _READERS.items() if kind.startswith(start)), None)
        if read is None:
            typed[name] = table[name].replace("", None).astype("str")
            continue
        values: list[Any] = []
        for line, cell in table[name].items():
            try:
                values.append(read(cell) if cell else None)
            except ValueError:
                values.append(None)
                problems.append(Problem(read.__name__, int(line), name, found=cell))  # type: ignore[call-overload]
        typed[name] = pd.Series(values, index=table.index, dtype=kind)
    return pd.DataFrame(typed, index=table.index)


def not_a_date(cell: str) -> pd.Timestamp:
    if not _ISO.fullmatch(cell):
        raise ValueError(cell)
    return pd.Timestamp(date.fromisoformat(cell))


def not_an_integer(cell: str) -> int:
    if not re.fullmatch(r"-?\d+", cell, re.ASCII):
        raise ValueError(cell)
    return int(cell)


def not_a_number(cell: str) -> float:
    if not re.fullmatch(r"-?\d+(\.\d+)?", cell, re.ASCII):
        raise ValueError(cell)
    return float(cell)


# A reader bears the name of the problem that it raises.
_READERS: dict[str, Callable[[str], Any]] = {"datetime64": not_a_date, "Int": not_an_integer, "float": not_a_number}


def _broken_rules(table: pd.DataFrame, schema: type[Table], told: set[tuple[int | None, str | None]]) -> Iterator[Problem]:
    try:
        schema.validate(table, lazy=True)
    except pa.errors.SchemaErrors as errors:
        cases = errors.failure_cases
        # a rule over whole rows is reported once for each column: keep the column that the rule names
        for _, case in cases.drop_duplicates(["column", "check", "index"]).iterrows():
            rule, column = str(case["check"]), str(case["column"])
            line = None if pd.isna(case["index"]) else int(case["index"])
            if case["schema_context"] == "DataFrameSchema":
                rule, _, named = rule.partition(":")
                if named != column:
                    continue
                yield Problem(rule, line, column, found=str(case["failure_case"]))
            elif (line, column) not in told:
                code, expected = _said(rule)
                found = "" if pd.isna(case["failure_case"]) else str(case["failure_case"])
                yield Problem(code, line, column, expected, found)


def _said(rule: str) -> tuple[str, str]:
    """A pandera rule as a key of errors.toml and what was expected: isin(['a', 'b']) -> not_allowed, a, b"""
    inside = found.group(1) if (found := _ARGUMENTS.fullmatch(rule)) else ""
    if rule.startswith("isin"):
        return "not_allowed", inside.strip("[]").replace("'", "")
    if rule.startswith(("greater_than", "less_than", "in_range")):
        sign = {"greater_than_or_equal_to": "≥ ", "greater_than": "> "}.get(rule.partition("(")[0], "")
        return "out_of_range", sign + inside.replace(", ", " … ")
    if rule.startswith("str_matches") and "4[0-7]" in inside:
        return "wrong_code", "01 … 47"
    if rule.startswith("str_matches"):
        return "wrong_form", inside.strip("'")
    return {"not_nullable": ("blank", ""), "field_uniqueness": ("duplicate", "")}.get(rule, (rule, ""))


def _refer(table: pd.DataFrame, name: str, path: Path, references: References) -> None:
    problems = []
    for column, known in references.items():
        try:
            there = set(known())
        except TableError:
            continue  # that table tells its own trouble to whoever asks for it
        for line, cell in table[column].dropna().items():
            problems += [Problem("unknown_reference", int(line), column, column, one)  # type: ignore[call-overload]
                         for one in str(cell).split(";") if one not in there]  # fmt: skip
    if problems:
        raise TableError(name, path.name, problems[:_MOST])
