"""Keeps a process ready that reads the next file: to start Python with its libraries takes a second or more.

At most one waits. Whoever takes it has it alone, for one file. It ends with the server, or by itself where no file comes for a
quarter of an hour.
"""

import logging
import os
import subprocess
import sys
import threading

from sejong_dash import ending, paths
from sejong_dash.errors import DashError

MEMORY = 2048  # megabytes of addresses; the largest file takes half of it
SECONDS = 180  # the largest file takes a tenth of it where the machine has nothing else to do
_MOST_PROCESSOR = 2 * SECONDS + 60  # seconds of all its threads, its start among them: where nobody is left to end it
_AHEAD, _LONG = 3, 10  # niceness of what is started before anybody waits for it, and of a reading that takes long
_OURS = "SEJONG_"
# Each thread of a library, of which there are as many as processors, would set addresses aside.
_FRUGAL = {
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "MALLOC_ARENA_MAX": "2",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "RUST_BACKTRACE": "0",  # where memory runs out, a line in the log is enough
}
_LOG = logging.getLogger(__name__)

Process = subprocess.Popen[bytes]
Settings = dict[str, str]


class WaitingReader:
    """A process that waits for a file to read, with the settings under which it was started."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: tuple[Settings, Process] | None = None

    def prepare(self) -> None:
        """Start a process where none waits; where the machine has no room for it, the next reading says so."""
        if os.environ.get("SEJONG_WAITING_READER") == "off" or ending.is_stopping():
            return
        with self._lock:
            settings = _settings()
            if self._waiting is not None and self._waiting[0] == settings and self._waiting[1].poll() is None:
                return
            self._end()
            try:
                self._waiting = settings, start()
                _lower_priority(self._waiting[1], _AHEAD)
            except DashError:
                _LOG.warning("no process could be started for the next file", exc_info=True)
        ending.at_last(self.end)

    def take(self) -> Process:
        """Return the process that waits, else a new one. Raises DashError where none can be started."""
        with self._lock:
            waiting, self._waiting = self._waiting, None
        if waiting is not None:
            if waiting[0] == _settings() and waiting[1].poll() is None:
                return waiting[1]
            _end(waiting[1])
        return start()

    def end(self) -> None:
        """End the process that waits."""
        with self._lock:
            self._end()

    def _end(self) -> None:
        if self._waiting is not None:
            _end(self._waiting[1])
            self._waiting = None


def start() -> Process:
    """Start a process that reads one file. Raises DashError where the machine does not let it."""
    command = [sys.executable, "-m", "sejong_dash.intake", str(MEMORY), str(_MOST_PROCESSOR)]
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=paths.PROJECT,
            env=os.environ | _settings() | _FRUGAL,
            start_new_session=True,  # Ctrl-C is for the server, which ends it
        )
    except OSError as error:
        raise DashError("no_reader", what=error.strerror or type(error).__name__) from error
    return process


def give_way(process: Process) -> None:
    """Let a process that reads for long give way to viewers; it cannot be made quicker again."""
    _lower_priority(process, _LONG)


def _lower_priority(process: Process, niceness: int) -> None:
    if sys.platform != "win32":
        now = os.getpriority(os.PRIO_PROCESS, process.pid)
        os.setpriority(os.PRIO_PROCESS, process.pid, max(now, niceness))  # a server that gives way itself may be above


def _settings() -> Settings:
    """Return the settings that a reading may depend on; a relative folder of tables would be another one from there."""
    return {name: value for name, value in os.environ.items() if name.startswith(_OURS)} | {"SEJONG_DATA": str(paths.live_dir())}


def _end(process: Process) -> None:
    with process:
        process.kill()


reader = WaitingReader()
