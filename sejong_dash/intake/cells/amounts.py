"""Reads numbers of people from cells.

Whole numbers in the ways in which Korean, Japanese and English sheets write them. Anything that could be two numbers
(1.234, 1,23, 약 100) is an error with a proposal.
"""

import re
import unicodedata
from decimal import Decimal, InvalidOperation
from functools import cache

from .reading import Reading, is_formula, reject
from .spelling import has_marks, load_vocabulary, load_words, narrow, simplify, strip_footnotes, unwrap_literal

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
_GROUPED = re.compile(r"[0-9]{1,3}(?:([, '’])[0-9]{3})(?:\1[0-9]{3}){0,4}")
_PLAIN = re.compile(r"[0-9]{1,15}")
_DECIMAL = re.compile(r"([0-9]+)[.]([0-9]+)")
_MINUS = re.compile(r"[-−‐‑–—﹣▲△▵](?=\s*[0-9])")
_ANY_GAP = re.compile(r"\S\s+\S")
_DIGIT_GAP = re.compile(r"(?<=[0-9０-９])\s+(?=[0-9０-９])")
_NUMBER_BREAK = re.compile(
    r"(?<=[0-9０-９만천백십억万千百十億])[^\S\n\r\t\v\f\u2028\u2029\u3000]*[\n\r\t\v\f\u2028\u2029\u3000]\s*(?=[0-9０-９一二三四五六七八九〇])"
)
_THIN = "\u2007\u2009\u202f"  # spaces that are made to part thousands
_TURNED = "\u202e"  # what follows is shown from right to left: 0021 as 1200
_POWER = re.compile(r"[0-9]+(?:\.[0-9]+)?e[+-]?[0-9]{1,4}", re.IGNORECASE)


def read(text: str) -> Reading:
    """Return the number of people in a cell, with a notice where it was not written in digits alone, or with an error."""
    if _TURNED in text:
        return reject("not_a_number", found=shorten(text))
    if (literal := unwrap_literal(text)) != text:
        reading = read(literal)
        fields = {"found": shorten(text), "value": reading.value}
        return reading if reading.error else Reading(reading.value, notice=reading.notice or "number_rewritten", fields=fields)
    bare = re.sub(r"^['’](?=[0-9])", "", re.sub(r"\s+", " ", narrow(text)))
    if (refused := _refuse(text, bare)) is not None:
        return refused
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


def _refuse(text: str, bare: str) -> Reading | None:
    """Return the error of a cell that holds no number, several, a formula or a negative one; None where it may be a number."""
    if simplify(text) in load_words("number", "missing"):
        is_perhaps_none = simplify(text) in load_words("number", "perhaps_none")
        return reject("missing_value", "0", found=shorten(text)) if is_perhaps_none else reject("missing_value")
    if is_formula(text):
        return reject("formula", found=shorten(text))
    if (parts := _split_numbers(text)) is not None:
        return reject("two_numbers", _propose_sum(parts), found=shorten(text))
    if _MINUS.match(bare) or re.fullmatch(r"[(][0-9 ,.]+[)]", bare):
        return reject("negative", found=shorten(text))
    return None


def _split_numbers(text: str) -> list[str] | None:
    """Return the parts of a cell that holds several numbers; None where its gaps can only part the thousands of one.

    A gap parts thousands where it is one of the narrow spaces made for it, or a single space after a single digit (1 234):
    120 130 may be two numbers, and a line break, a tab or a wide space always stands between two.
    """
    bare = text.strip()
    if not _ANY_GAP.search(bare):
        return None
    gaps = [match for match in _DIGIT_GAP.finditer(bare)]
    is_odd = [gap[0] not in _THIN and not (gap[0] in " \xa0" and gap.start() == 1) for gap in gaps[:1]]
    is_odd += [gap[0] != gaps[0][0] for gap in gaps[1:]]
    if any(is_odd) or _NUMBER_BREAK.search(bare):
        return [narrow(part) for part in re.split(r"\s+", bare)]
    return None


def _propose_sum(parts: list[str]) -> int | None:
    """Return the sum of several numbers in a cell: men and women in two lines."""
    readings = [_read_number(_strip_counter(part)[0], part) for part in parts]
    total = sum(reading.value for reading in readings if reading.error is None)
    return total if all(reading.error is None for reading in readings) and total <= MOST else None


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
    if any("⁄" in unicodedata.normalize("NFKC", sign) for sign in text if not sign.isascii()):
        return None  # 8½
    if (unmarked := strip_footnotes(text)) != text and (has_marks(text) or not text[len(unmarked) :][:1].isdigit()):
        reading = _read_number(_strip_counter(unmarked)[0], text) if unmarked else reject("not_a_number")
        return reading.value if reading.error is None and reading.value <= MOST else None
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
    if len(bare) <= 40 and re.fullmatch(r"[0-9]+(?:[,、，][0-9]+)+", bare):
        bare = re.sub(r"[^0-9]", "", bare)
    if bare == text.casefold() and not bare.isdigit():
        return None
    reading = _read_number(bare, text) if len(bare) <= 15 else reject("not_a_number")
    return reading.value if reading.error is None and reading.value <= MOST else None
