"""Mounts the addresses that say how the server is: `/healthz`, `/readyz`, `/metrics` and `/admin`.

Health is for whoever balances load and asks every few seconds; figures and log are for whoever runs the server
(sejong_dash/access/watchers.py).
"""

import logging
from functools import partial

import anyio.to_thread
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from sejong_dash.access.watchers import may_administer, may_read_figures, may_watch
from sejong_dash.serving.sessions.session_door import Places

_LOG = logging.getLogger(__name__)
_NO_CACHE = {"Cache-Control": "no-store"}


class Watch:
    """The addresses of one server; `places` are its sessions, `limit` how many files it may have open."""

    def __init__(self, places: Places, limit: int | None) -> None:
        self._places, self._limit = places, limit

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
        shown = found.as_json() if may_read_figures(request) else {"status": found.state}
        return JSONResponse(shown, 200 if found.is_ready else 503, _NO_CACHE)

    async def _metrics(self, request: Request) -> Response:
        if not may_read_figures(request):
            return self._refused(request)
        from . import figures_now, metrics, readiness

        found = await anyio.to_thread.run_sync(readiness.look)
        text = metrics.as_text(figures_now.gather(self._places, self._limit, found))
        return Response(text, headers={**_NO_CACHE, "Content-Type": metrics.MIME})

    async def _page(self, request: Request) -> Response:
        if not may_watch(request):
            return self._refused(request)
        from . import admin_page, figures_now, readiness

        found = await anyio.to_thread.run_sync(readiness.look)
        figures = figures_now.gather(self._places, self._limit, found)
        lang = admin_page.language(request.query_params.get("lang", ""), request.headers.get("accept-language", ""))
        body = admin_page.page(found, figures, lang, may_change=may_administer(request))
        return Response(body, headers=_NO_CACHE, media_type="text/html")

    async def _log(self, request: Request) -> Response:
        if not may_watch(request):
            return self._refused(request)
        from .log_lines import content

        lines = await anyio.to_thread.run_sync(content)
        headers = {**_NO_CACHE, "Content-Disposition": 'attachment; filename="sejong.jsonl"'}
        return Response(lines, headers=headers, media_type="application/jsonl")

    async def _change_snapshot(self, request: Request) -> Response:
        """Rename or delete a snapshot, for a form of this very server alone: no other page may send one in a reader's name."""
        origin, host = request.headers.get("origin", ""), request.headers.get("host", "")
        if not may_administer(request) or not host or origin not in (f"http://{host}", f"https://{host}"):
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
