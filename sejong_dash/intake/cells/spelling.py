"""Brings different spellings of the same thing into one form, and holds the words that people use (vocabulary.toml)."""

import re
import tomllib
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

_VOCABULARY = Path(__file__).with_name("vocabulary.toml")
_BRACKETS = re.compile(r"[(\[〔【<《][^)\]〕】>》]*[)\]〕】>》]")
_GAPS = re.compile(r"[\s_​‌‍⁠﻿'’`・·]+")
# characters that no reader sees but that move the text around them: controls, directions, zero widths
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]")


@cache
def load_vocabulary() -> dict[str, Any]:
    """Return the words that people write in such files, by section and name of vocabulary.toml."""
    return tomllib.loads(_VOCABULARY.read_text(encoding="utf-8"))


def strip_unseen(text: str) -> str:
    """Return a text as a reader sees it: composed (NFC), without unseen characters and surrounding space."""
    return _UNSEEN.sub("", unicodedata.normalize("NFC", text)).strip()


def narrow(text: str) -> str:
    """Return a text with full-width letters, digits and signs made narrow and half-width kana made full (NFKC)."""
    return _UNSEEN.sub("", unicodedata.normalize("NFKC", text)).strip()


def simplify(text: str) -> str:
    """Return the form in which words are compared: width, case and spaces do not count."""
    return _GAPS.sub("", narrow(text)).casefold()


def simplify_heading(text: str) -> str:
    """Return the form in which headings are compared, where a unit in brackets does not count either."""
    whole = narrow(text)
    return simplify(_BRACKETS.sub("", whole)) or simplify(whole)


@cache
def load_words(section: str, name: str) -> frozenset[str]:
    """Return a list of the vocabulary in the form of `simplify`."""
    return frozenset(simplify(word) for word in load_vocabulary()[section][name])
