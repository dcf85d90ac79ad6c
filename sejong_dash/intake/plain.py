"""In which form are two ways of writing the same thing equal, and which words do people use?"""

import re
import tomllib
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

_VOCABULARY = Path(__file__).with_name("vocabulary.toml")
_BRACKETS = re.compile(r"[(\[〔【<《][^)\]〕】>》]*[)\]〕】>》]")
_GAPS = re.compile(r"[\s_​‌‍⁠﻿'’`・·]+")
# what no reader sees but what moves the text around it: controls, directions, zero widths
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]")


@cache
def vocabulary() -> dict[str, Any]:
    return tomllib.loads(_VOCABULARY.read_text(encoding="utf-8"))


def seen(text: str) -> str:
    """A cell as a reader sees it: composed, without unseen signs, without space around."""
    return _UNSEEN.sub("", unicodedata.normalize("NFC", text)).strip()


def narrow(text: str) -> str:
    """A cell with full-width letters, digits and signs made narrow and half-width kana made full."""
    return _UNSEEN.sub("", unicodedata.normalize("NFKC", text)).strip()


def plain(text: str) -> str:
    """The form in which words are compared: width, case and spaces do not count."""
    return _GAPS.sub("", narrow(text)).casefold()


def heading(text: str) -> str:
    """The same for a column's heading, where a unit in brackets does not count either."""
    whole = narrow(text)
    return plain(_BRACKETS.sub("", whole)) or plain(whole)


@cache
def words(section: str, name: str) -> frozenset[str]:
    """A list of the vocabulary in its plain form."""
    return frozenset(plain(word) for word in vocabulary()[section][name])
