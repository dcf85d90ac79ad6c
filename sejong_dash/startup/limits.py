"""Decides how many sessions the server takes: as many as a setting says, and never more than it may have files open for."""

import logging
import os

from sejong_dash.serving.sessions.descriptors import raise_limit, sessions_for
from sejong_dash.serving.sessions.session_door import Places

_LOG = logging.getLogger(__name__)
_MOST = 600  # with about two megabytes for each, a gigabyte
_STOP = 20.0  # seconds: a set of slides is made in five, a set as PDF on a busy server in thirty


def places() -> tuple[Places, int | None]:
    """Return the places for sessions and the limit of open files, which is raised as far as the system lets it.

    `$SEJONG_SESSIONS` says how many sessions there may be. Raises RuntimeError where that is no number above 0.
    """
    limit = raise_limit()
    text = os.environ.get("SEJONG_SESSIONS", "") or str(_MOST)
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise RuntimeError(f"SEJONG_SESSIONS is {text!r} but must be a number above 0.")
    wanted = int(text)
    most = wanted if limit is None else min(wanted, sessions_for(limit))
    if most < wanted:
        _LOG.warning("At most %d sessions are taken, not %d: the server may have %s files open.", most, wanted, limit)
    return Places(most), limit


def stop_seconds() -> float:
    """Return how long what is under way may take to finish when the server is asked to stop; `$SEJONG_STOP_SECONDS` says so.

    Raises RuntimeError where that is no number.
    """
    text = os.environ.get("SEJONG_STOP_SECONDS", "") or str(_STOP)
    try:
        return max(0.0, float(text))
    except ValueError as error:
        raise RuntimeError(f"SEJONG_STOP_SECONDS is {text!r} but must be a number of seconds.") from error
