"""Where does everything lie?"""

import os
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
PAGES = PROJECT / "pages"
FONTS = PROJECT / "fonts"


def data_dir() -> Path:
    """The folder of the tables: `$SEJONG_DATA`, or the one that ships with the project."""
    named = os.environ.get("SEJONG_DATA")
    return Path(named).expanduser().resolve() if named else PROJECT / "data"
