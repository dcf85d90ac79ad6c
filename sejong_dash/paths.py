"""Where does everything lie?"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
PAGES = PROJECT / "pages"
FONTS = PROJECT / "fonts"
_FROZEN: ContextVar[str] = ContextVar("frozen", default="")


def live_dir() -> Path:
    """The folder of the tables as they are now: `$SEJONG_DATA`, or the one that ships with the project."""
    named = os.environ.get("SEJONG_DATA")
    return Path(named).expanduser().resolve() if named else PROJECT / "data"


def incoming_dir() -> Path:
    """The folder on the server where large files wait to be brought in: `$SEJONG_INCOMING`, or `incoming` beside the tables."""
    named = os.environ.get("SEJONG_INCOMING")
    return Path(named).expanduser().resolve() if named else live_dir() / "incoming"


def frozen_dir(version: str) -> Path:
    """The folder of the tables as they were when somebody froze them for a meeting."""
    return live_dir() / ".frozen" / version


def data_dir() -> Path:
    """The folder of the tables that is read: the live one, or inside `frozen` that of a frozen version."""
    version = _FROZEN.get()
    return frozen_dir(version) if version else live_dir()


@contextmanager
def frozen(version: str) -> Iterator[None]:
    """Read a frozen version of the tables (blank: the live ones) in this thread, until the block ends."""
    before = _FROZEN.set(version)
    try:
        yield
    finally:
        _FROZEN.reset(before)
