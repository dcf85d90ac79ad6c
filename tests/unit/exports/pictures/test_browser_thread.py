"""A Chrome is never closed half open: whoever interrupts its start is heard when it has started."""

import asyncio
import os
import signal
from types import FrameType
from typing import cast

import pytest
from choreographer import Browser

from sejong_dash.exports.pictures.browser_thread import BrowserThread


class Interrupted(BaseException):
    """What the handler of a signal raises."""


class Recorded:
    """A browser that notes what becomes of it, and sends its program a signal while it opens."""

    def __init__(self, *, fails: bool = False) -> None:
        self.notes: list[str] = []
        self.fails = fails

    async def open(self) -> None:
        if self.fails:
            raise RuntimeError("it does not start")
        self.notes.append("opens")
        signal.raise_signal(signal.SIGTERM)
        for _ in range(100):
            await asyncio.sleep(0.001)
        self.notes.append("is open")

    async def close(self) -> None:
        self.notes.append("is closed")


@pytest.mark.skipif(os.name == "nt", reason="there is no such signal")
def test_an_interrupted_start_is_closed_when_it_has_ended() -> None:
    browser = Recorded()

    def interrupt(number: int, frame: FrameType | None) -> None:
        raise Interrupted

    kept = signal.signal(signal.SIGTERM, interrupt)
    try:
        with pytest.raises(Interrupted):
            BrowserThread("test", lambda: cast(Browser, browser))
    finally:
        signal.signal(signal.SIGTERM, kept)
    assert browser.notes == ["opens", "is open", "is closed"]


def test_a_start_that_fails_is_closed_and_raised() -> None:
    browser = Recorded(fails=True)
    with pytest.raises(RuntimeError, match="does not start"):
        BrowserThread("test", lambda: cast(Browser, browser))
    assert browser.notes == ["is closed"]
