"""Writes a text in HTML so that its lines end where a reader would end them.

What stays on one line (`layout.unbroken`) is an element that styles do not wrap, rather than a sign in the text: what a reader
copies or searches for stays the text as it is.
"""

import re
from html import escape

from markupsafe import Markup

from sejong_dash.layout import text_width, unbroken

_OPEN, _CLOSE = '<span class="whole">', "</span>"
_ADDRESS = re.compile(r"(?:https?://)?(?:[\w-]+\.)+[a-z]{2,}(?:/[^\s()（）]*)")
_HYPHENATED = re.compile(r"[\w.]{1,12}-[\w.]{1,12}(?![\w.-])")


def whole(text: str) -> Markup:
    """Return a text whose amounts, dates and ranges stand on one line each; an address breaks behind its slashes alone."""
    done, at = [], 0
    for found in _ADDRESS.finditer(text):
        done += [_unwrapped(text[at : found.start()]), _address(found[0])]
        at = found.end()
    return Markup("".join([*done, _unwrapped(text[at:])]))


def _unwrapped(text: str) -> str:
    done, at = [], 0
    for start, end in unbroken.parts(text):
        done += [escape(text[at:start]), _OPEN, escape(text[start:end]), _CLOSE]
        at = end
    return "".join([*done, escape(text[at:])])


def _address(text: str) -> str:
    """Return an address with the places at which its lines may end; a hyphen (at-s.com) is none of them."""
    named = _HYPHENATED.sub(lambda found: _OPEN + found[0] + _CLOSE, escape(text))
    return re.sub(r"(?<![/<])/(?!/|span>)", "/<wbr>", named)


def in_phrases(text: str, lang: str) -> str:
    """Return a text of a narrow column; Japanese breaks behind phrases alone, where styles say `word-break: keep-all`."""
    if lang != "ja":
        return whole(text)
    return "<wbr>".join(escape(part).replace("／", "&NoBreak;／") for part in text_width.phrases(text))
