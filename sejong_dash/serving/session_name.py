"""Names the session whose script runs on this thread.

Relies on: `get_script_run_ctx(suppress_warning=True)` returning the run of a thread, with `session_id`.
Why: a line of the log says whose run it came from. Streamlit has no public name of a session.
Tried with: Streamlit 1.67.0.
Without it: lines of the log name no session.
Off: `session_name` in SEJONG_BORDER_OFF.
"""

import sys

from sejong_dash import border

_SHOWN = 8  # signs: enough to tell sessions apart, too few to take one over


def current() -> str:
    """Return a short name of the session whose script runs here; blank where none does."""
    # a thread that has no run must not begin with importing what runs scripts
    if "streamlit.runtime.scriptrunner" not in sys.modules or border.is_off("session_name"):
        return ""
    from streamlit.runtime.scriptrunner import get_script_run_ctx

    run = get_script_run_ctx(suppress_warning=True)
    return "" if run is None else run.session_id[:_SHOWN]
