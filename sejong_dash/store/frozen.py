"""Which figures did a meeting look at? The tables as they were when somebody froze them.

A version is named by its content, so freezing the same tables twice keeps them once. A link or a file that carries the
version shows its figures for as long as its folder is kept, whatever has come in since.
"""

import re
import shutil
import tempfile
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from .. import paths
from ..datasets import reading, visitors
from ..errors import DashError

_DIGITS = 12
_WHEN = "frozen_at.txt"


def version_of(fingerprint: str) -> str:
    """The name that the tables with this fingerprint have when they are frozen, and on every page of a report."""
    return fingerprint[:_DIGITS]


def versions() -> list[str]:
    """The names of the frozen versions that are kept."""
    folder = paths.frozen_dir("")
    if not folder.is_dir():
        return []
    kept = [one for one in folder.iterdir() if re.fullmatch(f"[0-9a-f]{{{_DIGITS}}}", one.name) and (one / _WHEN).is_file()]
    return sorted(one.name for one in kept)


def freeze() -> str:
    """Keep the live tables as they are now and return the version's name.

    The copy appears under its name at once or not at all. Raises DashError where it cannot be written.
    """
    with paths.frozen(""):
        version, files, live = version_of(reading.fingerprint()), reading.files(), paths.live_dir()
    target = paths.frozen_dir(version)
    if target.is_dir():
        return version
    try:
        target.parent.mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent) as made:
            copy = Path(made) / version
            for file in files:
                place = copy / file.relative_to(live)
                place.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file, place)
            now = datetime.now(ZoneInfo("Asia/Seoul"))
            (copy / _WHEN).write_text(now.isoformat(timespec="minutes"), encoding="utf-8")
            with paths.frozen(f"{copy.parent.name}/{version}"):
                if version_of(reading.fingerprint()) != version:  # a count came in while the tables were copied
                    raise DashError("frozen_moving")
            if not target.is_dir():
                copy.replace(target)
    except OSError as trouble:
        raise DashError("frozen_unwritten", folder=str(target.parent), what=trouble.strerror or str(trouble)) from trouble
    return version


@lru_cache(maxsize=256)
def frozen_at(version: str) -> datetime:
    """When a version was frozen, in Sejong's time."""
    return datetime.fromisoformat((paths.frozen_dir(version) / _WHEN).read_text(encoding="utf-8"))


def days_since(version: str, sample: bool) -> int:
    """How many days have other counts now than in the frozen version. Raises TableError where either cannot be read."""
    with paths.frozen(version):
        then = visitors.load(sample).groupby("date")["visitors"].sum()
    with paths.frozen(""):
        now = visitors.load(sample).groupby("date")["visitors"].sum()
    both = then.to_frame("then").join(now.to_frame("now"), how="outer")
    return int((both["then"].fillna(-1) != both["now"].fillna(-1)).sum())
