"""Find a Chrome and have it take pictures of figures."""

import atexit
import shutil
import threading
from functools import cache
from typing import TYPE_CHECKING, Literal

import plotly.graph_objects as go

if TYPE_CHECKING:
    from .studio import Studio

_STARTING = threading.Lock()
_open: "Studio | None" = None


@cache
def path() -> str | None:
    """Return where the Chrome, Chromium or Edge of this machine is (or the one that BROWSER_PATH names); None without one."""
    from choreographer.browsers.chromium import Chromium

    named = Chromium.find_browser(skip_local=False)
    return shutil.which(named) if named else None  # BROWSER_PATH may name what is not there, or cannot be started


def found() -> bool:
    """Return whether this machine has a Chrome."""
    return path() is not None


def picture(figure: go.Figure, kind: Literal["png", "svg"], width: int, height: int, scale: float) -> bytes:
    """Return the figure as a picture. The browser is started for the first (about 3 s) and kept (then about 0.3 s)."""
    studio = _studio()
    try:
        return studio.svg(figure, width, height) if kind == "svg" else studio.png(figure, width, height, scale)
    except BaseException:
        _leave(studio)  # it may have crashed: the next picture has a new one
        raise


def _studio() -> "Studio":
    from .studio import Studio

    global _open
    with _STARTING:
        if _open is None:
            _open = Studio()
            atexit.register(_open.close)
        return _open


def _leave(studio: "Studio") -> None:
    global _open
    with _STARTING:
        if _open is not studio:
            return  # another thread was faster
        _open = None
    atexit.unregister(studio.close)
    studio.close()
