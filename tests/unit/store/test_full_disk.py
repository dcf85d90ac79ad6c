"""A full disk, a closed folder or a file that Excel holds leaves the old counts, and a clear error."""

import errno
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from clerk import APRIL, HEADER, put, rows

from sejong_dash.errors import DashError
from sejong_dash.store import counts, disk, journal

FIGURE = ("2026-04-10", "13", "group")


def refused(monkeypatch: pytest.MonkeyPatch, name: str, number: int, code: int) -> Callable[[], bool]:
    """Make a function of the system refuse from its call with this number on; return a function that says whether it did.

    A write gets half through the first time, and what is opened to be read can be.
    """
    real, calls = getattr(os, name), [0]

    def step(*given: Any, **named: Any) -> Any:
        reads = name == "open" and not given[1] & (os.O_WRONLY | os.O_RDWR)
        calls[0] += not reads
        if reads or calls[0] < number:
            return real(*given, **named)
        if name == "write" and calls[0] == number:
            return real(given[0], bytes(given[1])[: len(given[1]) // 2])
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, name, step)
    return lambda: calls[0] >= number + (name == "write")


def error_of_applying(changes: counts.ChangeSet) -> str:
    """Apply a change set and return the key of the error; blank where it is stored."""
    try:
        counts.apply(changes, who="Kim", why="recount")
    except DashError as refusal:
        return refusal.key
    return ""


@pytest.mark.parametrize("name", ["write", "fsync", "open", "replace"])
@pytest.mark.parametrize(
    ("code", "key"), [(errno.ENOSPC, "store_full"), (errno.EIO, "store_unwritten"), (errno.EACCES, "store_closed")]
)
def test_whatever_is_refused_the_old_state_stands(folder: Path, name: str, code: int, key: str) -> None:
    before = (folder / "visitors.csv").read_bytes()
    lines = journal.path().read_bytes()
    changes = counts.change_set(rows((*FIGURE, 125)))
    times = 0
    for number in range(1, 60):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(disk, "_RETRIES", 1)
            has_refused = refused(patch, name, number, code)
            refusal = error_of_applying(changes)
            is_refused = has_refused()
        if not refusal:
            break
        times += 1
        assert is_refused
        assert refusal == key
        assert (folder / "visitors.csv").read_bytes() == before
        assert counts.record_outside_edit() is None
        assert journal.path().read_bytes() == lines
        assert not disk.staged(journal.table_path())
    assert not refusal, "when enough works, it is stored"
    assert times >= 1
    assert (folder / "visitors.csv").read_bytes() != before


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """Yield a real disk of 256 kB, where this machine can mount one."""
    place = tmp_path / "small"
    place.mkdir()
    mount = shutil.which("mount")
    if (
        not mount
        or subprocess.run([mount, "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(place)], capture_output=True).returncode
    ):
        pytest.skip("no small disk can be mounted here")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_disk_that_is_really_full(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEJONG_DATA", str(small))
    file = put(small, HEADER + APRIL)
    counts.record_outside_edit()
    before, changes = file.read_bytes(), counts.change_set(rows((*FIGURE, 125)))
    filler = small / "holiday.jpg"
    for left in (0, 1, 2, 3):  # pages of 4 kB that are free
        filler.write_bytes(b"x" * (shutil.disk_usage(small).free - left * 4096))
        refusal = error_of_applying(changes)
        filler.unlink()
        assert counts.record_outside_edit() is None
        if not refusal:
            break
        assert refusal == "store_full"
        assert file.read_bytes() == before
    assert left > 0, "with no space at all nothing can be stored"
    counts.apply(changes, who="Kim", why="there is room")
    assert counts.figures()["visitors"].iloc[0] == 125


@pytest.mark.skipif(os.name == "nt" or os.getuid() == 0, reason="everything is open to root, and Windows has other rights")
def test_a_closed_folder(folder: Path) -> None:
    changes = counts.change_set(rows((*FIGURE, 125)))
    folder.chmod(0o500)
    try:
        with pytest.raises(DashError, match="store_closed"):
            counts.apply(changes, who="Kim", why="recount")
    finally:
        folder.chmod(0o700)
