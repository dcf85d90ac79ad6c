"""Names what the dashboard relies on inside Streamlit, and says what of it is switched off.

Each reliance stands in a file of its own that is called as it is named here; docs/streamlit_border.md says for each why it is
needed and what breaks without it. The tests
that it names try them with the Streamlit that is installed.
"""

import logging
import os
from importlib.metadata import version

_LOG = logging.getLogger(__name__)

TRIED_WITH = "1.67.0"  # the version of Streamlit with which all of them were tried
RELIANCES = (
    # the server: sejong_dash/serving/
    "active_runs",
    "chunk_names",
    "closed_sessions",
    "config_reads",
    "cut_fonts",
    "event_batches",
    "front_end",
    "host_config",
    "index_page",
    "part_references",
    "run_ends",
    "send_at_once",
    "session_name",
    "whole_runs",
    # the door: sejong_dash/access/
    "back_messages",
    "sign_in_cookie",
    "uploads",
    # a run of a page: sejong_dash/ui/browser/
    "script_run",
    # the reader's browser: sejong_dash/ui/browser/
    "entry_grid",
    "menu_step",
    "moved_press",
    "selectors",
    "slow_press",
    "translations",
    "visit",
)


def is_off(name: str) -> bool:
    """Whether a reliance is switched off by `$SEJONG_BORDER_OFF`, a list of names with blanks between them.

    `selectors.NAME` is a single selector: it is off where it is listed, or `selectors` is. Raises KeyError for another name.
    """
    whole = name.partition(".")[0]
    if whole not in RELIANCES:
        raise KeyError(name)
    return not {name, whole}.isdisjoint(_listed())


def check() -> None:
    """Log a warning where another Streamlit is installed than was tried, and what is switched off or misspelt."""
    installed = version("streamlit")
    if installed != TRIED_WITH:
        _LOG.warning(
            "Streamlit %s is installed, and this dashboard was tried with %s. The tests that docs/streamlit_border.md names say "
            "what has changed. What does harm can be switched off by SEJONG_BORDER_OFF (docs/deployment.md).",
            installed,
            TRIED_WITH,
        )
    for name in _listed():
        if name.partition(".")[0] in RELIANCES:
            _LOG.warning("%s is switched off by SEJONG_BORDER_OFF.", name)
        else:
            _LOG.warning("SEJONG_BORDER_OFF names %s, which is not known. Known are: %s.", name, ", ".join(RELIANCES))


def _listed() -> list[str]:
    return os.environ.get("SEJONG_BORDER_OFF", "").split()
