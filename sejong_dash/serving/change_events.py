"""Sends every open page a word when the tables have changed: `/events`, a stream of server-sent events.

The whole server looks at the tables once a second, and only while a page has a stream open. An event's data is the fingerprint
of the tables: sent at once when a stream opens, when it changes, and again every twenty seconds, so that a browser notices a
line that has gone dead. `/events/state` answers the same as JSON, for browsers to which no stream comes through
(ui/browser/live_updates.js).
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable

import anyio.to_thread
import streamlit as st
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from .shutdown import call_on_exit

_LOG = logging.getLogger(__name__)
# A proxy must neither keep nor gather what passes: nginx knows the last header.
_HEADERS = {"Cache-Control": "no-store, no-transform", "X-Accel-Buffering": "no"}


class ChangeEvents:
    """The streams of one server. `look` returns the fingerprint of the tables; it may read files.

    `every` is the time between two looks, `beat` the longest time that a stream is silent, both in seconds.
    """

    def __init__(self, look: Callable[[], str], every: float = 1.0, beat: float = 20.0) -> None:
        self._look, self._every, self._beat = look, every, beat
        self._state, self._looked_at = "", float("-inf")
        self._looking = asyncio.Lock()
        self._news = asyncio.Event()  # set when there is something to send, and replaced by a new one
        self._open = 0
        self._watching: asyncio.Task[None] | None = None
        self._is_failing = self._is_closed = self._ends_with_server = False

    def routes(self) -> list[Route]:
        """Return the addresses for `st.App`, below the path that the whole dashboard is served under."""
        base = "/".join(["", *filter(None, [(st.get_option("server.baseUrlPath") or "").strip("/")]), "events"])
        return [Route(base, self._stream), Route(f"{base}/state", self._answer)]

    @property
    def is_watching(self) -> bool:
        """Whether the tables are looked at."""
        return self._watching is not None and not self._watching.done()

    def close(self) -> None:
        """End every stream, at once and for good; to be called on the server's event loop.

        A server that is to stop waits for all answers to end, and a stream has no end of its own.
        """
        self._is_closed = True
        if self._watching is not None:
            self._watching.cancel()
        self._wake()

    async def _stream(self, request: Request) -> Response:
        return StreamingResponse(self._events(), media_type="text/event-stream", headers=_HEADERS)

    async def _answer(self, request: Request) -> Response:
        return JSONResponse({"state": await self._current()}, headers=_HEADERS)

    async def _events(self) -> AsyncIterator[str]:
        self._open += 1
        try:
            if not self.is_watching:
                self._watching = asyncio.create_task(self._watch())
            await self._current()
            while not self._is_closed:
                news = self._news  # before the event leaves: what changes meanwhile is the next one
                yield f"data: {self._state}\n\n"
                await news.wait()
        finally:
            self._open -= 1

    async def _watch(self) -> None:
        """Look at the tables as long as streams are open."""
        if not self._ends_with_server:
            self._ends_with_server = True
            call_on_exit(self.close)
        loop = asyncio.get_running_loop()
        beat_at = loop.time() + self._beat
        while self._open and not self._is_closed:
            await asyncio.sleep(self._every)
            await self._current()
            if loop.time() >= beat_at:
                beat_at = loop.time() + self._beat
                self._wake()

    async def _current(self) -> str:
        """Return the fingerprint, at most `every` seconds old; whoever finds a new one has it sent to all streams."""
        loop = asyncio.get_running_loop()
        async with self._looking:
            if loop.time() - self._looked_at >= self._every:
                state = await anyio.to_thread.run_sync(self._look_once)
                self._looked_at = loop.time()
                if state != self._state:
                    self._state = state
                    self._wake()
        return self._state

    def _look_once(self) -> str:
        """Return the fingerprint; the last one where it cannot be taken, which the log says once."""
        try:
            state = self._look()
        except Exception:
            if not self._is_failing:
                _LOG.exception("The tables cannot be looked at: open pages do not follow them meanwhile.")
            self._is_failing = True
            return self._state
        self._is_failing = False
        return state

    def _wake(self) -> None:
        news, self._news = self._news, asyncio.Event()
        news.set()
