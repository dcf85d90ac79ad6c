"""Checks every request before Streamlit sees it: from where it comes, who asks, what for and how large it is.

`Doors` wraps the whole app. A request that is let in no further gets a sentence and is logged; every answer gets the headers that
keep a browser from doing with it what it is not for.
"""

import logging
from collections.abc import Callable, Collection

import anyio.to_thread
import streamlit as st
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from . import answers, connections, open_page, paths_served, policy, sign_in_cookie, viewer, watchers
from .connections import OPEN, Connection
from .policy import Policy
from .sign_in_cookie import SignIn
from .uploads import IN_ALL, MEGABYTE, PER_SESSION, UploadLimits

_LOG = logging.getLogger(__name__)
_MOST_BODY = 64 * 1024  # bytes of a request that is no upload: none of our addresses reads any


class Doors:
    """The middleware around `st.App`; `pages` are the names of its pages, without slashes."""

    def __init__(self, app: ASGIApp, pages: Callable[[], Collection[str]]) -> None:
        self.app, self._pages = app, frozenset(pages())
        self._base = "/" + st.get_option("server.baseUrlPath").strip("/")
        self._home = f"{self._base.rstrip('/')}/"
        self._most = int(st.get_option("server.maxUploadSize"))
        self._uploads = UploadLimits(self._most * MEGABYTE)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request in, or answer why not."""
        if scope["type"] not in ("http", "websocket"):
            return await self.app(scope, receive, send)
        name = scope["path"].removeprefix(scope.get("root_path", "")).removeprefix(self._base).strip("/")
        held, asked = policy.current(), HTTPConnection(scope)
        sign_in = sign_in_cookie.read(asked.cookies, held.secret, connections.now()) if held.asks_sign_in else None
        is_page = scope["type"] == "websocket"
        refused = self._at_the_door(scope, held) or self._within(name, scope, held, sign_in)
        if refused is not None:
            return await (answers.refuse_websocket(refused, scope, send) if is_page else refused(scope, receive, send))
        if is_page:
            return await open_page.serve(self.app, scope, receive, send, sign_in)
        await self._answer(name, scope, receive, send, sign_in)

    def _at_the_door(self, scope: Scope, held: Policy) -> Response | None:
        """Return why a request is not let in because of where it comes from, or None."""
        headers = Headers(scope=scope)
        host, origin, arrived = headers.getlist("host"), headers.getlist("origin"), _arrived_at(scope)
        if not held.hosts.allows_host(host, arrived):
            return self._refuse(scope, 403, "host", f"the host {host}")
        if not held.hosts.allows_origin(origin, host[0]):
            return self._refuse(scope, 403, "origin", f"the origin {origin}")
        if not scope["path"].isprintable():  # routes take a path with a line end behind it for the one without
            return self._refuse(scope, 404, "unknown", "a control character in the path")
        if not held.is_open_to(arrived):
            return self._refuse(scope, 403, "closed", "nobody signs in here, and anybody could write")
        return None

    def _within(self, name: str, scope: Scope, held: Policy, sign_in: SignIn | None) -> Response | None:
        """Return why a request is not let in because of what it asks for, or None."""
        if scope["type"] == "websocket":
            return None if name == paths_served.STREAM else self._refuse(scope, 404, "unknown", "no such connection")
        if name == paths_served.SIGN_OUT and Headers(scope=scope).get("sec-fetch-site") == "cross-site":
            return self._refuse(scope, 403, "origin", "a page from elsewhere signs out")
        if paths_served.is_closed(name):
            return self._refuse(scope, 404, "unknown", "closed")
        action = paths_served.action_of(name, self._pages)
        if action is not None and _is_taken_elsewhere(scope):
            return self._refuse(scope, 403, "origin", "a page from elsewhere takes it as a part of itself")
        if action is not None and not (paths_served.is_watched(name) and watchers.needs_no_role(name, HTTPConnection(scope))):
            who = viewer.of_sign_in(sign_in, held)
            if not who.may(action):
                viewer.log_refusal(who, f"{action} ({paths_served.shown(name)!r})")
                status, key = (403, "role") if who.account or not held.asks_sign_in else (401, "sign_in")
                return answers.refusal(scope, status, key, self._home)
        return self._too_much(name, scope, sign_in)

    def _too_much(self, name: str, scope: Scope, sign_in: SignIn | None) -> Response | None:
        """Return why what a request brings along is not taken, or None."""
        given = Headers(scope=scope).get("content-length", "")
        is_chunked = "transfer-encoding" in Headers(scope=scope)
        size = int(given) if given.isascii() and given.isdigit() else 0
        if not name.startswith(paths_served.UPLOADS) or scope["method"] != "PUT":
            is_small = size <= _MOST_BODY and not is_chunked
            return None if is_small else self._refuse(scope, 413, "too_much_body", f"{size} bytes")
        if is_chunked or not given:
            return self._refuse(scope, 411, "no_length", "a file of no size")
        if broken := self._uploads.too_much(_session(name), size):
            most = {"file": self._most, "session": PER_SESSION // MEGABYTE, "all": IN_ALL // MEGABYTE}[broken]
            return self._refuse(scope, 413, f"too_much_{broken}", f"{size} bytes", most=str(most))
        if not OPEN.take_place(f"/{name}", sign_in):
            return self._refuse(scope, 403, "no_field", "a file that no page has asked for")
        return None

    async def _answer(self, name: str, scope: Scope, receive: Receive, send: Send, sign_in: SignIn | None) -> None:
        """Hand a request on, and see to it that its answer has its headers and is one."""
        if name == paths_served.SIGN_OUT and sign_in is not None:
            await _end(sign_in)
        answered = _Answered(scope, send, self._home, is_unknown=paths_served.is_unknown(name, self._pages))
        try:
            if name.startswith(paths_served.UPLOADS) and scope["method"] == "PUT":
                size = int(Headers(scope=scope)["content-length"])
                with self._uploads.coming(_session(name), size):
                    await self.app(scope, receive, answered)
            elif name == paths_served.CHANGES and sign_in is not None:
                await open_page.follow(self.app, scope, receive, answered, Connection(sign_in))
            else:
                is_as_it_comes = not answered.is_unknown or paths_served.has_marks(name)
                await self.app(scope if is_as_it_comes else _without_marks(scope), receive, answered)
        except Exception:
            _LOG.exception("%r cannot be answered", paths_served.shown(scope["path"]))
            if not answered.has_begun:
                await answers.refusal(scope, 500, "failed", self._home)(scope, receive, send)

    def _refuse(self, scope: Scope, status: int, key: str, why: str, **fields: str) -> Response:
        _LOG.warning("Refused: %s %r: %s.", scope.get("method", "websocket"), paths_served.shown(scope["path"]), why)
        return answers.refusal(scope, status, key, self._home, **fields)


class _Answered:
    """Sends an answer with the headers that it lacks; one that is a page where no page has this name becomes a 404.

    Streamlit answers any path with its page.
    """

    def __init__(self, scope: Scope, send: Send, home: str, *, is_unknown: bool) -> None:
        self._scope, self._send, self._home = scope, send, home
        self.is_unknown = is_unknown
        self.has_begun = self._is_replaced = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.has_begun = True
            headers = MutableHeaders(raw=message.setdefault("headers", []))
            if self.is_unknown and message["status"] == 200 and headers.get("content-type", "").startswith("text/html"):
                self._is_replaced = True
                return await self._not_found()
            for name, value in answers.HEADERS.items():
                headers.setdefault(name, value)
        if not self._is_replaced:
            await self._send(message)

    async def _not_found(self) -> None:
        answer = answers.refusal(self._scope, 404, "unknown", self._home)
        await self._send({"type": "http.response.start", "status": 404, "headers": answer.raw_headers})
        body = b"" if self._scope["method"] == "HEAD" else answer.body
        await self._send({"type": "http.response.body", "body": body})


async def _end(sign_in: SignIn) -> None:
    """End a sign-in everywhere, its copies too. The file of them is written beside the event loop: it may have to wait."""
    held = policy.current()
    await anyio.to_thread.run_sync(held.ended.add, sign_in.name, sign_in.until, connections.now())
    OPEN.end(open_page.still_holds)
    _LOG.info("%r has signed out.", sign_in.account(held.roles.now().groups_claim).name)


def _is_taken_elsewhere(scope: Scope) -> bool:
    """Whether a page from elsewhere asks for something as a part of itself, such as a picture. Whoever follows a link there does
    not, and what is no browser does not say so."""
    headers = Headers(scope=scope)
    return headers.get("sec-fetch-site") == "cross-site" and headers.get("sec-fetch-mode", "navigate") != "navigate"


def _session(name: str) -> str:
    return name.removeprefix(paths_served.UPLOADS).partition("/")[0]


def _arrived_at(scope: Scope) -> str:
    """The address of ours at which a request came in; blank where it came through a file (a Unix socket), which is no address
    and opens nothing by itself."""
    server = scope.get("server")
    return server[0] if server and server[1] is not None else ""


def _without_marks(scope: Scope) -> Scope:
    """Return a request as of a browser that has kept nothing: a path that is no page must not be answered as unchanged."""
    headers = [(name, value) for name, value in scope["headers"] if name not in (b"if-none-match", b"if-modified-since")]
    return {**scope, "headers": headers}
