"""Asks an ASGI app and starts lifespans, without a server."""

import asyncio
import gzip
from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import unquote

import brotli
import event_loops
import pytest
import streamlit as st
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.responses import HTMLResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message
from streamlit.web.server.starlette.starlette_static_routes import create_streamlit_static_assets_routes

from sejong_dash.serving.delivery import Delivery
from sejong_dash.serving.front_end import FrontEnd
from sejong_dash.startup import warm_up

DECODE: dict[str | None, Callable[[bytes], bytes]] = {None: bytes, "br": brotli.decompress, "gzip": gzip.decompress}


class Answer(NamedTuple):
    status: int
    headers: Headers
    body: bytes

    @property
    def text(self) -> str:
        return DECODE[self.headers.get("content-encoding")](self.body).decode()


def ask(app: ASGIApp, path: str, method: str = "GET", **headers: str) -> Answer:
    """The answer as it goes over the wire: a client library would unpack it. `path` may have a query."""
    heard: list[Message] = []
    sent = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    path, _, query = path.partition("?")
    scope = {"type": "http", "method": method, "path": unquote(path), "headers": sent, "query_string": query.encode()}
    scope |= {"root_path": ""}

    async def receive() -> Message:
        return await asyncio.Event().wait() and {}  # a client that stays and says no more

    async def send(message: Message) -> None:
        heard.append(message)

    event_loops.run(app(scope, receive, send))  # type: ignore[arg-type]  # a coroutine, as every app's call is
    start, *rest = heard
    return Answer(start["status"], Headers(raw=start["headers"]), b"".join(one.get("body", b"") for one in rest))


def delivered(scripts: FrontEnd, base: str = "") -> Delivery:
    """Streamlit's own handler of its files, with a route of ours before it, behind the middleware."""
    routes = [Route("/ours", lambda request: HTMLResponse("<head></head>ours"))]
    return Delivery(Starlette(routes=[*routes, *create_streamlit_static_assets_routes(base)]), scripts)


def started(lifespan: warm_up.Lifespan) -> None:
    async def start() -> None:
        async with lifespan(None):  # type: ignore[arg-type]  # the app is not looked at
            pass

    event_loops.run(start())


def options(monkeypatch: pytest.MonkeyPatch, **changed: object) -> None:
    here = {"server.address": "localhost", "server.allowedHosts": [], "browser.serverAddress": "", "secrets.files": []}
    effective = here | warm_up.NEEDED | {name.replace("_", "."): value for name, value in changed.items()}
    monkeypatch.setattr(st, "get_option", effective.__getitem__)
