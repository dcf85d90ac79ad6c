"""Reads what a heading says: its role, and whether its words make the column something else.

방문객수(명) heads the counts; 방문객수(누계) and 前年来場者数 head other numbers, and a reader must say what to do with them.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from sejong_dash.intake.cells import channels
from sejong_dash.intake.cells.spelling import load_vocabulary, load_words, narrow, simplify, simplify_heading, strip_footnotes

from . import count_unit

NEEDED = ("date", "prefecture", "visitors")
ROLES = (*NEEDED, "channel", "year", "month", "day")
IGNORE = "ignore"
Answers = Mapping[str, str]  # the reader's answers, by the key of their question

_BRACKETS = re.compile(r"[(\[〔【<《「『〈]([^)\]〕】>》」』〉]*)[)\]〕】>》」』〉]")
_PARTS = re.compile(r"[,、;；/・·\n]|\s[-–—]\s")
_DATE_FORMAT = re.compile(r"[ymd年月日년월일\s./\-~]+")
_GARDENS = re.compile("정원(?=도시|박람회|엑스포|축제)")  # a garden, where the word alone is a capacity too
_LEAST = 2  # letters of a heading that may stand inside another


@dataclass(frozen=True, slots=True)
class HeadingReading:
    """The role of a heading; `doubtful_role` is the role that it would have without the words that put it in doubt, `channel` the
    channel that it narrows the counts to."""

    role: str | None = None
    doubtful_role: str | None = None
    channel: str = ""


def question_key(title: str) -> str:
    """Return the key of the question what a heading means."""
    return f"heading:{simplify(title)}"


def read_heading(title: str, answers: Answers | None = None) -> HeadingReading:
    """Return what a heading says; an answer of the reader comes before its words."""
    if answers and (answer := answers.get(question_key(title))) is not None:
        return HeadingReading(answer if answer in ROLES else None)
    return _read_heading(title)


def role_of(title: str, answers: Answers | None = None) -> str | None:
    """Return the role that a heading names: date, prefecture, visitors, channel, year, month, day, or None."""
    return read_heading(title, answers).role


@cache
def load_headings(role: str) -> frozenset[str]:
    """Return the words of the vocabulary for a role, as headings are compared."""
    return frozenset(simplify_heading(word) for word in load_vocabulary()["headings"][role])


def has_doubt(text: str) -> str:
    """Return the first word in a text that makes its numbers something else than the day's visitors from Japan, or ""."""
    simple = _GARDENS.sub("", simplify(text))
    spaced = f" {_letters(narrow(text).casefold())} "
    for word in load_vocabulary()["doubt"]["words"]:
        if f" {_letters(word)} " in spaced if word.isascii() else simplify(word) in simple:
            return str(word)
    return ""


def _letters(text: str) -> str:
    """Return the Latin words of a text with a space between them: re-entry is two."""
    return re.sub("[^a-z]+", " ", text)


def is_elsewhere(title: str) -> bool:
    """Return whether a heading names days or places that are not those of the visit: 여행사 소재지, check-in."""
    simple = simplify(title)
    return any(word in simple for word in load_words("doubt", "others"))


def is_doubtful_value(text: str) -> bool:
    """Return whether a cell says nothing but that its row is something else: 예상, 취소분, 前年."""
    return len(text) < 40 and simplify(text) in _load_doubtful_values()


@cache
def _load_doubtful_values() -> frozenset[str]:
    """Return the words in doubt, and each with an ending: 예상, 예상치, 予想値."""
    words, tails = load_words("doubt", "words"), load_words("doubt", "tails")
    return frozenset(word + tail for word in words for tail in {"", *tails})


@cache
def _read_heading(title: str) -> HeadingReading:
    bare = strip_footnotes(title)
    outside = simplify(_BRACKETS.sub("", bare)) or simplify(bare)
    role = next((role for role in ROLES if outside in load_headings(role)), None)
    if role is None:
        return HeadingReading(doubtful_role=_find_inner_role(outside))
    channel = ""
    for inside in _BRACKETS.findall(bare):
        if role == "visitors" and channels.is_known(inside) and not channel:
            channel = inside.strip()
        elif not _is_plain(inside, role):
            return HeadingReading(doubtful_role=role)
    return HeadingReading(role, channel=channel)


def _find_inner_role(simple: str) -> str | None:
    """Return the role whose word begins or ends a heading with more words: 누계방문객수, visitors forecast."""
    for role in NEEDED:
        for word in load_headings(role):
            if len(word) > _LEAST and word != simple and (simple.startswith(word) or simple.endswith(word)):
                return role
    return None


def _is_plain(inside: str, role: str) -> bool:
    """Return whether what stands in brackets leaves the meaning of a column as it is."""
    if role == "channel" or not inside.strip():
        return True
    if role not in NEEDED:
        return not has_doubt(inside)
    if count_unit.is_unit(f"({inside})") or simplify(inside) in load_words("plain", role):
        return True
    parts = [part for part in _PARTS.split(narrow(inside)) if part.strip()] or [inside]
    return all(_is_plain_part(part, role) for part in parts)


def _is_plain_part(part: str, role: str) -> bool:
    simple = simplify(part)
    if simple.isdigit() and len(simple) < 3:
        return True  # a footnote: 방문객수(1)
    if not narrow(strip_footnotes(part)):
        return True
    if role == "date" and _DATE_FORMAT.fullmatch(narrow(part).casefold()):
        return True
    if role == "visitors" and (count_unit.is_unit(f"({part})") or simple in load_words("number", "counters")):
        return True
    return simple in load_headings(role) or simple in load_words("plain", role)
