"""Does work for a viewer in a thread of its own, with its progress and a way to stop it."""

import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sejong_dash import ending
from sejong_dash.errors import DashError
from sejong_dash.ui.browser import script_run

_LOG = logging.getLogger(__name__)


class _StoppedError(Exception):
    """The viewer has stopped the work."""


@dataclass
class Job:
    """Work in a thread of its own, which ends with the session or the server.

    `done` of `of` steps are finished, `title` names the step under way, `count` says how much was gone through, where that is
    known. `made` holds the result at the end, `trouble` what prevented it; both are None where the work was stopped.
    """

    work: Callable[[Any], Mapping[str, Any]]
    done: int = 0
    of: int = 1
    title: str = ""
    count: int = 0
    made: Mapping[str, Any] | None = None
    trouble: DashError | None = None
    session: str = ""
    _stop: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def start(self) -> "Job":
        """Start the thread and return the job, which ends with the session that starts it."""
        self.session = script_run.session()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        return self

    def wait(self, seconds: float) -> None:
        """Wait until the work has ended, at most so long."""
        if self._thread is not None:
            self._thread.join(seconds)

    def stop(self) -> None:
        """End the work before its next step."""
        self._stop.set()

    @property
    def running(self) -> bool:
        """Whether the work is under way."""
        return self._thread is not None and self._thread.is_alive()

    def set_progress(self, done: int, of: int, title: str, count: int = 0) -> None:
        """Set how far the work is; raises to end it where the viewer has stopped it. To be called by the work itself."""
        if self._stop.is_set():
            raise _StoppedError
        self.done, self.of, self.title, self.count = done, of, title, count

    def _run(self) -> None:
        try:
            with ending.ended_by(self.stop, self.session):
                self.made = self.work(self.set_progress)
        except _StoppedError:
            return
        except DashError as error:
            if self._stop.is_set():  # its process was ended with it
                return
            _LOG.exception("a job has failed")
            self.trouble = error
        except Exception as error:
            _LOG.exception("a job has failed")
            self.trouble = DashError("unexpected", what=type(error).__name__)
