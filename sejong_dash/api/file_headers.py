"""Writes and reads the headers of files: their names, their marks, the reader's language."""

import hashlib

from starlette.requests import Request

from sejong_dash.words import LANGUAGES

from .asked_file import AskedFile

_PLAIN = {*"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$&+-.^_`|~"}  # RFC 8187
_INLINE = {"application/json"}  # what a browser shows without harm


def describe(asked: AskedFile, plain_name: str = "", local_name: str = "") -> dict[str, str]:
    """Return the headers of a file, without names those of an answer that has no content."""
    headers = {"ETag": asked.mark, "Cache-Control": "private, no-cache", "Content-Language": asked.lang}
    if plain_name:
        kind = "inline" if asked.mime in _INLINE else "attachment"
        headers["Content-Disposition"] = f"{kind}; {named(plain_name, local_name)}"
    return headers


def describe_body(body: bytes, lang: str) -> dict[str, str]:
    """Return the headers of a list in one language."""
    mark = hashlib.blake2b(body, digest_size=12).hexdigest()
    return {
        "ETag": f'W/"{mark}"',
        "Cache-Control": "no-cache",
        "Content-Language": lang,
        "Vary": "Accept, Accept-Language",
    }


def named(plain_name: str, local_name: str) -> str:
    """Return both names of a file as RFC 6266 has them: browsers take the second, and what does not know it the first."""
    safe = "".join(letter if letter in _PLAIN else "_" for letter in plain_name)
    encoded = "".join(chr(byte) if chr(byte) in _PLAIN else f"%{byte:02X}" for byte in local_name.encode())
    return f"filename=\"{safe}\"; filename*=UTF-8''{encoded}"


def is_known(request: Request, mark: str) -> bool:
    """Return whether whoever asks has what bears this mark (If-None-Match)."""
    known = [each.strip().removeprefix("W/") for each in request.headers.get("if-none-match", "").split(",")]
    return "*" in known or mark.removeprefix("W/") in known


def preferred_language(request: Request) -> str:
    """Return the language in which to say what is wrong: that of the address, else the browser's, else Korean."""
    asked = request.query_params.get("lang", "")
    offers = []
    for place, offer in enumerate(request.headers.get("accept-language", "").lower().split(",")):
        tag, _, weight = offer.partition(";q=")
        offers.append((-_weight(weight), place, tag.strip()[:2]))
    tags = [asked, *(tag for _, _, tag in sorted(offers))]
    return next((tag for tag in tags if tag in LANGUAGES), LANGUAGES[0])


def _weight(text: str) -> float:
    try:
        return float(text) if text else 1.0
    except ValueError:
        return 0.0
