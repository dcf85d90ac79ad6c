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

# blocks with signs that NFKC would turn into digits: ¹ ₁ ① ⑴ ½ ㏠ 𝟏
_MARK_BLOCKS = ((0xA0, 0x3400), (0x1D7CE, 0x1D800), (0x1F100, 0x1F110), (0x1FBF0, 0x1FBFA))
_FOOTNOTE = re.compile(
    r"(?:(?:(?<=[^\d\s(])|\s+)[(\[]?[0-9]{1,2}[)\]]|\s*[(（\[]?(?:주|注|註)\s?[0-9]{0,2}[)）\]]?|\s*[*＊†‡§※#]+\s?[0-9]{0,2}[)）]?)$"
)
_FOOTNOTE_WITHIN = 80  # letters at the end of a text
_LITERAL = re.compile(r'\s*[=＝]\s*"([^"]*)"\s*')


@cache
def _mark_pattern() -> re.Pattern[str]:
    """Return a pattern of the signs that look like a digit, or hold one, without being a digit."""
    signs = [
        chr(code)
        for first, end in _MARK_BLOCKS
        for code in range(first, end)
        if not unicodedata.decomposition(chr(code)).startswith(("<wide>", "<narrow>"))
        and any(sign.isdigit() for sign in unicodedata.normalize("NFKC", chr(code)))
    ]
    return re.compile(f"([{''.join(map(re.escape, signs))}]+)")


@cache
def load_vocabulary() -> dict[str, Any]:
    """Return the words that people write in such files, by section and name of vocabulary.toml."""
    return tomllib.loads(_VOCABULARY.read_text(encoding="utf-8"))


def strip_unseen(text: str) -> str:
    """Return a text as a reader sees it: composed (NFC), without unseen characters and surrounding space."""
    return _UNSEEN.sub("", unicodedata.normalize("NFC", text)).strip()


def narrow(text: str) -> str:
    """Return a text with full-width letters, digits and signs made narrow and half-width kana made full (NFKC).

    Marks (superscripts, subscripts, circled numbers, fractions) stay as they are: they are no digits.
    """
    if text.isascii():
        return _UNSEEN.sub("", text).strip()
    parts = _mark_pattern().split(text)
    parts[::2] = [unicodedata.normalize("NFKC", part) for part in parts[::2]]
    return _UNSEEN.sub("", "".join(parts)).strip()


def unwrap_literal(text: str) -> str:
    """Return the text that a spreadsheet shows for ="01", a formula that is nothing but a text."""
    match = _LITERAL.fullmatch(text)
    return match[1] if match else text


def has_marks(text: str) -> bool:
    """Return whether a text holds a superscript, a circled number or the like."""
    return not text.isascii() and _mark_pattern().search(text) is not None


def strip_footnotes(text: str) -> str:
    """Return a text without the marks at its end that refer to a footnote: 방문객수¹⁾, 도쿄도1), 来場者数※, 800 주1)."""
    whole = narrow(text)
    start, bare = whole[:-_FOOTNOTE_WITHIN], whole[-_FOOTNOTE_WITHIN:]  # the patterns take the square of the length
    while True:
        before = bare
        bare = re.sub(f"(?:{_mark_pattern().pattern})[⁾)]?$", "", bare).rstrip() if has_marks(bare) else bare
        bare = _FOOTNOTE.sub("", bare).rstrip()
        if bare == before:
            return (start + bare).strip()


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
