"""Reads numbers of people from cells.

Whole numbers in the ways in which Korean, Japanese and English sheets write them. Anything that could be two numbers
(1.234, 1,23, 약 100) is an error with a proposal.
"""

import re
from decimal import Decimal, InvalidOperation
from functools import cache

from .reading import Reading, is_formula, reject
from .spelling import load_vocabulary, load_words, narrow, simplify

MOST = 130_000_000  # more than live in Japan
_DIGITS = {
    sign: value
    for value, signs in enumerate(
        ("〇零영공", "一일壱壹", "二이弐貳", "三삼参參", "四사肆", "五오伍", "六육륙", "七칠漆", "八팔捌", "九구玖")
    )
    for sign in signs
}
_SMALL = {sign: power for power, signs in ((1000, "千천仟"), (100, "百백"), (10, "十십拾")) for sign in signs}
_LARGE = {sign: power for power, signs in ((10**8, "億억"), (10**4, "万만萬")) for sign in signs}
_WRITTEN = re.compile("[0-9.,{}]+".format("".join([*_DIGITS, *_SMALL, *_LARGE])))
_GROUPED = re.compile(r"[0-9]{1,3}(?:([, '’])[0-9]{3})(?:\1[0-9]{3})*")
_PLAIN = re.compile(r"[0-9]{1,15}")
_DECIMAL = re.compile(r"([0-9]+)[.]([0-9]+)")
_MINUS = re.compile(r"[-−‐‑–—﹣▲△▵](?=\s*[0-9])")
_POWER = re.compile(r"[0-9]+(?:\.[0-9]+)?e[+-]?[0-9]{1,4}", re.IGNORECASE)


def read(text: str) -> Reading:
    """Return the number of people in a cell, with a notice where it was not written in digits alone, or with an error."""
    flat = re.sub(r"\s+", " ", narrow(text))
    if simplify(text) in load_words("number", "missing"):
        return reject("missing_value", "0" if simplify(text) in load_words("number", "perhaps_none") else None)
    if is_formula(text):
        return reject("formula", found=shorten(text))
    bare = re.sub(r"^['’](?=[0-9])", "", flat)
    if _MINUS.match(bare) or re.fullmatch(r"[(][0-9 ,.]+[)]", bare):
        return reject("negative", found=shorten(text))
    number, has_counter = _strip_counter(bare.removeprefix("+").strip())
    reading = _read_number(number, text)
    if reading.error == "not_a_number":
        return reject("not_a_number", _propose(bare), found=shorten(text))
    if reading.error:
        return reading
    if reading.value > MOST:
        return reject("out_of_range", found=shorten(text), most=MOST)
    if reading.notice:
        return Reading(reading.value, notice=reading.notice, fields={"found": shorten(text), "value": reading.value})
    if has_counter:
        return Reading(reading.value, notice="unit_stripped", fields={"found": shorten(text), "value": reading.value})
    if text.strip() != str(reading.value):
        return Reading(reading.value, notice="number_rewritten", fields={"found": shorten(text), "value": reading.value})
    return reading


def shorten(text: str) -> str:
    """Return a cell's text, short enough for a sentence (60 characters)."""
    narrowed = narrow(text) if len(text) < 200 else text[:200]
    return narrowed if len(narrowed) <= 60 else narrowed[:59] + "…"


@cache
def _load_counters() -> tuple[str, ...]:
    return tuple(sorted(load_vocabulary()["number"]["counters"], key=len, reverse=True))


def _strip_counter(text: str) -> tuple[str, bool]:
    """Return a text without its counter: 1200명 -> 1200, True."""
    folded = text.casefold()
    for counter in _load_counters():
        if folded.endswith(counter) and len(folded) > len(counter):
            return text[: -len(counter)].strip(), True
    return text, False


