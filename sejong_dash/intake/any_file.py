"""Reads a file that may be a table of counts or a gate log, whichever its content says."""

import io
from collections.abc import Callable
from typing import Any

import pandas as pd

from sejong_dash.errors import DashError

from . import count_file
from .findings import Refused
from .gate_log import gate_file
from .reader_messages import ReadAnswer, ReadRequest

FileProgressCallback = Callable[[str, int, int, int], None]  # as `reader_messages.Progress`

MOST_FIGURES = 200_000  # a dozen years of counts; more would keep the server busy for half a minute
_PLANNED_AT_ONCE = 5_000  # rows that the server compares with the stored counts before a reader notices


def read_file(request: ReadRequest, plan: Callable[[pd.DataFrame], Any], on_progress: FileProgressCallback) -> ReadAnswer:
    """Return what a file holds; what is wrong with it is in the answer.

    `plan` returns what rows would change in the stored counts; it is asked about as many rows as the desk takes, where they are
    not so few that the desk works it out itself. What `on_progress` raises ends the reading.
    """
    file = io.BytesIO(request.content)
    try:
        if gate_file.is_gate_log(file, request.name):
            return ReadAnswer(log=_count(file, request, on_progress))
        return _read_table(request, plan, on_progress)
    except Refused as refused:
        return ReadAnswer(refused=refused.finding)
    except DashError as error:
        return ReadAnswer(error=error)


def _count(file: io.BytesIO, request: ReadRequest, on_progress: FileProgressCallback) -> Any:
    from .gate_log import gate_counts  # brings Arrow's reader

    def report(done: int, size: int, rows: int) -> None:
        on_progress("gate", done, size, rows)

    return gate_counts.count_log(file, request.name, report, request.most_wrong, request.answers)


def _read_table(request: ReadRequest, plan: Callable[[pd.DataFrame], Any], on_progress: FileProgressCallback) -> ReadAnswer:
    rows = 0  # stay shown in the steps after them

    def step(name: str, done: int, of: int) -> None:
        nonlocal rows
        rows = done if name == "rows" else rows
        on_progress(name, done, of, rows)

    table = count_file.read(request.content, request.name, "visitors", **request.choices, on_progress=step)
    change_set = None
    if _PLANNED_AT_ONCE < len(table.rows) <= MOST_FIGURES and not table.unknown_channels:  # an answer decides the changes
        step("plan", 0, 1)
        change_set = plan(table.rows)
    return ReadAnswer(table, change_set)
