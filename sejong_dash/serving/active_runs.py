"""Counts the runs of pages that are under way, so that other work can wait while viewers wait for an answer.

Relies on: `ScriptRunner.start` being called when a request gets a thread, and `_run_script_thread` being what that thread
does until no request is left.
Why: what is drawn ahead shares the interpreter with viewers' runs and would make each of them up to twice as long. Streamlit
has no public count of runs; its metrics know sessions alone.
Tried with: Streamlit 1.67.0.
Without it: nothing breaks; what is drawn ahead does not wait for runs, only for the seconds after a page was asked for.
Off: `active_runs` in SEJONG_BORDER_OFF.
"""

import threading
import time
from functools import wraps
from typing import TYPE_CHECKING

from sejong_dash import border

if TYPE_CHECKING:  # what is imported when it is used can be switched off where it is gone
    from streamlit.runtime.scriptrunner import ScriptRunner

# A browser that was sent the page fetches a hundred scripts and connects before its run begins.
_ARRIVAL = 3.0  # seconds

_changing = threading.Lock()
_under_way = _begun = 0
_expected_until = 0.0


def count_runs() -> None:
    """Count from now on. Calling it again changes nothing."""
    if border.is_off("active_runs"):
        return
    from streamlit.runtime.scriptrunner import ScriptRunner

    start, run = ScriptRunner.start, ScriptRunner._run_script_thread
    if hasattr(start, "__wrapped__"):
        return

    @wraps(start)
    def counted_start(runner: "ScriptRunner") -> None:
        _add(1)
        try:
            start(runner)
        except BaseException:
            _add(-1)  # it has no thread that would do so
            raise

    @wraps(run)
    def counted_run(runner: "ScriptRunner") -> None:
        try:
            run(runner)
        finally:
            _add(-1)

    ScriptRunner.start = counted_start  # type: ignore[method-assign, assignment]
    ScriptRunner._run_script_thread = counted_run  # type: ignore[method-assign, assignment]


def under_way() -> int:
    """Return the number of sessions whose script is running, from the request on; 0 where it is not counted."""
    return _under_way


def begun() -> int:
    """Return how many runs have begun since the server did; 0 where they are not counted."""
    return _begun


def expect() -> None:
    """Note that a viewer was sent the page: a run of it is about to be asked for."""
    global _expected_until
    _expected_until = time.monotonic() + _ARRIVAL


def is_idle() -> bool:
    """Whether no viewer waits: no run is under way, and none is expected."""
    return not _under_way and time.monotonic() >= _expected_until


def _add(change: int) -> None:
    global _under_way, _begun
    with _changing:
        _under_way += change
        _begun += max(change, 0)
