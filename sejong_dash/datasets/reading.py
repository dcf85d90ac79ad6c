"""How does a CSV become a checked table, and what exactly is wrong with one that does not?

Cells are read as text with their physical line number and turned into the types of the pandera schema one by one, so
that `2026.4.10`, `1,200` or `1` for prefecture `01` is reported where it stands and never guessed. The rest of the rules
is the schema's. A table is parsed once for each state of its file.
"""

import csv
import io
import re
from collections.abc import Callable, Collection, Iterator
from datetime import date
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

import pandas as pd
import pandera.pandas as pa

from ..errors import Problem, TableError
from ..paths import data_dir, incoming_dir

_MOST = 50  # problems told of one file; more would hide the first
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_ARGUMENTS = re.compile(r"\w+\((.*)\)", re.DOTALL)

References = dict[str, Callable[[], "pd.Series"]]


class Table(pa.DataFrameModel):
    """Base of every schema: columns of the file in any order, further columns let through."""

    class Config:
        strict = False
        coerce = False


def load(
    name: str, schema: type[Table], *, optional: tuple[str, ...] = (), references: References | None = None, folder: str = ""
) -> pd.DataFrame:
    """The table `name` of the data folder, typed and checked; index = physical line in the file.

    `optional` columns may be missing from the file and are then blank. `references` names, for a column, where its
    values must stand; a column of several values holds them joined by `;`.

    Raises TableError with every problem found: file missing or not UTF-8, columns, types, rules, references.
    """
    path = data_dir() / folder / f"{name}.csv"
    if not path.is_file():
        raise TableError(name, str(path.name), [Problem("file_missing", expected=str(path))])
    try:
        stamp = path.stat()
        table = _checked(path, stamp.st_mtime_ns, stamp.st_size, name, schema, optional)
    except OSError as error:  # another program holds the file, or it went away
        raise TableError(name, path.name, [Problem("unreadable", found=error.strerror or str(error))]) from error
    if isinstance(table, list):
        raise TableError(name, path.name, list(table))
    if references:
        _refer(table, name, path, references)
    return table.copy(deep=False)  # copy-on-write: a caller's change stays the caller's


def fingerprint() -> str:
    """A short hash of everything in the data folder: two equal ones stand for the same content."""
    total = blake2b(digest_size=12)
    for path in files():
        stamp = path.stat()
        total.update(path.name.encode() + _content(path, stamp.st_mtime_ns, stamp.st_size))
    return total.hexdigest()


def files() -> list[Path]:
    """Every file of the data folder that counts, in order; what stands in a folder with a dot (frozen versions) does not, nor
    what waits to be brought in."""
    folder, waiting = data_dir(), incoming_dir()
    return [
        path
        for path in sorted(folder.rglob("*"))
        if path.suffix in {".csv", ".toml", ".geojson"}
        and not any(part[0] == "." for part in path.relative_to(folder).parts)
        and not (folder in waiting.parents and waiting in path.parents)
    ]


@lru_cache(maxsize=256)
def _content(path: Path, mtime_ns: int, size: int) -> bytes:
    try:
        return blake2b(path.read_bytes(), digest_size=12).digest()
    except OSError:  # whoever loads it tells why it cannot be read
        return f"{mtime_ns} {size}".encode()


@lru_cache(maxsize=64)
def _checked(
    path: Path, mtime_ns: int, size: int, name: str, schema: type[Table], optional: tuple[str, ...]
) -> pd.DataFrame | list[Problem]:
    """The table, or what is wrong with it: kept as well, since a broken table is asked for as often as a sound one."""
    try:
        return parse(path.read_bytes(), name, schema, optional=optional)
    except TableError as trouble:
        return trouble.problems


def parse(content: bytes, name: str, schema: type[Table], *, optional: tuple[str, ...] = ()) -> pd.DataFrame:
    """The table that these bytes of a file hold, as `load` gives it. Raises TableError with every problem found."""
    problems: list[Problem] = []
    cells = _cells(content, Path(f"{name}.csv"), name, optional, schema, problems)
    table = _typed(cells, schema, problems)
    problems += list(_broken_rules(cells, table, schema, problems))
    if problems:
        raise TableError(name, f"{name}.csv", sorted(problems, key=lambda p: (p.line or 0, p.column or ""))[:_MOST])
    return table


def _cells(
    content: bytes, path: Path, name: str, optional: tuple[str, ...], schema: type[Table], problems: list[Problem]
) -> pd.DataFrame:
    try:
        rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True)
    except UnicodeDecodeError as error:
        before, unread = error.object[: error.start], error.object[error.start : error.end]
        problem = Problem("not_utf8", before.count(b"\n") + 1, expected="UTF-8", found=repr(unread))
        raise TableError(name, path.name, [problem]) from error
    cells, lines = [], []
    line = 1  # where the row begins: a cell in quotes may go on over several lines
    try:
        header = _header(next(rows, []), path, name, optional, schema)
        line = rows.line_num + 1
        for row in rows:
            if len(row) != len(header) and any(row):
                # which cell belongs to which column cannot be said: nothing more is told of this row
                problems.append(Problem("row_length", line, None, str(len(header)), str(len(row))))
            elif any(cell.strip() for cell in row):  # a blank line, or the row of commas that Excel leaves, is no row
                cells.append([cell.strip() for cell in row])
                lines.append(line)
            line = rows.line_num + 1
    except csv.Error as error:
        raise TableError(name, path.name, [Problem("broken_quotes", line)]) from error
    table = pd.DataFrame(cells, columns=header, index=pd.Index(lines, dtype="int64"), dtype="str")
    for column in optional:
        if column not in table:
            table[column] = pd.Series("", index=table.index, dtype="str")
    return table


