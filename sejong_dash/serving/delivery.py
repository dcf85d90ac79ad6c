"""Gives every answer of the server its headers, and the page and scripts of Streamlit their bodies.

`Delivery` wraps the whole app. Streamlit's scripts leave compressed; its one HTML page names what it will draw with in
its head, so that they are on their way while the page connects and the script runs, and says where the server is, so that
it need not look for it; every answer says that nothing may be loaded from another host.
"""

import base64
import hashlib
from collections.abc import Callable, Iterable

import anyio.to_thread
import streamlit as st
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from . import active_runs
from .chunk_names import needed_on
from .front_end import ENCODERS, KINDS, FrontEnd, Kept, streamlit_front_end
from .index_page import index_mark, inline_scripts, with_head

OWN = ("shapes/", "plotly/")  # what `files` gives
FOREVER = "public, immutable, max-age=31536000"  # for names that carry a hash of their content

# What each opening is for; all of it was tried in Chromium, and nothing here needs 'unsafe-eval'.
POLICY = {
    "default-src": "'self'",
    "script-src": "'self' 'wasm-unsafe-eval' blob:",  # wasm: pydeck; blob: the script of an inline st.components.v2
    "style-src": "'self' 'unsafe-inline'",  # Streamlit writes its styles into the page
    "img-src": "'self' data: blob:",  # emoji page icons, Plotly's pictures
    "font-src": "'self' data:",
    "connect-src": "'self' data: blob:",
    "media-src": "'self' data: blob:",
    "worker-src": "'self' blob:",  # maps
    "frame-src": "'self' data: blob:",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'self'",
}


def security_headers(html: str) -> dict[str, str]:
    """The headers of every answer. The scripts written into index.html are allowed one by one, by their digest."""
    inline = inline_scripts(html)
    digests = [base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in inline]
    rules = POLICY | {"script-src": " ".join((POLICY["script-src"], *(f"'sha256-{digest}'" for digest in digests)))}
    return {
        "Content-Security-Policy": "; ".join(f"{name} {allowed}" for name, allowed in rules.items()),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
    }


def coding_for(accepted: str) -> str | None:
    """The first of our codings that an Accept-Encoding header offers and does not refuse with `q=0`."""
    offers = dict(offer.replace(" ", "").partition(";q=")[::2] for offer in accepted.lower().split(","))
    return next((coding for coding in ENCODERS if coding in offers and (not offers[coding] or offers[coding].strip("0."))), None)


class Delivery:
    """The middleware around `st.App`.

    `files` gives the bodies of our own files, whose names carry a hash of their content, and `scripts` the names of those that a
    page surely needs.
    """

    def __init__(
        self,
        app: ASGIApp,
        front_end: FrontEnd | None = None,
        files: Callable[[str], bytes | None] | None = None,
        scripts: Callable[[str], Iterable[str]] | None = None,
    ) -> None:
        self.app = app
        self.files = files or (lambda name: None)
        self.scripts = scripts or (lambda page: ())
        self.front_end = front_end or streamlit_front_end()
        self.base = "/" + st.get_option("server.baseUrlPath").strip("/")
        self.always = security_headers(self.front_end.index)
        self.index_mark = index_mark(self.front_end.folder)
        self._pages: dict[tuple[tuple[str, ...], tuple[str, ...], str | None], Kept] = {}
        self._files: dict[tuple[str, str | None], Kept] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        asked = Headers(scope=scope)
        name = scope["path"].removeprefix(scope.get("root_path", "")).removeprefix(self.base).strip("/")
        ours = name in self.front_end.names
        coding = coding_for(asked.get("accept-encoding", ""))
        if ours and coding and scope["method"] in ("GET", "HEAD") and "range" not in asked:
            kept = await anyio.to_thread.run_sync(self.front_end.compressed, name, coding)
            answer = self.answer(scope, kept, coding, KINDS[name[name.rindex(".") :]], FOREVER)
            return await answer(scope, receive, send)
        if name.startswith(OWN) and scope["method"] in ("GET", "HEAD"):
            own = await anyio.to_thread.run_sync(self.file, name, coding)
            kind = KINDS.get(name[name.rfind(".") :], "application/json")
            answer = self.answer(scope, own, coding, kind, FOREVER) if own else Response(status_code=404)
            return await answer(scope, receive, send)
        if name in self.front_end.cut and scope["method"] in ("GET", "HEAD"):
            # not for ever: the name is Streamlit's and stays when an icon is added
            answer = self.answer(scope, self.front_end.cut[name], None, "font/woff2", "no-cache")
            return await answer(scope, receive, send)
        replaced = False

        async def onward(message: Message) -> None:
            nonlocal replaced
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=message.setdefault("headers", []))
                if headers.get("etag") == self.index_mark:
                    replaced = True
                    active_runs.expect()
                    answer = self.answer(scope, self.page(name, coding), coding, "text/html", "no-cache")
                    return await answer(scope, receive, send)
                headers.update(self.always)
                if ours:
                    headers.add_vary_header("Accept-Encoding")
            if not replaced:
                await send(message)

        await self.app(scope, receive, onward)

    def page(self, path: str, coding: str | None) -> Kept:
        """index.html, with the chunks of that page in its head the way it names its own."""
        chunks, scripts = needed_on(path), tuple(self.scripts(path))
        if (chunks, scripts, coding) not in self._pages:
            body = with_head(self.front_end.index, self.front_end.chunks(chunks), scripts).encode()
            self._pages[chunks, scripts, coding] = Kept.of(ENCODERS[coding](body) if coding else body)
        return self._pages[chunks, scripts, coding]

    def file(self, name: str, coding: str | None) -> Kept | None:
        """One of our own files, compressed once; None where there is no such file (any more)."""
        if (name, coding) not in self._files and (body := self.files(name)) is not None:
            self._files[name, coding] = Kept.of(ENCODERS[coding](body) if coding else body)
        return self._files.get((name, coding))

    def answer(self, scope: Scope, kept: Kept, coding: str | None, kind: str, caching: str) -> Response:
        headers = {"ETag": kept.mark, "Cache-Control": caching, "Vary": "Accept-Encoding", **self.always}
        if kept.mark in Headers(scope=scope).get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        headers["Content-Length"] = str(len(kept.body))
        if coding:
            headers["Content-Encoding"] = coding
        return Response(b"" if scope["method"] == "HEAD" else kept.body, headers=headers, media_type=kind)
