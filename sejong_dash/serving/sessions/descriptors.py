"""Raises how many files the server may have open, and says how many sessions that allows for.

A connection is an open file to the system. The usual limit of 1,024 is used up by about 250 open pages, and then nothing
opens any more: no page, no table.
"""

import logging
from pathlib import Path

_LOG = logging.getLogger(__name__)
# An open page holds its line, its stream of changes, what Streamlit keeps for its script (3), and for moments a file or a
# connection for a script.
FILES_PER_SESSION = 6
OWN = 150  # the server itself: tables, modules, its Chrome
_WANTED = 65_536  # a limit above it is left alone and none is asked for: some systems name numbers that no table has room for


def raise_limit() -> int | None:
    """Raise the soft limit to the hard limit and return what holds then; None where the system has no such limit.

    A limit that stays low is logged with the remedy.
    """
    try:
        import resource
    except ImportError:  # Windows
        return None
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _WANTED if hard == resource.RLIM_INFINITY else min(hard, _WANTED)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        try:
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
            soft = wanted
        except (OSError, ValueError) as error:
            _LOG.warning("The limit of open files stays at %d: %s", soft, error)
    if soft == resource.RLIM_INFINITY:
        return None
    if sessions_for(soft) < 250:
        _LOG.warning(
            "The server may have %d files open, which is enough for %d open pages. Raise the limit (LimitNOFILE= of systemd, "
            "`ulimit -Hn` of a shell): docs/deployment.md.",
            soft,
            sessions_for(soft),
        )
    return soft


def sessions_for(limit: int) -> int:
    """Return how many sessions a limit of open files allows for."""
    return max(1, (limit - OWN) // FILES_PER_SESSION)


def open_files() -> int | None:
    """Return how many files the server has open; None where the system does not say."""
    for folder in (Path("/proc/self/fd"), Path("/dev/fd")):
        try:
            return sum(1 for _ in folder.iterdir())
        except OSError:
            continue
    return None
