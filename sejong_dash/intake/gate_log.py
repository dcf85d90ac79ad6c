"""What does a raw log of the gates, a row for each entry, come to by day?

The log is read in pieces of some megabytes that end with a line, two at a time, so that ten million rows need no more
memory than one million. Every row is counted or listed as wrong. A gate is not a channel (how a visit was arranged), so
the counts have none; what each gate saw stands beside them.
"""

import os
from collections import Counter, deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

import pandas as pd

from ..errors import Problem, TableError
from . import gate_file, gate_header
from .gate_block import LONGEST, Key, Layout, Tally, WrongRow, tally
from .gate_file import Log
from .gate_origin import JAPAN, NOT_KNOWN

Tell = Callable[[int, int, int], None]

MOST = 1000  # wrong rows that are told; all are counted
_PIECE = 4 << 20
_START = 1 << 20
_WORKERS = max(1, min(4, os.cpu_count() or 1))


@dataclass(frozen=True)
class GateCounts:
    """`counts` are the visitors from Japan: date, jis_code (missing: not said), channel (missing), visitors. `elsewhere` has
    everybody else: date, country (ISO 3166; ZZ: the log says that it is not known), visitors. `gates`: date, gate, visitors.

    `wrong` has the first rows that could not be counted, `wrong_total` says how many there are;
    rows_read = counted rows + wrong_total. Blank lines are no rows and are counted by themselves.
    """

    counts: pd.DataFrame
    elsewhere: pd.DataFrame
    gates: pd.DataFrame
    wrong: tuple[WrongRow, ...]
    wrong_total: int
    rows_read: int
    blank_lines: int
    encoding: str

    @property
    def from_japan(self) -> int:
        return int(self.counts["visitors"].sum())

    @property
    def from_elsewhere(self) -> int:
        return int(self.elsewhere["visitors"].sum())

    @property
    def unnamed(self) -> tuple[int, int]:
        """How many came from Japan without saying from which prefecture, and how many from a country that is not known."""
        nowhere = self.counts[self.counts["jis_code"].isna()], self.elsewhere[self.elsewhere["country"] == NOT_KNOWN]
        return int(nowhere[0]["visitors"].sum()), int(nowhere[1]["visitors"].sum())

    def days(self) -> pd.DataFrame:
        """date, japan, elsewhere: visitors of each day that the log has."""
        both = (self.counts, "japan"), (self.elsewhere, "elsewhere")
        sums = [table.groupby("date")["visitors"].sum().rename(name) for table, name in both]
        return pd.concat(sums, axis="columns").sort_index().fillna(0).astype("Int64").rename_axis("date").reset_index()

    def most(self, what: str) -> pd.DataFrame:
        """All visitors by `gate`, or by `country` but Japan, the most first."""
        table = self.gates if what == "gate" else self.elsewhere
        sums = table.fillna({what: ""}).groupby(what, as_index=False)["visitors"].sum()
        return sums.sort_values("visitors", ascending=False, kind="stable", ignore_index=True)


def daily(path: Path, tell: Tell = lambda done, size, rows: None, most: int = MOST) -> GateCounts:
    """The visitors by day of the log in a file: see `counted`. Raises TableError also where the file cannot be opened."""
    try:
        with path.open("rb") as file:
            return counted(file, path.name, tell, most)
    except OSError as error:
        raise _unreadable(path.name, error) from error


def counted(file: BinaryIO, name: str, tell: Tell = lambda done, size, rows: None, most: int = MOST) -> GateCounts:
    """The log's visitors by day, and the first `most` wrong rows.

    `tell` hears, piece by piece, how many bytes of how many are done and how many rows these held; what it raises ends the
    reading.

    Raises TableError where the file cannot be read, is no text or has no header that we know, Refused where what is packed is
    damaged or a line never ends.
    """
    try:
        size = file.seek(0, os.SEEK_END)
        with gate_file.opened(file) as log:
            start = log.read(_START)
            layout, begin, line = gate_header.read_header(name, start)
            log.back(max(0, len(start) - begin))
            return _gathered(_tallies(log, layout, size, tell, most), line, layout.encoding, most)
    except OSError as error:
        raise _unreadable(name, error) from error


def _unreadable(name: str, error: OSError) -> TableError:
    return TableError(gate_header.TABLE, name, [Problem("unreadable", found=error.strerror or type(error).__name__)])


def _tallies(log: Log, layout: Layout, size: int, tell: Tell, most: int) -> Iterator[Tally]:
    """The pieces' tallies in the order of the log."""
    rows = 0
    with ThreadPoolExecutor(_WORKERS) as pool:
        waiting: deque[tuple[Future[Tally], int]] = deque()

        def first() -> Tally:
            nonlocal rows
            future, done = waiting.popleft()
            found = future.result()
            rows += found.lines - found.blank
            tell(done, size, rows)
            return found

        try:
            for piece, end in _pieces(log):
                waiting.append((pool.submit(tally, piece, end, layout, most), log.done()))
                if len(waiting) > _WORKERS:
                    yield first()
            while waiting:
                yield first()
        finally:
            pool.shutdown(cancel_futures=True)


def _pieces(log: Log) -> Iterator[tuple[bytes, int]]:
    """Bytes, and how many of them are whole rows: the rest is read again, which costs less than copying what is whole."""
    while piece := log.read(_PIECE):
        if len(piece) < _PIECE:
            yield piece, len(piece)
            continue
        end = last = piece.rfind(b"\n") + 1
        if piece.count(b'"', 0, end) % 2:  # the last line breaks may stand within quotes
            for _ in range(LONGEST):
                end = piece.rfind(b"\n", 0, end - 1) + 1
                if end == 0 or piece.count(b'"', 0, end) % 2 == 0:
                    break
        end = end or last
        if not end:  # a line longer than a piece
            piece += log.rest_of_line()
            end = len(piece)
        log.back(len(piece) - end)
        yield piece, end


def _gathered(tallies: Iterator[Tally], line: int, encoding: str, most: int) -> GateCounts:
    counted: Counter[Key] = Counter()
    wrong: list[WrongRow] = []
    wrong_total = blank = 0
    for one in tallies:
        counted.update(one.counted)
        wrong += [replace(row, row=row.row + line) for row in one.wrong[: most - len(wrong)]]
        wrong_total += one.wrong_total
        blank += one.blank
        line += one.lines
    japan: Counter[tuple[str, str]] = Counter()
    elsewhere: Counter[tuple[str, str]] = Counter()
    gates: Counter[tuple[str, str]] = Counter()
    for (day, origin, gate), visitors in counted.items():
        if origin.startswith(JAPAN):
            japan[day, origin.removeprefix(JAPAN).removeprefix("-")] += visitors
        else:
            elsewhere[day, origin] += visitors
        gates[day, gate] += visitors
    counts = _table(japan, "jis_code")
    counts.insert(2, "channel", pd.Series(None, index=counts.index, dtype="str"))
    return GateCounts(
        counts,
        _table(elsewhere, "country"),
        _table(gates, "gate"),
        tuple(wrong),
        wrong_total,
        counted.total() + wrong_total,
        blank,
        encoding,
    )


def _table(counted: Counter[tuple[str, str]], column: str) -> pd.DataFrame:
    rows = sorted((day, name, visitors) for (day, name), visitors in counted.items())
    table = pd.DataFrame(rows, columns=["date", column, "visitors"])
    return table.astype({"date": "str", column: "str", "visitors": "Int64"}).assign(
        date=lambda them: pd.to_datetime(them["date"], format="%Y-%m-%d"), **{column: lambda them: them[column].replace("", None)}
    )
