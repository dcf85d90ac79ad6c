"""A kill at any moment leaves the old or the new counts, with a journal that agrees, and nothing in the way."""

import multiprocessing
import os
import random
import signal
import time
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from multiprocessing.context import ForkContext
from pathlib import Path
from typing import Any

import pytest
from clerk import rows

from sejong_dash.store import counts, disk, history, journal, lock

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="a process is copied and killed, which Windows cannot"),
    pytest.mark.dear,
    pytest.mark.thorough,
]
FIGURE = ("2026-04-10", "13", "group")
STEPS = ("open", "write", "fsync", "close", "ftruncate", "utime", "replace", "unlink", "mkdir", "link", "rename")


def run(work: Callable[..., None], *given: Any) -> "multiprocessing.process.BaseProcess":
    context: ForkContext = multiprocessing.get_context("fork")
    child = context.Process(target=work, args=given)
    child.start()
    return child


def in_order(folder: Path, allowed: tuple[bytes, ...]) -> None:
    """Assert one of the allowed states, a journal that agrees with it, no file left over, and that the next writer can go on."""
    stands = (folder / "visitors.csv").read_bytes()
    assert stands in allowed
    before = journal.Journal()
    assert before.content(len(before)) == stands, "who only reads sees a journal that agrees, before anything is mended"
    assert counts.record_outside_edit() is None
    book = journal.Journal()
    assert len(book) == len(before)
    assert journal.path().read_bytes().endswith(b"\n")
    assert not disk.staged(journal.table_path())
    assert [file.name for file in folder.iterdir() if file.name.endswith(".tmp")] == []


def kill_at(number: int, changes: counts.ChangeSet) -> None:
    """Apply a change set, and die at the call of the system with this number; a write gets half through first."""
    calls = iter(range(1, 1_000_000))

    def deadly(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def step(*given: Any, **named: Any) -> Any:
            if next(calls) == number:
                if name == "write":
                    real(given[0], bytes(given[1])[: len(given[1]) // 2])
                os.kill(os.getpid(), signal.SIGKILL)
            return real(*given, **named)

        return step

    for name in STEPS:
        setattr(os, name, deadly(name, getattr(os, name)))
    counts.apply(changes, who="Kim", why="recount")
    os._exit(0)


def test_killed_at_every_step(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "PATIENCE", 2.5)  # a lock whose maker died before signing it is waited out
    old = (folder / "visitors.csv").read_bytes()
    changes = counts.change_set(rows((*FIGURE, 125), ("2026-04-12", "27", "group", 9)))
    counts.apply(changes, who="Kim", why="what it will be")
    new = (folder / "visitors.csv").read_bytes()
    counts.undo(2, who="Kim", why="and back")
    assert (folder / "visitors.csv").read_bytes() == old
    nothing = counts.change_set(rows((*FIGURE, 120)))
    seen = []
    for number in range(1, 200):
        child = run(kill_at, number, changes)
        child.join()
        in_order(folder, (old, new))
        seen.append((folder / "visitors.csv").read_bytes() == new)
        if seen[-1]:
            counts.undo(len(journal.Journal()), who="Kim", why="and back")
        else:
            counts.apply(nothing, who="Kim", why="whoever comes next is not held up")
        if child.exitcode == 0:
            break
        assert child.exitcode == -signal.SIGKILL
    assert len(seen) > 12, "so many steps there are at least"
    assert seen[-1]
    assert True in seen[:-1], "a kill after the swap leaves the new state"
    assert False in seen


def write_on(change_sets: list[counts.ChangeSet], sender: Connection) -> None:
    while True:
        for changes in change_sets:
            made = counts.apply(changes, who="Kim", why="on and on")
            if made:
                sender.send(made.number)


def acknowledged(receiver: Connection) -> Iterator[int]:
    try:
        while receiver.poll():
            yield receiver.recv()
    except EOFError:  # the last word was cut off by the kill
        return


@pytest.mark.thorough
def test_killed_a_hundred_times_at_random(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "PATIENCE", 0.5)
    chance = random.Random(2026)
    there = counts.change_set(rows((*FIGURE, 125)))
    states = [(folder / "visitors.csv").read_bytes()]
    counts.apply(there, who="Kim", why="there")
    states.append((folder / "visitors.csv").read_bytes())
    back = counts.change_set(rows((*FIGURE, 120)))
    counts.apply(back, who="Kim", why="and back")
    promised = 0
    for _ in range(100):
        receiver, sender = multiprocessing.get_context("fork").Pipe(duplex=False)
        child = run(write_on, [there, back], sender)
        sender.close()
        if not receiver.poll(20):
            raise AssertionError("nothing was written in 20 seconds")
        time.sleep(chance.uniform(0, 0.04))
        os.kill(child.pid or 0, signal.SIGKILL)
        child.join()
        promised = max([promised, *acknowledged(receiver)])
        receiver.close()
        in_order(folder, tuple(states))
        assert len(journal.Journal()) - promised in (0, 1), "what was acknowledged is stored"
    book = journal.Journal()
    assert len(book) > 100
    for number in range(1, len(book) + 1):
        assert journal.version_of(book.content(number)) == book.change(number).version
    assert history.history()[0].number == len(book)