def _header(row: list[str], path: Path, name: str, optional: tuple[str, ...], schema: type[Table]) -> list[str]:
    header = [cell.strip() for cell in row]
    wanted = list(schema.to_schema().columns)
    if not any(header):
        raise TableError(name, path.name, [Problem("empty_file", 1, expected=", ".join(wanted))])
    missing = [Problem("missing_column", 1, c, c, ", ".join(header)) for c in wanted if c not in header and c not in optional]
    twice = [Problem("duplicate_column", 1, c, found=c) for c in wanted if header.count(c) > 1]
    if missing or twice:
        raise TableError(name, path.name, missing + twice)
    return header


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
                problems.append(Problem(read.__name__, int(line), name, found=cell))
        typed[name] = pd.Series(values, index=table.index, dtype=kind)
    return pd.DataFrame(typed, index=table.index)


def not_a_date(cell: str) -> pd.Timestamp:
    if not _ISO.fullmatch(cell):
        raise ValueError(cell)
    day = date.fromisoformat(cell)
    if not 1900 <= day.year < 2200:  # 0206 for 2026; and nanoseconds do not reach beyond 2262
        raise ValueError(cell)
    return pd.Timestamp(day)


def not_an_integer(cell: str) -> int:
    if not re.fullmatch(r"-?\d{1,15}", cell, re.ASCII):  # as many digits as Excel keeps
        raise ValueError(cell)
    return int(cell)


def not_a_number(cell: str) -> float:
    if not re.fullmatch(r"-?\d{1,15}(\.\d+)?", cell, re.ASCII):
        raise ValueError(cell)
    return float(cell)


# A reader bears the name of the problem that it raises.
_READERS: dict[str, Callable[[str], Any]] = {"datetime64": not_a_date, "Int": not_an_integer, "float": not_a_number}


def _broken_rules(cells: pd.DataFrame, table: pd.DataFrame, schema: type[Table], told: Collection[Problem]) -> Iterator[Problem]:
    """What the schema finds wrong with `table`, told with the text of the file's own `cells`."""
    try:
        schema.validate(table, lazy=True)
    except pa.errors.SchemaErrors as errors:
        rules = schema.to_schema().columns
        known: set[tuple[object, ...]] = {(p.line, p.column) for p in told}
        for _, case in errors.failure_cases.iterrows():
            rule, column, line = str(case["check"]), str(case["column"]), int(case["index"])
            if case["schema_context"] == "DataFrameSchema":
                # a rule over whole rows comes once for each cell that is not blank; it names the column to look at
                code, _, column = rule.partition(":")
                expected = ""
            else:
                code, expected = _said(rule, rules[column].description)
            if (line, column, code) not in known and (line, column) not in known:
                known.add((line, column, code))
                yield Problem(code, line, column, expected, str(cells.at[line, column]))


def _said(rule: str, form: str | None) -> tuple[str, str]:
    """A pandera rule as a key of errors.toml and what was expected: isin(['a', 'b']) -> not_allowed, a, b

    `form` is the column's description: what a regular expression asks for, said so that people can read it.
    """
    inside = found.group(1) if (found := _ARGUMENTS.fullmatch(rule)) else ""
    if rule.startswith("isin"):
        return "not_allowed", inside.strip("[]").replace("'", "")
    if rule.startswith(("greater_than", "less_than", "in_range")):
        sign = {"greater_than_or_equal_to": "≥ ", "greater_than": "> "}.get(rule.partition("(")[0], "")
        return "out_of_range", sign + inside.replace(", ", " … ")
    if rule.startswith("str_matches") and "4[0-7]" in inside:
        return "wrong_code", "01 … 47"
    if rule.startswith("str_matches"):
        return "wrong_form", form or inside.strip("'")
    return {"not_nullable": ("blank", ""), "field_uniqueness": ("duplicate", "")}.get(rule, (rule, ""))


def _refer(table: pd.DataFrame, name: str, path: Path, references: References) -> None:
    problems = []
    for column, known in references.items():
        try:
            there = set(known())
        except TableError:
            continue  # that table tells its own trouble to whoever asks for it
        cells = table[column].dropna()
        unknown = {cell: [one for one in cell.split(";") if one not in there] for cell in cells.unique()}
        if any(unknown.values()):
            problems += [
                Problem("unknown_reference", int(line), column, column, one)
                for line, cell in cells.items()
                for one in unknown[cell]
            ]
    if problems:
        raise TableError(name, path.name, problems[:_MOST])
