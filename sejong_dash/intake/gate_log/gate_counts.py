"""Counts the visitors by day of a raw log of the gates, which has a row for each entry.

The log is read in blocks of some megabytes that end with a line, several at a time, so that ten million rows need no more
memory than one million. Every row is counted or listed as wrong. A gate is not a channel (how a visit was arranged), so
the counts have none; the visitors of each gate stand beside them.
"""

import os
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

from sejong_dash.errors import Problem, TableError

from . import gate_file, gate_header
from .gate_block import MOST_LINES, tally
from .gate_file import LogStream
from .gate_repeats import TicketScans
from .gate_result import GateCounts, build_counts
from .gate_tally import LogFormat, Tally

LogProgressCallback = Callable[[int, int, int], None]  # bytes done, bytes in all, rows done

__all__ = ["MOST", "GateCounts", "LogProgressCallback", "count_log", "count_log_file"]

MOST = 1000  # wrong rows that are listed; all are counted
MOST_WRONG = 200_000  # wrong rows after which a log that is mostly wrong is read no further
_BLOCK_SIZE = 8 << 20  # bytes
_START = 1 << 20  # bytes that decide encoding and header
_WORKERS = max(1, min(4, os.cpu_count() or 1))


@dataclass(frozen=True)
class _LogSource:
    """A log that is to be counted: its name, its bytes, and what opens it."""

    name: str
    size: int
    open: Callable[[], AbstractContextManager[Any]]


def count_log_file(
    path: Path,
    on_progress: LogProgressCallback = lambda done, size, rows: None,
    most: int = MOST,
    answers: Mapping[tuple[str, str], bool] | None = None,
) -> GateCounts:
    """Return the visitors by day of the log at a path, or of all text logs in a folder: see `count_log`. One log, but
    none of a folder, may be a Parquet file.

    Raises TableError also where it cannot be opened.
    """
    if path.suffix == ".parquet":
        return _count_parquet(path, most, answers)
    try:
        files = (
            sorted(file for file in path.iterdir() if file.is_file() and file.name[0] not in "._") if path.is_dir() else [path]
        )
        sources = [_LogSource(file.name, file.stat().st_size, partial(file.open, "rb")) for file in files]
    except OSError as error:
        raise _unreadable(path.name, error) from error
    if not sources:
        raise TableError(gate_header.TABLE, path.name, [Problem("empty_file", 1, expected="time, prefecture, gate")])
    return _count(sources, on_progress, most, answers, path.is_dir())


def _count_parquet(path: Path, most: int, answers: Mapping[tuple[str, str], bool] | None) -> GateCounts:
    import duckdb
    from ibis.common.exceptions import IbisError

    from . import gate_cluster

    try:
        return gate_cluster.count_on("duckdb://", str(path), most, answers)
    except (duckdb.Error, IbisError) as error:
        raise TableError(gate_header.TABLE, path.name, [Problem("unreadable", found=type(error).__name__)]) from error


def count_log(
    file: BinaryIO,
    name: str,
    on_progress: LogProgressCallback = lambda done, size, rows: None,
    most: int = MOST,
    answers: Mapping[tuple[str, str], bool] | None = None,
) -> GateCounts:
    """Return the log's visitors by day, and the first `most` wrong rows.

    `answers` says of a column's title and a text in it whether such rows are entries, where the log does not.

    `on_progress` is called after each block with the bytes done, the bytes in all and the rows done; what it raises ends the
    reading.

    Raises TableError where the file cannot be read, is no text, has no known header or is mostly wrong, Refused where a packed
    file is damaged or a line never ends.
    """
    return _count([_LogSource(name, file.seek(0, os.SEEK_END), lambda: nullcontext(file))], on_progress, most, answers)


def _count(
    sources: Sequence[_LogSource],
    on_progress: LogProgressCallback,
    most: int,
    answers: Mapping[tuple[str, str], bool] | None,
    is_folder: bool = False,
) -> GateCounts:
    total, formats = Tally(), []
    size, done = sum(source.size for source in sources), 0
    with TicketScans() as scans:
        for source in sources:
            report = partial(_report, on_progress, done, size, total.rows)
            try:
                with source.open() as file, gate_file.open_log(file) as log:
                    start = log.read(_START)
                    log_format, begin, line = gate_header.read_header(source.name, start, answers)
                    log.step_back(max(0, len(start) - begin))
                    name = source.name if is_folder else ""
                    for part in _tally_blocks(log, source.name, log_format, report, most):
                        listed = part.wrong[: most - len(total.wrong)]
                        total.wrong += [replace(row, row=row.row + line, file=name) for row in listed]
                        scans.add(part, name, line)
                        line += part.lines
                        total.include(part)
            except OSError as error:
                raise _unreadable(source.name, error) from error
            formats.append(log_format)
            done += source.size
        scans.settle(total, next((known for known in formats if known.tickets), formats[0]), most)
    return build_counts(total, formats[0])


def _report(on_progress: LogProgressCallback, before: int, size: int, rows_before: int, done: int, rows: int) -> None:
    on_progress(before + done, size, rows_before + rows)


def _unreadable(name: str, error: OSError) -> TableError:
    return TableError(gate_header.TABLE, name, [Problem("unreadable", found=error.strerror or type(error).__name__)])


def _tally_blocks(
    log: LogStream, name: str, log_format: LogFormat, report: Callable[[int, int], None], most: int
) -> Iterator[Tally]:
    """Yield the tallies of the blocks in the order of the log. Raises TableError where most of its rows are wrong."""
    rows = wrong = 0
    with ThreadPoolExecutor(_WORKERS) as pool:
        waiting: deque[tuple[Future[Tally], int]] = deque()

        def take_first() -> Tally:
            nonlocal rows, wrong
            future, done = waiting.popleft()
            result = future.result()
            rows += result.rows
            wrong += result.wrong_total
            if wrong > MOST_WRONG and 2 * wrong > rows:
                first = result.wrong[0] if result.wrong else None
                problem = Problem("mostly_wrong", expected=f"{wrong:,} / {rows:,}", found=first.found if first else "")
                raise TableError(gate_header.TABLE, name, [problem])
            report(done, rows)
            return result

        try:
            for block, end in _read_blocks(log):
                waiting.append((pool.submit(tally, block, end, log_format, most), log.position()))
                if len(waiting) > _WORKERS:
                    yield take_first()
            while waiting:
                yield take_first()
        finally:
            pool.shutdown(cancel_futures=True)


def _read_blocks(log: LogStream) -> Iterator[tuple[bytes, int]]:
    """Yield bytes and how many of them are whole rows; the rest is read again, which costs less than copying the whole rows."""
    while block := log.read(_BLOCK_SIZE):
        if len(block) < _BLOCK_SIZE:
            yield block, len(block)
            continue
        end = last = block.rfind(b"\n") + 1
        if b'"' in block and block.count(b'"', 0, end) % 2:  # the last line breaks may stand within quotes
            for _ in range(MOST_LINES):
                end = block.rfind(b"\n", 0, end - 1) + 1
                if end == 0 or block.count(b'"', 0, end) % 2 == 0:
                    break
        end = end or last
        if not end and not block.strip(b"\0"):
            continue  # a controller that lost power leaves zeros behind: those of the last block are a row
        if not end:  # a line longer than a block
            block += log.read_line_end()
            end = len(block)
        log.step_back(len(block) - end)
        yield block, end
