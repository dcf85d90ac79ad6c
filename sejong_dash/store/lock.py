"""Whose turn is it to write?

Two locks of the `filelock` library, one inside the other, because neither is enough where the data folder is on a network:

- the system's own lock (`FileLock`) is given back by the system when its holder is killed, so nobody ever waits for a dead
  process. But some network folders keep it within one machine (NFS mounted with `nolock`, SMB with `nobrl`, sshfs), and
  then two machines both get it;
- a marker file (`SoftFileLease`) is seen by every machine that sees the folder, because only one of them can create it. What is
  left of a killed process is taken over at once on the same machine, and elsewhere after it has gone unrefreshed for
  a few seconds, by the waiting machine's own clock.

Whoever lost its turn nevertheless (a machine that slept) is told by `Turn.check` before anything of the counts is replaced.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, SoftFileLease, Timeout

from ..errors import DashError

PATIENCE = 15.0  # seconds; longer than a lease, so that one that a dead machine left behind is outlived
_LEASE = 6.0


@dataclass(frozen=True, slots=True)
class Turn:
    """The right to write, as long as `check` does not say otherwise."""

    _lease: SoftFileLease

    def check(self) -> None:
        """Raises DashError if another machine has taken over meanwhile."""
        if self._lease.compromise is not None or not self._lease.is_lock_held_by_us:
            raise DashError("store_turn_lost")


@contextmanager
def turn(folder: Path) -> Iterator[Turn]:
    """Be the only one who writes, until the block ends. Raises DashError, naming the holder, if that takes too long."""
    lease = SoftFileLease(folder / "turn.lease", lease_duration=_LEASE)
    try:
        with FileLock(folder / "turn.lock", timeout=PATIENCE), lease.acquire(timeout=PATIENCE):
            yield Turn(lease)
    except Timeout as waited:
        holder = lease.owner
        who = f"{holder.hostname} ({holder.pid})" if holder else "?"
        raise DashError("store_busy", holder=who, seconds=int(PATIENCE)) from waited
