"""Estimate the width of text, break it into lines, and choose the size in which it fits.

No font is at hand when a figure is drawn or a slide is written, and whoever opens it has others, so widths are in em, by kind
of letter. Against the advance widths of Noto Sans KR and JP, nine of ten lines that our figures hold come out between 3 % too
narrow and 11 % too wide, half of them less than 3 % off; the worst is a short label with a star, 12 % too narrow.
"""

import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import pairwise

from . import unbroken

LINE_HEIGHT = 1.25  # in sizes of the letters
_NO_BREAK = "\u00a0"
_NARROW = set("iljtfrI.,:;'!|()[]·-’‘ " + _NO_BREAK)
_SLIM = set("vxz")
_BROAD = set("mwMWQ@%")
# JIS X 4051: what may not begin a line, and what may not end it
_CLOSING = set(")]”’!?,.:;·%–％／、。，．・：；！？）］」』】〉》～〜ーヽヾゝゞ々ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ")
_OPENING = set("([‘“（［「『【〈《")
_ENDS_LINE = set("、。，・／）」』】·/-–")  # a line may end behind it, unless it joins two digits


@lru_cache(maxsize=8192)
def width(text: str) -> float:
    """Return the width of one line in em."""
    return sum(map(_letter_width, text))


@cache
def _letter_width(letter: str) -> float:
    if letter in _NARROW:
        return 0.32
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.0
    if letter in _BROAD:
        return 0.86
    if letter in _SLIM:
        return 0.55
    return 0.7 if letter.isupper() else 0.57


def break_lines(text: str, room: float, *, is_label: bool = False) -> list[str]:
    """Break `text` into as few lines of at most `room` em as it needs; its own line ends stay.

    Lines end between words (Korean and English) or between two letters (Japanese), where an amount, a date or a range stays
    whole (`unbroken`), and no line begins with a closing mark or ends with an opening one. A word longer than a line is cut. The
    lines of a label are about equally long, and its Japanese ends them where a phrase does: after a particle or a comma, before
    a bracket.
    """
    return [line for part in text.split("\n") for line in _break_paragraph(part, room, is_label)]


@lru_cache(maxsize=4096)
def _break_paragraph(text: str, room: float, is_label: bool) -> tuple[str, ...]:
    if width(text) <= room:
        return (text.rstrip(),)
    cuts = [0, *(n for n in range(1, len(text)) if _may_break(text, n, is_label)), len(text)]
    pieces = [text[start:end] for start, end in pairwise(cuts)]
    lines = _fill(pieces, room)
    return _even_out(pieces, room, lines) if is_label else lines


def _even_out(pieces: Sequence[str], room: float, lines: tuple[str, ...]) -> tuple[str, ...]:
    """Return the same number of lines, about equally long: those of the narrowest room that needs no more."""
    narrower, longest = room, max(width(piece.rstrip()) for piece in pieces)
    while narrower - 0.5 >= longest:
        narrower -= 0.5
        narrow_lines = _fill(pieces, narrower)
        if len(narrow_lines) > len(lines) or max(map(width, narrow_lines)) > room:
            break
        lines = narrow_lines
    return lines


def _fill(pieces: Sequence[str], room: float) -> tuple[str, ...]:
    """Put each piece on the line where it fits, or on the next; a piece longer than a line is cut."""
    lines, used = [""], 0.0
    for piece in pieces:
        if lines[-1] and used + width(piece.rstrip()) > room:
            lines.append("")
            used = 0.0
        while width(piece.rstrip()) > room and len(piece) > 1:
            head = _head(piece, room)
            lines[-1] = head
            piece = piece[len(head) :]
            lines.append("")
        lines[-1] += piece
        used += width(piece)
    return tuple(line.strip() for line in lines if line.strip())


def _head(piece: str, room: float) -> str:
    """Return the longest beginning that fits and leaves no closing mark to the next line; one letter at least."""
    fitting = max((n for n in range(1, len(piece)) if width(piece[:n]) <= room), default=1)
    # where kanji meet katakana is a seam of a compound; those of kanji alone are mostly of two each
    seams = [n for n in range(1, fitting + 1) if _is_katakana(piece[n - 1]) != _is_katakana(piece[n])]
    cut = max(seams, default=fitting)
    run = next((n for n in range(cut) if all(map(_is_han, piece[n : cut + 1]))), cut)
    cut -= (cut - run) % 2 if cut - run > 1 else 0
    while cut > 1 and (piece[cut] in _CLOSING or piece[cut - 1] in _OPENING):
        cut -= 1
    return piece[:cut] if cut > 1 else piece[:fitting]


def without_breaks(text: str) -> str:
    """Return `text` with spaces at which no line may end."""
    return text.replace(" ", _NO_BREAK)


def phrases(text: str) -> list[str]:
    """Return the parts of a Japanese label behind which a line may end: phrases, not letters."""
    cuts = [0, *(at for at in range(1, len(text)) if _may_break(text, at, is_label=True)), len(text)]
    return [text[start:end] for start, end in pairwise(cuts)]


def _may_break(text: str, at: int, is_label: bool) -> bool:
    """Return whether a line may end before the letter `at`."""
    before, after = text[at - 1], text[at]
    if _NO_BREAK in (before, after):
        return False
    if after in _CLOSING or after.isspace() or before in _OPENING or at in unbroken.places(text):
        return False
    if before.isspace() or after in _OPENING:
        return True
    if before in _ENDS_LINE:
        return not (after.isdigit() and text[at - 2 : at - 1].isdigit())
    if is_label:
        return _is_joint(text, at) or (_is_hiragana(before) and not (_is_hiragana(after) or after == "ー"))
    return _is_spaceless(before)


def _is_joint(text: str, at: int) -> bool:
    """Return whether two words in katakana may meet before the letter `at`: behind a long vowel, letters on both sides."""
    return text[at - 1] == "ー" and at >= 4 and at + 3 <= len(text) and all(map(_is_katakana, text[at - 4 : at + 3]))


def _is_hiragana(letter: str) -> bool:
    return "ぁ" <= letter <= "ん"


def _is_katakana(letter: str) -> bool:
    return "ァ" <= letter <= "ー" and letter != "・"


def _is_han(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith("CJK")


def _is_spaceless(letter: str) -> bool:
    """Return whether a letter is of a script that is written without spaces: Han, kana and full-width forms, not Hangul."""
    return "\u2e80" <= letter < "\ua000" or "\uf900" <= letter <= "\ufaff" or "\uff00" <= letter <= "\uffef"


def height(text: str, size: float, wide: float, bold: bool = False) -> float:
    """Return how high `text` stands in letters of `size` and lines of at most `wide`, all in points."""
    return len(break_lines(text, wide / size * (0.92 if bold else 0.97))) * size * LINE_HEIGHT


def fit_size(text: str, wide: float, high: float, sizes: Sequence[float], bold: bool = False) -> float:
    """Return the first of `sizes` (from large to small) in which `text` fits; the last where none does."""
    return next((size for size in sizes if height(text, size, wide, bold) <= high), sizes[-1])
