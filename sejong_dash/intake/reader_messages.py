"""Defines what the server and a process that reads a file for it send each other, as pickles one after the other."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sejong_dash.errors import DashError

from .findings import Finding
from .intake_result import Intake

if TYPE_CHECKING:
    from .gate_log.gate_result import GateCounts

Progress = tuple[str, int, int, int]  # a step, how much of it is done, of how much, rows gone through


@dataclass(frozen=True)
class ReadRequest:
    """A file to be read: `choices` are the options of `intake.read`, `answers` those of `gate_counts.count_log`.

    Of a gate log `most_wrong` wrong rows are listed.
    """

    content: bytes
    name: str
    choices: Mapping[str, Any] = field(default_factory=dict)
    answers: Mapping[tuple[str, str], bool] = field(default_factory=dict)
    most_wrong: int = 1000


@dataclass(frozen=True)
class ReadAnswer:
    """A file that was read: a table of counts (with the `change_set` that it would make, where to work that out took long), or a
    gate log, or why it is neither: what it is `refused` for, or the `error` of a table that cannot be used."""

    table: Intake | None = None
    change_set: Any = None
    log: "GateCounts | None" = None
    refused: Finding | None = None
    error: DashError | None = None