def _read_number(text: str, cell: str) -> Reading:
    if _PLAIN.fullmatch(text):
        return Reading(int(text))
    if _GROUPED.fullmatch(text):
        return Reading(int(re.sub(r"[^0-9]", "", text)))
    if match := _DECIMAL.fullmatch(text):
        whole, rest = match.groups()
        if rest in ("0", "00"):  # 1200.0 is how programs write whole numbers; 1.000 could be a thousand
            return Reading(int(whole[:15])) if len(whole) <= 15 else reject("out_of_range", found=shorten(cell), most=MOST)
        return reject("not_an_integer", f"{whole}{rest}" if len(rest) == 3 and len(whole) <= 3 else None, found=shorten(cell))
    if len(text) > 15 and text.isascii() and text.isdigit():
        return reject("out_of_range", found=shorten(cell), most=MOST)
    value = _parse_written(text.replace(" ", ""))
    if value is None:
        return reject("not_a_number", found=shorten(cell))
    if value != value.to_integral_value():
        return reject("not_an_integer", found=shorten(cell))
    return Reading(int(value), notice="unit_expanded")


def _parse_written(text: str) -> Decimal | None:
    """Return the number of 1만5천, 15万, 1.2천, 千二百 or 천이백; None where the words do not make a number."""
    signs = [sign for sign in text if sign in _SMALL or sign in _LARGE or sign in _DIGITS]
    if not signs or not _WRITTEN.fullmatch(text) or len(text) > 30:
        return None
    if text in _SMALL or text in _LARGE or (all(sign in _DIGITS and sign >= "가" for sign in text)):
        return None  # 만 without its number, and 일 or 이사, are words as well
    total, before = Decimal(0), None
    for large, unit in re.findall(r"([^{0}]*)([{0}]|$)".format("".join(_LARGE)), text):
        if not large and not unit:
            continue
        power = _LARGE.get(unit, 1)
        if before is not None and power >= before:
            return None  # 5천만 is one group; 만억 or 만만 is none
        value = _parse_below_myriad(large) if large else Decimal(1)
        if value is None:
            return None
        total, before = total + value * power, power
    return total


def _parse_below_myriad(text: str) -> Decimal | None:
    """Return a number below ten thousand: 5천, 1천2백30, 二千二十, 1,200."""
    total, before = Decimal(0), None
    for part, unit in re.findall(r"([^{0}]*)([{0}]|$)".format("".join(_SMALL)), text):
        if not part and not unit:
            continue
        power = _SMALL.get(unit, 1)
        value = _parse_digits(part) if part else Decimal(1)
        if value is None or (before is not None and (power >= before or value * power >= before)):
            return None
        total, before = total + value * power, power
    return total


def _parse_digits(text: str) -> Decimal | None:
    arabic = "".join(str(_DIGITS.get(sign, sign)) for sign in text)
    if any(sign in _DIGITS for sign in text) and any(sign in "0123456789,." for sign in text):
        return None  # 1二 is a slip
    if _GROUPED.fullmatch(arabic):
        return Decimal(arabic.replace(",", ""))
    try:
        return Decimal(arabic) if re.fullmatch(r"[0-9]+(?:\.[0-9]+)?", arabic) else None
    except InvalidOperation:
        return None


def _propose(text: str) -> int | None:
    """Return what a cell that is no number may have meant: 약 100 -> 100, 1e3 -> 1000, 1,23 -> 123."""
    bare = text.casefold()
    for word in sorted(load_vocabulary()["number"]["about_before"], key=len, reverse=True):
        bare = bare.removeprefix(word).strip()
    bare = _strip_counter(bare)[0]
    for word in sorted(load_vocabulary()["number"]["about_after"], key=len, reverse=True):
        bare = bare.removesuffix(word).strip()
    bare = _strip_counter(bare)[0]
    if _POWER.fullmatch(bare):
        value = Decimal(bare)
        return int(value) if value <= MOST and value == value.to_integral_value() else None
    if re.fullmatch(r"[0-9]+(?:[,、，][0-9]+)+", bare):
        bare = re.sub(r"[^0-9]", "", bare)
    if bare == text.casefold() and not bare.isdigit():
        return None
    reading = _read_number(bare, text) if len(bare) <= 15 else reject("not_a_number")
    return reading.value if reading.error is None and reading.value <= MOST else None
