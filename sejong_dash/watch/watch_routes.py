"""Mounts the addresses that say how the server is: `/healthz`, `/readyz`, `/metrics` and `/admin`.

Health is for whoever balances load and asks every few seconds; figures and log are for whoever runs the server. Those are shown
on this machine alone, and to the addresses that `$SEJONG_WATCHERS` names, unless `may_watch` decides otherwise.
"""

import ipaddress
import logging
import os
from collections.abc import Callable
from functools import partial

import anyio.to_thread
from starlette.datastructures import QueryParams
from starlette.requests import HTTPConnection, Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from sejong_dash.serving.sessions.session_door import Places

_LOG = logging.getLogger(__name__)
_NO_CACHE = {"Cache-Control": "no-store"}
_PROXIED = ("x-forwarded-for", "forwarded", "x-real-ip")


def is_near(connection: HTTPConnection) -> bool:
    """Return whether a connection comes from this machine, through no proxy, or from an address in `$SEJONG_WATCHERS`.

    That variable holds addresses or networks (`10.0.0.8 10.1.0.0/16`), with blanks between them.
    """
    if connection.client is None or any(name in connection.headers for name in _PROXIED):
        return False
    try:
        address = ipaddress.ip_address(connection.client.host)
    except ValueError:
        return False
    return address.is_loopback or any(address in network for network in _watchers())


def _watchers() -> list[ipaddress.IPv4Network | ipaddress.IPv6Network]:
    found = []
    for name in os.environ.get("SEJONG_WATCHERS", "").split():
        try:
            found.append(ipaddress.ip_network(name, strict=False))
        except ValueError:
            _LOG.warning("SEJONG_WATCHERS names %s, which is no address and no network.", name)
    return found


class Watch:
    """The addresses of one server; `places` are its sessions, `limit` how many files it may have open."""

    def __init__(self, places: Places, limit: int | None, may_watch: Callable[[HTTPConnection], bool] = is_near) -> None:
        self._places, self._limit, self._may_watch = places, limit, may_watch

    def routes(self, base: str = "") -> list[Route]:
        """Return the addresses for `st.App`; `base` is the path below which the whole dashboard is served."""
        root = f"/{base.strip('/')}".rstrip("/")
        answers = {"healthz": self._alive, "readyz": self._ready, "metrics": self._metrics, "admin": self._page}
        return [
            *(Route(f"{root}/{name}", answer, methods=["GET"]) for name, answer in answers.items()),
            Route(f"{root}/admin/log", self._log, methods=["GET"]),
            Route(f"{root}/admin/snapshots/{{version}}", self._change_snapshot, methods=["POST"]),
        ]

    async def _alive(self, request: Request) -> Response:
        return PlainTextResponse("ok", headers=_NO_CACHE)

    async def _ready(self, request: Request) -> Response:
        from .readiness import look

        found = await anyio.to_thread.run_sync(look)
        shown = found.as_json() if self._may_watch(request) else {"status": found.state}
        return JSONResponse(shown, 200 if found.is_ready else 503, _NO_CACHE)

    async def _metrics(self, request: Request) -> Response:
        if not self._may_watch(request):
            return self._refused(request)
        from . import figures_now, metrics, readiness

        found = await anyio.to_thread.run_sync(readiness.look)
        text = metrics.as_text(figures_now.gather(self._places, self._limit, found))
        return Response(text, headers={**_NO_CACHE, "Content-Type": metrics.MIME})

    async def _page(self, request: Request) -> Response:
        if not self._may_watch(request):
            return self._refused(request)
        from . import admin_page, figures_now, readiness

        found = await anyio.to_thread.run_sync(readiness.look)
        figures = figures_now.gather(self._places, self._limit, found)
        lang = admin_page.language(request.query_params.get("lang", ""), request.headers.get("accept-language", ""))
        return Response(admin_page.page(found, figures, lang), headers=_NO_CACHE, media_type="text/html")

    async def _log(self, request: Request) -> Response:
        if not self._may_watch(request):
            return self._refused(request)
        from .log_lines import content

        lines = await anyio.to_thread.run_sync(content)
        headers = {**_NO_CACHE, "Content-Disposition": 'attachment; filename="sejong.jsonl"'}
        return Response(lines, headers=headers, media_type="application/jsonl")

    async def _change_snapshot(self, request: Request) -> Response:
        """Rename or delete a snapshot, for a form of this very server alone: no other page may send one in a reader's name."""
        origin, host = request.headers.get("origin", ""), request.headers.get("host", "")
        if not self._may_watch(request) or not host or origin not in (f"http://{host}", f"https://{host}"):
            return self._refused(request)
        from . import admin_page

        asked = QueryParams((await request.body()).decode("utf-8", "replace"))
        lang = admin_page.language(request.query_params.get("lang", ""), request.headers.get("accept-language", ""))
        given = request.path_params["version"], asked.get("do", ""), asked.get("name", ""), lang
        if problem := await anyio.to_thread.run_sync(partial(admin_page.change_snapshot, *given)):
            return PlainTextResponse(problem, 409, _NO_CACHE)
        return RedirectResponse(f"../../admin?{request.url.query}", 303, _NO_CACHE)

    def _refused(self, request: Request) -> Response:
        """Return the answer to those who may not see it: the same as where there is nothing."""
        _LOG.warning("%s was asked for from elsewhere and not shown.", request.url.path)
        return PlainTextResponse("Not found", 404, _NO_CACHE)
