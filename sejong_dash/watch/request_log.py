"""Gives each request a name, and writes a line of the log for each answer.

The line has method, path, status and milliseconds; neither the address of whoever asked nor what stands behind the `?`, which
says what a person has looked at.
"""

import re
import time
from collections import Counter
from secrets import token_hex

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sejong_dash.access import paths_served

from .log_lines import ACCESS, request_id

NAME = "X-Request-ID"
_PLAIN = re.compile(r"[A-Za-z0-9._-]{1,64}")  # nothing else of a proxy's name gets into the log
answers: Counter[str] = Counter()
"""How many answers were given, by the first digit of their status: `2xx`, `4xx` and so on."""


class RequestLog:
    """The app with a line of the log for each answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] not in ("http", "websocket"):
            return await self._app(scope, receive, send)
        given = Headers(scope=scope).get(NAME, "")
        name = given if _PLAIN.fullmatch(given) else token_hex(6)
        token, began, status = request_id.set(name), time.perf_counter(), 0

        async def named(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(raw=message.setdefault("headers", []))[NAME] = name
            elif message["type"] == "websocket.accept":
                status = 101
            elif message["type"] == "websocket.close" and not status:
                status = 403
            await send(message)

        try:
            await self._app(scope, receive, named)
        except Exception:
            status = status or 500
            raise
        finally:
            answers[f"{status // 100}xx" if status else "none"] += 1
            fields = {
                "method": scope.get("method", "WEBSOCKET"),
                "path": paths_served.shown(scope.get("path", "")),
                "status": status,
                "ms": round(1000 * (time.perf_counter() - began)),
            }
            ACCESS.info("%(method)s %(path)s %(status)s", fields, extra={"fields": fields})
            request_id.reset(token)
