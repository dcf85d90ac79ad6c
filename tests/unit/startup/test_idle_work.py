"""What can wait is done in order, while no viewer waits, and not after the server has ended."""

import logging
import os
import sys
import threading
from collections.abc import Callable, Iterator

import pytest

from sejong_dash.startup.idle_work import IdleWork

_LIMIT = 60  # seconds; nothing here takes long, and a test that fails must end


class Viewers:
    """Viewers who wait or do not, and how often that was looked at."""

    def __init__(self, waiting: bool) -> None:
        self.waiting, self.looks = waiting, 0
        self.looked_twice = threading.Event()

    def are_idle(self) -> bool:
        self.looks += 1
        if self.looks >= 2:
            self.looked_twice.set()
        return not self.waiting


def test_pieces_are_done_in_order() -> None:
    done: list[int] = []
    work = IdleWork("test", [lambda number=number: done.append(number) for number in range(5)], is_idle=lambda: True)
    work.start()
    assert work.join(_LIMIT)
    assert done == [0, 1, 2, 3, 4]


def test_nothing_is_begun_while_a_viewer_waits() -> None:
    viewers, done = Viewers(waiting=True), threading.Event()
    work = IdleWork("test", [done.set], is_idle=viewers.are_idle)
    work.start()
    assert viewers.looked_twice.wait(_LIMIT)
    assert not done.is_set()
    viewers.waiting = False
    assert done.wait(_LIMIT)
    assert work.join(_LIMIT)


def test_a_viewer_who_comes_meanwhile_waits_for_one_piece_at_most() -> None:
    viewers, done = Viewers(waiting=False), list[str]()

    def first() -> None:
        done.append("first")
        viewers.waiting = True  # while this piece is under way

    work = IdleWork("test", [first, lambda: done.append("second")], is_idle=viewers.are_idle)
    work.start()
    viewers.looked_twice.wait(_LIMIT)
    assert done == ["first"]
    viewers.waiting = False
    assert work.join(_LIMIT)
    assert done == ["first", "second"]


def test_the_next_piece_is_not_even_looked_up_while_a_viewer_waits() -> None:
    viewers, looked_up = Viewers(waiting=True), list[str]()

    def pieces() -> Iterator[Callable[[], object]]:
        looked_up.append("imports")
        yield lambda: None

    work = IdleWork("test", pieces(), is_idle=viewers.are_idle)
    work.start()
    assert viewers.looked_twice.wait(_LIMIT)
    assert looked_up == []
    viewers.waiting = False
    assert work.join(_LIMIT)
    assert looked_up == ["imports"]


@pytest.mark.parametrize("waiting", [True, False])
def test_nothing_is_begun_once_stopped(waiting: bool) -> None:
    begun, go_on, done = threading.Event(), threading.Event(), list[str]()
    viewers = Viewers(waiting=False)

    def first() -> None:
        begun.set()
        go_on.wait(_LIMIT)

    work = IdleWork("test", [first, lambda: done.append("second")], is_idle=viewers.are_idle)
    work.start()
    assert begun.wait(_LIMIT)
    assert not work.join(0)
    viewers.waiting = waiting
    work.stop()
    go_on.set()
    assert work.join(_LIMIT)
    assert done == []


def test_a_piece_that_fails_is_logged_whole_and_stops_none(caplog: pytest.LogCaptureFixture) -> None:
    done: list[str] = []
    work = IdleWork("test", [lambda: 1 / 0, lambda: done.append("second")], is_idle=lambda: True)
    with caplog.at_level(logging.ERROR):
        work.start()
        assert work.join(_LIMIT)
    assert done == ["second"]
    assert "ZeroDivisionError" in caplog.text


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere it would be the whole process")
def test_its_thread_alone_gives_way() -> None:
    found: list[int] = []
    before = os.getpriority(os.PRIO_PROCESS, threading.get_native_id())
    for niceness in (0, 7):
        work = IdleWork(
            "test",
            [lambda: found.append(os.getpriority(os.PRIO_PROCESS, threading.get_native_id()))],
            niceness=before + niceness,
            is_idle=lambda: True,
        )
        work.start()
        assert work.join(_LIMIT)
    assert found == [before, before + 7]
    assert os.getpriority(os.PRIO_PROCESS, threading.get_native_id()) == before


def test_what_was_never_begun_need_not_be_waited_for() -> None:
    work = IdleWork("test", [lambda: None], is_idle=lambda: True)
    work.stop()
    assert work.join(_LIMIT)
