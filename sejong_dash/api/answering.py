"""Answers requests below `/export/` and `/figure/`, and says what is wrong with one.

A file is found, made off the event loop and sent with its headers.
"""

import asyncio
import logging
import threading
from collections.abc import Awaitable, Callable
from functools import partial
from typing import NamedTuple, TypeVar

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from sejong_dash import ending
from sejong_dash.errors import DashError
from sejong_dash.exhibits import defaults

from . import asked_file, catalogue, figures, news, openapi, problem_document
from .asked_file import AskedFile
from .file_headers import describe, describe_body, is_known, preferred_language
from .problem_document import RequestError
from .work_queue import QueueFullError, WorkQueue

_LOG = logging.getLogger(__name__)
T = TypeVar("T")
METHODS = ("GET", "HEAD")
# What takes well under a second has a line of its own: a table does not wait behind a deck of slides.
QUICK = WorkQueue(workers=2, waiting=60, seconds=2)
SLOW = WorkQueue(workers=2, waiting=10, seconds=15)
_TRIES = 3  # where the data change while a file is made


class ClientGoneError(Exception):
    """Whoever asked has gone: nobody waits for the answer."""


class _Made(NamedTuple):
    """A file with its names; blank content where only its headers were asked for."""

    plain_name: str
    local_name: str
    content: bytes


async def answer_file(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer a request for a file with it or with what is wrong; with nothing where whoever asked has gone."""
    await _answer(_respond, scope.get("root_path", ""), scope, receive, send)


async def answer_figure(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer a request for a page's figure with it or with what is wrong."""
    root = scope.get("root_path", "").removesuffix("/figure")
    await _answer(figures.respond, f"{root}/export", scope, receive, send)


async def answer_news(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer a request for what has changed since a viewer last looked."""
    await _answer(news.respond, f"{scope.get('root_path', '')}/export", scope, receive, send)


async def _answer(
    respond: Callable[[Request], Awaitable[Response]], root: str, scope: Scope, receive: Receive, send: Send
) -> None:
    """Answer a request; `root` is the path of `/export`, where the kinds of problems are described."""
    request = Request(scope, receive)
    lang = preferred_language(request)
    try:
        response = await respond(request)
    except ClientGoneError:
        return
    except QueueFullError as full:
        wait = str(full.seconds)
        response = problem_document.of_request(RequestError(503, "busy", {"Retry-After": wait}, seconds=wait), lang, root)
    except RequestError as error:
        response = problem_document.of_request(error, lang, root)
    except DashError as error:
        response = problem_document.of_failure(error, lang, root)
    except Exception as error:
        _LOG.exception("%s cannot be answered", scope["path"])
        response = problem_document.of_failure(DashError("unexpected", what=type(error).__name__), lang, root)
    await response(scope, receive, send)


async def _respond(request: Request) -> Response:
    if request.method not in METHODS:
        raise RequestError(405, "wrong_method", {"Allow": ", ".join(METHODS)}, found=request.method)
    path = request.scope["path"].removeprefix(request.scope.get("root_path", "")).strip("/")
    if path in ("", catalogue.OPENAPI):
        return await QUICK.run(partial(_about_all, request, path))
    find = partial(asked_file.find, path, request.query_params.multi_items())
    for _ in range(_TRIES):
        asked = await QUICK.run(find)
        if is_known(request, asked.mark):
            return Response(status_code=304, headers=describe(asked))
        made = await _while_asked_for(request, QUICK if asked.is_quick else SLOW, partial(_make, asked, request.method == "HEAD"))
        if made is not None:
            return _file(asked, made, request.method == "HEAD")
    raise RequestError(503, "moving", {"Retry-After": "2"})


def _make(asked: AskedFile, is_head: bool, gone: threading.Event) -> _Made | None:
    """Return the file; None where the data have changed meanwhile, so that it may be of two states."""

    def stop_if_gone(done: int, of: int, title: str) -> None:
        if gone.is_set():
            raise ClientGoneError

    named = asked.draw(stop_if_gone)
    content = b"" if is_head else named.write()
    return _Made(named.plain_name, named.local_name, content) if defaults.state(asked.version) == asked.data else None


def _about_all(request: Request, path: str) -> Response:
    """Return the list of all files, as a page where a browser asks, else as JSON; or their description."""
    lang = preferred_language(request)
    is_page = (
        path == "" and "text/html" in request.headers.get("accept", "") and dict(request.query_params).get("format") != "json"
    )
    if path == catalogue.OPENAPI:
        body, mime = openapi.as_json(lang), openapi.MIME
    else:
        body, mime = (catalogue.as_page(lang), "text/html") if is_page else (catalogue.as_json(lang), "application/json")
    headers = describe_body(body, lang)
    if is_known(request, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers, media_type=mime)


def _file(asked: AskedFile, made: _Made, is_head: bool) -> Response:
    headers = describe(asked, made.plain_name, made.local_name)
    response = Response(made.content, headers=headers, media_type=asked.mime)
    if is_head:
        del response.headers["content-length"]  # that of the file is not known
    return response


async def _while_asked_for(request: Request, queue: WorkQueue, work: Callable[[threading.Event], T]) -> T:
    """Return what `work` returns, which is given an event that is set once whoever asked has gone.

    Raises ClientGoneError then, QueueFullError where there is no place for it, and what it raises.
    """
    gone = threading.Event()
    with ending.ended_by(gone.set):
        return await _done_or_gone(request, queue, work, gone)


async def _done_or_gone(request: Request, queue: WorkQueue, work: Callable[[threading.Event], T], gone: threading.Event) -> T:
    working = asyncio.ensure_future(queue.run(partial(work, gone)))
    leaving = asyncio.ensure_future(_left(request))
    try:
        await asyncio.wait({working, leaving}, return_when=asyncio.FIRST_COMPLETED)
        is_ended = gone.is_set() or ending.is_stopping()
        if working.done() and not (is_ended and (working.cancelled() or working.exception())):
            return working.result()
        if is_ended:
            raise RequestError(503, "busy", {"Retry-After": "15"}, seconds="15")  # the server is asked to stop
        raise ClientGoneError
    finally:
        gone.set()
        leaving.cancel()
        working.cancel()


async def _left(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
