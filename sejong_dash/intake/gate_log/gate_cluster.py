"""Counts gate logs that are beyond one machine: with Spark, or any other engine that Ibis knows, by the same expression.

Spark reads files and folders (text, in gzip too, or Parquet) wherever its workers can; another engine a table that it holds, or
Parquet. A row is a line there: what follows a line break within quotes is listed as wrong, not joined.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

import ibis
from ibis.expr.types import Table

from . import gate_header, gate_query
from .gate_counts import MOST
from .gate_result import GateCounts, build_counts
from .gate_tally import BETWEEN, Key, LogFormat, NoEntry, Tally, WrongRow, classify, classify_labels

_SAMPLE = 2000  # lines that decide the header
_SPARK = ("spark://", "local", "yarn", "k8s://")
_BROKEN = ("torn", "quotes")
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
        return build_counts(_EngineLog(connection, rows, log_format, most).tally(), log_format)


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


@dataclass
class _EngineLog:
    """The rows of a log on its engine (see `gate_query.cut_lines`), and what is known of them so far.

    `countable` and `refused` have the labels of entries and of rows that are none, as one text; `offsets` what to add to a row's
    number in each part to have its line in the file.
    """

    connection: ibis.BaseBackend
    rows: Table
    log_format: LogFormat
    most: int
    total: Tally = field(default_factory=Tally)
    countable: set[str] = field(default_factory=set)
    refused: set[str] = field(default_factory=set)
    offsets: dict[Part, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.names = [name for name in self.rows.columns if name.startswith("label")]
        self.rows = self.rows.mutate(
            day=gate_query.read_day(self.rows["time"], self.log_format.is_day_before),
            key=ibis.literal(BETWEEN).join([self.rows[name] for name in self.names]),
        )

    def tally(self) -> Tally:
        found = self.rows.group_by("file", "start", "kind", "day", "key", *self.names)
        lines: Counter[Part] = Counter()
        first: dict[Part, int] = {}
        headings: dict[Part, int] = {}
        for group in self._fetch(found.agg(rows=ibis._.count(), first=ibis._["row"].min())):
            part = group["file"], group["start"]
            lines[part] += group["rows"]
            first[part] = min(group["first"], first.get(part, group["first"]))
            if group["kind"] == "heading":
                headings[part] = group["first"]
            self._add_group(group)
        # the heading of each file but the first, whose heading is above its rows
        self.total.headings -= sum(part[1] == 0 and row == first[part] for part, row in headings.items())
        before: Counter[str] = Counter()
        for part in sorted(lines):
            self.offsets[part] = before[part[0]] + 1 - first[part]
            before[part[0]] += lines[part]
        if self.total.wrong_total:
            self._list_wrong()
        if self.log_format.ticket is not None:
            self._set_repeats()
        return self.total

    def _fetch(self, table: Table) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = self.connection.to_pyarrow(table).to_pylist()
        return rows

    def _labels(self, row: Mapping[str, Any]) -> list[str]:
        return [row.get(f"label{n}", "") for n in range(len(self.log_format.labels))]

    def _add_group(self, group: Mapping[str, Any]) -> None:
        total, rows = self.total, group["rows"]
        if group["kind"] == "row":
            labels = self._labels(group)
            outcome = classify_labels(labels, self.log_format)
            if not isinstance(outcome, WrongRow):
                (self.countable if isinstance(outcome, tuple) else self.refused).add(group["key"])
            if group["day"] is None and not isinstance(outcome, NoEntry):
                total.wrong_total += rows  # the list has the reasons
            else:
                total.add((str(group["day"]), *outcome) if isinstance(outcome, tuple) else outcome, rows)
            total.note_values(labels[3:], self.log_format, rows)
        else:
            total.blank += rows * (group["kind"] == "blank")
            total.headings += rows * (group["kind"] == "heading")
            total.wrong_total += rows * (group["kind"] in _BROKEN)

    def _list_wrong(self) -> None:
        """List the first rows that cannot be counted; what Python can read though the engine could not is counted."""
        rows, width = self.rows, len(self.log_format.header)
        is_wrong = (rows["day"].isnull() | rows["key"].notin(sorted(self.countable) or [""])) & rows["key"].notin(
            sorted(self.refused) or [BETWEEN * 9]
        )
        wrong = rows.filter(rows["kind"].isin(_BROKEN) | ((rows["kind"] == "row") & is_wrong))
        for row in self._fetch(wrong.order_by("file", "start", "row").limit(self.most)):
            outcome: Any = WrongRow(0, None, "quotes_broken", "")
            if row["kind"] == "torn":
                outcome = WrongRow(0, None, "row_torn", f"{row['width']} / {width}")
            elif row["kind"] == "row":
                outcome = classify((row["time"], *self._labels(row)), self.log_format)
            if isinstance(outcome, WrongRow):
                self.total.wrong.append(self._place(outcome, row))
            else:
                self.total.wrong_total -= 1
                self.total.add(outcome)

    def _set_repeats(self) -> None:
        """Take further scans of the same ticket out of the counts, and list them where they wait for an answer."""
        rows = self.rows
        entries = rows.filter((rows["kind"] == "row") & rows["day"].notnull() & rows["key"].isin(sorted(self.countable) or [""]))
        repeats = gate_query.find_repeats(entries, "file", "start", "row")
        found: Counter[Key] = Counter()
        for group in self._fetch(repeats.group_by("day", *self.names).agg(rows=ibis._.count())):
            origin: Any = classify_labels(self._labels(group), self.log_format)  # of an entry
            found[str(group["day"]), *origin] += group["rows"]
        self.total.set_repeats(found, self.log_format)
        if self.log_format.repeats is None:
            wrong = WrongRow(0, self.log_format.tickets[0], "ticket_repeated", "")
            for row in self._fetch(repeats.order_by("file", "start", "row").limit(self.most)):
                self.total.wrong.append(self._place(replace(wrong, found=row["ticket"].strip()), row))
            self.total.wrong = sorted(self.total.wrong, key=lambda row: (row.file, row.row))[: self.most]

    def _place(self, wrong: WrongRow, row: Mapping[str, Any]) -> WrongRow:
        """Return a wrong row with its line, and its file in a folder."""
        is_folder = len({file for file, _ in self.offsets}) > 1
        file = row["file"].rpartition("/")[2] if is_folder else ""
        return replace(wrong, row=row["row"] + self.offsets[row["file"], row["start"]], file=file)
