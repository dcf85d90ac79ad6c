"""Read a CSV into a checked table, or report each problem where it stands.

Cells are read as text with their physical line number and converted to the types of the pandera schema one by one, so
that `2026.4.10`, `1,200` or `1` for prefecture `01` is reported at its line and never guessed. The other rules are the
schema's. A table is parsed once for each content of its file.
"""

import csv
import io
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pandera.pandas as pa

from sejong_dash import contents, prefecture_code
from sejong_dash.errors import Problem, TableError

from . import characters
from .kinds import READERS
from .table_files import shown_name, table_file
from .unread import unread

_MOST = 50  # problems reported of a file; more would hide the first
_ARGUMENTS = re.compile(r"\w+\((.*)\)", re.DOTALL)

References = Mapping[str, Callable[[str], "pd.Series"]]


class Table(pa.DataFrameModel):
    """Base of every schema: columns of the file in any order, further columns let through."""

    class Config:
        strict = False
        coerce = False


def load(
    name: str,
    schema: type[Table],
    *,
    version: str = "",
    optional: tuple[str, ...] = (),
    references: References | None = None,
    folder: str = "",
) -> pd.DataFrame:
    """Return the table `name` of a version (see `paths.data_dir`), typed and checked; the index is the physical line in the file.

    `optional` columns may be missing from the file and are then blank. `references` gives for a column the function that
    returns its possible values in a version; a cell may hold several joined by `;`.

    Raises TableError with every problem found: file missing or not UTF-8, columns, types, rules, references.
    """
    path = table_file(name, folder, version)
    try:
        table = _CHECKED(path, name, schema, optional)
    except OSError as error:
        raise unread(path, name, error) from error
    if isinstance(table, list):
        raise TableError(name, shown_name(path), list(table))
    if references:
        _refer(table, name, path, references, version)
    return table.copy(deep=False)  # copy-on-write: what a caller changes is the caller's alone


def _checked(content: bytes, name: str, schema: type[Table], optional: tuple[str, ...]) -> pd.DataFrame | list[Problem]:
    """Return the table or its problems, which are kept too: a broken table is loaded as often as a sound one."""
    try:
        return parse(content, name, schema, optional=optional)
    except TableError as error:
        return error.problems


_CHECKED = contents.Derived(_checked, 64)


def parse(content: bytes, name: str, schema: type[Table], *, optional: tuple[str, ...] = ()) -> pd.DataFrame:
    """Return the table that the content of a file holds, as `load` does. Raises TableError with every problem found."""
    problems: list[Problem] = []
    return check(_cells(content, Path(f"{name}.csv"), name, optional, schema, problems), name, schema, problems)


def check(cells: pd.DataFrame, name: str, schema: type[Table], problems: list[Problem]) -> pd.DataFrame:
    """Return cells of text (index: lines) as a typed table. Raises TableError where there are `problems` already, or now."""
    table = _typed(cells, schema, problems)
    problems += list(_broken_rules(cells, table, schema, problems))
    if problems:
        raise TableError(name, f"{name}.csv", sorted(problems, key=lambda p: (p.line or 0, p.column or ""))[:_MOST])
    return table


def _cells(
    content: bytes, path: Path, name: str, optional: tuple[str, ...], schema: type[Table], problems: list[Problem]
) -> pd.DataFrame:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before, unread = error.object[: error.start], error.object[error.start : error.end]
        problem = Problem("not_utf8", before.count(b"\n") + 1, expected="UTF-8", found=repr(unread))
        raise TableError(name, path.name, [problem]) from error
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    is_clean = not characters.control(text)  # then no cell need be looked through
    cells, lines = [], []
    line = 1  # where the row begins: a cell in quotes may go on over several lines
    try:
        header = _header(next(rows, []), path, name, optional, schema)
        line = rows.line_num + 1
        for row in rows:
            if len(row) != len(header) and any(row):
                # which cell belongs to which column is unknown: nothing else of this row is reported
                problems.append(Problem("row_length", line, None, str(len(header)), str(len(row))))
                line = rows.line_num + 1
                continue
            if not is_clean:
                problems += _control_characters(line, header, row)
                row = [characters.without_control(cell) for cell in row]
            if any(cell.strip() for cell in row):  # skips blank lines and the rows of commas that Excel leaves
                cells.append([cell.strip() for cell in row])
                lines.append(line)
            line = rows.line_num + 1
    except csv.Error as error:
        raise TableError(name, path.name, [_unparsable(content, line)]) from error
    table = pd.DataFrame(cells, columns=header, index=pd.Index(lines, dtype="int64"), dtype="str")
    for column in optional:
        if column not in table:
            table[column] = pd.Series("", index=table.index, dtype="str")
    return table


