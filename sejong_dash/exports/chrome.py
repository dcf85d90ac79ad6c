"""Is there a Chrome that can take a picture of a figure, and which?"""

import threading
from functools import cache
from typing import Literal

import plotly.graph_objects as go

_STARTING = threading.Lock()


@cache
def found() -> bool:
    """Whether this machine has a Chrome, Chromium or Edge (or names one in BROWSER_PATH)."""
    from choreographer.browsers.chromium import Chromium

    return bool(Chromium.find_browser(skip_local=False))


@cache
def _started() -> None:
    import kaleido

    kaleido.start_sync_server(silence_warnings=True)


def picture(figure: go.Figure, kind: Literal["png", "svg"], width: int, height: int, scale: float) -> bytes:
    """The figure as a picture. The browser is started at the first one (about 4 s) and kept (then about 0.3 s)."""
    import kaleido

    with _STARTING:
        _started()
    return kaleido.calc_fig_sync(figure, opts={"format": kind, "width": width, "height": height, "scale": scale})
