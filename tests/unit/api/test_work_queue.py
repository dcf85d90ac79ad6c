"""Work is done so much at once, so much waits, and the rest is asked to come again."""

import asyncio
import threading

import event_loops
import pytest

from sejong_dash.api.work_queue import QueueFullError, WorkQueue


async def begun(event: threading.Event) -> None:
    assert await asyncio.to_thread(event.wait, 30)


def test_whoever_finds_no_place_is_told_at_once_when_to_come_again() -> None:
    queue, started, go_on = WorkQueue(workers=1, waiting=1, seconds=7), threading.Event(), threading.Event()

    def work() -> str:
        started.set()
        assert go_on.wait(30)
        return "done"

    async def run() -> None:
        first = asyncio.ensure_future(queue.run(work))
        await begun(started)
        second = asyncio.ensure_future(queue.run(work))
        await asyncio.sleep(0)
        with pytest.raises(QueueFullError) as full:
            await queue.run(work)
        assert full.value.seconds == 7
        go_on.set()
        assert [await first, await second] == ["done", "done"]
        assert await queue.run(lambda: "again") == "again"

    event_loops.run(run())


def test_no_more_than_its_workers_work_at_once() -> None:
    queue, lock, at_once, most = WorkQueue(workers=2, waiting=20, seconds=1), threading.Lock(), 0, 0

    def work() -> None:
        nonlocal at_once, most
        with lock:
            at_once += 1
            most = max(most, at_once)
        threading.Event().wait(0.002)
        with lock:
            at_once -= 1

    async def run() -> None:
        await asyncio.gather(*(queue.run(work) for _ in range(20)))

    event_loops.run(run())
    assert 1 <= most <= 2


def test_a_place_is_given_back_whatever_comes_of_the_work() -> None:
    queue = WorkQueue(workers=1, waiting=0, seconds=1)
    started, go_on, ran = threading.Event(), threading.Event(), []

    def fails() -> None:
        raise ZeroDivisionError

    def holds() -> None:
        started.set()
        assert go_on.wait(30)

    async def run() -> None:
        for _ in range(2):
            with pytest.raises(ZeroDivisionError):
                await queue.run(fails)
        wide = WorkQueue(workers=1, waiting=1, seconds=1)
        first = asyncio.ensure_future(wide.run(holds))
        await begun(started)
        waiting = asyncio.ensure_future(wide.run(lambda: ran.append(1)))
        await asyncio.sleep(0)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        third = asyncio.ensure_future(wide.run(lambda: ran.append(2)))
        go_on.set()
        await asyncio.gather(first, third)

    event_loops.run(run())
    assert ran == [2], "what was cancelled while it waited was not done"
