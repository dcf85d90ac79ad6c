"""How much room does a label take, and where may it break?

A figure is drawn before anyone knows how wide the screen is, so labels are broken for the narrowest. Widths are in em, by
the kind of letter: good to about a tenth, which is what a margin is for.
"""

import re
import unicodedata
from functools import cache
from itertools import pairwise

_NARROW = set("iljtfrI.,:;'!|()[]·-’‘ ")
_BROAD = set("mwMWQ@%")
_CLOSING = set("、。，．・：；！？）］」』】〉》)]!?,.:;·~～〜–%ーっゃゅょッャュョァィゥェォ々")
_OPENING = set("（［「『【〈《([‘“")
_AFTER = set(" 、。，・）」』】·/-–")


def width(text: str) -> float:
    """The width of one line in em."""
    return sum(map(_letter, text))


@cache
def _letter(letter: str) -> float:
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.0
    if letter in _NARROW:
        return 0.32
    if letter in _BROAD:
        return 0.86
    return 0.7 if letter.isupper() else 0.57


def wrap(text: str, room: float, lang: str) -> list[str]:
    """`text` in as few lines of at most `room` em as there must be, about equally long.

    Korean and English break at spaces, Japanese where a phrase ends (after a particle or a comma, before a bracket);
    a piece that is too long by itself breaks between two letters, but never before a closing mark.
    """
    if width(text) <= room:
        return [text]
    pieces = _pieces(text, lang)
    lines = _filled(pieces, room)
    narrower, longest = room, max(width(piece.rstrip()) for piece in pieces)
    while narrower - 0.5 >= longest:
        narrower -= 0.5
        tried = _filled(pieces, narrower)
        if len(tried) > len(lines) or max(map(width, tried)) > room:
            break
        lines = tried
    return lines


def _filled(pieces: list[str], room: float) -> list[str]:
    lines = [""]
    for piece in pieces:
        if lines[-1] and width(lines[-1] + piece.rstrip()) > room:
            lines.append("")
        while width(piece.rstrip()) > room and len(piece) > 1:
            head = _head(piece, room)
            lines[-1] += head
            piece = piece[len(head) :]
            lines.append("")
        lines[-1] += piece
    return [line.strip() for line in lines if line.strip()]


def _head(piece: str, room: float) -> str:
    """The longest beginning of a piece that fits and does not leave a closing mark to the next line; one letter at least."""
    fitting = max((n for n in range(1, len(piece)) if width(piece[:n]) <= room), default=1)
    # where kanji meet katakana is a seam of a compound
    seams = [n for n in range(fitting // 2, fitting + 1) if n and _katakana(piece[n - 1]) != _katakana(piece[n])]
    cut = max(seams, default=fitting)
    while cut > 1 and (piece[cut] in _CLOSING or piece[cut - 1] in _OPENING):
        cut -= 1
    return piece[:cut] if cut > 1 else piece[:fitting]


def _katakana(letter: str) -> bool:
    return "ァ" <= letter <= "ー"


def _pieces(text: str, lang: str) -> list[str]:
    cuts = [0, *(n for n in range(1, len(text)) if _may_break(text[n - 1], text[n], lang)), len(text)]
    return [text[start:end] for start, end in pairwise(cuts)]


def _may_break(before: str, after: str, lang: str) -> bool:
    if after in _CLOSING or after == " " or before in _OPENING:
        return False
    if before in _AFTER or after in _OPENING:
        return True
    return lang == "ja" and bool(re.match(r"[ぁ-ん]", before)) and not re.match(r"[ぁ-んー]", after)
