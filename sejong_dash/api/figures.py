"""Answers the addresses at which a page's browser gets the figures that it draws: `/figure/goal_bar.json`.

They are the page's own: what they hold may change with any version, unlike the files below `/export/`.
"""

import gzip
import hashlib
from functools import partial
from threading import Condition
from typing import NamedTuple

from cachetools import LRUCache, cached
from starlette.requests import Request
from starlette.responses import Response

from sejong_dash import charts, clock, kept, maps
from sejong_dash.choices import Choices
from sejong_dash.datasets import Tables, snapshot
from sejong_dash.exhibits import defaults, figure_address
from sejong_dash.exhibits.cached import cached_exhibit
from sejong_dash.exports.web import live_figure

from .file_headers import is_known
from .problem_document import RequestError
from .work_queue import WorkQueue

MIME = "application/json"
# A page asks for those on its screen: a hundred that open at once ask for some hundreds.
QUEUE = WorkQueue(workers=2, waiting=1000, seconds=1)
_MOST_BYTES = 24_000_000


class Figure(NamedTuple):
    """A figure as JSON, plain and compressed, and the mark (ETag) of its content."""

    plain: bytes
    compressed: bytes
    mark: str


async def respond(request: Request) -> Response:
    """Return a figure. Raises QueueFullError, RequestError and DashError."""
    path = request.scope["path"].removeprefix(request.scope.get("root_path", "")).strip("/")
    figure = await QUEUE.run(partial(find, path, request.query_params.multi_items()))
    # what it shows may change while its address stays, as with a new version: a browser asks whether it still holds
    headers = {"ETag": figure.mark, "Cache-Control": "private, no-cache", "Vary": "Accept-Encoding"}
    if is_known(request, figure.mark):
        return Response(status_code=304, headers=headers)
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(figure.compressed, headers=headers | {"Content-Encoding": "gzip"}, media_type=MIME)
    return Response(figure.plain, headers=headers, media_type=MIME)


def find(path: str, given: list[tuple[str, str]]) -> Figure:
    """Return the figure that a path below `/figure/` and its parameters ask for.

    Raises RequestError where no chart or map has that name or it has nothing to show, and DashError where the choices or a table
    cannot be used.
    """
    name, _, suffix = path.rpartition(".")
    known = [*charts.names(), *maps.names()]
    if suffix != "json" or name not in known:
        raise RequestError(404, "unknown_exhibit", found=path, expected=", ".join(known))
    asked = figure_address.read(given, clock.today())
    version = asked.choices.data
    data = defaults.state(version)  # before the tables: what changes in between is kept under a name that nobody asks for again
    return figure_of(name, asked.choices, data, snapshot(version), dark=asked.is_dark)


def _key(name: str, choices: Choices, data: str, tables: Tables, *, dark: bool) -> tuple[str, Choices, str, bool]:
    return name, choices, data, dark


def _size(figure: Figure) -> int:
    return len(figure.plain) + len(figure.compressed)


@cached(LRUCache[tuple[str, Choices, str, bool], Figure](_MOST_BYTES, getsizeof=_size), key=_key, condition=Condition())
def figure_of(name: str, choices: Choices, data: str, tables: Tables, *, dark: bool) -> Figure:
    """Return the figure of the chart or map of that name, of a map its small drawing; `data` is the fingerprint of `tables`.

    Raises RequestError where there is nothing to show, and DashError where a table that it needs cannot be used.
    """
    source = charts.named(name) if name in charts.names() else maps.named(name)
    shown = cached_exhibit(source, choices, data, tables)
    if shown.empty:
        raise RequestError(404, "nothing_to_show", reason=shown.words("empty"))
    plain = live_figure.write(shown, dark=dark)
    mark = hashlib.blake2b(plain, digest_size=12).hexdigest()
    return Figure(plain, gzip.compress(plain, 6, mtime=0), f'"{mark}"')


kept.also_clear(figure_of.cache_clear)
