"""Gives a process that reads a stranger's file its limits of memory and time."""

import logging
import os
import sys
from pathlib import Path

_LOG = logging.getLogger(__name__)
_FIRST_TO_GO = "1000"  # of the scale by which Linux chooses a process to end where memory runs out


def limit_process(memory: int, seconds: int) -> None:
    """Limit this process and what it begins to so many bytes of memory and seconds of processor time, for good.

    Python then raises MemoryError; a library of another language ends the process. Where the system runs out of memory before,
    Linux ends this process rather than the server. Windows knows no such limits, and macOS may refuse that of memory.
    """
    if sys.platform == "win32":
        return
    import resource  # POSIX alone has it

    for kind, most, margin in ((resource.RLIMIT_AS, memory, 0), (resource.RLIMIT_CPU, seconds, 1), (resource.RLIMIT_CORE, 0, 0)):
        _, highest = resource.getrlimit(kind)
        limit = most if highest == resource.RLIM_INFINITY else min(most, highest - margin)
        try:
            resource.setrlimit(kind, (limit, limit + margin))  # at the higher one a process cannot say any more which it was
        except (ValueError, OSError):
            _LOG.warning("this system sets no limit of kind %d", kind, exc_info=True)
    choice = Path("/proc/self/oom_score_adj")
    if os.access(choice, os.W_OK):
        choice.write_text(_FIRST_TO_GO, encoding="ascii")
