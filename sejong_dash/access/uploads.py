"""Says whether a file may be taken, by its size and by what is held already.

Relies on: `Runtime.instance().uploaded_file_mgr.file_storage`: the files that are held in memory, by session.
Why: Streamlit bounds a single file alone. Many of them, from one page or from many, fill the server's memory.
Tried with: Streamlit 1.67.0.
Without it: only files that are on their way are counted.
Off: `uploads` in SEJONG_BORDER_OFF.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from sejong_dash import border

MEGABYTE = 1024 * 1024
PER_SESSION = 256 * MEGABYTE
IN_ALL = 512 * MEGABYTE
AROUND = 64 * 1024  # what a browser writes around a file


def held() -> Mapping[str, int]:
    """Return the bytes that are held for each session."""
    if border.is_off("uploads"):
        return {}
    from streamlit.runtime import Runtime, exists

    if not exists():
        return {}
    storage: dict[str, dict[str, Any]] = getattr(Runtime.instance().uploaded_file_mgr, "file_storage", {})
    return {session: sum(len(file.data) for file in list(files.values())) for session, files in list(storage.items())}


class UploadLimits:
    """Counts files that are on their way, and refuses what would be too much with what is held. Used on the event loop alone."""

    def __init__(self, per_file: int, per_session: int = PER_SESSION, in_all: int = IN_ALL) -> None:
        self._per_file, self._per_session, self._in_all = per_file, per_session, in_all
        self._coming: dict[str, int] = {}

    def too_much(self, session: str, size: int) -> str:
        """Return which limit a file of this size would break: `file`, `session`, `all`; blank where there is room for it."""
        if size > self._per_file + AROUND:
            return "file"
        kept = held()
        if kept.get(session, 0) + self._coming.get(session, 0) + size > self._per_session + AROUND:
            return "session"
        return "all" if sum(kept.values()) + sum(self._coming.values()) + size > self._in_all + AROUND else ""

    @contextmanager
    def coming(self, session: str, size: int) -> Iterator[None]:
        """Count a file for as long as it is on its way."""
        self._coming[session] = self._coming.get(session, 0) + size
        try:
            yield
        finally:
            self._coming[session] -= size
            if not self._coming[session]:
                del self._coming[session]
