"""Mounts the addresses of files, and of the figures that pages draw, beside the pages.

What answers them is imported when the first of them is asked for, so that the server starts no later because of it.
"""

import anyio.to_thread
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import ASGIApp, Receive, Scope, Send


def export_routes(base: str = "") -> list[BaseRoute]:
    """Return the routes of `/export/`, `/figure/` and `/news`; `base` is the path below which the app's pages are."""
    root = f"/{base.strip('/')}".rstrip("/")
    export = f"{root}/export"
    files = [Route(export, _to_list), Mount(export, app=_Late("answer_file"))]
    return [*files, Mount(f"{root}/figure", app=_Late("answer_figure")), Route(f"{root}/news", _Late("answer_news"))]


def _to_list(request: Request) -> Response:
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"export/{query}")  # relative: a proxy may have a prefix of its own


class _Late:
    """An app that is imported when it is first asked; `name` is a function of answering.py."""

    def __init__(self, name: str) -> None:
        self._name = name

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            return await send({"type": "websocket.close", "code": 1000})
        app = await anyio.to_thread.run_sync(self._imported)
        await app(scope, receive, send)

    def _imported(self) -> ASGIApp:
        from . import answering

        found: ASGIApp = getattr(answering, self._name)
        return found
