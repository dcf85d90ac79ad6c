"""Takes no more sessions than the server can carry, and notes how each of them was left.

A browser that comes when all places are taken gets a page that says so, in its reader's language, and asks again by itself. An
open page whose line broke finds a place: a tenth more than are let in.
"""

import logging
import time
from collections.abc import Callable, Collection

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .closed_sessions import LEFT

_LOG = logging.getLogger(__name__)
_STREAM = "_stcore/stream"
_EVENTS = "events"
_LEFT_CODE = 1001  # "going away" (RFC 6455): the page was closed, or loaded anew
_QUIET = 60.0  # seconds between two lines of the log about the same
WAIT = 20  # seconds after which a browser that found no place asks again


class Places:
    """How many sessions there may be, and how many there are; `refused` counts those that found no place."""

    def __init__(self, most: int) -> None:
        self.most, self.taken, self.streams, self.refused = most, 0, 0, 0
        self._logged_at = float("-inf")

    @property
    def is_full(self) -> bool:
        """Whether no page is let in."""
        return self.taken >= self.most

    @property
    def is_crammed(self) -> bool:
        """Whether not even an open page that lost its line is let in."""
        return self.taken >= self.most + max(1, self.most // 10)

    def refuse(self) -> None:
        """Count a session that was refused, and say so in the log, once a minute."""
        self.refused += 1
        if time.monotonic() - self._logged_at >= _QUIET:
            self._logged_at = time.monotonic()
            _LOG.warning("All %d sessions are taken: no more are let in (%d refused so far).", self.most, self.refused)


class SessionDoor:
    """The app behind a door: `places` are those inside, `pages` the names of pages, `full_page(headers, query)` what is shown."""

    def __init__(
        self,
        app: ASGIApp,
        places: Places,
        pages: Collection[str],
        full_page: Callable[[Headers, bytes], bytes],
        base: str = "",
    ) -> None:
        self._app, self._places, self._pages, self._full_page = app, places, {"", *pages}, full_page
        self._base = base.strip("/")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or hand it on."""
        name = scope.get("path", "").removeprefix(scope.get("root_path", "")).strip("/").removeprefix(self._base).strip("/")
        if scope["type"] == "websocket" and name == _STREAM:
            await self._line(scope, receive, send)
        elif scope["type"] == "http" and name == _EVENTS and scope["method"] == "GET":
            await self._events(scope, receive, send)
        elif scope["type"] == "http" and name in self._pages and scope["method"] == "GET" and self._places.is_full:
            self._places.refuse()
            body = self._full_page(Headers(scope=scope), scope.get("query_string", b""))
            headers = {"Retry-After": str(WAIT), "Cache-Control": "no-store", "Vary": "Accept-Language"}
            await Response(body, 503, headers, "text/html")(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _line(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._places.is_crammed:
            self._places.refuse()
            await receive()  # the handshake
            return await send({"type": "websocket.close", "code": 1013})
        left: list[int] = []
        scope[LEFT] = left

        async def noting() -> Message:
            message = await receive()
            if message["type"] == "websocket.disconnect" and message.get("code") == _LEFT_CODE:
                left.append(_LEFT_CODE)
            return message

        self._places.taken += 1
        try:
            await self._app(scope, noting, send)
        finally:
            self._places.taken -= 1

    async def _events(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand a stream of changes on; an open page has one, so that more than twice the sessions are somebody's flood."""
        if self._places.streams >= 2 * self._places.most:
            return await Response(status_code=503, headers={"Retry-After": str(WAIT)})(scope, receive, send)
        self._places.streams += 1
        try:
            await self._app(scope, receive, send)
        finally:
            self._places.streams -= 1
