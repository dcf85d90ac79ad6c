"""What is being made for a viewer while the page stays free, how far is it, and can it be stopped?"""

import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..errors import DashError

_LOG = logging.getLogger(__name__)


class _StoppedError(Exception):
    """The viewer does not want it any more."""


@dataclass
class Job:
    """Work in a thread of its own; `done` of `of` steps are finished, `title` names the one under way, `count` says
    how much has been gone through, where that is told.

    `made` holds the result at the end, `trouble` what prevented it; neither, where it was stopped.
    """

    work: Callable[[Any], Mapping[str, Any]]
    done: int = 0
    of: int = 1
    title: str = ""
    count: int = 0
    made: Mapping[str, Any] | None = None
    trouble: DashError | None = None
    _stop: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def start(self) -> "Job":
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        return self

    def stop(self) -> None:
        """Ends the work before its next step."""
        self._stop.set()

    @property
    def running(self) -> bool:
        return self._thread is not None and self._thread.is_alive()

    def tell(self, done: int, of: int, title: str, count: int = 0) -> None:
        if self._stop.is_set():
            raise _StoppedError
        self.done, self.of, self.title, self.count = done, of, title, count

    def _run(self) -> None:
        try:
            self.made = self.work(self.tell)
        except _StoppedError:
            return
        except DashError as trouble:
            _LOG.exception("what was asked for cannot be made")
            self.trouble = trouble
        except Exception as trouble:
            _LOG.exception("what was asked for cannot be made")
            self.trouble = DashError("unexpected", what=type(trouble).__name__)
