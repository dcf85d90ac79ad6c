"""Takes out of a message the sentences that say which days are left out, so that a page with several charts says it once."""

import re
from functools import cache

from sejong_dash import words as wording
from sejong_dash.words import Words

_KINDS = ("withheld", "missing", "partial")  # entries `lacking.…` that `Words.withheld` and `Words.lacking` write


@cache
def _patterns(lang: str) -> dict[str, re.Pattern[str]]:
    shared = wording.shared(lang)
    plain = {kind: re.split(r"\{\w+\}", shared(f"lacking.{kind}")) for kind in _KINDS}
    return {kind: re.compile(r"\s*" + ".+?".join(map(re.escape, parts))) for kind, parts in plain.items()}


def kinds(message: str, words: Words) -> list[str]:
    """Return which kinds of days a message says to be left out: withheld (no verdict is given), missing, partial."""
    return [kind for kind, pattern in _patterns(words.lang).items() if pattern.search(message)]


def without(message: str, words: Words, stated: list[str]) -> str:
    """Return a message without its sentences about days of the kinds in `stated`."""
    for kind in stated:
        message = _patterns(words.lang)[kind].sub("", message)
    return message.strip()
