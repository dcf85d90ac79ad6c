"""Counts gate logs that are beyond one machine: with Spark, or any other engine that Ibis knows, by the same expression.

Spark reads files and folders (text, in gzip too, or Parquet) wherever its workers can; another engine a table that it holds, or
Parquet. A row is a line there: what follows a line break within quotes is listed as wrong, not joined.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import ibis
from ibis.expr.types import Table

from . import gate_header, gate_query
from .gate_counts import MOST
from .gate_result import GateCounts, build_counts
from .gate_tally import BETWEEN, Key, LogFormat, NoEntry, Tally, WrongRow, classify, classify_labels

_SAMPLE = 2000  # lines that decide the header
_SPARK = ("spark://", "local", "yarn", "k8s://")
Part = tuple[str, int]  # file, and where in it the lines begin that Spark gives to one of its workers


def count_on(engine: str, source: str, most: int = MOST, answers: Mapping[tuple[str, str], bool] | None = None) -> GateCounts:
    """Return the visitors by day of the logs at `source`, as `gate_counts.count_log` does.

    `engine` is the address of a Spark (spark://…, local[2], yarn) or what `ibis.connect` takes. Raises TableError where there
    is no known header.
    """
    with _connect(engine, source) as (connection, lines):
        if "text" in lines.columns:
            rows, log_format = _read_text(connection, lines, answers or {})
        else:
            rows, log_format = _read_columns(connection, lines, answers or {})
        return build_counts(_tally(connection, rows, log_format, most), log_format)


@contextmanager
def _connect(engine: str, source: str) -> Iterator[tuple[ibis.BaseBackend, Table]]:
    """Yield the engine, and the log as lines of text (file, start, row, text) or as a table with headings."""
    if not engine.startswith(_SPARK):
        connection = ibis.connect(engine)
        try:
            yield connection, connection.read_parquet(source) if source.endswith(".parquet") else connection.table(source)
        finally:
            connection.disconnect()
        return
    from pyspark.sql import SparkSession, functions

    session = SparkSession.builder.master(engine).getOrCreate()
    try:
        if source.endswith(".parquet"):
            session.read.parquet(source).createOrReplaceTempView("gate_log")
        else:
            place = (
                functions.col("_metadata.file_path").alias("file"),
                functions.col("_metadata.file_block_start").alias("start"),
            )
            number = functions.monotonically_increasing_id().alias("row")  # within a part the lines come in their order
            lines = session.read.option("lineSep", "\n").text(source)
            lines.select(*place, number, functions.col("value").alias("text")).createOrReplaceTempView("gate_log")
        connection = ibis.pyspark.connect(session)
        yield connection, connection.table("gate_log")
    finally:
        session.stop()


def _read_text(connection: ibis.BaseBackend, lines: Table, answers: Mapping[tuple[str, str], bool]) -> tuple[Table, LogFormat]:
    file = connection.to_pyarrow(lines["file"].min()).as_py() or ""
    is_start = (lines["file"] == file) & (lines["start"] == 0)
    head = connection.to_pyarrow(lines.filter(is_start).order_by("row").limit(_SAMPLE).select("row", "text"))
    start = "\n".join([*head["text"].to_pylist(), ""]).encode()
    log_format, _, header_line = gate_header.read_header(file.rpartition("/")[2], start, answers)
    is_above = is_start & (lines["row"] < head["row"][0].as_py() + header_line)
    rows = gate_query.cut_lines(lines, log_format)
    return rows.mutate(kind=ibis.ifelse(is_above, "above", rows["kind"])), log_format


def _read_columns(connection: ibis.BaseBackend, table: Table, answers: Mapping[tuple[str, str], bool]) -> tuple[Table, LogFormat]:
    header = tuple(table.columns)
    texts = table.select(**{title: table[title].cast("string").fill_null("") for title in header})
    sample = [tuple(row.values()) for row in connection.to_pyarrow(texts.limit(_SAMPLE)).to_pylist()]
    log_format = gate_header.describe_columns(table.get_name(), header, sample, answers)
    time = texts[header[log_format.time[0]]]
    for at in log_format.time[1:]:
        time = time + " " + texts[header[at]]
    labels = {f"label{n}": texts[header[at]] for n, at in enumerate(log_format.labels) if at is not None}
    if log_format.ticket is not None:
        labels["ticket"] = texts[header[log_format.ticket]]
    place = {"file": ibis.literal(""), "start": ibis.literal(0), "row": ibis.row_number(), "width": ibis.literal(len(header))}
    return texts.select(**place, kind=ibis.literal("row"), time=time, **labels), log_format


def _tally(connection: ibis.BaseBackend, rows: Table, log_format: LogFormat, most: int) -> Tally:
    names = [name for name in rows.columns if name.startswith("label")]
    rows = rows.mutate(day=gate_query.read_day(rows["time"], log_format.is_day_before))
    found = rows.group_by("file", "start", "kind", "day", *names).agg(rows=rows.count(), first=rows["row"].min())
    total = Tally()
    lines: Counter[Part] = Counter()
    first: dict[Part, int] = {}
    headings: dict[Part, int] = {}
    countable, refused = set(), set()
    for group in connection.to_pyarrow(found).to_pylist():
        part = group["file"], group["start"]
        lines[part] += group["rows"]
        first[part] = min(group["first"], first.get(part, group["first"]))
        labels = [group.get(f"label{n}", "") for n in range(len(log_format.labels))]
        key = BETWEEN.join(group[name] for name in names)
        if group["kind"] == "blank":
            total.blank += group["rows"]
        elif group["kind"] == "heading":
            total.headings += group["rows"]
            headings[part] = group["first"]
        elif group["kind"] == "row":
            outcome = classify_labels(labels, log_format)
            if isinstance(outcome, tuple):
                countable.add(key)
            elif isinstance(outcome, NoEntry):
                refused.add(key)
            if group["day"] is None and not isinstance(outcome, NoEntry):
                total.wrong_total += group["rows"]  # the list has the reasons
            else:
                total.add((str(group["day"]), *outcome) if isinstance(outcome, tuple) else outcome, group["rows"])
            total.note_values(labels[3:], log_format, group["rows"])
        elif group["kind"] != "above":
            total.wrong_total += group["rows"]
    # the heading of each file but the first, whose heading is above its rows
    total.headings -= sum(part[1] == 0 and row == first[part] for part, row in headings.items())
    offsets = _number_parts(lines, first)
    if total.wrong_total:
        _list_wrong(connection, rows, names, (countable, refused), log_format, total, most, offsets)
    if log_format.ticket is not None:
        _set_repeats(connection, rows, names, countable, log_format, total, most, offsets)
    return total


def _set_repeats(
    connection: ibis.BaseBackend,
    rows: Table,
    names: list[str],
    countable: set[str],
    log_format: LogFormat,
    total: Tally,
    most: int,
    offsets: Mapping[Part, int],
) -> None:
    """Take further scans of the same ticket out of the counts, and list them where they wait for an answer."""
    key = ibis.literal(BETWEEN).join([rows[name] for name in names])
    entries = rows.filter((rows["kind"] == "row") & rows["day"].notnull() & key.isin(sorted(countable) or [""]))
    repeats = gate_query.find_repeats(entries, "file", "start", "row")
    found: Counter[Key] = Counter()
    for group in connection.to_pyarrow(repeats.group_by("day", *names).agg(rows=repeats.count())).to_pylist():
        origin = classify_labels([group.get(f"label{n}", "") for n in range(len(log_format.labels))], log_format)
        if isinstance(origin, tuple):
            found[str(group["day"]), *origin] += group["rows"]
    total.set_repeats(found, log_format)
    if log_format.repeats is None:
        ordered = repeats.order_by("file", "start", "row").limit(most).select("file", "start", "row", "ticket")
        is_folder = len({file for file, _ in offsets}) > 1
        for row in connection.to_pyarrow(ordered).to_pylist():
            file = row["file"].rpartition("/")[2] if is_folder else ""
            line = row["row"] + offsets[row["file"], row["start"]]
            total.wrong.append(WrongRow(line, log_format.tickets[0], "ticket_repeated", row["ticket"].strip(), file))
        total.wrong = sorted(total.wrong, key=lambda row: (row.file, row.row))[:most]


def _number_parts(lines: Mapping[Part, int], first: Mapping[Part, int]) -> dict[Part, int]:
    """Return what to add to a row's number in each part to have its line in the file."""
    offsets: dict[Part, int] = {}
    before: Counter[str] = Counter()
    for part in sorted(lines):
        offsets[part] = before[part[0]] + 1 - first[part]
        before[part[0]] += lines[part]
    return offsets


def _list_wrong(
    connection: ibis.BaseBackend,
    rows: Table,
    names: list[str],
    keys: tuple[set[str], set[str]],
    log_format: LogFormat,
    total: Tally,
    most: int,
    offsets: Mapping[Part, int],
) -> None:
    """List the first rows that cannot be counted; what Python can read though the engine could not is counted."""
    countable, refused = keys
    is_folder = len({file for file, _ in offsets}) > 1
    key = ibis.literal(BETWEEN).join([rows[name] for name in names])
    is_wrong = (rows["day"].isnull() | key.notin(sorted(countable) or [""])) & key.notin(sorted(refused) or [BETWEEN * 9])
    wrong = rows.filter(rows["kind"].isin(("torn", "quotes")) | ((rows["kind"] == "row") & is_wrong))
    for row in connection.to_pyarrow(wrong.order_by("file", "start", "row").limit(most)).to_pylist():
        line, file = row["row"] + offsets[row["file"], row["start"]], row["file"].rpartition("/")[2] if is_folder else ""
        outcome: Any = WrongRow(0, None, "quotes_broken", "")
        if row["kind"] == "torn":
            outcome = WrongRow(0, None, "row_torn", f"{row['width']} / {len(log_format.header)}")
        elif row["kind"] == "row":
            outcome = classify((row["time"], *(row.get(f"label{n}", "") for n in range(len(log_format.labels)))), log_format)
        if isinstance(outcome, WrongRow):
            total.wrong.append(WrongRow(line, outcome.column, outcome.code, outcome.found, file))
        else:
            total.wrong_total -= 1
            total.add(outcome)
