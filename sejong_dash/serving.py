"""How do Streamlit's own files reach a viewer small, early, and with nothing asked of any other host?

Streamlit sends 2.7 MB of scripts for an empty page and 4.7 MB more for Plotly, all uncompressed, and a browser
hears of Plotly only after the first script run. `Delivery` wraps the app: scripts and styles leave compressed, the
page's HTML names the chart chunks in its head, and every answer carries the security headers.

No library does this: brotli-asgi, starlette-compress and Starlette's GZipMiddleware compress again on every request;
ServeStatic and blacknoise serve compressed files kept beside the originals, but site-packages is not ours to write
in, and their compressors know only brotli's slowest quality (a minute for this folder instead of three seconds).
"""

import base64
import gzip
import hashlib
import logging
import mimetypes
import os
import re
import tempfile
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import NamedTuple

import anyio.to_thread
import brotli
import streamlit
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import FileResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config

from sejong_dash.paths import PROJECT

log = logging.getLogger(__name__)

# Plotly's chunk, 4.7 MB, in brotli: quality 5 1.24 MB in 0.1 s, 9 1.18 MB in 0.6 s, 11 1.06 MB in 12 s.
# Browsers ask for brotli over https and from this machine only: gzip is what plain http in an office gets.
ENCODERS: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda body: brotli.compress(body, quality=9),
    "gzip": lambda body: gzip.compress(body, 6, mtime=0),
}
TEXT = {".js", ".css", ".svg"}  # fonts and pictures are compressed already
EARLY = ("PlotlyChart",)  # chunks that nearly every page needs
EARLY_ON = {"map": ("DeckGlJsonChart",)}  # and those that one page needs: pydeck is 3 MB more


class Kept(NamedTuple):
    """An answer's body, and the mark (ETag) by which a browser can tell that it has it already."""

    body: bytes
    mark: str


