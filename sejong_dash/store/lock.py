"""Let one writer at a time write to a folder.

Two locks of the `filelock` library, one inside the other, because neither is enough where the data folder is on a network:

- the system's own lock (`FileLock`) is given back by the system when its holder is killed, so nobody ever waits for a dead
  process. But some network folders keep it within one machine (NFS mounted with `nolock`, SMB with `nobrl`, sshfs), and
  then two machines both get it.
- a marker file (`SoftFileLease`) is seen by every machine that sees the folder, because only one of them can create it. What is
  left of a killed process is taken over at once on the same machine, and elsewhere after it has gone unrefreshed for
  a few seconds, by the waiting machine's own clock. Only a marker without a name (its maker was killed between creating and
  signing it) is left alone by the library for good; here it goes once nobody has signed it for as long as we wait.

Whoever lost the lock nevertheless (a machine that slept) learns so from `WriteLock.check` before any count is replaced.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import AcquireReturnProxy, FileLock, SoftFileLease, Timeout

from sejong_dash.errors import DashError

PATIENCE = 10.0  # seconds; longer than a lease, so that one that a dead machine left behind is outlived
_LEASE = 6.0


@dataclass(frozen=True, slots=True)
class WriteLock:
    """The right to write, as long as `check` raises nothing."""

    _lease: SoftFileLease

    def check(self) -> None:
        """Raise DashError if another machine has taken over meanwhile."""
        if self._lease.compromise is not None or not self._lease.is_lock_held_by_us:
            raise DashError("store_turn_lost")


@contextmanager
def hold(folder: Path) -> Iterator[WriteLock]:
    """Hold the folder's write lock until the block ends. Raises DashError, naming the holder, if that takes too long to get."""
    marker = folder / "turn.lease"
    lease = SoftFileLease(marker, lease_duration=_LEASE, poll_interval=0.02)
    with ExitStack() as locks:
        try:
            locks.enter_context(FileLock(folder / "turn.lock", timeout=PATIENCE, poll_interval=0.02))
            locks.enter_context(_signed(lease, marker))
        except Timeout as timeout:
            holder = lease.owner
            who = f"{holder.hostname} ({holder.pid})" if holder else "?"
            raise DashError("store_busy", holder=who, seconds=round(PATIENCE)) from timeout
        yield WriteLock(lease)


def _signed(lease: SoftFileLease, marker: Path) -> AcquireReturnProxy[SoftFileLease]:
    try:
        return lease.acquire(timeout=PATIENCE)
    except Timeout:
        if not _is_blank(marker):
            raise
        marker.unlink(missing_ok=True)
        return lease.acquire(timeout=_LEASE)


def _is_blank(marker: Path) -> bool:
    try:
        return marker.stat().st_size == 0
    except OSError:  # its holder has just taken it away
        return False
