"""Says whether the server can do its work: tables that can be used, a folder that can be written, when counts came in last."""

import os
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from sejong_dash import clock, paths
from sejong_dash.datasets import snapshot
from sejong_dash.datasets.schema import last_good
from sejong_dash.datasets.schema.table_files import answer_file
from sejong_dash.errors import DashError
from sejong_dash.exhibits import defaults
from sejong_dash.store import counts, journal, journal_check, queries


@dataclass(frozen=True)
class Readiness:
    """What the server has to work with.

    `unusable` are tables that cannot be shown at all, each with the code of what is wrong; `kept` those whose last good state, or
    of a query its last good answer, is shown in their place. `last_day` is the last day with a count, `changed_at` when counts
    were changed last.
    """

    unusable: dict[str, str] = field(default_factory=dict)
    kept: dict[str, str] = field(default_factory=dict)
    is_writable: bool = False
    journal: str = "sound"
    last_day: str = ""
    changed_at: datetime | None = None

    @property
    def is_ready(self) -> bool:
        """Whether viewers are shown figures and counts can be stored."""
        return not self.unusable and self.is_writable

    @property
    def state(self) -> str:
        """`ready`; `degraded`, where something is shown as it was, or the journal needs repair; `unready`."""
        if not self.is_ready:
            return "unready"
        return "degraded" if self.kept or self.journal != "sound" else "ready"

    @property
    def age_seconds(self) -> float | None:
        """How long ago counts were changed last; None where that is not known."""
        return None if self.changed_at is None else max(0.0, (clock.now() - self.changed_at).total_seconds())

    def as_json(self) -> dict[str, Any]:
        """Return what `/readyz` answers."""
        return {
            "status": self.state,
            "tables": {"unusable": self.unusable, "last_good_shown": self.kept},
            "store": {"writable": self.is_writable, "journal": self.journal},
            "counts": {
                "last_day": self.last_day or None,
                "changed_at": self.changed_at.isoformat(timespec="seconds") if self.changed_at else None,
            },
        }


def look() -> Readiness:
    """Return the readiness as it is now; what was looked at before and has not changed is not read again."""
    defaults.state()  # has every table looked at that has changed
    found = last_good.troubles()
    kept = {each.file: each.standing.problem for each in queries.troubled() if each.standing.answered_at}
    kept |= {each.file: each.code for each in found if each.good_at}
    unusable = {each.file: each.code for each in found if not each.good_at}
    last_day = _last_day()
    return Readiness(unusable, kept, _is_writable(), _journal_state(), last_day, _changed_at(has_counts=bool(last_day)))


def _is_writable() -> bool:
    folder = journal.folder() if journal.folder().exists() else paths.live_dir()
    return os.access(folder, os.W_OK | os.X_OK) and os.access(paths.live_dir(), os.W_OK | os.X_OK)


def _journal_state() -> str:
    try:
        damage = journal_check.find()
    except DashError as error:
        return error.key
    return "sound" if damage is None else damage.kind


def _last_day() -> str:
    try:
        days = snapshot().visitors(sample=False)["date"]
    except DashError:
        return ""
    return f"{days.max():%Y-%m-%d}" if len(days) else ""


def _changed_at(*, has_counts: bool) -> datetime | None:
    """When counts were changed last: as the journal has it, or as long as there is none, when their file was written. Those that
    a query answers are changed by its answer, which is written where it is another, and not by what the journal knows."""
    if counts.are_of_query():
        return _written_at(answer_file(paths.live_dir() / "visitors.sql"))
    try:
        last = journal.Journal().last
    except DashError:
        last = None
    if last is not None:
        return datetime.fromisoformat(last.when)
    return _written_at(journal.table_path()) if has_counts else None


def _written_at(path: Path) -> datetime | None:
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, clock.ZONE)
    except OSError:
        return None
