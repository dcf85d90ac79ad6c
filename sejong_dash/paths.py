"""Name the folders of the project and of its tables."""

import os
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
PAGES = PROJECT / "pages"
FONTS = PROJECT / "fonts"


def live_dir() -> Path:
    """Return the folder of the tables as they are now: `$SEJONG_DATA`, or the one that ships with the project."""
    named = os.environ.get("SEJONG_DATA")
    return Path(named).expanduser().resolve() if named else PROJECT / "data"


def incoming_dir() -> Path:
    """Return the server's folder for large files to be imported: `$SEJONG_INCOMING`, or `incoming` beside the tables."""
    named = os.environ.get("SEJONG_INCOMING")
    return Path(named).expanduser().resolve() if named else live_dir() / "incoming"


def frozen_dir(version: str) -> Path:
    """Return the folder of a snapshot: the tables as they were frozen for a meeting."""
    return live_dir() / ".frozen" / version


def data_dir(version: str = "") -> Path:
    """Return the folder of the tables of a version: that of a snapshot, or the live one where it is blank."""
    return frozen_dir(version) if version else live_dir()
