"""Reads how much processor time and memory a process and those below it use, where the system tells it under /proc."""

import os
from dataclasses import dataclass
from pathlib import Path

_PROC = Path("/proc")


@dataclass(frozen=True)
class Use:
    seconds: float  # of processor time since the processes began
    megabytes: float  # that they hold


def use(*pids: int, alone: bool = False) -> Use | None:
    """Return the use of processes together, with all below them unless they are `alone`; None where it cannot be known."""
    if not pids or not all((_PROC / str(pid) / "stat").exists() for pid in pids):
        return None
    numbers = [number for pid in pids for number in [pid, *([] if alone else _below(pid))]]
    found = [stat for number in numbers if (stat := _stat(number)) is not None]
    ticks, page = os.sysconf("SC_CLK_TCK"), os.sysconf("SC_PAGE_SIZE")
    seconds = sum(int(stat[11]) + int(stat[12]) for stat in found) / ticks
    return Use(seconds, sum(int(stat[21]) for stat in found) * page / 1e6)


def _stat(pid: int) -> list[str] | None:
    """The fields after the name, which may have blanks in it (proc(5)): 11 and 12 are times, 21 is memory in pages."""
    try:
        return (_PROC / str(pid) / "stat").read_text("utf-8").rpartition(")")[2].split()
    except OSError:  # it has ended meanwhile
        return None


def _below(pid: int) -> list[int]:
    try:
        tasks = list((_PROC / str(pid) / "task").iterdir())
        below = [int(child) for task in tasks for child in (task / "children").read_text("utf-8").split()]
    except OSError:
        return []
    return [each for child in below for each in [child, *_below(child)]]