def _unparsable(content: bytes, line: int) -> Problem:
    """Return why the row that begins in this line cannot be split into cells: its quotes, or a cell that is too long."""
    lines = list(io.StringIO(content.decode("utf-8-sig"), newline=""))
    if '"' in lines[line - 1]:
        return Problem("broken_quotes", line)
    return Problem("cell_too_long", line, expected=f"{csv.field_size_limit():,}")


def _header(row: list[str], path: Path, name: str, optional: tuple[str, ...], schema: type[Table]) -> list[str]:
    if wrong := _control_characters(1, [characters.without_control(cell).strip() for cell in row], row):
        raise TableError(name, path.name, wrong)
    header = [cell.strip() for cell in row]
    wanted = list(schema.to_schema().columns)
    if not any(header):
        raise TableError(name, path.name, [Problem("empty_file", 1, expected=", ".join(wanted))])
    missing = [Problem("missing_column", 1, c, c, ", ".join(header)) for c in wanted if c not in header and c not in optional]
    twice = [Problem("duplicate_column", 1, c, found=c) for c in wanted if header.count(c) > 1]
    if missing or twice:
        raise TableError(name, path.name, missing + twice)
    return header


def _control_characters(line: int, header: list[str], row: list[str]) -> list[Problem]:
    """Return a problem for each cell of a row that holds a control character."""
    named = list(zip(header, row, strict=False))
    return [Problem("control_character", line, name, found=found) for name, cell in named if (found := characters.control(cell))]


def _typed(table: pd.DataFrame, schema: type[Table], problems: list[Problem]) -> pd.DataFrame:
    typed = {}
    for name, column in schema.to_schema().columns.items():
        kind = str(column.dtype)
        reader = next((reader for prefix, reader in READERS.items() if kind.startswith(prefix)), None)
        if reader is None:
            typed[name] = table[name].replace("", None).astype("str")
            continue
        values: list[Any] = []
        for line, cell in table[name].items():
            try:
                values.append(reader.parse(cell) if cell else None)
            except ValueError:
                values.append(None)
                problems.append(Problem(reader.problem, int(line), name, found=cell))
        typed[name] = pd.Series(values, index=table.index, dtype=kind)
    return pd.DataFrame(typed, index=table.index)


def _broken_rules(cells: pd.DataFrame, table: pd.DataFrame, schema: type[Table], found: Collection[Problem]) -> Iterator[Problem]:
    """Yield a problem for each cell of `table` that breaks a rule of the schema, unless `found` has one for it already."""
    try:
        schema.validate(table, lazy=True)
    except pa.errors.SchemaErrors as errors:
        rules = schema.to_schema().columns
        known: set[tuple[object, ...]] = {(p.line, p.column) for p in found}
        for _, case in errors.failure_cases.iterrows():
            rule, column, line = str(case["check"]), str(case["column"]), int(case["index"])
            if case["schema_context"] == "DataFrameSchema":
                # pandera reports a rule over whole rows once for each cell that is not blank; it names the column to look at
                code, _, column = rule.partition(":")
                expected = ""
            else:
                code, expected = _problem_of(rule, rules[column].description)
            if (line, column, code) not in known and (line, column) not in known:
                known.add((line, column, code))
                yield Problem(code, line, column, expected, str(cells.at[line, column]))


def _problem_of(rule: str, form: str | None) -> tuple[str, str]:
    """Return a pandera rule as a key of errors.toml and what was expected: isin(['a', 'b']) -> not_allowed, a, b

    `form` is the column's description: what its regular expression asks for, in words that people can read.
    """
    inside = found.group(1) if (found := _ARGUMENTS.fullmatch(rule)) else ""
    if rule.startswith("isin"):
        return "not_allowed", inside.strip("[]").replace("'", "")
    if rule.startswith(("greater_than", "less_than", "in_range")):
        sign = {"greater_than_or_equal_to": "≥ ", "greater_than": "> "}.get(rule.partition("(")[0], "")
        return "out_of_range", sign + inside.replace(", ", " … ")
    if rule.startswith("str_matches") and prefecture_code.PATTERN in inside:
        return "wrong_code", "01 … 47"
    if rule.startswith("str_matches"):
        return "wrong_form", form or inside.strip("'")
    return {"not_nullable": ("blank", ""), "field_uniqueness": ("duplicate", "")}.get(rule, (rule, ""))


def _refer(table: pd.DataFrame, name: str, path: Path, references: References, version: str) -> None:
    problems = []
    for column, known in references.items():
        try:
            values = set(known(version))
        except TableError:
            continue  # loading that table reports its own problems
        cells = table[column].dropna()
        unknown = {cell: [value for value in cell.split(";") if value not in values] for cell in cells.unique()}
        if any(unknown.values()):
            problems += [
                Problem("unknown_reference", int(line), column, column, value)
                for line, cell in cells.items()
                for value in unknown[cell]
            ]
    if problems:
        raise TableError(name, shown_name(path), problems[:_MOST])
