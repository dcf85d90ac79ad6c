"""Runs coroutines in tests."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

T = TypeVar("T")
PATIENCE = 300.0  # seconds; only a failing test waits that long


def run(work: Coroutine[Any, Any, T]) -> T:
    """Return what a coroutine returns, run to its end in a thread of its own. Raises TimeoutError where it does not end.

    A worker that has met a browser test has a loop in its main thread that runs until the worker ends (Playwright's), beside
    which `asyncio.run` refuses to begin another.
    """

    async def bounded() -> T:
        async with asyncio.timeout(PATIENCE):
            return await work

    with ThreadPoolExecutor(1) as threads:
        return threads.submit(asyncio.run, bounded()).result()