def keep(body: bytes) -> Kept:
    return Kept(body, f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"')


class Assets:
    """Streamlit's static folder, each file compressed once and kept: in memory, and on disk for the next start."""

    def __init__(self, folder: Path, kept: Path) -> None:
        self.folder, self.kept = folder, kept
        self.names = {file.relative_to(folder).as_posix() for file in folder.glob("static/**/*") if file.suffix in TEXT}
        self.index = (folder / "index.html").read_text("utf-8")
        self.hot = [name for name in re.findall(r"\./(static/[^\"]+)", self.index) if name in self.names]
        self.hot += self.chunks(EARLY)
        self._compressed: dict[tuple[str, str], Kept] = {}

    def compressed(self, name: str, coding: str) -> Kept:
        """The file in that coding. Two threads may do the same work at once; they come to the same bytes."""
        if (name, coding) not in self._compressed:
            file = self.kept / f"{Path(name).name}.{coding}"
            try:
                body = file.read_bytes()
            except OSError:
                body = ENCODERS[coding]((self.folder / name).read_bytes())
                self._write(file, body)
            self._compressed[name, coding] = keep(body)
        return self._compressed[name, coding]

    def compress(self, names: Iterable[str]) -> None:
        with ThreadPoolExecutor(os.cpu_count()) as pool:  # both encoders work outside the interpreter's lock
            list(pool.map(lambda work: self.compressed(*work), [(n, c) for n in names for c in ENCODERS]))

    def _write(self, file: Path, body: bytes) -> None:
        try:
            self.kept.mkdir(parents=True, exist_ok=True)
            # written aside and moved: neither another process nor a power cut leaves half a script under the name
            with tempfile.NamedTemporaryFile(dir=self.kept, delete=False) as aside:
                aside.write(body)
                aside.flush()
                os.fsync(aside.fileno())
            os.replace(aside.name, file)
        except OSError as problem:
            log.warning("%s stays in memory only and is compressed again at the next start: %s", file.name, problem)

    def chunks(self, stems: Iterable[str]) -> list[str]:
        """The scripts of these parts of the front end and all that they import, but for what index.html names."""
        found = [f"static/js/{file.name}" for stem in stems for file in self.folder.glob(f"static/js/{stem}.*.js")]
        for name in found:  # grows while it is walked: chunks import chunks
            script = (self.folder / name).read_text("utf-8")
            for imported in re.findall(r"(?:from|import)\"\./([^\"]+\.js)\"", script):
                if imported not in self.index and f"static/js/{imported}" not in found:
                    found.append(f"static/js/{imported}")
        return found


@cache
def streamlit_assets() -> Assets:
    folder = Path(streamlit.__file__).parent / "static"
    return Assets(folder, PROJECT / ".cache" / f"streamlit-{streamlit.__version__}")


def policy(html: str) -> str:
    """The content security policy under which Streamlit, Plotly and pydeck work: no host but ours."""
    inline = [base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
              for script in re.findall(r"<script>(.*?)</script>", html, re.DOTALL)]  # fmt: skip
    return "; ".join((
        "default-src 'self'",
        " ".join(("script-src 'self' blob: 'wasm-unsafe-eval'", *(f"'sha256-{digest}'" for digest in inline))),
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self' data: blob:",
        "worker-src 'self' blob:",
        "media-src 'self' data: blob:",
        "frame-src 'self' data: blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    ))  # fmt: skip


def coding_for(accepted: str) -> str | None:
    offers = dict(offer.replace(" ", "").partition(";q=")[::2] for offer in accepted.lower().split(","))
    return next((one for one in ENCODERS if one in offers and (not offers[one] or offers[one].strip("0."))), None)


class Delivery:
    """The middleware."""

    def __init__(self, app: ASGIApp, assets: Assets | None = None) -> None:
        self.app = app
        self.assets = assets or streamlit_assets()
        self.base = "/" + config.get_option("server.baseUrlPath").strip("/")
        # Starlette's mark of index.html: an answer is known by it, whatever the path that was asked for
        index = self.assets.folder / "index.html"
        self.index_mark = FileResponse(index, stat_result=index.stat()).headers["etag"]
        self.always = {
            "Content-Security-Policy": policy(self.assets.index),
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "same-origin",
        }
        self._html: dict[tuple[str, str | None], Kept] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        asked = Headers(scope=scope)
        name = scope["path"].removeprefix(scope.get("root_path", "")).removeprefix(self.base).strip("/")
        coding = coding_for(asked.get("accept-encoding", ""))
        if name in self.assets.names and coding and scope["method"] in ("GET", "HEAD") and "range" not in asked:
            kept = await anyio.to_thread.run_sync(self.assets.compressed, name, coding)
            kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
            # for ever: every name in the folder carries a hash of its content
            answer = self.answer(scope, kept, coding, kind, "public, immutable, max-age=31536000")
            return await answer(scope, receive, send)
        replaced = False

        async def onward(message: Message) -> None:
            nonlocal replaced
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=message.setdefault("headers", []))
                headers.update(self.always)
                if name in self.assets.names:
                    headers.add_vary_header("Accept-Encoding")
                if headers.get("etag") == self.index_mark:
                    replaced = True
                    answer = self.answer(scope, self.html(name, coding), coding, "text/html", "no-cache")
                    return await answer(scope, receive, send)
            if not replaced:
                await send(message)

        await self.app(scope, receive, onward)

    def html(self, page: str, coding: str | None) -> Kept:
        page = page if page in EARLY_ON else ""
        if (page, coding) not in self._html:
            wanted = self.assets.chunks((*EARLY, *EARLY_ON.get(page, ())))
            links = "".join(f'<link rel="modulepreload" crossorigin href="./{name}">\n' for name in wanted)
            body = self.assets.index.replace("</head>", f"{links}</head>", 1).encode()
            self._html[page, coding] = keep(ENCODERS[coding](body) if coding else body)
        return self._html[page, coding]

    def answer(self, scope: Scope, kept: Kept, coding: str | None, kind: str, caching: str) -> Response:
        headers = {"ETag": kept.mark, "Cache-Control": caching, "Vary": "Accept-Encoding", **self.always}
        if kept.mark in Headers(scope=scope).get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        headers["Content-Length"] = str(len(kept.body))
        if coding:
            headers["Content-Encoding"] = coding
        return Response(b"" if scope["method"] == "HEAD" else kept.body, headers=headers, media_type=kind)
