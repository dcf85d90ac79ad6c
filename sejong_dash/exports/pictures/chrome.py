"""Find a Chrome and have it take pictures of figures."""

import atexit
import logging
import shutil
import threading
from functools import cache
from typing import TYPE_CHECKING, Literal

import plotly.graph_objects as go

from sejong_dash import ending
from sejong_dash.errors import DashError

if TYPE_CHECKING:
    from .studio import Studio

_LOG = logging.getLogger(__name__)
_REMEDY = "Install Chrome, Chromium or Edge, or let BROWSER_PATH name the program (docs/deployment.md)."
_STARTING = threading.Lock()
_has_failed = False  # since it last started
_open: "Studio | None" = None


@cache
def path() -> str | None:
    """Return where the Chrome, Chromium or Edge of this machine is (or the one that BROWSER_PATH names); None without one."""
    from choreographer.browsers.chromium import Chromium

    named = Chromium.find_browser(skip_local=False)
    program = shutil.which(named) if named else None  # BROWSER_PATH may name what is not there, or cannot be started
    if program is None:  # which is looked for, and so logged, once
        _LOG.warning("There is no Chrome: PNG, SVG and PDF cannot be made. %s", _REMEDY)
    return program


def found() -> bool:
    """Return whether this machine has a Chrome."""
    return path() is not None


def picture(figure: go.Figure, kind: Literal["png", "svg"], width: int, height: int, scale: float) -> bytes:
    """Return the figure as a picture. The browser is started for the first (about 3 s) and kept (then about 0.3 s)."""
    studio = _studio()
    try:
        with ending.ended_by(studio.kill):
            return studio.svg(figure, width, height) if kind == "svg" else studio.png(figure, width, height, scale)
    except BaseException:
        _leave(studio)  # it may have crashed: the next picture has a new one
        raise


def failure(error: Exception) -> DashError:
    """Return what a reader is shown where the Chrome does not start; the log has the remedy, once until it has started again."""
    global _has_failed
    what = f"{type(error).__name__}: {error}".splitlines()[0][:200]
    if not _has_failed:
        _has_failed = True
        _LOG.error("%s does not start (%s). %s", path(), what, _REMEDY)
    return DashError("export_chrome_failed")


def note_start() -> None:
    """Note that the Chrome has started: the next failure is news again."""
    global _has_failed
    _has_failed = False


def _studio() -> "Studio":
    from .studio import Studio

    global _open
    with _STARTING:
        if _open is None:
            try:
                _open = Studio()
            except Exception as error:
                raise failure(error) from error
            note_start()
            atexit.register(_open.close)
            ending.at_last(close)
        return _open


def close() -> None:
    """Close the Chrome that is kept for the next picture."""
    studio = _open
    if studio is not None:
        _leave(studio)


def _leave(studio: "Studio") -> None:
    global _open
    with _STARTING:
        if _open is not studio:
            return  # another thread was faster
        _open = None
    atexit.unregister(studio.close)
    studio.close()
