"""Reads what a workbook's number format makes of a number: 12 may be shown as 12천명, and 12000 as 12."""

import re
from functools import cache

from sejong_dash.intake.cells.spelling import load_words, simplify
from sejong_dash.intake.table.count_unit import read_factor

_CONDITION = re.compile(r"\[[^\]]*\]")
_CURRENCY = re.compile(r"\[\$[^\]-]|(?<!\[)[₩￦€¥￥$]")
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|[_*](.)')
_PLACE = re.compile(r"[0#?]")
_SCALED = re.compile(r"(?<=[0#?])(,+)(?![0#?,])")
_DATE = re.compile(r"[ymdhsg]|am/pm", re.IGNORECASE)
_PLAIN_SIGNS = re.compile(r"[0#?,.\s/E+()-]|general|g/표준|g/標準|standard", re.IGNORECASE)


@cache
def read_format(code: str) -> tuple[str, int] | None:
    """Return what a format shows that the number itself does not hold: how it shows 12, and how many people its words make of 1.

    None where it shows the number as it is. The factor is 0 where nobody can tell.
    """
    if not code:
        return None
    shown = (_read_section(section, at) for at, section in enumerate(_split_sections(code)[:3]))
    return next((reading for reading in shown if reading is not None), None)


def _read_section(section: str, at: int) -> tuple[str, int] | None:
    """Return the same of one section; `at` is its place: positive, negative, zero."""
    bare = _CONDITION.sub("", section)
    literals = "".join(next(part for part in match if part) for match in _LITERAL.findall(bare) if any(match[:2]))
    places = _LITERAL.sub("", bare)
    if not bare.strip():
        return ("", 0) if at == 0 else None  # nothing is shown of the number
    if _CURRENCY.search(section):
        return f"12{literals or section[:10]}", 0
    if "%" in places:
        return "12%", 0
    is_number = bool(_PLACE.search(places)) or bool(re.search("general|g/표준|g/標準|standard|@", places, re.IGNORECASE))
    if not is_number:
        is_blank = at > 0 and not re.search(r"\w", literals + places)
        return None if _DATE.search(places) or is_blank else (literals or places, 0)  # a day is read as such
    scale = _SCALED.search(places)
    divisor = 1000 ** len(scale[1]) if scale else 1
    words = simplify(_PLAIN_SIGNS.sub("", places.replace("@", "")) + literals).strip("()-+▲△▵ ")
    if not words or words in load_words("number", "counters"):
        return None if divisor == 1 else ("12", 0)
    factor = read_factor(words) or 0
    return None if factor == divisor > 1 else (f"12{literals or words}", factor if divisor == 1 else 0)


def _split_sections(code: str) -> list[str]:
    """Return the sections of a format (positive; negative; zero; text), without cutting inside quotes."""
    sections, current, is_quoted = [], "", False
    for at, sign in enumerate(code):
        if sign == '"' and (at == 0 or code[at - 1] != "\\"):
            is_quoted = not is_quoted
        if sign == ";" and not is_quoted:
            sections.append(current)
            current = ""
        else:
            current += sign
    return [*sections, current]
