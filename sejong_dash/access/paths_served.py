"""Say of each path of the server whether it is one, and which action whoever asks for it must be allowed."""

from collections.abc import Collection

from .roles import ADMINISTER, SEE, UPLOAD

UPLOADS = "_stcore/upload_file/"
STREAM = "_stcore/stream"
CHANGES = "events"
SIGN_OUT = "auth/logout"
METRICS, ADMIN = "metrics", "admin"
# Whoever signs in needs these before; nothing of the tables is in them. What programs ask for the server's health is here too.
_OPEN = {"_stcore/health", "_stcore/host-config", "auth/login", SIGN_OUT, "oauth2callback", "healthz", "readyz", "favicon.png"}
_OPEN_BELOW = ("static/", "plotly/")
# What answers these may write pages of its own: the list of files, files that are taken away.
_OWN_PAGES = ("export/", "media/", "component/", UPLOADS)
_LIST = "export"
# What is answered here has a mark of its own, which a browser may ask about (ETag, If-None-Match).
_MARKED = ("figure/", "static/", "shapes/", "plotly/")
# Nobody asks for these: figures of Streamlit's own, and a way to run pages without a browser.
_CLOSED = {"_stcore/metrics", "_stcore/script-health-check"}
_SHOWN = 8  # signs of a session's number
_CLOSED_BELOW = ("_stcore/agent",)


def is_closed(name: str) -> bool:
    """Whether a path is not served, though Streamlit has it."""
    return name in _CLOSED or name.startswith(_CLOSED_BELOW)


def shown(path: str) -> str:
    """Return a path as the log may show it: of a session's number so much that it can be told from others, and not taken over."""
    before, uploads, behind = path.partition(UPLOADS)
    session, slash, file = behind.partition("/")
    return f"{before}{uploads}{session[:_SHOWN]}{slash}{file[:_SHOWN]}" if uploads else path


def is_unknown(name: str, pages: Collection[str]) -> bool:
    """Whether a page at this path would be Streamlit's, which it gives for any path, where none of ours has this name."""
    return bool(name) and name not in (ADMIN, _LIST, *pages) and not name.startswith(_OWN_PAGES)


def has_marks(name: str) -> bool:
    """Return whether what is answered at a path has a mark by which a browser asks whether it has changed."""
    return name.startswith(_MARKED)


def is_watched(name: str) -> bool:
    """Return whether a path says how the server is, to whoever runs it."""
    return name in (METRICS, ADMIN) or name.startswith(f"{ADMIN}/")


def action_of(name: str, pages: Collection[str]) -> str | None:
    """Return what whoever asks for a path must be allowed to do; None where anybody may ask for it.

    A page itself is the same for everybody: what it shows comes through its connection.
    """
    if not name or name in pages or name in _OPEN or name.startswith(_OPEN_BELOW):
        return None
    if name.startswith(UPLOADS):
        return UPLOAD
    return ADMINISTER if is_watched(name) else SEE
