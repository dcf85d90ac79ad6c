"""Is there a Chrome that can take a picture of a figure, and how is it asked for one?"""

import atexit
import threading
from functools import cache
from typing import TYPE_CHECKING, Literal

import plotly.graph_objects as go

if TYPE_CHECKING:
    from .studio import Studio

_STARTING = threading.Lock()
_open: "Studio | None" = None


@cache
def found() -> bool:
    """Whether this machine has a Chrome, Chromium or Edge (or names one in BROWSER_PATH)."""
    from choreographer.browsers.chromium import Chromium

    return bool(Chromium.find_browser(skip_local=False))


def picture(figure: go.Figure, kind: Literal["png", "svg"], width: int, height: int, scale: float) -> bytes:
    """The figure as a picture. The browser is started at the first one (about 3 s) and kept (then about 0.3 s)."""
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
