"""Mounts the addresses of files beside the pages.

What answers them is imported when the first of them is asked for, so that the server starts no later because of it.
"""

import anyio.to_thread
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import ASGIApp, Receive, Scope, Send


def export_routes(base: str = "") -> list[BaseRoute]:
    """Return the routes of `/export/`; `base` is the path below which the app's pages are."""
    root = f"/{base.strip('/')}".rstrip("/") + "/export"
    return [Route(root, _to_list), Mount(root, app=export_app)]


def _to_list(request: Request) -> Response:
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"export/{query}")  # relative: a proxy may have a prefix of its own


async def export_app(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer a request below `/export/`."""
    if scope["type"] != "http":
        return await send({"type": "websocket.close", "code": 1000})
    app = await anyio.to_thread.run_sync(_answering)
    await app(scope, receive, send)


def _answering() -> ASGIApp:
    from .answering import answer

    return answer
