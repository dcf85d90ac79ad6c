"""Keeps which sign-ins were ended, in a file that all servers of the same tables share.

A cookie that somebody has copied is as good as the browser's own until it is over, and signing out removes it from one browser
alone: so the server keeps a list, and looks at it whenever it is asked for anything.
"""

import logging
from pathlib import Path
from time import monotonic
from typing import NamedTuple

import filelock

_LOG = logging.getLogger(__name__)
_FRESH = 0.5  # seconds for which a look at the file holds: others may have written it
_PATIENCE = 5.0  # seconds for the lock


class _Seen(NamedTuple):
    size: int
    changed: int


class EndedSignIns:
    """The names of sign-ins that were ended before their time, each with when it would have ended by itself."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._until: dict[str, float] = {}
        self._seen: _Seen | None = None
        self._looked_at = float("-inf")

    def __contains__(self, name: object) -> bool:
        self._look()
        return name in self._until

    def add(self, name: str, until: float, now: float) -> None:
        """End a sign-in. It holds in this process at once, and for others as soon as it is written."""
        self._until[name] = until
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with filelock.FileLock(f"{self._path}.lock", timeout=_PATIENCE):
                lines = {**self._until, **self._read(), name: until}
                new = self._path.with_suffix(".new")
                new.write_text("".join(f"{each} {at:.0f}\n" for each, at in lines.items() if at > now), "utf-8")
                new.replace(self._path)
        except (OSError, filelock.Timeout):
            _LOG.exception("That a sign-in has ended cannot be written: it has ended for this process alone.")

    def _look(self) -> None:
        if monotonic() - self._looked_at < _FRESH:
            return
        self._looked_at = monotonic()
        try:
            found = self._path.stat()
        except OSError:
            return  # nobody has ended one, or the folder is away for a moment: what is known holds
        seen = _Seen(found.st_size, found.st_mtime_ns)
        if seen != self._seen:
            try:
                self._until |= self._read()
            except OSError:
                return  # what is known holds, and the next look reads it
            self._seen = seen

    def _read(self) -> dict[str, float]:
        """Return what the file names; nothing without one. Raises OSError where it is there and cannot be read."""
        try:
            lines = self._path.read_text("utf-8", "replace").splitlines()
        except FileNotFoundError:
            return {}
        pairs = [line.split(" ") for line in lines]
        return {pair[0]: float(pair[1]) for pair in pairs if len(pair) == 2 and pair[1].isdigit()}
