"""Keep text harmless: a spreadsheet runs none of it, and XML can carry all of it."""

import json
import re
from typing import Any
from xml.sax.saxutils import escape as _escape

import pandas as pd

# How a formula begins, in the wide letters of a Korean or Japanese keyboard too. A spreadsheet drops a tab or a line end before
# it, and whoever pastes a cell drops blanks and what nobody sees.
_FORMULA = re.compile("[\t\r\n]|[\\s\u00ad\u200b-\u200f\u2060-\u2064\ufeff]*[=+@＝＋＠－-]")
# What no XML document may hold, and the control characters that it may hold but nobody sees; tabs and line ends are text.
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_ESCAPED = re.compile(r"\\(?:[bf]|u(?:00[0189]|007[fF]|[dD][89a-fA-F]|[fF]{3}[eEfF]|20(?:2[89a-eA-E]|6[6-9])))")
_INSTEAD = "\ufffd"
_ENTITIES = {'"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}  # an attribute would lose its line ends


def visible(text: str) -> str:
    """Return a text with the sign for an unreadable character in the place of each control character."""
    return _UNSEEN.sub(_INSTEAD, text)


def visible_json(text: str) -> str:
    """Return JSON with each control character of its strings shown, which JSON may hold as \\u0007 or \\b."""
    shown = visible(text)
    return json.dumps(_shown(json.loads(shown)), ensure_ascii=False) if _ESCAPED.search(shown) else shown


def _shown(value: Any) -> Any:
    if isinstance(value, str):
        return visible(value)
    if isinstance(value, list):
        return [_shown(entry) for entry in value]
    return {visible(name): _shown(entry) for name, entry in value.items()} if isinstance(value, dict) else value


def escape(text: str) -> str:
    """Return a text as it may stand in XML, between tags or in an attribute in double quotes."""
    return _escape(visible(text), _ENTITIES)


def safe(text: str) -> str:
    """Return a text with an apostrophe before it if a spreadsheet would run it (OWASP's CSV injection)."""
    return f"'{text}" if _FORMULA.match(text) else text


def harmless(table: pd.DataFrame) -> pd.DataFrame:
    """Return the table with each text cell `safe`."""
    texts = table.select_dtypes(include=["str", "object"]).columns
    return table.assign(
        **{str(name): table[name].map(lambda cell: safe(cell) if isinstance(cell, str) else cell) for name in texts}
    )
