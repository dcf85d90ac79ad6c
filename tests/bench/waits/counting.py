"""Start Streamlit with counters where its threads stand in line: python -m tests.bench.waits.counting run app.py …

Each line on the standard input is answered by a line with the counts so far, as JSON.
"""

import asyncio
import json
import sys
import threading
import time
from typing import Any

from streamlit import config
from streamlit.runtime.runtime import Runtime
from streamlit.web.cli import main


class Counts:
    """What has happened since the start of the server."""

    def __init__(self) -> None:
        self.messages = self.locks = self.met_taken = self.wakes = 0
        self.waited = 0.0

    def answer(self) -> None:
        for _ in sys.stdin:
            print(json.dumps(vars(self)), flush=True)


class CountedLock:
    """Streamlit's lock of its settings. Who meets it taken waits; how long is added up over all threads."""

    def __init__(self, lock: Any, counts: Counts) -> None:
        self.lock, self.counts = lock, counts

    def __enter__(self) -> bool:
        self.counts.locks += 1
        if not self.lock.acquire(blocking=False):
            began = time.perf_counter()
            self.lock.acquire()
            self.counts.met_taken += 1
            self.counts.waited += time.perf_counter() - began
        return True

    def __exit__(self, *what: object) -> None:
        self.lock.release()


def count() -> Counts:
    """Count from now on; that two threads may now and then count as one makes no difference at these numbers."""
    counts = Counts()
    config._config_lock = CountedLock(config._config_lock, counts)  # type: ignore[assignment]
    wake, send = asyncio.BaseEventLoop.call_soon_threadsafe, Runtime._send_message

    def counted_wake(loop: Any, *given: Any, **named: Any) -> asyncio.Handle:
        counts.wakes += 1
        return wake(loop, *given, **named)

    def counted_send(runtime: Any, *given: Any) -> None:
        counts.messages += 1
        send(runtime, *given)

    asyncio.BaseEventLoop.call_soon_threadsafe = counted_wake  # type: ignore[method-assign, assignment]
    Runtime._send_message = counted_send  # type: ignore[method-assign]
    return counts


if __name__ == "__main__":
    threading.Thread(target=count().answer, daemon=True).start()
    main()
