"""Says why a request is let in no further: a page for readers, a problem document (RFC 9457) for programs."""

import json
from collections.abc import Sequence
from functools import cache
from html import escape
from pathlib import Path
from string import Template

from starlette.requests import HTTPConnection
from starlette.responses import Response
from starlette.types import Scope, Send

PROBLEM = "application/problem+json"
# Of an answer that loads nothing, and of every one that says nothing else.
STRICT = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
HEADERS = {
    "Content-Security-Policy": STRICT,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "SAMEORIGIN",  # frame-ancestors for browsers that do not know it
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


def refusal(scope: Scope, status: int, key: str, home: str, **fields: str) -> Response:
    """Return the answer for an entry of answers.toml, in the reader's language; `home` is the path of the dashboard."""
    from sejong_dash import words as wording  # when somebody is refused, and not at the start

    asked = HTTPConnection(scope)
    words = wording.of(__file__, _language(asked, wording.LANGUAGES))
    title, detail = words(f"{key}.title"), words(f"{key}.detail", **fields)
    headers = {**HEADERS, "Content-Language": words.lang, "Cache-Control": "no-store", "Vary": "Accept, Accept-Language"}
    if "text/html" in asked.headers.get("accept", ""):
        texts = {"lang": words.lang, "title": title, "detail": detail, "back": words("back"), "home": home}
        body = _page().substitute({name: escape(text) for name, text in texts.items()})
        return Response(body, status, headers, "text/html")
    problem = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    return Response(json.dumps(problem, ensure_ascii=False), status, headers, PROBLEM)


async def refuse_websocket(answer: Response, scope: Scope, send: Send) -> None:
    """Answer the question for a websocket by this instead of opening one."""
    if "websocket.http.response" not in scope.get("extensions", {}):
        await send({"type": "websocket.close", "code": 1008})  # a server answers 403 to this
        return
    await send({"type": "websocket.http.response.start", "status": answer.status_code, "headers": answer.raw_headers})
    await send({"type": "websocket.http.response.body", "body": answer.body})


def _language(asked: HTTPConnection, known: Sequence[str]) -> str:
    wanted = [asked.query_params.get("lang", ""), *asked.headers.get("accept-language", "").lower().split(",")]
    return next((tag for tag in (each.strip()[:2] for each in wanted) if tag in known), known[0])


@cache
def _page() -> Template:
    return Template(Path(__file__).with_suffix(".html").read_text("utf-8"))
