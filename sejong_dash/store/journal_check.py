"""Find damage of the journal by a chain of hashes, and repair it without losing a line or a count.

A file of its own (`.visitors.chain` in the folder of the tables) has a hash for each of the journal's lines, made of the line and
the hash before it. A journal that was cut, changed by hand or deleted no longer agrees with it. The counts
themselves are in the CSV: repairing keeps the journal's sound beginning, puts a copy of what was found beside it, and records the
counts as they stand as a change of its own.

A line that has no hash yet is one that was being written, which `journal.Journal.repair` sees to.
"""

import logging
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import blake2b
from pathlib import Path
from typing import Literal

from sejong_dash import contents, paths

from . import disk, journal

_LOG = logging.getLogger(__name__)
DamageKind = Literal["cut", "damaged", "deleted"]


@dataclass(frozen=True)
class Damage:
    """What has become of the journal: lines up to `sound` agree with the chain of `known` hashes. `copy` is the name of the file
    that holds what was found, once it was repaired."""

    kind: DamageKind
    sound: int
    known: int
    copy: str = ""


def chain_path() -> Path:
    """Return the file of the hashes; it does not go with the journal's folder."""
    return paths.live_dir() / ".visitors.chain"


def find() -> Damage | None:
    """Return the journal's damage; None where it is sound. Raises DashError where it cannot be read.

    Every page asks: both files are read anew only where they have changed.
    """
    with disk.reading(journal.path()):
        state = tuple(contents.digest(path) if path.exists() else b"" for path in (journal.path(), chain_path()))
        if _Compared.state != state:
            lines, hashes = _lines(), _hashes()
            _Compared.damage, _Compared.state = _compare(lines, hashes), state
        return _Compared.damage


class _Compared:
    """The last comparison: the digests of journal and chain, and what was found."""

    state: tuple[bytes, ...] = ()
    damage: Damage | None = None


def repair(now: datetime) -> Damage | None:
    """Leave the journal its sound beginning and put a copy of what was found beside it; return what was repaired.

    Only under the write lock. Raises OSError.
    """
    lines, hashes = _lines(), _hashes()
    damage = _compare(lines, hashes)
    if damage is None:
        return None
    path = journal.path()
    if path.exists():
        copy = path.with_name(f"{path.stem}.damaged-{now:%Y%m%d-%H%M%S}{path.suffix}")
        shutil.copyfile(path, copy)
        damage = replace(damage, copy=copy.name)
        journal.truncate(sum(len(line) + 1 for line in lines[: damage.sound]))
    _cut_chain(damage.sound)
    _LOG.error(
        "The journal was %s: %d of %d changes are sound. The counts are untouched; what was found is kept as %s.",
        damage.kind,
        damage.sound,
        damage.known,
        damage.copy or "nothing",
    )
    return damage


def record() -> None:
    """Give every line of the journal its hash; a refusal is logged and made up for by the next change. Only under the write lock.

    To be called when the last line's change has happened.
    """
    try:
        lines, hashes = _lines(), _hashes()
        if len(hashes) < len(lines):
            _extend_chain(len(hashes), _chain(lines[len(hashes) :], hashes[-1] if hashes else ""))
    except OSError as error:
        _LOG.warning("%s cannot be written: %s", chain_path(), error)


@contextmanager
def rewriting() -> Iterator[None]:
    """Give the journal all its hashes anew once the block has written it as a whole. Only under the lock of whoever writes it."""
    chain_path().unlink(missing_ok=True)  # first: hashes of another journal would be taken for damage of this one
    yield
    record()


def renew() -> None:
    """Let the hashes be those of the journal as it stands: it is a copy that has been compared with what it was copied from. Only
    under the lock of whoever writes it. Raises DashError where it cannot be read."""
    if find() is None:
        record()
    else:
        with rewriting():
            _LOG.warning("%s did not agree with the journal and was made anew.", chain_path().name)


def _compare(lines: list[bytes], hashes: list[str]) -> Damage | None:
    made = _chain(lines[: len(hashes)], "")
    sound = next((place for place, (old, new) in enumerate(zip(hashes, made, strict=False)) if old != new), len(made))
    if sound == len(hashes):
        return None
    kind: DamageKind = "deleted" if not lines else "cut" if sound == len(lines) else "damaged"
    return Damage(kind, sound, len(hashes))


def _chain(lines: list[bytes], before: str) -> list[str]:
    hashes = []
    for line in lines:
        before = blake2b(before.encode() + line, digest_size=8).hexdigest()
        hashes.append(before)
    return hashes


def _lines() -> list[bytes]:
    """The journal's whole lines; what follows the last line end was torn off."""
    return disk.read(journal.path()).split(b"\n")[:-1]


def _hashes() -> list[str]:
    """The whole lines of the chain; what follows the last line end was torn off."""
    return [line.decode("ascii", "replace") for line in disk.read(chain_path()).split(b"\n")[:-1]]


def _cut_chain(length: int) -> None:
    """Leave the chain so many lines."""
    lines = disk.read(chain_path()).splitlines(keepends=True)[:length]
    if chain_path().exists():
        os.truncate(chain_path(), sum(map(len, lines)))


def _extend_chain(length: int, added: list[str]) -> None:
    """Add lines behind the first so many: a kill leaves a torn line at worst, which the next change writes anew."""
    _cut_chain(length)
    with chain_path().open("ab") as file:
        file.write("".join(f"{name}\n" for name in added).encode("ascii"))
