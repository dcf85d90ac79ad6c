"""Gathers the figures of the running server: sessions, runs, answers, errors, memory, open files, age of the data."""

import os
import time
from pathlib import Path

from sejong_dash import ending
from sejong_dash.serving import active_runs
from sejong_dash.serving.sessions import closed_sessions, descriptors
from sejong_dash.serving.sessions.session_door import Places
from sejong_dash.version import TAG

from . import request_log
from .log_lines import TAIL
from .metrics import Metric, by_label, single
from .readiness import Readiness


def gather(places: Places, limit: int | None, readiness: Readiness) -> list[Metric]:
    """Return all figures; `limit` is that of open files."""
    levels = {level: TAIL.counts.get(level, 0) for level in ("warning", "error", "critical")}
    states = {state: float(readiness.state == state) for state in ("ready", "degraded", "unready")}
    return [
        by_label("sejong_version", "gauge", "The version of the dashboard.", "version", {TAG: 1}),
        single("sejong_uptime_seconds", "gauge", "Seconds since the server began.", time.time() - TAIL.began),
        single("sejong_sessions", "gauge", "Open pages.", places.taken),
        single("sejong_sessions_held", "gauge", "Sessions in memory, open or left.", closed_sessions.held()),
        single("sejong_sessions_most", "gauge", "Open pages that are let in.", places.most),
        single("sejong_sessions_refused", "counter", "Pages that found no place.", places.refused),
        single("sejong_streams", "gauge", "Open streams of changes.", places.streams),
        single("sejong_runs_under_way", "gauge", "Sessions whose script is running.", active_runs.under_way()),
        single("sejong_runs", "counter", "Requests for runs that got a thread of their own.", active_runs.begun()),
        single("sejong_jobs", "gauge", "Readings and exports under way.", ending.under_way()),
        by_label("sejong_answers", "counter", "Answers by the class of their status.", "status", dict(request_log.answers)),
        by_label("sejong_log_lines", "counter", "Lines of the log by level.", "level", levels),
        by_label("sejong_ready", "gauge", "1 at the state that holds.", "state", states),
        single("sejong_tables_unusable", "gauge", "Tables that cannot be shown.", len(readiness.unusable)),
        single("sejong_tables_last_good", "gauge", "Tables whose last good state is shown.", len(readiness.kept)),
        single("sejong_data_age_seconds", "gauge", "Seconds since counts were changed last.", readiness.age_seconds),
        single("sejong_open_files", "gauge", "Files that the server has open.", descriptors.open_files()),
        single("sejong_open_files_most", "gauge", "Files that it may have open.", limit),
        single("sejong_memory_bytes", "gauge", "Memory that the server holds.", _memory()),
    ]


def _memory() -> float | None:
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    except (OSError, IndexError, ValueError):  # a system that does not say so here
        return None
    return float(pages * os.sysconf("SC_PAGE_SIZE"))
